package score

import (
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

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

// A Wrong is a field that is not right on a pair that matched.
type Wrong struct {
	Document, Kind, Field string
	Want, Got             string
	Label                 Label // of the gold
}

// A Report is a comparison over documents, micro-averaged.
type Report struct {
	Tallies map[string]*Tally
	Fields  map[string]*Field
	Misses  []Miss
	Wrongs  []Wrong
	// Drafts called sure that are right, those called sure, and all drafts.
	SureRight, Sure, Drafts int
	Unread                  []string // gold documents without a reading

	kinds []string // those of Tallies, in the order in which the gold named them first
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
			rep.kinds = append(rep.kinds, kind)
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
			rep.fields(g.Name, kind, labels[p[0]], drafts[p[1]])
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
func (rep *Report) fields(document, kind string, g, r Label) {
	judge := func(key, want, got string, right func(want, got string) bool) {
		if !g.Has[key] {
			return
		}
		ok := right(want, got)
		rep.field(prefix(kind, key)+key, ok)
		if !ok {
			rep.Wrongs = append(rep.Wrongs, Wrong{document, kind, key, want, got, g})
		}
	}
	switch {
	case kind == "figures":
		judge("kind", g.Kind, r.Kind, sameWords)
		judge("indicator", g.Indicator, r.Indicator, sameWords)
		judge("period", g.Period, r.Period, sameWords)
		judge("unit", g.Unit, r.Unit, sameUnit)
		judge("comparator", g.Comparator, r.Comparator, sameWords)
		judge("of", number(g.Of), number(r.Of), func(string, string) bool { return g.Of != nil && r.Of != nil && math.Abs(*g.Of-*r.Of) < 1e-9 })
	case kind == "people" && g.Title != "":
		judge("title", g.Title, r.Title, titleRight)
	case kind == "units":
		judge("code", g.Code, r.Code, sameWords)
	case isItem(kind):
		judge("by", g.By, r.By, wordsRight)
		if kind == "directives" {
			judge("assignees", strings.Join(g.Assignees, "; "), strings.Join(r.Assignees, "; "), func(string, string) bool { return bodiesRight(g.Assignees, r.Assignees) })
			judge("due", g.Due, r.Due, wordsRight)
			judge("lead", g.Lead, r.Lead, wordsRight)
		}
	}
}

func sameWords(a, b string) bool { return text.Norm(a) == text.Norm(b) }

func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func prefix(kind, key string) string {
	if key == "by" {
		return "items."
	}
	return kind + "."
}

// KindNames are the kinds that the gold judges, in the order in which it named them first.
func (rep *Report) KindNames() []string { return rep.kinds }

// FieldNames are the fields that were judged, by name.
func (rep *Report) FieldNames() []string {
	names := make([]string, 0, len(rep.Fields))
	for n := range rep.Fields {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// SureAccuracy is the share of the drafts called sure that are right; SureShare is what share of all drafts they are.
func (rep *Report) SureAccuracy() float64 { return share(rep.SureRight, rep.Sure) }

// SureShare is the share of all drafts that are called sure.
func (rep *Report) SureShare() float64 { return share(rep.Sure, rep.Drafts) }

// Write prints the report as a table.
func (rep *Report) Write(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "%-18s%10s%8s%8s%7s\n", "", "precision", "recall", "F1", "gold"); err != nil {
		return err
	}
	for _, kind := range rep.kinds {
		t := rep.Tallies[kind]
		if _, err := fmt.Fprintf(w, "%-18s%10.3f%8.3f%8.3f%7d\n", kind, t.Precision(), t.Recall(), t.F1(), t.Right+t.Missed); err != nil {
			return err
		}
	}
	for _, n := range rep.FieldNames() {
		if _, err := fmt.Fprintf(w, "%-26s%8.3f%7d\n", n, rep.Fields[n].Accuracy(), rep.Fields[n].Of); err != nil {
			return err
		}
	}
	if rep.Sure == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%-26s%8.3f%7d\n%-26s%8.3f%7d\n", "sure.right", rep.SureAccuracy(), rep.Sure,
		"sure.share", rep.SureShare(), rep.Drafts)
	return err
}
