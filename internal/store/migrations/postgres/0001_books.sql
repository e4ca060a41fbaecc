-- The four books, and what is needed to keep them. This file is never edited: what comes later is the next number.
--
-- Conventions (DESIGN.md says why):
--   realm      leads the primary key, every unique key and every foreign key of a table that grows with the country
--   ids        UUIDs of version 7 in lower case, made by the program
--   instants   TEXT 2026-01-02T03:04:05.000006Z, UTC, always this long; '' where there is none
--   days       TEXT 2026-01-02; '' where it is not known
--   NULL       only in references that may be empty and in values that may be missing
--
-- +goose Up

-- Tables that do not grow with the country.

-- The realms that this store holds, with the unit each serves.
CREATE TABLE holding (
    realm     BIGINT NOT NULL PRIMARY KEY,
    unit_code TEXT COLLATE "C" NOT NULL,
    unit_from TEXT COLLATE "C" NOT NULL,
    agency    TEXT COLLATE "C" NOT NULL,
    since     TEXT COLLATE "C" NOT NULL
);

-- The directory of login names: whoever logs in has not said yet to which realm he belongs.
CREATE TABLE login_name (
    login   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    realm   BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL
);

-- Browsers that are logged in, found by the hash of their token. Rows go away when they end.
CREATE TABLE login (
    hash       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    realm      BIGINT NOT NULL,
    account    TEXT COLLATE "C" NOT NULL,
    started_at TEXT COLLATE "C" NOT NULL,
    ends_at    TEXT COLLATE "C" NOT NULL
);
CREATE INDEX login_ends ON login (ends_at);

-- Who acts.

CREATE TABLE agency (
    realm      BIGINT NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    name       TEXT NOT NULL,
    folded     TEXT COLLATE "C" NOT NULL, -- the name folded: what lists are sorted by and names are found by
    unit_code  TEXT COLLATE "C" NOT NULL,
    unit_from  TEXT COLLATE "C" NOT NULL,
    line       TEXT COLLATE "C" NOT NULL,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, id)
);
CREATE INDEX agency_name ON agency (realm, folded, unit_code, id);

CREATE TABLE account (
    realm    BIGINT NOT NULL,
    id       TEXT COLLATE "C" NOT NULL,
    login    TEXT COLLATE "C" NOT NULL, -- also in login_name, where it is unique in the whole store
    name     TEXT NOT NULL,
    agency   TEXT COLLATE "C" NOT NULL,
    role     TEXT COLLATE "C" NOT NULL,
    password TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    PRIMARY KEY (realm, id),
    UNIQUE (realm, login),
    FOREIGN KEY (realm, agency) REFERENCES agency (realm, id)
);

-- The documents book.

CREATE TABLE document (
    realm     BIGINT NOT NULL,
    id        TEXT COLLATE "C" NOT NULL,
    holder    TEXT COLLATE "C" NOT NULL,
    blob      TEXT COLLATE "C" NOT NULL, -- SHA-256 of the original bytes, which lie outside the database
    text      TEXT COLLATE "C" NOT NULL, -- SHA-256 of the text layer
    size      BIGINT NOT NULL,
    text_size BIGINT NOT NULL,
    format    TEXT COLLATE "C" NOT NULL,
    converted TEXT COLLATE "C" NOT NULL, -- how the text layer was made, where it is not the original's own
    file_name TEXT NOT NULL,
    title     TEXT NOT NULL,
    kind      TEXT COLLATE "C" NOT NULL,
    day       TEXT COLLATE "C" NOT NULL,
    published TEXT COLLATE "C" NOT NULL,
    number    TEXT NOT NULL,
    issuer    TEXT NOT NULL,
    source    TEXT NOT NULL,
    filed_at  TEXT COLLATE "C" NOT NULL,
    filed_by  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, id),
    UNIQUE (realm, holder, blob), -- one document for each agency that holds these bytes
    FOREIGN KEY (realm, holder) REFERENCES agency (realm, id)
);
CREATE INDEX document_holder ON document (realm, holder, id);

