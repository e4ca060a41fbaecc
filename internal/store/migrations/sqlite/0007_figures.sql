-- Figures as a book that a province runs on: what a figure lacked, the cells of the scorecard kept ready, imports, reports, and the rows
-- of the catalogue that a province edits.
--
-- +goose Up

ALTER TABLE figure ADD COLUMN cut_off TEXT NOT NULL DEFAULT '';     -- last day that the value covers
ALTER TABLE figure ADD COLUMN state TEXT NOT NULL DEFAULT '';       -- '' rests on a document; entered, submitted, confirmed, verified, reopened
ALTER TABLE figure ADD COLUMN batch TEXT NOT NULL DEFAULT '';       -- the import that brought it
ALTER TABLE figure ADD COLUMN verified_by TEXT NOT NULL DEFAULT '';
ALTER TABLE figure ADD COLUMN verified_at TEXT NOT NULL DEFAULT '';

-- Most figures of a province are imported or typed: they have neither session nor document, and need no place in these.
DROP INDEX figure_session;
DROP INDEX figure_document;
CREATE INDEX figure_session ON figure (realm, session, indicator, period, src_day, id) WHERE session IS NOT NULL;
CREATE INDEX figure_document ON figure (realm, src_document, indicator, period, src_day, id) WHERE src_document IS NOT NULL;

ALTER TABLE target ADD COLUMN reason TEXT NOT NULL DEFAULT '';      -- why it was revised
ALTER TABLE target ADD COLUMN parent TEXT NOT NULL DEFAULT '';      -- the target that it was handed down from
CREATE INDEX target_period ON target (realm, period, indicator, unit_code, id) WHERE superseded_by = '';
CREATE INDEX target_parent ON target (realm, parent, unit_code, id) WHERE parent <> '';

-- One row for each cell of a scorecard: of all claims in force the one that counts, by its rank. Written with the figures, in their
-- transaction; a scorecard is one range of the key.
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

INSERT INTO cell
SELECT realm, period, indicator, unit_code, unit_from, scope, measure, rank, id, value, value_of, comparator, vintage, state, claims,
    CASE WHEN low < high THEN 1 ELSE 0 END, 0
FROM (SELECT ranked.*, row_number() OVER (PARTITION BY realm, period, indicator, unit_code, unit_from, scope, measure ORDER BY rank DESC) AS place,
        count(*) OVER (PARTITION BY realm, period, indicator, unit_code, unit_from, scope, measure) AS claims,
        min(value) OVER (PARTITION BY realm, period, indicator, unit_code, unit_from, scope, measure) AS low,
        max(value) OVER (PARTITION BY realm, period, indicator, unit_code, unit_from, scope, measure) AS high
    FROM (SELECT figure.*, '1' || CASE vintage WHEN 'final' THEN '3' WHEN 'preliminary' THEN '2' ELSE '1' END || '1'
            || CASE src_day WHEN '' THEN '0000-00-00' ELSE src_day END || id AS rank
        FROM figure WHERE superseded_by = '' AND indicator <> '' AND unit_code <> '' AND period <> '' AND kind IN ('result', 'estimate')) AS ranked) AS placed
WHERE place = 1;

-- Imports: one row a batch.
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

-- What a province edits and what stands in no other table: indicators, reporting forms, duties to report, apportionments, successions of units.
-- Each change is one more row; the last one of a key counts.
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

-- A report is what one unit owes on one form for one period.
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

-- Steps are only ever added.
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
