-- HyperOpt.PostgreSql: the tables and views, the same in version 1 and 2 of the schema. A study is the fold over its events; claims are what may happen in
-- it once only. $schema$ stands for the name of the schema, quoted.

CREATE TABLE $schema$.hyperopt_meta (version integer NOT NULL);
INSERT INTO $schema$.hyperopt_meta (version) VALUES (2);

CREATE TABLE $schema$.hyperopt_study (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text NOT NULL UNIQUE,
    created timestamptz NOT NULL DEFAULT now());

-- json, not jsonb: it is kept to the letter, NUL characters included, and written faster.
CREATE TABLE $schema$.hyperopt_event (
    study bigint NOT NULL,
    seq   bigint NOT NULL,
    batch bigint NOT NULL,
    body  json NOT NULL,
    PRIMARY KEY (study, seq));

CREATE TABLE $schema$.hyperopt_claim (
    study   bigint NOT NULL,
    kind    smallint NOT NULL,
    number  integer NOT NULL,
    attempt integer NOT NULL,
    PRIMARY KEY (study, kind, number, attempt));

-- The events of trials, taken apart. Not for use from outside: it may change with the format of events.
CREATE VIEW $schema$.hyperopt_trial_event AS
SELECT e.study, e.seq, e.body, t.event, t.trial, t.attempt + (t.event = 'released')::integer AS attempt
FROM $schema$.hyperopt_event AS e
CROSS JOIN LATERAL json_to_record(e.body) AS t (event text, trial integer, attempt integer)
WHERE t.trial IS NOT NULL;

-- For each trial its last event of each kind that matters.
CREATE VIEW $schema$.hyperopt_trial_life AS
WITH
    last AS (
        SELECT DISTINCT ON (study, trial) study, trial, event, coalesce(attempt, 0) AS attempt, body, seq
        FROM $schema$.hyperopt_trial_event WHERE event IN ('enqueued', 'started', 'released', 'ended', 'trial') ORDER BY study, trial, seq DESC),
    begun AS (
        SELECT DISTINCT ON (study, trial) study, trial, event, body
        FROM $schema$.hyperopt_trial_event WHERE event IN ('started', 'trial') ORDER BY study, trial, seq DESC),
    proposal AS (
        SELECT DISTINCT ON (study, trial) study, trial, body
        FROM $schema$.hyperopt_trial_event
        WHERE event IN ('started', 'proposed', 'trial') AND body -> 'proposed' IS NOT NULL ORDER BY study, trial, seq DESC),
    given AS (
        SELECT DISTINCT ON (study, trial) study, trial, body
        FROM $schema$.hyperopt_trial_event WHERE event IN ('enqueued', 'trial') AND body -> 'fixed' IS NOT NULL ORDER BY study, trial, seq DESC)
SELECT
    last.study, last.trial, last.attempt, last.event, last.seq, last.body,
    CASE WHEN last.event IN ('enqueued', 'released') THEN 'Waiting' WHEN last.event = 'started' THEN 'Running' ELSE last.body ->> 'state' END AS state,
    begun.event AS begun_event,
    begun.body AS begun,
    (proposal.body ->> 'parent')::integer AS parent,
    coalesce(last.body -> 'parameters' -> 'values', proposal.body -> 'proposed' -> 'values', given.body -> 'fixed' -> 'values') AS parameters
FROM last
LEFT JOIN begun USING (study, trial)
LEFT JOIN proposal USING (study, trial)
LEFT JOIN given USING (study, trial);

CREATE VIEW $schema$.hyperopt_trials AS
WITH told AS (
    SELECT
        life.*,
        state IN ('Completed', 'Pruned', 'Failed') AS is_told,
        CASE WHEN state = 'Waiting' THEN NULL
             WHEN begun_event = 'started' THEN (begun ->> 'at')::timestamptz
             ELSE (begun ->> 'started')::timestamptz END AS started,
        CASE WHEN event = 'ended' THEN (body ->> 'at')::timestamptz WHEN event = 'trial' THEN (body ->> 'finished')::timestamptz END AS finished
    FROM $schema$.hyperopt_trial_life AS life)
