package score_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haicap/internal/extract"
	"haicap/internal/reader"
	"haicap/internal/reader/score"
	"haicap/internal/register"
)

// ownFloors are what the reader reaches at least on the project's own official documents (corpus/README.md).
var ownFloors = map[string]float64{"figures": 0.88, "difficulties": 0.85, "recommendations": 0.75, "directives": 0.70, "commitments": 0.78,
	"people": 0.92, "units": 0.86}

func TestReaderOnOwnDocuments(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "..", "corpus")
	gold, err := score.LoadDir(filepath.Join(root, "gold"))
	if err != nil || len(gold) < 10 {
		t.Fatalf("%d gold files: %v", len(gold), err)
	}
	units, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := reader.New(units)
	var got []score.Document
	for _, g := range gold {
		data, err := os.ReadFile(filepath.Join(root, "docx", g.Name))
		if err != nil {
			t.Fatal(err)
		}
		layer, err := extract.Extract(g.Name, data)
		if err != nil {
			t.Fatal(err)
		}
		d, err := score.FromReading(r.Read(reader.Source{Name: g.Name, Text: layer.Text, Bytes: len(data)}))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, d)
	}
	rep := score.Compare(gold, got)
	var table strings.Builder
	if err := rep.Write(&table); err != nil {
		t.Fatal(err)
	}
	t.Logf("the project's own documents:\n%s", table.String())
	for kind, floor := range ownFloors {
		if f := rep.Tallies[kind].F1(); f < floor {
			t.Errorf("%s: F1 %.3f is below %.2f", kind, f, floor)
		}
	}
	for _, k := range []string{"document.kind", "document.date"} {
		if a := rep.Fields[k].Accuracy(); a < 0.9 {
			t.Errorf("%s: %.3f", k, a)
		}
	}
	if os.Getenv("HAICAP_MISSES") != "" {
		for _, m := range rep.Misses {
			fmt.Printf("%.12s %s invented=%v %s%s%s\n", m.Document, m.Kind, m.Invented, m.Label.Text, m.Label.Name, m.Label.Rule)
		}
	}
}
