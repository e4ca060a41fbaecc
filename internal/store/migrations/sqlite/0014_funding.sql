-- Whether there is money for what a recommendation asks.
--
-- +goose Up

ALTER TABLE matter ADD COLUMN funding TEXT NOT NULL DEFAULT '';
