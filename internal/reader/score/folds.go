package score

import (
	"cmp"
	"slices"
)

// MaxGap is how much better the other documents may be read than those of a fold, before it is named overfitting.
const MaxGap = 0.08

// A Fold is a part of the documents beside all the others.
type Fold struct {
	Documents []string
	In, Out   *Report // of the fold's own documents; of the others
}

// Folds splits the documents, in the order of their names, into n parts: the first goes to the first part, the second to the second and so
// on round. The split is always the same, so that two runs can be compared.
func Folds(gold, readings []Document, n int) []Fold {
	gold = slices.SortedFunc(slices.Values(gold), func(a, b Document) int { return cmp.Compare(a.Name, b.Name) })
	folds := make([]Fold, n)
	for i := range folds {
		var in, out []Document
		for k, g := range gold {
			if k%n == i {
				in = append(in, g)
				folds[i].Documents = append(folds[i].Documents, g.Name)
			} else {
				out = append(out, g)
			}
		}
		folds[i].In, folds[i].Out = Compare(in, readings), Compare(out, readings)
	}
	return folds
}

// A Measure is one number of a report: the F1 of a kind or the accuracy of a field.
type Measure struct {
	Name  string
	Value float64
	Of    int // labels of the kind, or values judged
}

// Measures lists the numbers of a report, kinds first.
func (rep *Report) Measures() []Measure {
	var list []Measure
	for _, k := range rep.kinds {
		t := rep.Tallies[k]
		list = append(list, Measure{k, t.F1(), t.Right + t.Missed})
	}
	for _, n := range rep.FieldNames() {
		list = append(list, Measure{n, rep.Fields[n].Accuracy(), rep.Fields[n].Of})
	}
	return list
}

// Measure finds a measure by name; ok is false where the report has none of it or nothing was judged.
func (rep *Report) Measure(name string) (m Measure, ok bool) {
	for _, m := range rep.Measures() {
		if m.Name == name && m.Of > 0 {
			return m, true
		}
	}
	return Measure{}, false
}

// A Gap is a measure that is better outside a fold than inside, by more than MaxGap.
type Gap struct {
	Fold    int // from 0
	In, Out Measure
}

// Gaps lists what looks like overfitting, fold by fold.
func Gaps(folds []Fold) []Gap {
	var gaps []Gap
	for i, f := range folds {
		for _, in := range f.In.Measures() {
			if out, ok := f.Out.Measure(in.Name); ok && in.Of > 0 && out.Value-in.Value > MaxGap {
				gaps = append(gaps, Gap{i, in, out})
			}
		}
	}
	return gaps
}
