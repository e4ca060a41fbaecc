-- Logins: what proves who somebody is, and what slows down whoever guesses. Whoever is logged in while this runs logs in once more.
--
-- +goose Up

DROP TABLE login;
CREATE TABLE login (
    hash       TEXT NOT NULL PRIMARY KEY,
    realm      INTEGER NOT NULL,
    id         TEXT NOT NULL,
    account    TEXT NOT NULL,
    device     TEXT NOT NULL, -- roughly, for people
    started_at TEXT NOT NULL,
    ends_at    TEXT NOT NULL,
    seen_at    TEXT NOT NULL,
    proved_at  TEXT NOT NULL  -- when the person last showed who he is
) STRICT;
CREATE INDEX login_ends ON login (ends_at);
CREATE INDEX login_account ON login (realm, account, seen_at, hash);

-- Browsers from which somebody has logged in, by the hash of a token that they keep. A stranger's guesses do not slow them down.
CREATE TABLE device (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    hash    TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    PRIMARY KEY (realm, account, hash),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

-- Promises that are kept once: links for a password, challenges, the step between password and code.
CREATE TABLE ticket (
    hash    TEXT NOT NULL PRIMARY KEY,
    realm   INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    account TEXT NOT NULL, -- '' where nobody has said yet who he is
    body    TEXT NOT NULL,
    ends_at TEXT NOT NULL
) STRICT;
CREATE INDEX ticket_ends ON ticket (ends_at);
CREATE INDEX ticket_account ON ticket (realm, account, kind);

CREATE TABLE code_factor (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    sealed  TEXT NOT NULL, -- encrypted under the key of the data folder
    since   TEXT NOT NULL,
    step    INTEGER NOT NULL, -- the last one whose code was taken
    PRIMARY KEY (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

CREATE TABLE recovery_code (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    hash    TEXT NOT NULL,
    PRIMARY KEY (realm, account, hash),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

CREATE TABLE passkey (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    id      TEXT NOT NULL,
    name    TEXT NOT NULL,
    record  TEXT NOT NULL, -- JSON
    since   TEXT NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (realm, account, id),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

-- Who is who at a single sign-on: like login names, found before the realm is known.
CREATE TABLE login_subject (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    since   TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX login_subject_account ON login_subject (realm, account, issuer, subject);

-- What is slowed down, by the hash of what it is, and until when it is charged. Rows go away then.
CREATE TABLE throttle (
    key     TEXT NOT NULL PRIMARY KEY,
    ends_at TEXT NOT NULL
) STRICT;
CREATE INDEX throttle_ends ON throttle (ends_at);
