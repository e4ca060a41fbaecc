-- Figures as a book that a province runs on: what a figure lacked, the cells of the scorecard kept ready, imports, reports, and the rows
-- of the catalogue that a province edits.
--
-- +goose Up

ALTER TABLE figure ADD COLUMN cut_off TEXT COLLATE "C" NOT NULL DEFAULT '';     -- last day that the value covers
ALTER TABLE figure ADD COLUMN state TEXT COLLATE "C" NOT NULL DEFAULT '';       -- '' rests on a document; entered, submitted, confirmed, verified, reopened
ALTER TABLE figure ADD COLUMN batch TEXT COLLATE "C" NOT NULL DEFAULT '';       -- the import that brought it
ALTER TABLE figure ADD COLUMN verified_by TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE figure ADD COLUMN verified_at TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Most figures of a province are imported or typed: they have neither session nor document, and need no place in these.
DROP INDEX figure_session;
DROP INDEX figure_document;
CREATE INDEX figure_session ON figure (realm, session, indicator, period, src_day, id) WHERE session IS NOT NULL;
CREATE INDEX figure_document ON figure (realm, src_document, indicator, period, src_day, id) WHERE src_document IS NOT NULL;

ALTER TABLE target ADD COLUMN reason TEXT COLLATE "C" NOT NULL DEFAULT '';      -- why it was revised
ALTER TABLE target ADD COLUMN parent TEXT COLLATE "C" NOT NULL DEFAULT '';      -- the target that it was handed down from
CREATE INDEX target_period ON target (realm, period, indicator, unit_code, id) WHERE superseded_by = '';
CREATE INDEX target_parent ON target (realm, parent, unit_code, id) WHERE parent <> '';

-- One row for each cell of a scorecard: of all claims in force the one that counts, by its rank. Written with the figures, in their
-- transaction; a scorecard is one range of the key.
CREATE TABLE cell (
    realm      BIGINT NOT NULL,
    period     TEXT COLLATE "C" NOT NULL,
    indicator  TEXT COLLATE "C" NOT NULL,
    unit_code  TEXT COLLATE "C" NOT NULL,
    unit_from  TEXT COLLATE "C" NOT NULL,
    scope      TEXT COLLATE "C" NOT NULL,
    measure    TEXT COLLATE "C" NOT NULL, -- the indicator's own where the claim's converts to it
    rank       TEXT COLLATE "C" NOT NULL, -- orders the claims; the greatest counts
    figure     TEXT COLLATE "C" NOT NULL,
    value      DOUBLE PRECISION NOT NULL,
    value_of   DOUBLE PRECISION,
    comparator TEXT COLLATE "C" NOT NULL,
    vintage    TEXT COLLATE "C" NOT NULL,
    state      TEXT COLLATE "C" NOT NULL,
    claims     BIGINT NOT NULL,
    conflict   BIGINT NOT NULL CHECK (conflict IN (0, 1)),
    scope_open BIGINT NOT NULL CHECK (scope_open IN (0, 1)),
    PRIMARY KEY (realm, period, indicator, unit_code, unit_from, scope, measure)
);

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
    realm     BIGINT NOT NULL,
    id        TEXT COLLATE "C" NOT NULL,
    file_name TEXT COLLATE "C" NOT NULL,
    sum       TEXT COLLATE "C" NOT NULL, -- SHA-256 of the file
    figures   BIGINT NOT NULL,
    made_by   TEXT COLLATE "C" NOT NULL,
    made_at   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, id)
);

-- What a province edits and what stands in no other table: indicators, reporting forms, duties to report, apportionments, successions of units.
-- Each change is one more row; the last one of a key counts.
CREATE TABLE entry (
    realm      BIGINT NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    key        TEXT COLLATE "C" NOT NULL,
    seq        BIGINT NOT NULL,
    body       TEXT COLLATE "C" NOT NULL, -- JSON; '' where the key was withdrawn
    note       TEXT COLLATE "C" NOT NULL, -- why
    entered_by TEXT COLLATE "C" NOT NULL,
    entered_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, kind, key, seq)
);

-- A report is what one unit owes on one form for one period.
CREATE TABLE report (
    realm     BIGINT NOT NULL,
    form      TEXT COLLATE "C" NOT NULL,
    period    TEXT COLLATE "C" NOT NULL,
    unit_code TEXT COLLATE "C" NOT NULL,
    unit_from TEXT COLLATE "C" NOT NULL,
    state     TEXT COLLATE "C" NOT NULL,
    due       TEXT COLLATE "C" NOT NULL,
    entered_by TEXT COLLATE "C" NOT NULL, -- who last wrote a figure of it
    submitted TEXT COLLATE "C" NOT NULL, -- when it was first submitted, for timeliness
    version   BIGINT NOT NULL,
    PRIMARY KEY (realm, form, period, unit_code, unit_from)
);
CREATE INDEX report_unit ON report (realm, unit_code, period, form);

-- Steps are only ever added.
CREATE TABLE report_event (
    realm      BIGINT NOT NULL,
    form       TEXT COLLATE "C" NOT NULL,
    period     TEXT COLLATE "C" NOT NULL,
    unit_code  TEXT COLLATE "C" NOT NULL,
    unit_from  TEXT COLLATE "C" NOT NULL,
    seq        BIGINT NOT NULL,
    at         TEXT COLLATE "C" NOT NULL,
    account    TEXT COLLATE "C" NOT NULL,
    action     TEXT COLLATE "C" NOT NULL,
    from_state TEXT COLLATE "C" NOT NULL,
    to_state   TEXT COLLATE "C" NOT NULL,
    note       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, form, period, unit_code, unit_from, seq),
    FOREIGN KEY (realm, form, period, unit_code, unit_from) REFERENCES report (realm, form, period, unit_code, unit_from)
);
