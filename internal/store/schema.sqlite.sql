CREATE TABLE account (
    realm    INTEGER NOT NULL,
    id       TEXT    NOT NULL,
    login    TEXT    NOT NULL, -- also in login_name, where it is unique in the whole store
    name     TEXT    NOT NULL,
    agency   TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    password TEXT    NOT NULL,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    PRIMARY KEY (realm, id),
    UNIQUE (realm, login),
    FOREIGN KEY (realm, agency) REFERENCES agency (realm, id)
) STRICT;

CREATE TABLE agency (
    realm      INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    folded     TEXT    NOT NULL, -- the name folded: what lists are sorted by and names are found by
    unit_code  TEXT    NOT NULL,
    unit_from  TEXT    NOT NULL,
    line       TEXT    NOT NULL,
    valid_from TEXT    NOT NULL,
    valid_to   TEXT    NOT NULL,
    PRIMARY KEY (realm, id)
) STRICT;

CREATE INDEX agency_name ON agency (realm, folded, unit_code, id);

CREATE TABLE also_said (
    realm        INTEGER NOT NULL,
    noun         TEXT    NOT NULL,
    record       TEXT    NOT NULL,
    src_document TEXT    NOT NULL,
    src_start    INTEGER NOT NULL,
    src_end      INTEGER NOT NULL,
    src_sentence TEXT    NOT NULL,
    src_day      TEXT    NOT NULL,
    PRIMARY KEY (realm, noun, record, src_document, src_start, src_end),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
) STRICT;

