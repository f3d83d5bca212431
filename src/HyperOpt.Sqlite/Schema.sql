-- HyperOpt.Sqlite, version 1 of the schema. A study is the fold over its events; claims are what may happen in it once only.

CREATE TABLE hyperopt_meta (version INTEGER NOT NULL);
INSERT INTO hyperopt_meta (version) VALUES (1);

-- AUTOINCREMENT: who still has a deleted study open must not meet another one under its number.
CREATE TABLE hyperopt_study (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));

CREATE TABLE hyperopt_event (
    seq   INTEGER PRIMARY KEY,
    study INTEGER NOT NULL,
    body  TEXT NOT NULL);
CREATE INDEX hyperopt_event_of_study ON hyperopt_event (study, seq);

CREATE TABLE hyperopt_claim (
    study   INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    PRIMARY KEY (study, kind, number, attempt)) WITHOUT ROWID;

-- The events of trials, taken apart. Not for use from outside: it may change with the format of events.
CREATE VIEW hyperopt_trial_event AS
SELECT
    study, seq, body,
    json_extract(body, '$.event') AS event,
    json_extract(body, '$.trial') AS trial,
    json_extract(body, '$.attempt') + (json_extract(body, '$.event') = 'released') AS attempt
FROM hyperopt_event
WHERE json_extract(body, '$.trial') IS NOT NULL;

-- For each trial its last event of each kind that matters; max() makes SQLite take the other columns from the same row.
CREATE VIEW hyperopt_trial_life AS
WITH
    last AS (
        SELECT study, trial, event, coalesce(attempt, 0) AS attempt, body, max(seq) AS seq
        FROM hyperopt_trial_event WHERE event IN ('enqueued', 'started', 'released', 'ended', 'trial') GROUP BY study, trial),
    begun AS (
        SELECT study, trial, body, max(seq) AS seq FROM hyperopt_trial_event WHERE event IN ('started', 'trial') GROUP BY study, trial),
    proposal AS (
        SELECT study, trial, body, max(seq) AS seq
        FROM hyperopt_trial_event WHERE json_extract(body, '$.proposed') IS NOT NULL GROUP BY study, trial),
    given AS (
        SELECT study, trial, body, max(seq) AS seq
        FROM hyperopt_trial_event WHERE json_extract(body, '$.fixed') IS NOT NULL GROUP BY study, trial)
SELECT
    last.study, last.trial, last.attempt, last.event, last.seq, last.body,
    CASE last.event
        WHEN 'enqueued' THEN 'Waiting' WHEN 'released' THEN 'Waiting' WHEN 'started' THEN 'Running'
        ELSE json_extract(last.body, '$.state') END AS state,
    begun.body AS begun,
    json_extract(proposal.body, '$.parent') AS parent,
    coalesce(
        json_extract(last.body, '$.parameters.values'), json_extract(proposal.body, '$.proposed.values'),
        json_extract(given.body, '$.fixed.values')) AS parameters
FROM last
LEFT JOIN begun USING (study, trial)
LEFT JOIN proposal USING (study, trial)
LEFT JOIN given USING (study, trial);

CREATE VIEW hyperopt_trials AS
WITH told AS (
    SELECT
        life.*,
        CASE WHEN state IN ('Completed', 'Pruned', 'Failed') THEN coalesce(json_extract(body, '$.values'), '[]') ELSE '[]' END AS told_values,
        CASE WHEN state = 'Waiting' THEN NULL
             WHEN json_extract(begun, '$.event') = 'started' THEN json_extract(begun, '$.at')
             ELSE json_extract(begun, '$.started') END AS started_at,
        CASE WHEN event = 'ended' THEN json_extract(body, '$.at') WHEN event = 'trial' THEN json_extract(body, '$.finished') END AS finished_at
    FROM hyperopt_trial_life AS life)
