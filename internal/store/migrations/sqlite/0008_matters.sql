-- Clocks, parts and counts of matters.
--
-- +goose Up

ALTER TABLE matter ADD COLUMN first_due TEXT NOT NULL DEFAULT '';    -- the last day before any extension
ALTER TABLE matter ADD COLUMN finished TEXT NOT NULL DEFAULT '';     -- the day on which the accepted result was handed in
ALTER TABLE matter ADD COLUMN product TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN field TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN level TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN parent TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN part_late INTEGER NOT NULL DEFAULT 0 CHECK (part_late IN (0, 1));
-- What lists go by, worked out by the program: 0 superseded, 1 still owed, 2 ended; and the due day, with 9999-12-31 for none.
ALTER TABLE matter ADD COLUMN stand INTEGER NOT NULL DEFAULT 2;
ALTER TABLE matter ADD COLUMN sort_due TEXT NOT NULL DEFAULT '9999-12-31';
UPDATE matter SET first_due = due,
    finished = CASE WHEN state <> 'completed' THEN '' ELSE COALESCE((SELECT max(substr(e.at, 1, 10)) FROM matter_event e
        WHERE e.realm = matter.realm AND e.matter = matter.id AND e.action = 'submit'), opened) END,
    stand = CASE WHEN superseded_by <> '' THEN 0 WHEN state IN ('resolved', 'completed', 'withdrawn', 'noted') THEN 2 ELSE 1 END,
    sort_due = CASE WHEN due = '' THEN '9999-12-31' ELSE due END;
CREATE INDEX matter_stand ON matter (realm, stand, kind, parent, sort_due, id);
CREATE INDEX matter_parent ON matter (realm, parent, opened, id) WHERE parent <> '';

ALTER TABLE matter_event ADD COLUMN due_from TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_event ADD COLUMN due_to TEXT NOT NULL DEFAULT '';

-- A party's place is its unit's code where it stands for the unit, else its agency, else its name. The rest repeats what the matter says, so
-- that the list and the counts of a place read one index. A matter that has parts is in no place: its parts are.
ALTER TABLE matter_party ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_party ADD COLUMN stand INTEGER NOT NULL DEFAULT 2;
ALTER TABLE matter_party ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_party ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE matter_party ADD COLUMN sort_due TEXT NOT NULL DEFAULT '9999-12-31';
ALTER TABLE matter_party ADD COLUMN first_due TEXT NOT NULL DEFAULT '';
UPDATE matter_party SET place = CASE WHEN role = 'unit' THEN unit_code WHEN agency <> '' THEN agency ELSE name END,
    stand = (SELECT m.stand FROM matter m WHERE m.realm = matter_party.realm AND m.id = matter_party.matter),
    kind = (SELECT m.kind FROM matter m WHERE m.realm = matter_party.realm AND m.id = matter_party.matter),
    state = (SELECT m.state FROM matter m WHERE m.realm = matter_party.realm AND m.id = matter_party.matter),
    sort_due = (SELECT m.sort_due FROM matter m WHERE m.realm = matter_party.realm AND m.id = matter_party.matter),
    first_due = (SELECT m.first_due FROM matter m WHERE m.realm = matter_party.realm AND m.id = matter_party.matter);
-- A task whose lead nobody named has a place too, so that tables of leads add up to all tasks.
INSERT INTO matter_party (realm, matter, seq, role, name, unit_code, unit_from, agency, place, stand, kind, state, sort_due, first_due)
    SELECT m.realm, m.id, 1000, 'lead', '', '', '', '', '-', m.stand, m.kind, m.state, m.sort_due, m.first_due FROM matter m
    WHERE m.kind = 'task' AND NOT EXISTS (SELECT 1 FROM matter_party p WHERE p.realm = m.realm AND p.matter = m.id AND p.role = 'lead');
CREATE INDEX matter_party_place ON matter_party (realm, role, stand, place, kind, sort_due, matter, state, first_due);

-- How many ended matters a place has in each cell, which no later day changes. Role and place '' are the whole realm, where a task of several
-- parts counts once.
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
INSERT INTO matter_tally (realm, role, place, kind, state, cell, first_cell, number)
    SELECT realm, role, place, kind, state, cell, cell, count(*) FROM (
        SELECT p.realm AS realm, p.role AS role, p.place AS place, p.kind AS kind, p.state AS state, CASE WHEN m.kind <> 'task' THEN ''
            WHEN m.state = 'withdrawn' THEN 'withdrawn' WHEN m.due = '' THEN 'done_no_due' WHEN m.finished > m.due THEN 'done_late'
            ELSE 'done_in_time' END AS cell
        FROM matter_party p JOIN matter m ON m.realm = p.realm AND m.id = p.matter WHERE p.stand = 2 AND p.role IN ('unit', 'lead')
        UNION ALL
        SELECT m.realm, '', '', m.kind, m.state, CASE WHEN m.kind <> 'task' THEN ''
            WHEN m.state = 'withdrawn' THEN 'withdrawn' WHEN m.due = '' THEN 'done_no_due' WHEN m.finished > m.due THEN 'done_late'
            ELSE 'done_in_time' END
        FROM matter m WHERE m.stand = 2
    ) AS ended GROUP BY realm, role, place, kind, state, cell;