CREATE TABLE audit_hash (
    realm INTEGER NOT NULL,
    idx   INTEGER NOT NULL,
    hash  TEXT    NOT NULL,
    PRIMARY KEY (realm, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_line (
    realm   INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    at      TEXT    NOT NULL,
    account TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    noun    TEXT    NOT NULL,
    record  TEXT    NOT NULL, for_account TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (realm, seq)
) STRICT;

CREATE INDEX audit_line_account ON audit_line (realm, account, at, seq);

CREATE INDEX audit_line_action ON audit_line (realm, action, at, seq);

CREATE INDEX audit_line_at ON audit_line (realm, at, seq);

CREATE INDEX audit_line_noun ON audit_line (realm, noun, at, seq);

CREATE TABLE code_factor (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    sealed  TEXT NOT NULL, -- encrypted under the key of the data folder
    since   TEXT NOT NULL,
    step    INTEGER NOT NULL, -- the last one whose code was taken
    PRIMARY KEY (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

CREATE TABLE deputy (
    realm    INTEGER NOT NULL,
    id       TEXT NOT NULL,
    account  TEXT NOT NULL, -- who is absent
    deputy   TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL, -- the last day
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended_at TEXT NOT NULL, -- '' nobody has ended it
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id),
    FOREIGN KEY (realm, deputy) REFERENCES account (realm, id)
) STRICT;

CREATE INDEX deputy_account ON deputy (realm, account, given_at, id);

CREATE INDEX deputy_deputy ON deputy (realm, deputy, given_at, id);

CREATE TABLE device (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    hash    TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    PRIMARY KEY (realm, account, hash),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

CREATE TABLE document (
    realm     INTEGER NOT NULL,
    id        TEXT    NOT NULL,
    holder    TEXT    NOT NULL,
    blob      TEXT    NOT NULL, -- SHA-256 of the original bytes, which lie outside the database
    text      TEXT    NOT NULL, -- SHA-256 of the text layer
    size      INTEGER NOT NULL,
    text_size INTEGER NOT NULL,
    format    TEXT    NOT NULL,
    converted TEXT    NOT NULL, -- how the text layer was made, where it is not the original's own
    file_name TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    published TEXT    NOT NULL,
    number    TEXT    NOT NULL,
    issuer    TEXT    NOT NULL,
    source    TEXT    NOT NULL,
    filed_at  TEXT    NOT NULL,
    filed_by  TEXT    NOT NULL,
    PRIMARY KEY (realm, id),
    UNIQUE (realm, holder, blob), -- one document for each agency that holds these bytes
    FOREIGN KEY (realm, holder) REFERENCES agency (realm, id)
) STRICT;

CREATE INDEX document_holder ON document (realm, holder, id);

CREATE TABLE draft (
    realm        INTEGER NOT NULL,
    review       TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    figure       TEXT, -- JSON of the reading contract; exactly one of figure and item is there
    item         TEXT,
    task         INTEGER NOT NULL CHECK (task IN (0, 1)),
    by_hand      INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
    match_record TEXT    NOT NULL,
    settled_by   TEXT    NOT NULL,
    settled_at   TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    PRIMARY KEY (realm, review, id),
    FOREIGN KEY (realm, review) REFERENCES review (realm, id),
    CHECK ((figure IS NULL) <> (item IS NULL))
) STRICT;

CREATE TABLE figure (
    realm         INTEGER NOT NULL,
    id            TEXT    NOT NULL,
    session       TEXT,
    kind          TEXT    NOT NULL,
    vintage       TEXT    NOT NULL,
    indicator     TEXT    NOT NULL,
    label         TEXT    NOT NULL,
    unit_code     TEXT    NOT NULL,
    unit_from     TEXT    NOT NULL,
    unit_name     TEXT    NOT NULL,
    period        TEXT    NOT NULL,
    scope         TEXT    NOT NULL,
    comparator    TEXT    NOT NULL,
    value         REAL    NOT NULL,
    value_of      REAL,            -- the y of "x of y"
    measure       TEXT    NOT NULL,
    quote         TEXT    NOT NULL,
    doubt         TEXT    NOT NULL, -- what the reader doubts about the words
    src_document  TEXT,
    src_start     INTEGER NOT NULL, -- bytes of the document's text layer
    src_end       INTEGER NOT NULL,
    src_sentence  TEXT    NOT NULL,
    src_day       TEXT    NOT NULL,
    entered_by    TEXT    NOT NULL,
    entered_at    TEXT    NOT NULL,
    confirmed_by  TEXT    NOT NULL,
    confirmed_at  TEXT    NOT NULL,
    superseded_by TEXT    NOT NULL, -- '' while it is in force
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
) STRICT;

CREATE INDEX figure_document ON figure (realm, src_document, indicator, period, src_day, id);

CREATE INDEX figure_indicator ON figure (realm, indicator, period, src_day, id);

CREATE INDEX figure_session ON figure (realm, session, indicator, period, src_day, id);

CREATE INDEX figure_unit ON figure (realm, unit_code, indicator, period, src_day, id);

CREATE TABLE holding (
    realm     INTEGER NOT NULL PRIMARY KEY,
    unit_code TEXT    NOT NULL,
    unit_from TEXT    NOT NULL,
    agency    TEXT    NOT NULL,
    since     TEXT    NOT NULL
) STRICT;

CREATE TABLE job (
    realm    INTEGER NOT NULL,
    id       TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    payload  TEXT    NOT NULL, -- JSON for whoever does it
    state    TEXT    NOT NULL,
    due      TEXT    NOT NULL, -- when it may be taken; while it runs, the end of its lease
    attempts INTEGER NOT NULL,
    fault    TEXT    NOT NULL,
    made_at  TEXT    NOT NULL,
    ended_at TEXT    NOT NULL, -- '' until it is done or given up
    PRIMARY KEY (realm, id),
    UNIQUE (realm, kind, key)
) STRICT;

CREATE INDEX job_due ON job (due) WHERE ended_at = '';

CREATE INDEX job_state ON job (state, due);

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

CREATE INDEX login_account ON login (realm, account, seen_at, hash);

CREATE INDEX login_ends ON login (ends_at);

CREATE TABLE login_name (
    login   TEXT    NOT NULL PRIMARY KEY,
    realm   INTEGER NOT NULL,
    account TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE login_subject (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    since   TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;

CREATE INDEX login_subject_account ON login_subject (realm, account, issuer, subject);

CREATE TABLE matter (
    realm         INTEGER NOT NULL,
    id            TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    session       TEXT,
    words         TEXT    NOT NULL,
    topic         TEXT    NOT NULL,
    src_document  TEXT,
    src_start     INTEGER NOT NULL,
    src_end       INTEGER NOT NULL,
    src_sentence  TEXT    NOT NULL,
    src_day       TEXT    NOT NULL,
    said_by       TEXT    NOT NULL,
    due_words     TEXT    NOT NULL,
    due           TEXT    NOT NULL,
    strength      TEXT    NOT NULL,
    past          INTEGER NOT NULL CHECK (past IN (0, 1)),
    answers       TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    origin        TEXT    NOT NULL,
    assigned_by   TEXT    NOT NULL,
    opened        TEXT    NOT NULL,
    created_by    TEXT    NOT NULL,
    created_at    TEXT    NOT NULL,
    superseded_by TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
) STRICT;

CREATE INDEX matter_document ON matter (realm, src_document, opened, id);

CREATE INDEX matter_opened ON matter (realm, opened, id);

CREATE INDEX matter_origin ON matter (realm, origin, opened, id);

CREATE INDEX matter_session ON matter (realm, session, opened, id);

CREATE TABLE matter_event (
    realm      INTEGER NOT NULL,
    matter     TEXT    NOT NULL,
    seq        INTEGER NOT NULL,
    at         TEXT    NOT NULL,
    account    TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    from_state TEXT    NOT NULL,
    to_state   TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    document   TEXT,
    PRIMARY KEY (realm, matter, seq),
    FOREIGN KEY (realm, matter) REFERENCES matter (realm, id),
    FOREIGN KEY (realm, document) REFERENCES document (realm, id)
) STRICT;

CREATE TABLE matter_link (
    realm       INTEGER NOT NULL,
    from_matter TEXT    NOT NULL,
    to_matter   TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    PRIMARY KEY (realm, from_matter, to_matter, kind),
    FOREIGN KEY (realm, from_matter) REFERENCES matter (realm, id),
    FOREIGN KEY (realm, to_matter) REFERENCES matter (realm, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX matter_link_to ON matter_link (realm, to_matter, from_matter, kind);

CREATE TABLE matter_party (
    realm     INTEGER NOT NULL,
    matter    TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    role      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    unit_code TEXT    NOT NULL,
    unit_from TEXT    NOT NULL,
    agency    TEXT    NOT NULL,
    PRIMARY KEY (realm, matter, seq),
    FOREIGN KEY (realm, matter) REFERENCES matter (realm, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX matter_party_unit ON matter_party (realm, unit_code, role, matter);

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

CREATE TABLE record_owner (
    realm  INTEGER NOT NULL,
    noun   TEXT NOT NULL,
    record TEXT NOT NULL,
    owner  TEXT NOT NULL,
    PRIMARY KEY (realm, noun, record, owner)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_owner_owner ON record_owner (realm, noun, owner, record);

CREATE TABLE recovery_code (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    hash    TEXT NOT NULL,
    PRIMARY KEY (realm, account, hash),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

CREATE TABLE review (
    realm        INTEGER NOT NULL,
    id           TEXT    NOT NULL,
    document     TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    reading      TEXT    NOT NULL, -- JSON of the reading contract, as the reader made it; never changed
    head         TEXT    NOT NULL, -- JSON: the session as the person settles it
    join_session TEXT    NOT NULL,
    session      TEXT    NOT NULL,
    started_by   TEXT    NOT NULL,
    started_at   TEXT    NOT NULL,
    confirmed_by TEXT    NOT NULL,
    confirmed_at TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, document) REFERENCES document (realm, id)
) STRICT;

CREATE INDEX review_document ON review (realm, document, id);

CREATE INDEX review_state ON review (realm, state, started_at, id);

CREATE TABLE role_grant (
    realm     INTEGER NOT NULL,
    id        TEXT NOT NULL,
    account   TEXT NOT NULL,
    role      TEXT NOT NULL,
    agency    TEXT NOT NULL, -- whose documents and matters
    unit_code TEXT NOT NULL, -- whose books; '' none but what belongs to the agency
    unit_from TEXT NOT NULL,
    from_day  TEXT NOT NULL, -- '' from the beginning
    to_day    TEXT NOT NULL, -- the last day; '' no end
    given_by  TEXT NOT NULL, -- '' the program itself
    given_at  TEXT NOT NULL,
    ended_by  TEXT NOT NULL,
    ended_at  TEXT NOT NULL, -- '' nobody has ended it
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id),
    FOREIGN KEY (realm, agency) REFERENCES agency (realm, id)
) STRICT;

CREATE INDEX role_grant_account ON role_grant (realm, account, given_at, id);

CREATE TABLE schema_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);

CREATE TABLE search_entry (
    number INTEGER NOT NULL PRIMARY KEY,
    realm  INTEGER NOT NULL,
    noun   TEXT    NOT NULL,
    record TEXT    NOT NULL,
    holder TEXT    NOT NULL,
    day    TEXT    NOT NULL,
    title  TEXT    NOT NULL,
    body   TEXT    NOT NULL,
    UNIQUE (realm, noun, record)
) STRICT;

CREATE VIRTUAL TABLE search_words USING fts5 (
    folded, marked, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TABLE session (
    realm      INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    day        TEXT    NOT NULL,
    place      TEXT    NOT NULL,
    programme  TEXT    NOT NULL,
    offices    TEXT    NOT NULL, -- JSON array
    created_by TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    PRIMARY KEY (realm, id)
) STRICT;

CREATE INDEX session_day ON session (realm, day, id);

CREATE TABLE session_document (
    realm    INTEGER NOT NULL,
    session  TEXT    NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (realm, session, document),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, document) REFERENCES document (realm, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_document_document ON session_document (realm, document, session);

CREATE TABLE session_unit (
    realm     INTEGER NOT NULL,
    session   TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    unit_code TEXT    NOT NULL,
    unit_from TEXT    NOT NULL,
    PRIMARY KEY (realm, session, seq),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_unit_code ON session_unit (realm, unit_code, session);

CREATE TABLE target (
    realm         INTEGER NOT NULL,
    id            TEXT    NOT NULL,
    session       TEXT,
    baseline      TEXT    NOT NULL,
    indicator     TEXT    NOT NULL,
    label         TEXT    NOT NULL,
    unit_code     TEXT    NOT NULL,
    unit_from     TEXT    NOT NULL,
    unit_name     TEXT    NOT NULL,
    period        TEXT    NOT NULL,
    scope         TEXT    NOT NULL,
    comparator    TEXT    NOT NULL,
    value         REAL    NOT NULL,
    value_of      REAL,
    measure       TEXT    NOT NULL,
    quote         TEXT    NOT NULL,
    doubt         TEXT    NOT NULL, -- what the reader doubts about the words
    src_document  TEXT,
    src_start     INTEGER NOT NULL,
    src_end       INTEGER NOT NULL,
    src_sentence  TEXT    NOT NULL,
    src_day       TEXT    NOT NULL,
    entered_by    TEXT    NOT NULL,
    entered_at    TEXT    NOT NULL,
    confirmed_by  TEXT    NOT NULL,
    confirmed_at  TEXT    NOT NULL,
    superseded_by TEXT    NOT NULL,
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
) STRICT;

CREATE INDEX target_document ON target (realm, src_document, indicator, period, src_day, id);

CREATE INDEX target_indicator ON target (realm, indicator, period, src_day, id);

CREATE INDEX target_session ON target (realm, session, indicator, period, src_day, id);

CREATE INDEX target_unit ON target (realm, unit_code, indicator, period, src_day, id);

CREATE TABLE throttle (
    key     TEXT NOT NULL PRIMARY KEY,
    ends_at TEXT NOT NULL
) STRICT;

CREATE INDEX throttle_ends ON throttle (ends_at);

CREATE TABLE ticket (
    hash    TEXT NOT NULL PRIMARY KEY,
    realm   INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    account TEXT NOT NULL, -- '' where nobody has said yet who he is
    body    TEXT NOT NULL,
    ends_at TEXT NOT NULL
) STRICT;

CREATE INDEX ticket_account ON ticket (realm, account, kind);

CREATE INDEX ticket_ends ON ticket (ends_at);

CREATE TABLE timetable (
    realm   INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    clock   TEXT    NOT NULL, -- HH:MM in Viet Nam
    payload TEXT    NOT NULL,
    next_at TEXT    NOT NULL,
    PRIMARY KEY (realm, kind)
) STRICT;
