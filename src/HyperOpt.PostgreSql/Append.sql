-- HyperOpt.PostgreSql, version 2 of the schema: how events are appended. In version 1 a function did it, which locked the study's row.
-- $schema$ stands for the name of the schema, quoted; $channel$ for that of the channel of its news.

DROP FUNCTION IF EXISTS $schema$.hyperopt_append(bigint, bigint, bigint, bigint, integer, smallint[], smallint[], integer[], integer[], text[]);

-- Appends a batch of events, all or none. The last p_choices of the bodies are choices, of which one is appended: the first whose claims are free;
-- p_owners says of each claim which choice makes it, 0 for those that are made in any case. p_isSentAgain: an earlier attempt may have appended it.
-- r_answer says how it went; r_last is the last sequence number and r_choice the choice; r_batches and r_bodies are the events after the reader's place
-- p_after, of which p_mark is the batch, a line each. Answers: 0 appended; 1 refused, a claim was taken; 2 appended before, the answer was lost; 3 the
-- study is gone; 4 the reader's place is no more, the server has lost events; 5 the reader must catch up first, so that nobody waits while it does.
-- A lock makes the order of seq that of the commits. The commit does not wait for the disk, so that the lock is short; whoever must be sure makes the
-- server write its log up to here before it answers (a message that nobody reads does that), and many do so at once. The lock is no row's: those who wait
-- for a row wake twice each, and write to it.
CREATE PROCEDURE $schema$.hyperopt_append(
    p_study bigint, p_after bigint, p_mark bigint, p_batch bigint, p_is_sent_again boolean, p_flushes boolean, p_choices integer, p_owners smallint[],
    p_kinds smallint[], p_numbers integer[], p_attempts integer[], p_bodies text[],
    INOUT r_answer integer, INOUT r_last bigint, INOUT r_choice integer, INOUT r_batches bigint[], INOUT r_bodies text)
LANGUAGE plpgsql AS $procedure$
DECLARE
    v_setting text := set_config('synchronous_commit', 'off', true);
    v_last bigint;
    v_is_there boolean;
    v_is_appended boolean;
    v_taken smallint[];
    v_common integer := cardinality(p_bodies) - p_choices;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended($channel$ || p_study, 0));
    SELECT
        coalesce(l.seq, 0),
        p_after = 0 OR coalesce(l.seq = p_after AND l.batch = p_mark, false) OR EXISTS (
            SELECT FROM $schema$.hyperopt_event AS e WHERE e.study = p_study AND e.seq = p_after AND e.batch = p_mark),
        p_is_sent_again AND EXISTS (
            SELECT FROM $schema$.hyperopt_event AS e WHERE e.study = p_study AND e.seq > p_after AND e.seq <= l.seq AND e.batch = p_batch),
        ARRAY(
            SELECT n.owner FROM unnest(p_owners, p_kinds, p_numbers, p_attempts) AS n (owner, kind, number, attempt)
            WHERE EXISTS (
                SELECT FROM $schema$.hyperopt_claim AS c
                WHERE c.study = p_study AND c.kind = n.kind AND c.number = n.number AND c.attempt = n.attempt OFFSET 0))
    INTO v_last, v_is_there, v_is_appended, v_taken
    FROM $schema$.hyperopt_study AS s
    LEFT JOIN LATERAL (SELECT e.seq, e.batch FROM $schema$.hyperopt_event AS e WHERE e.study = p_study ORDER BY e.seq DESC LIMIT 1) AS l ON true
    WHERE s.id = p_study;
    r_choice := least(p_choices, 1);
    WHILE r_choice > 0 AND r_choice = ANY (v_taken) LOOP
        r_choice := r_choice + 1;
    END LOOP;
    r_answer := CASE
        WHEN v_last IS NULL THEN 3
        WHEN NOT v_is_there THEN 4
        WHEN v_last > p_after + 1000 THEN 5
        WHEN v_is_appended THEN 2
        WHEN 0 = ANY (v_taken) OR r_choice > p_choices THEN 1
        ELSE 0 END;
    IF r_answer = 0 THEN
        r_last := v_last + v_common + least(r_choice, 1);
        INSERT INTO $schema$.hyperopt_claim (study, kind, number, attempt)
        SELECT p_study, n.kind, n.number, n.attempt FROM unnest(p_owners, p_kinds, p_numbers, p_attempts) AS n (owner, kind, number, attempt)
        WHERE n.owner IN (0, r_choice);
        INSERT INTO $schema$.hyperopt_event (study, seq, batch, body)
        SELECT p_study, v_last + least(n.place, v_common + 1), p_batch, n.body::json FROM unnest(p_bodies) WITH ORDINALITY AS n (body, place)
        WHERE n.place <= v_common OR n.place = v_common + r_choice;
        PERFORM pg_notify($channel$ || p_study, r_last::text);
    END IF;
    COMMIT;
    IF v_last > p_after AND r_answer <= 2 THEN
        SELECT array_agg(n.batch), string_agg(n.body::text, E'\n') INTO r_batches, r_bodies
        FROM (
            SELECT e.batch, e.body FROM $schema$.hyperopt_event AS e
            WHERE e.study = p_study AND e.seq > p_after AND e.seq <= v_last ORDER BY e.seq) AS n;
    END IF;
    IF p_flushes AND r_answer IN (0, 2) THEN
        PERFORM pg_logical_emit_message(true, 'hyperopt', '');
    END IF;
END;
$procedure$;