CREATE TABLE review (
    realm        BIGINT NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    document     TEXT COLLATE "C" NOT NULL,
    state        TEXT COLLATE "C" NOT NULL,
    reading      TEXT NOT NULL, -- JSON of the reading contract, as the reader made it; never changed
    head         TEXT NOT NULL, -- JSON: the session as the person settles it
    join_session TEXT COLLATE "C" NOT NULL,
    session      TEXT COLLATE "C" NOT NULL,
    started_by   TEXT COLLATE "C" NOT NULL,
    started_at   TEXT COLLATE "C" NOT NULL,
    confirmed_by TEXT COLLATE "C" NOT NULL,
    confirmed_at TEXT COLLATE "C" NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, document) REFERENCES document (realm, id)
);
CREATE INDEX review_document ON review (realm, document, id);
CREATE INDEX review_state ON review (realm, state, started_at, id);

CREATE TABLE draft (
    realm        BIGINT NOT NULL,
    review       TEXT COLLATE "C" NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    seq          BIGINT NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,
    state        TEXT COLLATE "C" NOT NULL,
    figure       TEXT, -- JSON of the reading contract; exactly one of figure and item is there
    item         TEXT,
    task         BOOLEAN NOT NULL,
    by_hand      BOOLEAN NOT NULL,
    match_record TEXT COLLATE "C" NOT NULL,
    settled_by   TEXT COLLATE "C" NOT NULL,
    settled_at   TEXT COLLATE "C" NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (realm, review, id),
    FOREIGN KEY (realm, review) REFERENCES review (realm, id),
    CHECK ((figure IS NULL) <> (item IS NULL))
);

-- Sessions tie the books together.

CREATE TABLE session (
    realm      BIGINT NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    title      TEXT NOT NULL,
    day        TEXT COLLATE "C" NOT NULL,
    place      TEXT NOT NULL,
    programme  TEXT NOT NULL,
    offices    TEXT NOT NULL, -- JSON array
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, id)
);
CREATE INDEX session_day ON session (realm, day, id);

CREATE TABLE session_unit (
    realm     BIGINT NOT NULL,
    session   TEXT COLLATE "C" NOT NULL,
    seq       BIGINT NOT NULL,
    unit_code TEXT COLLATE "C" NOT NULL,
    unit_from TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, session, seq),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id)
);
CREATE INDEX session_unit_code ON session_unit (realm, unit_code, session);

CREATE TABLE session_document (
    realm    BIGINT NOT NULL,
    session  TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, session, document),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, document) REFERENCES document (realm, id)
);
CREATE INDEX session_document_document ON session_document (realm, document, session);

-- The figures book. Each index ends in the order in which lists come, so that the engine neither sorts nor walks the realm.

CREATE TABLE figure (
    realm         BIGINT NOT NULL,
    id            TEXT COLLATE "C" NOT NULL,
    session       TEXT COLLATE "C",
    kind          TEXT COLLATE "C" NOT NULL,
    vintage       TEXT COLLATE "C" NOT NULL,
    indicator     TEXT COLLATE "C" NOT NULL,
    label         TEXT NOT NULL,
    unit_code     TEXT COLLATE "C" NOT NULL,
    unit_from     TEXT COLLATE "C" NOT NULL,
    unit_name     TEXT NOT NULL,
    period        TEXT COLLATE "C" NOT NULL,
    scope         TEXT COLLATE "C" NOT NULL,
    comparator    TEXT COLLATE "C" NOT NULL,
    value         DOUBLE PRECISION    NOT NULL,
    value_of      DOUBLE PRECISION,            -- the y of "x of y"
    measure       TEXT NOT NULL,
    quote         TEXT NOT NULL,
    doubt         TEXT NOT NULL, -- what the reader doubts about the words
    src_document  TEXT COLLATE "C",
    src_start     BIGINT NOT NULL, -- bytes of the document's text layer
    src_end       BIGINT NOT NULL,
    src_sentence  TEXT NOT NULL,
    src_day       TEXT COLLATE "C" NOT NULL,
    entered_by    TEXT COLLATE "C" NOT NULL,
    entered_at    TEXT COLLATE "C" NOT NULL,
    confirmed_by  TEXT COLLATE "C" NOT NULL,
    confirmed_at  TEXT COLLATE "C" NOT NULL,
    superseded_by TEXT COLLATE "C" NOT NULL, -- '' while it is in force
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
);
CREATE INDEX figure_unit ON figure (realm, unit_code, indicator, period, src_day, id);
CREATE INDEX figure_indicator ON figure (realm, indicator, period, src_day, id);
CREATE INDEX figure_session ON figure (realm, session, indicator, period, src_day, id);
CREATE INDEX figure_document ON figure (realm, src_document, indicator, period, src_day, id);

