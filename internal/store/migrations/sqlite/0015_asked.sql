-- What the register, the report and the map of recommendations go by, without the words; the links by which people gather them.
--
-- +goose Up

CREATE INDEX matter_asked ON matter (realm, stand, kind, field, level, state, opened, sort_due, created_at, funding, id) WHERE kind = 'recommendation';
CREATE INDEX matter_link_gather ON matter_link (realm, from_matter, to_matter, kind) WHERE kind <> 'answers';
