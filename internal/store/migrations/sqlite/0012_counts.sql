-- Counts of what is still owed as of a day, and what lists and counts within a reach go by.
--
-- +goose Up

-- The first day as lists and counts take it: the due day where there was no extension, 9999-12-31 for none.
ALTER TABLE matter ADD COLUMN sort_first TEXT NOT NULL DEFAULT '9999-12-31';
UPDATE matter SET sort_first = CASE WHEN first_due = '' THEN sort_due ELSE first_due END;
DROP INDEX matter_party_place;
ALTER TABLE matter_party RENAME COLUMN first_due TO sort_first;
UPDATE matter_party SET sort_first = CASE WHEN sort_first = '' THEN sort_due ELSE sort_first END;
-- Where a place has a role twice, it stands there once.
UPDATE matter_party SET stand = 0 WHERE stand <> 0 AND EXISTS (SELECT 1 FROM matter_party AS o WHERE o.realm = matter_party.realm
    AND o.matter = matter_party.matter AND o.role = matter_party.role AND o.place = matter_party.place AND o.seq < matter_party.seq);
CREATE INDEX matter_party_place ON matter_party (realm, role, stand, place, kind, sort_due, matter, state);

-- What falls due in a stretch of days, by the day that was granted last and by the first.
CREATE INDEX matter_due ON matter (realm, sort_due) WHERE stand = 1 AND parent = '';
CREATE INDEX matter_first ON matter (realm, sort_first) WHERE stand = 1 AND parent = '';
CREATE INDEX matter_party_due ON matter_party (realm, role, sort_due, place, kind, state, sort_first) WHERE stand = 1;
CREATE INDEX matter_party_first ON matter_party (realm, role, sort_first, place, kind, state, sort_due) WHERE stand = 1;

-- The day as of which matter_tally counts what is owed; without a row nothing is past.
CREATE TABLE matter_tally_day (
    realm INTEGER NOT NULL PRIMARY KEY,
    day   TEXT    NOT NULL
) STRICT;
INSERT INTO matter_tally (realm, role, place, kind, state, cell, first_cell, number)
    SELECT realm, role, place, kind, state, cell, first_cell, count(*) FROM (
        SELECT p.realm AS realm, p.role AS role, p.place AS place, p.kind AS kind, p.state AS state,
            CASE WHEN p.sort_due = '9999-12-31' THEN 'none' ELSE 'ahead' END AS cell,
            CASE WHEN p.sort_first = '9999-12-31' THEN 'none' ELSE 'ahead' END AS first_cell
        FROM matter_party AS p WHERE p.stand = 1 AND p.role IN ('unit', 'lead')
        UNION ALL
        SELECT m.realm, '', '', m.kind, m.state,
            CASE WHEN m.part_late THEN 'late ' ELSE '' END || CASE WHEN m.sort_due = '9999-12-31' THEN 'none' ELSE 'ahead' END,
            CASE WHEN m.part_late THEN 'late ' ELSE '' END || CASE WHEN m.sort_first = '9999-12-31' THEN 'none' ELSE 'ahead' END
        FROM matter AS m WHERE m.stand = 1 AND m.parent = ''
    ) AS owed GROUP BY realm, role, place, kind, state, cell, first_cell;

-- What a matter says, repeated with its owners, so that the lists and the counts of a reach read one index. Other nouns leave it empty.
DROP INDEX record_owner_owner;
ALTER TABLE record_owner ADD COLUMN stand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record_owner ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE record_owner ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE record_owner ADD COLUMN sort_due TEXT NOT NULL DEFAULT '';
ALTER TABLE record_owner ADD COLUMN sort_first TEXT NOT NULL DEFAULT '';
ALTER TABLE record_owner ADD COLUMN top INTEGER NOT NULL DEFAULT 0;      -- 1: no part of another matter
ALTER TABLE record_owner ADD COLUMN cells TEXT NOT NULL DEFAULT '';      -- of an ended task, by the granted day and by the first; late: a part is
UPDATE record_owner SET stand = m.stand, kind = m.kind, state = m.state, sort_due = m.sort_due, sort_first = m.sort_first,
    top = CASE WHEN m.parent = '' THEN 1 ELSE 0 END, cells = CASE
        WHEN m.stand = 1 AND m.part_late THEN 'late'
        WHEN m.stand <> 2 OR m.kind <> 'task' THEN ''
        WHEN m.state = 'withdrawn' THEN 'withdrawn withdrawn'
        ELSE CASE WHEN NOT m.part_late AND m.due = '' THEN 'done_no_due' WHEN m.part_late OR m.finished > m.due THEN 'done_late' ELSE 'done_in_time' END
            || ' ' || CASE WHEN NOT m.part_late AND m.sort_first = '9999-12-31' THEN 'done_no_due'
            WHEN m.part_late OR m.finished > m.sort_first THEN 'done_late' ELSE 'done_in_time' END
    END
    FROM matter AS m WHERE record_owner.noun = 'matter' AND m.realm = record_owner.realm AND m.id = record_owner.record;
CREATE INDEX record_owner_owner ON record_owner (realm, noun, owner, stand, kind, sort_due, record, state, top, sort_first, cells);