CREATE TABLE target (
    realm         BIGINT NOT NULL,
    id            TEXT COLLATE "C" NOT NULL,
    session       TEXT COLLATE "C",
    baseline      TEXT COLLATE "C" NOT NULL,
    indicator     TEXT COLLATE "C" NOT NULL,
    label         TEXT NOT NULL,
    unit_code     TEXT COLLATE "C" NOT NULL,
    unit_from     TEXT COLLATE "C" NOT NULL,
    unit_name     TEXT NOT NULL,
    period        TEXT COLLATE "C" NOT NULL,
    scope         TEXT COLLATE "C" NOT NULL,
    comparator    TEXT COLLATE "C" NOT NULL,
    value         DOUBLE PRECISION    NOT NULL,
    value_of      DOUBLE PRECISION,
    measure       TEXT NOT NULL,
    quote         TEXT NOT NULL,
    doubt         TEXT NOT NULL, -- what the reader doubts about the words
    src_document  TEXT COLLATE "C",
    src_start     BIGINT NOT NULL,
    src_end       BIGINT NOT NULL,
    src_sentence  TEXT NOT NULL,
    src_day       TEXT COLLATE "C" NOT NULL,
    entered_by    TEXT COLLATE "C" NOT NULL,
    entered_at    TEXT COLLATE "C" NOT NULL,
    confirmed_by  TEXT COLLATE "C" NOT NULL,
    confirmed_at  TEXT COLLATE "C" NOT NULL,
    superseded_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
);
CREATE INDEX target_unit ON target (realm, unit_code, indicator, period, src_day, id);
CREATE INDEX target_indicator ON target (realm, indicator, period, src_day, id);
CREATE INDEX target_session ON target (realm, session, indicator, period, src_day, id);
CREATE INDEX target_document ON target (realm, src_document, indicator, period, src_day, id);

-- The matters book.

CREATE TABLE matter (
    realm         BIGINT NOT NULL,
    id            TEXT COLLATE "C" NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL,
    session       TEXT COLLATE "C",
    words         TEXT NOT NULL,
    topic         TEXT NOT NULL,
    src_document  TEXT COLLATE "C",
    src_start     BIGINT NOT NULL,
    src_end       BIGINT NOT NULL,
    src_sentence  TEXT NOT NULL,
    src_day       TEXT COLLATE "C" NOT NULL,
    said_by       TEXT NOT NULL,
    due_words     TEXT NOT NULL,
    due           TEXT COLLATE "C" NOT NULL,
    strength      TEXT COLLATE "C" NOT NULL,
    past          BOOLEAN NOT NULL,
    answers       TEXT NOT NULL,
    state         TEXT COLLATE "C" NOT NULL,
    origin        TEXT COLLATE "C" NOT NULL,
    assigned_by   TEXT COLLATE "C" NOT NULL,
    opened        TEXT COLLATE "C" NOT NULL,
    created_by    TEXT COLLATE "C" NOT NULL,
    created_at    TEXT COLLATE "C" NOT NULL,
    superseded_by TEXT COLLATE "C" NOT NULL,
    version       BIGINT NOT NULL,
    PRIMARY KEY (realm, id),
    FOREIGN KEY (realm, session) REFERENCES session (realm, id),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
);
CREATE INDEX matter_opened ON matter (realm, opened, id);
CREATE INDEX matter_session ON matter (realm, session, opened, id);
CREATE INDEX matter_document ON matter (realm, src_document, opened, id);
CREATE INDEX matter_origin ON matter (realm, origin, opened, id);

