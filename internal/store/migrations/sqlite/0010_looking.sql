-- Files that were handed in with a step, lists that people come back to.
--
-- +goose Up

CREATE TABLE matter_file (
    realm  INTEGER NOT NULL,
    matter TEXT    NOT NULL,
    seq    INTEGER NOT NULL, -- the step with which it came
    sha256 TEXT    NOT NULL, -- of the bytes, which lie outside the database
    name   TEXT    NOT NULL,
    format TEXT    NOT NULL,
    size   INTEGER NOT NULL,
    PRIMARY KEY (realm, matter, seq, sha256),
    FOREIGN KEY (realm, matter, seq) REFERENCES matter_event (realm, matter, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
    realm   INTEGER NOT NULL,
    id      TEXT    NOT NULL,
    account TEXT    NOT NULL,
    agency  TEXT    NOT NULL, -- '' it is the account's own
    list    TEXT    NOT NULL, -- path of the list
    query   TEXT    NOT NULL, -- what narrows it
    name    TEXT    NOT NULL,
    made_at TEXT    NOT NULL,
    PRIMARY KEY (realm, id)
) STRICT;
CREATE INDEX saved_view_account ON saved_view (realm, account, list);
CREATE INDEX saved_view_agency ON saved_view (realm, agency, list);
