-- PostgreSQL fetches the rows of targets without a detour through a key, and bounds the length of what an index holds: its index stays as it is.
--
-- +goose Up

COMMENT ON INDEX target_period IS 'what a scorecard reads';
