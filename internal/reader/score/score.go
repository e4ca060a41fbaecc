package score

import (
	"fmt"
	"io"
	"math"
	"slices"
	"sort"

	"haicap/internal/text"
)

// A Tally counts one kind over all documents.
type Tally struct {
	Right, Missed, Invented int
}

// Precision is the share of drafts that are right, 1 where there are none.
func (t Tally) Precision() float64 { return share(t.Right, t.Right+t.Invented) }

// Recall is the share of labels that were found, 1 where there are none.
func (t Tally) Recall() float64 { return share(t.Right, t.Right+t.Missed) }

// F1 is the harmonic mean of precision and recall.
func (t Tally) F1() float64 {
	p, r := t.Precision(), t.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// A Field counts how often one field was right on what matched.
type Field struct {
	Right, Of int
}

// Accuracy is the share of right values.
func (f Field) Accuracy() float64 { return share(f.Right, f.Of) }

// A Miss is a label that was not found or a draft that no label knows.
type Miss struct {
	Document, Kind string
	Invented       bool
	Label          Label
}

// A Report is a comparison over documents, micro-averaged.
type Report struct {
	Tallies map[string]*Tally
	Fields  map[string]*Field
	Misses  []Miss
	// Drafts called sure that are right, those called sure, and all drafts.
	SureRight, Sure, Drafts int
	Unread                  []string // gold documents without a reading
}

// Compare lays readings beside gold, document by document, by name.
func Compare(gold, readings []Document) *Report {
	rep := &Report{Tallies: map[string]*Tally{}, Fields: map[string]*Field{}}
	for _, g := range gold {
		i := slices.IndexFunc(readings, func(r Document) bool { return r.Name == g.Name })
		r := Document{}
		if i < 0 {
			rep.Unread = append(rep.Unread, g.Name)
		} else {
			r = readings[i]
		}
		rep.document(g, r)
	}
	return rep
}

func (rep *Report) document(g, r Document) {
	for _, kind := range Kinds {
		labels, judged := g.Kinds[kind]
		if !judged {
			continue
		}
		drafts := r.Kinds[kind]
		pairs, missed, invented := match(kind, labels, drafts)
		t := rep.Tallies[kind]
		if t == nil {
			t = &Tally{}
			rep.Tallies[kind] = t
		}
		t.Right, t.Missed, t.Invented = t.Right+len(pairs), t.Missed+len(missed), t.Invented+len(invented)
		rep.calibration(kind, drafts, pairs)
		for _, i := range missed {
			rep.Misses = append(rep.Misses, Miss{g.Name, kind, false, labels[i]})
		}
		for _, j := range invented {
			rep.Misses = append(rep.Misses, Miss{g.Name, kind, true, drafts[j]})
		}
		for _, p := range pairs {
			rep.fields(kind, labels[p[0]], drafts[p[1]])
		}
	}
	for _, k := range []string{"kind", "date"} {
		if want, judged := g.Head[k]; judged {
			rep.field("document."+k, text.Norm(want) == text.Norm(r.Head[k]))
		}
	}
}

func (rep *Report) calibration(kind string, drafts []Label, pairs [][2]int) {
	if kind != "figures" && !isItem(kind) {
		return
	}
	right := map[int]bool{}
	for _, p := range pairs {
		right[p[1]] = true
	}
	for j, d := range drafts {
		rep.Drafts++
		if d.Confidence == "sure" {
			rep.Sure++
			if right[j] {
				rep.SureRight++
			}
		}
	}
}

func (rep *Report) field(name string, right bool) {
	f := rep.Fields[name]
	if f == nil {
		f = &Field{}
		rep.Fields[name] = f
	}
	f.Of++
	if right {
		f.Right++
	}
}

// fields compares the fields that the gold judges on a matched pair.
func (rep *Report) fields(kind string, g, r Label) {
	judge := func(key string, right func() bool) {
		if g.Has[key] {
			rep.field(prefix(kind, key)+key, right())
		}
	}
	same := func(a, b string) func() bool { return func() bool { return text.Norm(a) == text.Norm(b) } }
	switch {
	case kind == "figures":
		judge("kind", same(g.Kind, r.Kind))
		judge("indicator", same(g.Indicator, r.Indicator))
		judge("period", same(g.Period, r.Period))
		judge("unit", func() bool { return sameUnit(g.Unit, r.Unit) })
		judge("comparator", same(g.Comparator, r.Comparator))
		judge("of", func() bool { return g.Of != nil && r.Of != nil && math.Abs(*g.Of-*r.Of) < 1e-9 })
	case kind == "people" && g.Title != "":
		judge("title", func() bool { return titleRight(g.Title, r.Title) })
	case kind == "units":
		judge("code", same(g.Code, r.Code))
	case isItem(kind):
		judge("by", func() bool { return wordsRight(g.By, r.By) })
		if kind == "directives" {
			judge("assignees", func() bool { return bodiesRight(g.Assignees, r.Assignees) })
			judge("due", func() bool { return wordsRight(g.Due, r.Due) })
			judge("lead", func() bool { return wordsRight(g.Lead, r.Lead) })
		}
	}
}

func prefix(kind, key string) string {
	if key == "by" {
		return "items."
	}
	return kind + "."
}

// Write prints the report as a table.
func (rep *Report) Write(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "%-18s%10s%8s%8s%7s\n", "", "precision", "recall", "F1", "gold"); err != nil {
		return err
	}
	for _, kind := range Kinds {
		if t := rep.Tallies[kind]; t != nil {
			if _, err := fmt.Fprintf(w, "%-18s%10.3f%8.3f%8.3f%7d\n", kind, t.Precision(), t.Recall(), t.F1(), t.Right+t.Missed); err != nil {
				return err
			}
		}
	}
	names := make([]string, 0, len(rep.Fields))
	for n := range rep.Fields {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		if _, err := fmt.Fprintf(w, "%-26s%8.3f%7d\n", n, rep.Fields[n].Accuracy(), rep.Fields[n].Of); err != nil {
			return err
		}
	}
	if rep.Sure == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%-26s%8.3f%7d\n%-26s%8.3f%7d\n", "sure.right", share(rep.SureRight, rep.Sure), rep.Sure,
		"sure.share", share(rep.Sure, rep.Drafts), rep.Drafts)
	return err
}
