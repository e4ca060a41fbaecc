-- Follow-up: what was reminded of, what people want by mail, letters that go out, secret addresses of calendars.
--
-- +goose Up

-- A rule spoke of a matter's due day: once.
CREATE TABLE reminder (
    realm   BIGINT NOT NULL,
    matter  TEXT COLLATE "C" NOT NULL,
    rule    TEXT COLLATE "C" NOT NULL,
    due     TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, matter, rule, due)
);

CREATE TABLE mail_choice (
    realm     BIGINT NOT NULL,
    account   TEXT COLLATE "C" NOT NULL,
    reminders BOOLEAN NOT NULL,
    digest    BOOLEAN NOT NULL,
    since     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
);

-- A letter holds neither words nor an address: ids of matters, looked up when it goes out.
CREATE TABLE letter (
    realm    BIGINT NOT NULL,
    id       TEXT COLLATE "C" NOT NULL,
    account  TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    key      TEXT COLLATE "C" NOT NULL,
    body     TEXT COLLATE "C" NOT NULL,
    state    TEXT COLLATE "C" NOT NULL,
    due      TEXT COLLATE "C" NOT NULL, -- when it may go out; while it is being sent, the end of the lease
    attempts BIGINT NOT NULL,
    fault    TEXT COLLATE "C" NOT NULL,
    made_at  TEXT COLLATE "C" NOT NULL,
    ended_at TEXT COLLATE "C" NOT NULL, -- '' it has not
    PRIMARY KEY (realm, id),
    UNIQUE (realm, key)
);
CREATE INDEX letter_state ON letter (realm, state, due, id);
CREATE INDEX letter_ended ON letter (realm, state, ended_at, id);

CREATE TABLE feed (
    hash    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    realm   BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    since   TEXT COLLATE "C" NOT NULL,
    UNIQUE (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
);
