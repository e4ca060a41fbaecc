-- Logins: what proves who somebody is, and what slows down whoever guesses. Whoever is logged in while this runs logs in once more.
--
-- +goose Up

DROP TABLE login;
CREATE TABLE login (
    hash       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    realm      BIGINT NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    account    TEXT COLLATE "C" NOT NULL,
    device     TEXT NOT NULL, -- roughly, for people
    started_at TEXT COLLATE "C" NOT NULL,
    ends_at    TEXT COLLATE "C" NOT NULL,
    seen_at    TEXT COLLATE "C" NOT NULL,
    proved_at  TEXT COLLATE "C" NOT NULL  -- when the person last showed who he is
);
CREATE INDEX login_ends ON login (ends_at);
CREATE INDEX login_account ON login (realm, account, seen_at, hash);

-- Browsers from which somebody has logged in, by the hash of a token that they keep. A stranger's guesses do not slow them down.
CREATE TABLE device (
    realm   BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL,
    ends_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, account, hash),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
);

-- Promises that are kept once: links for a password, challenges, the step between password and code.
CREATE TABLE ticket (
    hash    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    realm   BIGINT NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL, -- '' where nobody has said yet who he is
    body    TEXT NOT NULL,
    ends_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX ticket_ends ON ticket (ends_at);
CREATE INDEX ticket_account ON ticket (realm, account, kind);

CREATE TABLE code_factor (
    realm   BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    sealed  TEXT COLLATE "C" NOT NULL, -- encrypted under the key of the data folder
    since   TEXT COLLATE "C" NOT NULL,
    step    BIGINT NOT NULL, -- the last one whose code was taken
    PRIMARY KEY (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
);

CREATE TABLE recovery_code (
    realm   BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, account, hash),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
);

CREATE TABLE passkey (
    realm   BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    id      TEXT COLLATE "C" NOT NULL,
    name    TEXT NOT NULL,
    record  TEXT NOT NULL, -- JSON
    since   TEXT COLLATE "C" NOT NULL,
    used_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, account, id),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
);

-- Who is who at a single sign-on: like login names, found before the realm is known.
CREATE TABLE login_subject (
    issuer  TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    realm   BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    since   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX login_subject_account ON login_subject (realm, account, issuer, subject);

-- What is slowed down, by the hash of what it is, and until when it is charged. Rows go away then.
CREATE TABLE throttle (
    key     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    ends_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX throttle_ends ON throttle (ends_at);
