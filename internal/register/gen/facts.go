package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"

	"haicap/internal/gov"
	"haicap/internal/register"
)

// A fact is one row of facts.csv. The kinds:
//
//	unit        the code's version from..to has this type, name and parent; versions of the code that lie around it are cut
//	            back, those inside it go. With new_code it is also a succession on the day `to`.
//	succession  what code was until the day `to` went to what new_code is from that day on, to this extent
//	remove      the package's pair code → new_code is wrong and goes
//	code        the package's commune `was` has this code
//	name        the commune's name is this one, now and before July 2025; the package writes `was`
//	district    the official code of a former district of the province `parent`; `was` where the package calls it otherwise
//	alias       code is used by some sources for the unit new_code
type fact struct {
	line                                                                  int
	kind, code, from, to, typ, name, parent, newCode, extent, was, source string
}

var factColumns = []string{"kind", "code", "from", "to", "type", "name", "parent", "new_code", "extent", "was", "source"}

// needs says which columns a row of each kind must fill; the source always.
var needs = map[string][]string{
	"unit": {"code", "type", "name"}, "succession": {"code", "to", "new_code"}, "remove": {"code", "new_code"},
	"code": {"code", "was"}, "name": {"code", "type", "name", "was"}, "district": {"code", "type", "name", "parent"}, "alias": {"code", "new_code"},
}

func readFacts(data []byte) ([]fact, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("facts.csv: %w", err)
	}
	if !slices.Equal(head, factColumns) {
		return nil, fmt.Errorf("facts.csv: the columns are %v, not %v", head, factColumns)
	}
	var facts []fact
	for {
		row, err := r.Read()
		if err == io.EOF {
			return facts, nil
		}
		if err != nil {
			return nil, fmt.Errorf("facts.csv: %w", err)
		}
		line, _ := r.FieldPos(0)
		f := fact{
			line: line, kind: row[0], code: row[1], from: row[2], to: row[3], typ: row[4], name: register.Spell(row[5]), parent: row[6],
			newCode: row[7], extent: row[8], was: register.Spell(row[9]), source: row[10],
		}
		if err := f.check(row); err != nil {
			return nil, fmt.Errorf("facts.csv, line %d: %w", line, err)
		}
		facts = append(facts, f)
	}
}

func (f fact) check(row []string) error {
	columns, ok := needs[f.kind]
	if !ok {
		return fmt.Errorf("no kind %q", f.kind)
	}
	for _, c := range append([]string{"source"}, columns...) {
		if row[slices.Index(factColumns, c)] == "" {
			return fmt.Errorf("a row %q needs the column %s", f.kind, c)
		}
	}
	for _, d := range []string{f.from, f.to} {
		if d != "" && !gov.Day(d).Valid() {
			return fmt.Errorf("%q is no day", d)
		}
	}
	if f.extent != "" && f.extent != string(gov.Whole) && f.extent != string(gov.Part) {
		return fmt.Errorf("the extent is whole, part or empty, not %q", f.extent)
	}
	if f.typ != "" && !slices.Contains(register.UnitTypes, gov.UnitType(f.typ)) {
		return fmt.Errorf("no type %q", f.typ)
	}
	return nil
}