SELECT
    s.name AS study,
    t.trial,
    t.state,
    CASE WHEN t.is_told THEN (t.body -> 'values' ->> 0)::double precision END AS value,
    CASE WHEN t.is_told THEN ARRAY(SELECT json_array_elements_text(t.body -> 'values')::double precision) ELSE '{}' END AS "values",
    t.started,
    t.finished,
    extract(epoch FROM t.finished - t.started)::double precision AS duration,
    CASE WHEN t.state <> 'Waiting' THEN t.begun ->> 'worker' END AS worker,
    t.attempt AS retries,
    t.parent,
    -- NaN is greater than any number in PostgreSQL, and breaks a constraint as in the library.
    CASE WHEN t.is_told THEN NOT EXISTS (
        SELECT FROM json_array_elements_text(t.body -> 'constraints') AS violation WHERE violation::double precision > 0) END AS feasible,
    CASE WHEN t.is_told THEN t.body ->> 'error' END AS error
FROM told AS t
JOIN $schema$.hyperopt_study AS s ON s.id = t.study;

CREATE VIEW $schema$.hyperopt_params AS
SELECT
    s.name AS study,
    life.trial,
    life.state,
    parameter.key AS name,
    CASE WHEN json_typeof(parameter.value) = 'number' THEN (parameter.value #>> '{}')::double precision END AS number,
    parameter.value #>> '{}' AS text
FROM $schema$.hyperopt_trial_life AS life
JOIN $schema$.hyperopt_study AS s ON s.id = life.study
CROSS JOIN LATERAL json_each(life.parameters) AS parameter;

-- The first report of a step stands, as in the library; those of an attempt that was given back do not count.
CREATE VIEW $schema$.hyperopt_reports AS
WITH report AS (
    SELECT study, trial, attempt, seq, (body ->> 'step')::integer AS step, body -> 'values' AS told, (body ->> 'at')::timestamptz AS reported
    FROM $schema$.hyperopt_trial_event WHERE event = 'reported'
    UNION ALL
    SELECT study, trial, attempt, seq, (item ->> 'step')::integer, item -> 'values', NULL
    FROM $schema$.hyperopt_trial_event CROSS JOIN LATERAL json_array_elements(body -> 'reports') AS item WHERE event = 'trial')
SELECT
    s.name AS study,
    standing.trial,
    standing.step,
    (standing.told ->> 0)::double precision AS value,
    ARRAY(SELECT json_array_elements_text(standing.told)::double precision) AS "values",
    standing.reported
FROM (
    SELECT DISTINCT ON (report.study, report.trial, report.step) report.*
    FROM report
    JOIN $schema$.hyperopt_trial_life AS life USING (study, trial, attempt)
    WHERE life.event IN ('started', 'trial') OR report.seq < life.seq
    ORDER BY report.study, report.trial, report.step, report.seq) AS standing
JOIN $schema$.hyperopt_study AS s ON s.id = standing.study;

CREATE VIEW $schema$.hyperopt_studies AS
WITH tally AS (
    SELECT
        study,
        count(*) AS trials,
        count(*) FILTER (WHERE state = 'Waiting') AS waiting,
        count(*) FILTER (WHERE state = 'Running') AS running,
        count(*) FILTER (WHERE state = 'Completed') AS completed,
        count(*) FILTER (WHERE state = 'Pruned') AS pruned,
        count(*) FILTER (WHERE state = 'Failed') AS failed,
        min(value) FILTER (WHERE state = 'Completed' AND feasible) AS least,
        max(value) FILTER (WHERE state = 'Completed' AND feasible) AS most
    FROM $schema$.hyperopt_trials GROUP BY study),
origin AS (
    SELECT study, ARRAY(SELECT json_array_elements_text(body -> 'directions')) AS directions
    FROM $schema$.hyperopt_event WHERE body ->> 'event' = 'study_created')
SELECT
    s.name AS study,
    s.created,
    origin.directions,
    coalesce(tally.trials, 0) AS trials,
    coalesce(tally.waiting, 0) AS waiting,
    coalesce(tally.running, 0) AS running,
    coalesce(tally.completed, 0) AS completed,
    coalesce(tally.pruned, 0) AS pruned,
    coalesce(tally.failed, 0) AS failed,
    CASE WHEN origin.directions = '{minimize}' THEN tally.least WHEN origin.directions = '{maximize}' THEN tally.most END AS best
FROM $schema$.hyperopt_study AS s
LEFT JOIN origin ON origin.study = s.id
LEFT JOIN tally ON tally.study = s.name;
