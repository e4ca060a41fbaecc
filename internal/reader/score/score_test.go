package score_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"haicap/internal/reader"
	"haicap/internal/reader/score"
	"haicap/internal/register"
)

// floors are what the reader reaches at least on the real documents; a change that falls below is a step back.
var floors = map[string]float64{"figures": 0.88, "people": 0.85, "units": 0.85, "directives": 0.65}

func TestReaderOnRealDocuments(t *testing.T) {
	t.Parallel()
	root := os.Getenv("HAICAP_SAMPLES")
	if root == "" {
		t.Skip("skipped: HAICAP_SAMPLES names no folder of sample documents")
	}
	gold, err := score.LoadDir(filepath.Join(root, "gold"))
	if err != nil {
		t.Fatal(err)
	}
	units, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := reader.New(units)
	var got []score.Document
	for _, g := range gold {
		data, err := os.ReadFile(filepath.Join(root, "dev", g.Name))
		if err != nil {
			t.Fatal(err)
		}
		d, err := score.FromReading(r.Read(reader.Source{Name: g.Name, Text: string(data)}))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, d)
	}
	rep := score.Compare(gold, got)
	if err := rep.Write(os.Stdout); err != nil {
		t.Fatal(err)
	}
	for kind, floor := range floors {
		if f := rep.Tallies[kind].F1(); f < floor {
			t.Errorf("%s: F1 %.3f is below %.2f", kind, f, floor)
		}
	}
	for _, k := range []string{"document.kind", "document.date"} {
		if a := rep.Fields[k].Accuracy(); a < 1 {
			t.Errorf("%s: %.3f", k, a)
		}
	}
	if os.Getenv("HAICAP_MISSES") != "" {
		for _, m := range rep.Misses {
			fmt.Printf("%.12s %s invented=%v %s%s%s\n", m.Document, m.Kind, m.Invented, m.Label.Text, m.Label.Name, m.Label.Rule)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	parse := func(s string) score.Document {
		d, err := score.Parse([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	gold := parse(`{"source":{"name":"a.txt"},"document":{"kind":"report","date":"2025-01-02"},
		"figures":[{"span":[0,10],"value":7,"measure":"hộ","kind":"result","unit":"phường A","period":""},{"span":[20,30],"value":8,"measure":"%"}],
		"directives":[{"span":[40,80],"by":"","assignees":["Cấp ủy phường A"],"due":""}],
		"people":[{"name":"Lê Hoà","title":"Bí thư Đảng ủy phường A"}],"units":[{"name":"TP. Huế"}]}`)
	got := parse(`{"source":{"name":"x/a.txt"},"document":{"kind":"report","date":"2025-01-03"},
		"figures":[{"span":[5,12],"value":7,"measure":"hộ nghèo","kind":"estimate","unit":"A","period":"2025","confidence":"sure"},{"span":[20,30],"value":9,"measure":"%"}],
		"directives":[{"span":[40,61],"by":"X","assignees":["cấp uỷ phường A","B"],"due":"trước ngày 30/6"}],
		"people":[{"name":"lê hòa","title":"Đảng ủy phường A"}],"units":[{"name":"thành phố Huế"}]}`)
	rep := score.Compare([]score.Document{gold}, []score.Document{got})
	for kind, want := range map[string]score.Tally{"figures": {1, 1, 1}, "directives": {1, 0, 0}, "people": {1, 0, 0}, "units": {1, 0, 0}} {
		if *rep.Tallies[kind] != want {
			t.Errorf("%s: %+v, want %+v", kind, *rep.Tallies[kind], want)
		}
	}
	for field, right := range map[string]int{"figures.kind": 0, "figures.unit": 1, "figures.period": 0, "items.by": 0, "directives.assignees": 1,
		"directives.due": 0, "people.title": 1, "document.kind": 1, "document.date": 0} {
		if f := rep.Fields[field]; f == nil || f.Of != 1 || f.Right != right {
			t.Errorf("%s: %+v, want %d of 1 right", field, f, right)
		}
	}
	if rep.Sure != 1 || rep.SureRight != 1 || rep.Drafts != 3 {
		t.Errorf("sure: %d of %d of %d", rep.SureRight, rep.Sure, rep.Drafts)
	}
}
