-- Plans: action programmes, work that comes round, templates; and what became of each of their items in each period.
--
-- +goose Up

CREATE TABLE plan (
    realm   INTEGER NOT NULL,
    id      TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    state   TEXT    NOT NULL,
    agency  TEXT    NOT NULL, -- that owns it
    version INTEGER NOT NULL, -- of the body in force
    PRIMARY KEY (realm, id)
) STRICT;
CREATE INDEX plan_kind ON plan (realm, kind, state, id);

-- What a plan says. A change is one more version; none is ever changed.
CREATE TABLE plan_version (
    realm      INTEGER NOT NULL,
    plan       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    body       TEXT    NOT NULL, -- JSON
    note       TEXT    NOT NULL, -- why
    changed_by TEXT    NOT NULL,
    changed_at TEXT    NOT NULL,
    PRIMARY KEY (realm, plan, version),
    FOREIGN KEY (realm, plan) REFERENCES plan (realm, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_event (
    realm   INTEGER NOT NULL,
    plan    TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    at      TEXT    NOT NULL,
    account TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    note    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    run     TEXT    NOT NULL, -- which tasks were made or undone; '' none
    period  TEXT    NOT NULL, -- the year, or the day from which was counted
    PRIMARY KEY (realm, plan, seq),
    FOREIGN KEY (realm, plan) REFERENCES plan (realm, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_task (
    realm   INTEGER NOT NULL,
    plan    TEXT    NOT NULL,
    item    TEXT    NOT NULL,
    period  TEXT    NOT NULL,
    run     TEXT    NOT NULL,
    version INTEGER NOT NULL, -- of the plan
    matter  TEXT    NOT NULL, -- '' it was skipped
    due     TEXT    NOT NULL,
    skipped TEXT    NOT NULL, -- why; '' it was not
    gone    INTEGER NOT NULL CHECK (gone IN (0, 1)), -- it was undone
    made_by TEXT    NOT NULL,
    made_at TEXT    NOT NULL,
    PRIMARY KEY (realm, plan, item, period, run),
    FOREIGN KEY (realm, plan) REFERENCES plan (realm, id)
) STRICT, WITHOUT ROWID;
-- An item has one task for a period, whatever restarts and other servers there are.
CREATE UNIQUE INDEX plan_task_once ON plan_task (realm, plan, item, period) WHERE NOT gone;
CREATE INDEX plan_task_matter ON plan_task (realm, matter);
