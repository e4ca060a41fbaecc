-- Follow-up: what was reminded of, what people want by mail, letters that go out, secret addresses of calendars.
--
-- +goose Up

-- A rule spoke of a matter's due day: once.
CREATE TABLE reminder (
    realm   INTEGER NOT NULL,
    matter  TEXT NOT NULL,
    rule    TEXT NOT NULL,
    due     TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (realm, matter, rule, due)
) STRICT;

CREATE TABLE mail_choice (
    realm     INTEGER NOT NULL,
    account   TEXT NOT NULL,
    reminders INTEGER NOT NULL CHECK (reminders IN (0, 1)),
    digest    INTEGER NOT NULL CHECK (digest IN (0, 1)),
    since     TEXT NOT NULL,
    PRIMARY KEY (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

-- A letter holds neither words nor an address: ids of matters, looked up when it goes out.
CREATE TABLE letter (
    realm    INTEGER NOT NULL,
    id       TEXT NOT NULL,
    account  TEXT NOT NULL,
    kind     TEXT NOT NULL,
    key      TEXT NOT NULL,
    body     TEXT NOT NULL,
    state    TEXT NOT NULL,
    due      TEXT NOT NULL, -- when it may go out; while it is being sent, the end of the lease
    attempts INTEGER NOT NULL,
    fault    TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    ended_at TEXT NOT NULL, -- '' it has not
    PRIMARY KEY (realm, id),
    UNIQUE (realm, key)
) STRICT;
CREATE INDEX letter_state ON letter (realm, state, due, id);
CREATE INDEX letter_ended ON letter (realm, state, ended_at, id);

CREATE TABLE feed (
    hash    TEXT NOT NULL PRIMARY KEY,
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    since   TEXT NOT NULL,
    UNIQUE (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;
