-- Plans: action programmes, work that comes round, templates; and what became of each of their items in each period.
--
-- +goose Up

CREATE TABLE plan (
    realm   BIGINT NOT NULL,
    id      TEXT COLLATE "C" NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    state   TEXT COLLATE "C" NOT NULL,
    agency  TEXT COLLATE "C" NOT NULL, -- that owns it
    version BIGINT NOT NULL, -- of the body in force
    PRIMARY KEY (realm, id)
);
CREATE INDEX plan_kind ON plan (realm, kind, state, id);

-- What a plan says. A change is one more version; none is ever changed.
CREATE TABLE plan_version (
    realm      BIGINT NOT NULL,
    plan       TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    body       TEXT    NOT NULL, -- JSON
    note       TEXT    NOT NULL, -- why
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, plan, version),
    FOREIGN KEY (realm, plan) REFERENCES plan (realm, id)
);

CREATE TABLE plan_event (
    realm   BIGINT NOT NULL,
    plan    TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL,
    at      TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    action  TEXT COLLATE "C" NOT NULL,
    note    TEXT    NOT NULL,
    version BIGINT NOT NULL,
    run     TEXT COLLATE "C" NOT NULL, -- which tasks were made or undone; '' none
    period  TEXT COLLATE "C" NOT NULL, -- the year, or the day from which was counted
    PRIMARY KEY (realm, plan, seq),
    FOREIGN KEY (realm, plan) REFERENCES plan (realm, id)
);

CREATE TABLE plan_task (
    realm   BIGINT NOT NULL,
    plan    TEXT COLLATE "C" NOT NULL,
    item    TEXT COLLATE "C" NOT NULL,
    period  TEXT COLLATE "C" NOT NULL,
    run     TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL, -- of the plan
    matter  TEXT COLLATE "C" NOT NULL, -- '' it was skipped
    due     TEXT COLLATE "C" NOT NULL,
    skipped TEXT COLLATE "C" NOT NULL, -- why; '' it was not
    gone    BOOLEAN NOT NULL, -- it was undone
    made_by TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, plan, item, period, run),
    FOREIGN KEY (realm, plan) REFERENCES plan (realm, id)
);
-- An item has one task for a period, whatever restarts and other servers there are.
CREATE UNIQUE INDEX plan_task_once ON plan_task (realm, plan, item, period) WHERE NOT gone;
CREATE INDEX plan_task_matter ON plan_task (realm, matter);
