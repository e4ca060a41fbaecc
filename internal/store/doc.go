// Package store keeps gov's ports in SQL: in SQLite, which is part of the program, or in PostgreSQL.
//
// One text for each statement serves both engines. It uses $1…$n, passes every instant as a fixed-width UTC string, makes ids in Go and
// never asks the engine for the time. What truly differs stands in a dialect: how a failure is recognised, how a transaction
// begins, and full-text search. Migrations come in pairs with equal numbers.
//
// A noun's statements stand in the file of its name, beside the function that scans its rows. The contract that both engines
// keep is package storetest; a change to the store extends that suite, not one engine's test. DESIGN.md says why things are
// as they are.
package store
