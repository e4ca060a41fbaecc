package gov

import (
	"encoding/json"
	"fmt"
)

// An EntryKind is a kind of rows that a province edits in the store on top of what the program comes with.
type EntryKind string

// The kinds.
const (
	EntryIndicator     EntryKind = "indicator"
	EntryForm          EntryKind = "form"
	EntryApportionment EntryKind = "apportionment"
	EntrySuccession    EntryKind = "succession"
	EntryJournal       EntryKind = "journal"  // what a change of units moved, under its id
	EntryBoundary      EntryKind = "boundary" // which blob holds the boundaries of the units
	EntryDoubt         EntryKind = "doubt"    // a doubt that somebody settled: the key names it, the note says why
)

// An Entry is one version of such a row. Each change is one more version, so what was there before stays readable, with who, when and why.
type Entry struct {
	Realm   Realm
	Kind    EntryKind
	Key     string
	Seq     int    // from 1 on, given by the store
	Body    string // JSON of the kind's own record; empty: the row was withdrawn
	Note    string // why
	Entered Stamp
}

// CatalogueOf is the catalogue of a province: what the program comes with, each key that the province edits replaced by its versions, new keys last.
// The entries are the last ones of their keys; a withdrawn one gives the key back to the program's own.
func CatalogueOf(entries []Entry) (Catalogue, error) {
	edited := map[string][]Indicator{}
	for _, e := range entries {
		if e.Kind != EntryIndicator || e.Body == "" {
			continue
		}
		var versions []Indicator
		if err := json.Unmarshal([]byte(e.Body), &versions); err != nil {
			return Catalogue{}, fmt.Errorf("indicator %s, version %d: %w", e.Key, e.Seq, err)
		}
		edited[e.Key] = versions
	}
	if len(edited) == 0 {
		return StartingCatalogue(), nil
	}
	var all []Indicator
	seen := map[string]bool{}
	for _, in := range Indicators() {
		versions, changed := edited[in.Key]
		switch {
		case !changed:
			all = append(all, in)
		case !seen[in.Key]:
			all = append(all, versions...)
		}
		seen[in.Key] = true
	}
	for _, e := range entries {
		if !seen[e.Key] {
			all = append(all, edited[e.Key]...)
		}
	}
	return NewCatalogue(all), nil
}
