-- Permissions: roles are granted for an agency and a unit and a time, and what a record belongs to stands beside it, so that a reader
-- is given what is within his reach and nothing else.
--
-- +goose Up

-- What a record belongs to that may belong to several: units ('u:CODE/FROM') and agencies ('a:ID'). Noun and record as in search_entry.
-- Documents have their holder, figures and targets their unit, and are not here.
CREATE TABLE record_owner (
    realm  BIGINT NOT NULL,
    noun   TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    owner  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, noun, record, owner)
);
CREATE INDEX record_owner_owner ON record_owner (realm, noun, owner, record);

INSERT INTO record_owner (realm, noun, record, owner)
SELECT realm, 'session', session, 'u:' || unit_code || '/' || unit_from FROM session_unit WHERE unit_code <> ''
UNION SELECT s.realm, 'session', s.session, 'a:' || d.holder FROM session_document AS s
    JOIN document AS d ON d.realm = s.realm AND d.id = s.document
UNION SELECT realm, 'matter', matter, 'u:' || unit_code || '/' || unit_from FROM matter_party WHERE unit_code <> ''
UNION SELECT realm, 'matter', matter, 'a:' || agency FROM matter_party WHERE agency <> ''
UNION SELECT m.realm, 'matter', m.id, 'a:' || d.holder FROM matter AS m JOIN document AS d ON d.realm = m.realm AND d.id = m.src_document;

-- Roles that accounts were given. Rows are never deleted: a grant ends by its last day, or before it by somebody.
CREATE TABLE role_grant (
    realm     BIGINT NOT NULL,
    id        TEXT COLLATE "C" NOT NULL,
    account   TEXT COLLATE "C" NOT NULL,
    role      TEXT COLLATE "C" NOT NULL,
    agency    TEXT COLLATE "C" NOT NULL, -- whose documents and matters
    unit_code TEXT COLLATE "C" NOT NULL, -- whose books; '' none but what belongs to the agency
    unit_from TEXT COLLATE "C" NOT NULL,
    from_day  TEXT COLLATE "C" NOT NULL, -- '' from the beginning
    to_day    TEXT COLLATE "C" NOT NULL, -- the last day; '' no end
    given_by  TEXT COLLATE "C" NOT NULL, -- '' the program itself
    given_at  TEXT COLLATE "C" NOT NULL,
    ended_by  TEXT COLLATE "C" NOT NULL,
    ended_at  TEXT COLLATE "C" NOT NULL, -- '' nobody has ended it
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id),
    FOREIGN KEY (realm, agency) REFERENCES agency (realm, id)
);
CREATE INDEX role_grant_account ON role_grant (realm, account, given_at, id);

-- Who stands in for whom, and when. Rows are never deleted.
CREATE TABLE deputy (
    realm    BIGINT NOT NULL,
    id       TEXT COLLATE "C" NOT NULL,
    account  TEXT COLLATE "C" NOT NULL, -- who is absent
    deputy   TEXT COLLATE "C" NOT NULL,
    from_day TEXT COLLATE "C" NOT NULL,
    to_day   TEXT COLLATE "C" NOT NULL, -- the last day
    given_by TEXT COLLATE "C" NOT NULL,
    given_at TEXT COLLATE "C" NOT NULL,
    ended_by TEXT COLLATE "C" NOT NULL,
    ended_at TEXT COLLATE "C" NOT NULL, -- '' nobody has ended it
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id),
    FOREIGN KEY (realm, deputy) REFERENCES account (realm, id)
);
CREATE INDEX deputy_account ON deputy (realm, account, given_at, id);
CREATE INDEX deputy_deputy ON deputy (realm, deputy, given_at, id);

INSERT INTO role_grant (realm, id, account, role, agency, unit_code, unit_from, from_day, to_day, given_by, given_at, ended_by, ended_at)
SELECT a.realm, a.id, a.id, a.role, a.agency, g.unit_code, g.unit_from, '', '', '', '', '', ''
FROM account AS a JOIN agency AS g ON g.realm = a.realm AND g.id = a.agency;

-- For whom a deputy did what a line of the audit log says.
ALTER TABLE audit_line ADD COLUMN for_account TEXT COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE account DROP COLUMN role;