CREATE TABLE matter_party (
    realm     BIGINT NOT NULL,
    matter    TEXT COLLATE "C" NOT NULL,
    seq       BIGINT NOT NULL,
    role      TEXT COLLATE "C" NOT NULL,
    name      TEXT NOT NULL,
    unit_code TEXT COLLATE "C" NOT NULL,
    unit_from TEXT COLLATE "C" NOT NULL,
    agency    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, matter, seq),
    FOREIGN KEY (realm, matter) REFERENCES matter (realm, id)
);
CREATE INDEX matter_party_unit ON matter_party (realm, unit_code, role, matter);

-- Steps are only ever added.
CREATE TABLE matter_event (
    realm      BIGINT NOT NULL,
    matter     TEXT COLLATE "C" NOT NULL,
    seq        BIGINT NOT NULL,
    at         TEXT COLLATE "C" NOT NULL,
    account    TEXT COLLATE "C" NOT NULL,
    action     TEXT COLLATE "C" NOT NULL,
    from_state TEXT COLLATE "C" NOT NULL,
    to_state   TEXT COLLATE "C" NOT NULL,
    note       TEXT NOT NULL,
    document   TEXT COLLATE "C",
    PRIMARY KEY (realm, matter, seq),
    FOREIGN KEY (realm, matter) REFERENCES matter (realm, id),
    FOREIGN KEY (realm, document) REFERENCES document (realm, id)
);

CREATE TABLE matter_link (
    realm       BIGINT NOT NULL,
    from_matter TEXT COLLATE "C" NOT NULL,
    to_matter   TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, from_matter, to_matter, kind),
    FOREIGN KEY (realm, from_matter) REFERENCES matter (realm, id),
    FOREIGN KEY (realm, to_matter) REFERENCES matter (realm, id)
);
CREATE INDEX matter_link_to ON matter_link (realm, to_matter, from_matter, kind);

-- Further sources of a record: a figure, a target or a matter, so there is no foreign key to it.
CREATE TABLE also_said (
    realm        BIGINT NOT NULL,
    noun         TEXT COLLATE "C" NOT NULL,
    record       TEXT COLLATE "C" NOT NULL,
    src_document TEXT COLLATE "C" NOT NULL,
    src_start    BIGINT NOT NULL,
    src_end      BIGINT NOT NULL,
    src_sentence TEXT NOT NULL,
    src_day      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, noun, record, src_document, src_start, src_end),
    FOREIGN KEY (realm, src_document) REFERENCES document (realm, id)
);

-- Search. Words come in already split and folded by the program, so no parser or dictionary of the engine is asked.

CREATE TABLE search_entry (
    realm  BIGINT   NOT NULL,
    noun   TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    holder TEXT COLLATE "C" NOT NULL,
    day    TEXT COLLATE "C" NOT NULL,
    title  TEXT NOT NULL,
    body   TEXT NOT NULL,
    folded TSVECTOR NOT NULL,
    marked TSVECTOR NOT NULL,
    PRIMARY KEY (realm, noun, record)
);
CREATE INDEX search_folded ON search_entry USING gin (folded);
CREATE INDEX search_marked ON search_entry USING gin (marked);

-- The audit log: only ever added to, each line holds the hash of the one before.
CREATE TABLE audit_line (
    realm   BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    at      TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    action  TEXT COLLATE "C" NOT NULL,
    noun    TEXT COLLATE "C" NOT NULL,
    record  TEXT COLLATE "C" NOT NULL,
    prev    TEXT NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, seq)
);
