-- A scorecard reads what the targets of a period ask for from the index alone: their rows lie scattered, as they were written.
--
-- +goose Up

DROP INDEX target_period;
CREATE INDEX target_period ON target (realm, period, indicator, unit_code, id, unit_from, baseline, scope, comparator, measure, value, value_of, superseded_by)
    WHERE superseded_by = '';
