-- Personal data stand apart: fields sealed under one key a person, the keys in a table of their own, so that destroying a key is
-- all that it takes to forget somebody. account.name is empty from here on: `haicap migrate` moves what stands there.
--
-- +goose Up

CREATE TABLE data_subject (
    realm     BIGINT NOT NULL,
    id        TEXT COLLATE "C" NOT NULL, -- of an account holder: the account's
    kind      TEXT COLLATE "C" NOT NULL,
    sealed    TEXT NOT NULL, -- the personal fields under the person's key; '' once they are erased
    since     TEXT COLLATE "C" NOT NULL,
    ended_at  TEXT COLLATE "C" NOT NULL, -- when the reason for keeping them ended; '' it goes on
    erased_at TEXT COLLATE "C" NOT NULL, -- '' they are there
    PRIMARY KEY (realm, id)
);
CREATE INDEX data_subject_kind ON data_subject (realm, kind, id);
CREATE INDEX data_subject_erased ON data_subject (realm, erased_at, id);

CREATE TABLE data_subject_key (
    realm   BIGINT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    wrapped TEXT NOT NULL, -- the person's key under the key of the data folder
    PRIMARY KEY (realm, subject),
    FOREIGN KEY (realm, subject) REFERENCES data_subject (realm, id)
);

-- What people ask for about their own data, each with its due day. Rows stay: they show that the request was answered.
CREATE TABLE personal_request (
    realm       BIGINT NOT NULL,
    id          TEXT COLLATE "C" NOT NULL,
    subject     TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    received    TEXT COLLATE "C" NOT NULL,
    due         TEXT COLLATE "C" NOT NULL, -- '' no rule says
    law         TEXT NOT NULL,
    state       TEXT COLLATE "C" NOT NULL,
    ground      TEXT COLLATE "C" NOT NULL, -- why it was refused
    sealed      TEXT NOT NULL, -- what was asked, under the person's key
    recorded_by TEXT COLLATE "C" NOT NULL,
    recorded_at TEXT COLLATE "C" NOT NULL,
    settled_by  TEXT COLLATE "C" NOT NULL,
    settled_at  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, subject) REFERENCES data_subject (realm, id)
);
CREATE INDEX personal_request_due ON personal_request (realm, due, id);
CREATE INDEX personal_request_state ON personal_request (realm, state, due, id);
CREATE INDEX personal_request_subject ON personal_request (realm, subject, due, id);
