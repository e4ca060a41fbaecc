-- The queue of jobs and the timetable that fills it. Realm 0: work for the whole store.
--
-- +goose Up

CREATE TABLE job (
    realm    BIGINT NOT NULL,
    id       TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    key      TEXT COLLATE "C" NOT NULL,
    payload  TEXT NOT NULL, -- JSON for whoever does it
    state    TEXT COLLATE "C" NOT NULL,
    due      TEXT COLLATE "C" NOT NULL, -- when it may be taken; while it runs, the end of its lease
    attempts BIGINT NOT NULL,
    fault    TEXT NOT NULL,
    made_at  TEXT COLLATE "C" NOT NULL,
    ended_at TEXT COLLATE "C" NOT NULL, -- '' until it is done or given up
    PRIMARY KEY (realm, id),
    UNIQUE (realm, kind, key)
);
CREATE INDEX job_due ON job (due) WHERE ended_at = '';
CREATE INDEX job_state ON job (state, due);

CREATE TABLE timetable (
    realm   BIGINT NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    clock   TEXT NOT NULL, -- HH:MM in Viet Nam
    payload TEXT NOT NULL,
    next_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, kind)
);
