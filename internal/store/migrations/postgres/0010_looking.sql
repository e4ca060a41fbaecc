-- Files that were handed in with a step, lists that people come back to.
--
-- +goose Up

CREATE TABLE matter_file (
    realm  BIGINT NOT NULL,
    matter TEXT COLLATE "C" NOT NULL,
    seq    BIGINT NOT NULL, -- the step with which it came
    sha256 TEXT COLLATE "C" NOT NULL, -- of the bytes, which lie outside the database
    name   TEXT NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    size   BIGINT NOT NULL,
    PRIMARY KEY (realm, matter, seq, sha256),
    FOREIGN KEY (realm, matter, seq) REFERENCES matter_event (realm, matter, seq)
);

CREATE TABLE saved_view (
    realm   BIGINT NOT NULL,
    id      TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    agency  TEXT COLLATE "C" NOT NULL, -- '' it is the account's own
    list    TEXT COLLATE "C" NOT NULL, -- path of the list
    query   TEXT NOT NULL, -- what narrows it
    name    TEXT NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, id)
);
CREATE INDEX saved_view_account ON saved_view (realm, account, list);
CREATE INDEX saved_view_agency ON saved_view (realm, agency, list);