SELECT
    hyperopt_study.name AS study,
    trial,
    state,
    CASE json_extract(told_values, '$[0]') WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999 WHEN 'NaN' THEN NULL
        ELSE json_extract(told_values, '$[0]') END AS value,
    told_values AS "values",
    strftime('%Y-%m-%d %H:%M:%f', started_at) AS started,
    strftime('%Y-%m-%d %H:%M:%f', finished_at) AS finished,
    round((julianday(finished_at) - julianday(started_at)) * 86400, 3) AS duration,
    CASE WHEN state <> 'Waiting' THEN json_extract(begun, '$.worker') END AS worker,
    attempt AS retries,
    parent,
    CASE WHEN state IN ('Completed', 'Pruned', 'Failed') THEN NOT EXISTS (
        SELECT 1 FROM json_each(body, '$.constraints') AS violation
        WHERE CASE violation.type WHEN 'text' THEN violation.value <> '-Infinity' ELSE violation.value > 0 END) END AS feasible,
    CASE WHEN state IN ('Completed', 'Pruned', 'Failed') THEN json_extract(body, '$.error') END AS error
FROM told
JOIN hyperopt_study ON hyperopt_study.id = told.study;

CREATE VIEW hyperopt_params AS
SELECT
    hyperopt_study.name AS study,
    trial,
    state,
    parameter.key AS name,
    CASE WHEN parameter.type IN ('integer', 'real') THEN parameter.value END AS number,
    CAST(parameter.value AS TEXT) AS text
FROM hyperopt_trial_life
JOIN hyperopt_study ON hyperopt_study.id = hyperopt_trial_life.study, json_each(parameters) AS parameter;

-- The first report of a step stands, as in the library; those of an attempt that was given back do not count.
CREATE VIEW hyperopt_reports AS
WITH report AS (
    SELECT study, trial, attempt, seq, json_extract(body, '$.step') AS step, json_extract(body, '$.values') AS told_values, json_extract(body, '$.at') AS at
    FROM hyperopt_trial_event WHERE event = 'reported'
    UNION ALL
    SELECT study, trial, attempt, seq, json_extract(report.value, '$.step'), json_extract(report.value, '$.values'), NULL
    FROM hyperopt_trial_event, json_each(body, '$.reports') AS report WHERE event = 'trial')
SELECT
    hyperopt_study.name AS study,
    trial,
    step,
    CASE json_extract(told_values, '$[0]') WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999 WHEN 'NaN' THEN NULL
        ELSE json_extract(told_values, '$[0]') END AS value,
    told_values AS "values",
    strftime('%Y-%m-%d %H:%M:%f', at) AS reported
FROM (
    SELECT report.study, report.trial, report.step, report.told_values, report.at, min(report.seq)
    FROM report
    JOIN hyperopt_trial_life AS life ON life.study = report.study AND life.trial = report.trial AND life.attempt = report.attempt
    WHERE life.event IN ('started', 'trial') OR report.seq < life.seq
    GROUP BY report.study, report.trial, report.step) AS standing
JOIN hyperopt_study ON hyperopt_study.id = standing.study;

CREATE VIEW hyperopt_studies AS
WITH tally AS (
    SELECT
        study,
        count(*) AS trials,
        sum(state = 'Waiting') AS waiting,
        sum(state = 'Running') AS running,
        sum(state = 'Completed') AS completed,
        sum(state = 'Pruned') AS pruned,
        sum(state = 'Failed') AS failed,
        min(CASE WHEN state = 'Completed' AND feasible THEN value END) AS least,
        max(CASE WHEN state = 'Completed' AND feasible THEN value END) AS most
    FROM hyperopt_trials GROUP BY study),
origin AS (
    SELECT study, json_extract(body, '$.directions') AS directions
    FROM hyperopt_event WHERE json_extract(body, '$.event') = 'study_created')
SELECT
    name AS study,
    strftime('%Y-%m-%d %H:%M:%f', created) AS created,
    origin.directions,
    coalesce(trials, 0) AS trials,
    coalesce(waiting, 0) AS waiting,
    coalesce(running, 0) AS running,
    coalesce(completed, 0) AS completed,
    coalesce(pruned, 0) AS pruned,
    coalesce(failed, 0) AS failed,
    CASE origin.directions WHEN '["minimize"]' THEN least WHEN '["maximize"]' THEN most END AS best
FROM hyperopt_study
LEFT JOIN origin ON origin.study = hyperopt_study.id
LEFT JOIN tally ON tally.study = hyperopt_study.name;
