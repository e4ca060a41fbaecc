-- The queue of jobs and the timetable that fills it. Realm 0: work for the whole store.
--
-- +goose Up

CREATE TABLE job (
    realm    INTEGER NOT NULL,
    id       TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    payload  TEXT    NOT NULL, -- JSON for whoever does it
    state    TEXT    NOT NULL,
    due      TEXT    NOT NULL, -- when it may be taken; while it runs, the end of its lease
    attempts INTEGER NOT NULL,
    fault    TEXT    NOT NULL,
    made_at  TEXT    NOT NULL,
    ended_at TEXT    NOT NULL, -- '' until it is done or given up
    PRIMARY KEY (realm, id),
    UNIQUE (realm, kind, key)
) STRICT;
CREATE INDEX job_due ON job (due) WHERE ended_at = '';
CREATE INDEX job_state ON job (state, due);

CREATE TABLE timetable (
    realm   INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    clock   TEXT    NOT NULL, -- HH:MM in Viet Nam
    payload TEXT    NOT NULL,
    next_at TEXT    NOT NULL,
    PRIMARY KEY (realm, kind)
) STRICT;
