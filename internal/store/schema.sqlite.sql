CREATE TABLE account (
    realm    INTEGER NOT NULL,
    id       TEXT    NOT NULL,
    login    TEXT    NOT NULL, -- also in login_name, where it is unique in the whole store
    name     TEXT    NOT NULL,
    agency   TEXT    NOT NULL,
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

CREATE TABLE cell (
    realm      INTEGER NOT NULL,
    period     TEXT NOT NULL,
    indicator  TEXT NOT NULL,
    unit_code  TEXT NOT NULL,
    unit_from  TEXT NOT NULL,
    scope      TEXT NOT NULL,
    measure    TEXT NOT NULL, -- the indicator's own where the claim's converts to it
    rank       TEXT NOT NULL, -- orders the claims; the greatest counts
    figure     TEXT NOT NULL,
    value      REAL NOT NULL,
    value_of   REAL,
    comparator TEXT NOT NULL,
    vintage    TEXT NOT NULL,
    state      TEXT NOT NULL,
    claims     INTEGER NOT NULL,
    conflict   INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    scope_open INTEGER NOT NULL CHECK (scope_open IN (0, 1)),
    PRIMARY KEY (realm, period, indicator, unit_code, unit_from, scope, measure)
) STRICT, WITHOUT ROWID;

CREATE TABLE code_factor (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    sealed  TEXT NOT NULL, -- encrypted under the key of the data folder
    since   TEXT NOT NULL,
    step    INTEGER NOT NULL, -- the last one whose code was taken
    PRIMARY KEY (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

CREATE TABLE data_subject (
    realm     INTEGER NOT NULL,
    id        TEXT NOT NULL, -- of an account holder: the account's
    kind      TEXT NOT NULL,
    sealed    TEXT NOT NULL, -- the personal fields under the person's key; '' once they are erased
    since     TEXT NOT NULL,
    ended_at  TEXT NOT NULL, -- when the reason for keeping them ended; '' it goes on
    erased_at TEXT NOT NULL, -- '' they are there
    PRIMARY KEY (realm, id)
) STRICT;

CREATE INDEX data_subject_erased ON data_subject (realm, erased_at, id);

CREATE INDEX data_subject_kind ON data_subject (realm, kind, id);

CREATE TABLE data_subject_key (
    realm   INTEGER NOT NULL,
    subject TEXT NOT NULL,
    wrapped TEXT NOT NULL, -- the person's key under the key of the data folder
    PRIMARY KEY (realm, subject),
    FOREIGN KEY (realm, subject) REFERENCES data_subject (realm, id)
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

CREATE TABLE entry (
    realm      INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    key        TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    body       TEXT NOT NULL, -- JSON; '' where the key was withdrawn
    note       TEXT NOT NULL, -- why
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    PRIMARY KEY (realm, kind, key, seq)
) STRICT;

CREATE TABLE feed (
    hash    TEXT NOT NULL PRIMARY KEY,
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    since   TEXT NOT NULL,
    UNIQUE (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
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
    superseded_by TEXT    NOT NULL, cut_off TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', batch TEXT NOT NULL DEFAULT '', verified_by TEXT NOT NULL DEFAULT '', verified_at TEXT NOT NULL DEFAULT '', -- '' while it is in force
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
) STRICT;

CREATE INDEX figure_document ON figure (realm, src_document, indicator, period, src_day, id) WHERE src_document IS NOT NULL;

CREATE INDEX figure_indicator ON figure (realm, indicator, period, src_day, id);

CREATE INDEX figure_session ON figure (realm, session, indicator, period, src_day, id) WHERE session IS NOT NULL;

CREATE INDEX figure_unit ON figure (realm, unit_code, indicator, period, src_day, id);

CREATE TABLE figure_batch (
    realm     INTEGER NOT NULL,
    id        TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sum       TEXT NOT NULL, -- SHA-256 of the file
    figures   INTEGER NOT NULL,
    made_by   TEXT NOT NULL,
    made_at   TEXT NOT NULL,
    PRIMARY KEY (realm, id)
) STRICT;

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

CREATE INDEX letter_ended ON letter (realm, state, ended_at, id);

CREATE INDEX letter_state ON letter (realm, state, due, id);

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

CREATE TABLE mail_choice (
    realm     INTEGER NOT NULL,
    account   TEXT NOT NULL,
    reminders INTEGER NOT NULL CHECK (reminders IN (0, 1)),
    digest    INTEGER NOT NULL CHECK (digest IN (0, 1)),
    since     TEXT NOT NULL,
    PRIMARY KEY (realm, account),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

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
    version       INTEGER NOT NULL, first_due TEXT NOT NULL DEFAULT '', finished TEXT NOT NULL DEFAULT '', product TEXT NOT NULL DEFAULT '', cause TEXT NOT NULL DEFAULT '', field TEXT NOT NULL DEFAULT '', level TEXT NOT NULL DEFAULT '', parent TEXT NOT NULL DEFAULT '', parts INTEGER NOT NULL DEFAULT 0, part_late INTEGER NOT NULL DEFAULT 0 CHECK (part_late IN (0, 1)), stand INTEGER NOT NULL DEFAULT 2, sort_due TEXT NOT NULL DEFAULT '9999-12-31', sort_first TEXT NOT NULL DEFAULT '9999-12-31', funding TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
) STRICT;

CREATE INDEX matter_asked ON matter (realm, stand, kind, field, level, state, opened, sort_due, created_at, funding, id) WHERE kind = 'recommendation';

CREATE INDEX matter_document ON matter (realm, src_document, opened, id);

CREATE INDEX matter_due ON matter (realm, sort_due) WHERE stand = 1 AND parent = '';

CREATE INDEX matter_first ON matter (realm, sort_first) WHERE stand = 1 AND parent = '';

CREATE INDEX matter_opened ON matter (realm, opened, id);

CREATE INDEX matter_origin ON matter (realm, origin, opened, id);

CREATE INDEX matter_parent ON matter (realm, parent, opened, id) WHERE parent <> '';

CREATE INDEX matter_session ON matter (realm, session, opened, id);

CREATE INDEX matter_stand ON matter (realm, stand, kind, parent, sort_due, id);

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
    document   TEXT, due_from TEXT NOT NULL DEFAULT '', due_to TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (realm, matter, seq),
    FOREIGN KEY (realm, matter) REFERENCES matter (realm, id),
    FOREIGN KEY (realm, document) REFERENCES document (realm, id)
) STRICT;

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

CREATE TABLE matter_link (
    realm       INTEGER NOT NULL,
    from_matter TEXT    NOT NULL,
    to_matter   TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    PRIMARY KEY (realm, from_matter, to_matter, kind),
    FOREIGN KEY (realm, from_matter) REFERENCES matter (realm, id),
    FOREIGN KEY (realm, to_matter) REFERENCES matter (realm, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX matter_link_gather ON matter_link (realm, from_matter, to_matter, kind) WHERE kind <> 'answers';

CREATE INDEX matter_link_to ON matter_link (realm, to_matter, from_matter, kind);

CREATE TABLE matter_party (
    realm     INTEGER NOT NULL,
    matter    TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    role      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    unit_code TEXT    NOT NULL,
    unit_from TEXT    NOT NULL,
    agency    TEXT    NOT NULL, place TEXT NOT NULL DEFAULT '', stand INTEGER NOT NULL DEFAULT 2, kind TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', sort_due TEXT NOT NULL DEFAULT '9999-12-31', sort_first TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (realm, matter, seq),
    FOREIGN KEY (realm, matter) REFERENCES matter (realm, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX matter_party_due ON matter_party (realm, role, sort_due, place, kind, state, sort_first) WHERE stand = 1;

CREATE INDEX matter_party_first ON matter_party (realm, role, sort_first, place, kind, state, sort_due) WHERE stand = 1;

CREATE INDEX matter_party_place ON matter_party (realm, role, stand, place, kind, sort_due, matter, state);

CREATE INDEX matter_party_unit ON matter_party (realm, unit_code, role, matter);

CREATE TABLE matter_tally (
    realm      INTEGER NOT NULL,
    role       TEXT    NOT NULL,
    place      TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    cell       TEXT    NOT NULL, -- by the day that was granted last
    first_cell TEXT    NOT NULL, -- by the first day
    number     INTEGER NOT NULL,
    PRIMARY KEY (realm, role, place, kind, state, cell, first_cell)
) STRICT, WITHOUT ROWID;

CREATE TABLE matter_tally_day (
    realm INTEGER NOT NULL PRIMARY KEY,
    day   TEXT    NOT NULL
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

CREATE TABLE personal_request (
    realm       INTEGER NOT NULL,
    id          TEXT NOT NULL,
    subject     TEXT NOT NULL,
    kind        TEXT NOT NULL,
    received    TEXT NOT NULL,
    due         TEXT NOT NULL, -- '' no rule says
    law         TEXT NOT NULL,
    state       TEXT NOT NULL,
    ground      TEXT NOT NULL, -- why it was refused
    sealed      TEXT NOT NULL, -- what was asked, under the person's key
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    settled_by  TEXT NOT NULL,
    settled_at  TEXT NOT NULL,
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, subject) REFERENCES data_subject (realm, id)
) STRICT;

CREATE INDEX personal_request_due ON personal_request (realm, due, id);

CREATE INDEX personal_request_state ON personal_request (realm, state, due, id);

CREATE INDEX personal_request_subject ON personal_request (realm, subject, due, id);

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

CREATE INDEX plan_task_matter ON plan_task (realm, matter);

CREATE UNIQUE INDEX plan_task_once ON plan_task (realm, plan, item, period) WHERE NOT gone;

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

CREATE TABLE record_owner (
    realm  INTEGER NOT NULL,
    noun   TEXT NOT NULL,
    record TEXT NOT NULL,
    owner  TEXT NOT NULL, stand INTEGER NOT NULL DEFAULT 0, kind TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', sort_due TEXT NOT NULL DEFAULT '', sort_first TEXT NOT NULL DEFAULT '', top INTEGER NOT NULL DEFAULT 0, cells TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (realm, noun, record, owner)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_owner_owner ON record_owner (realm, noun, owner, stand, kind, sort_due, record, state, top, sort_first, cells);

CREATE TABLE recovery_code (
    realm   INTEGER NOT NULL,
    account TEXT NOT NULL,
    hash    TEXT NOT NULL,
    PRIMARY KEY (realm, account, hash),
    FOREIGN KEY (realm, account) REFERENCES account (realm, id)
) STRICT;

CREATE TABLE reminder (
    realm   INTEGER NOT NULL,
    matter  TEXT NOT NULL,
    rule    TEXT NOT NULL,
    due     TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (realm, matter, rule, due)
) STRICT;

CREATE TABLE report (
    realm     INTEGER NOT NULL,
    form      TEXT NOT NULL,
    period    TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    unit_from TEXT NOT NULL,
    state     TEXT NOT NULL,
    due       TEXT NOT NULL,
    entered_by TEXT NOT NULL, -- who last wrote a figure of it
    submitted TEXT NOT NULL, -- when it was first submitted, for timeliness
    version   INTEGER NOT NULL,
    PRIMARY KEY (realm, form, period, unit_code, unit_from)
) STRICT, WITHOUT ROWID;

CREATE INDEX report_unit ON report (realm, unit_code, period, form);

CREATE TABLE report_event (
    realm      INTEGER NOT NULL,
    form       TEXT NOT NULL,
    period     TEXT NOT NULL,
    unit_code  TEXT NOT NULL,
    unit_from  TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    at         TEXT NOT NULL,
    account    TEXT NOT NULL,
    action     TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    note       TEXT NOT NULL,
    PRIMARY KEY (realm, form, period, unit_code, unit_from, seq),
    FOREIGN KEY (realm, form, period, unit_code, unit_from) REFERENCES report (realm, form, period, unit_code, unit_from)
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
    superseded_by TEXT    NOT NULL, reason TEXT NOT NULL DEFAULT '', parent TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
) STRICT;

CREATE INDEX target_document ON target (realm, src_document, indicator, period, src_day, id);

CREATE INDEX target_indicator ON target (realm, indicator, period, src_day, id);

CREATE INDEX target_parent ON target (realm, parent, unit_code, id) WHERE parent <> '';

CREATE INDEX target_period ON target (realm, period, indicator, unit_code, id, unit_from, baseline, scope, comparator, measure, value, value_of, superseded_by)
    WHERE superseded_by = '';

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
