package cli

import "haicap/internal/reader/score"

// An evalJSON is what `haicap eval --json` prints.
type evalJSON struct {
	Schema    string      `json:"schema"`
	Version   string      `json:"version"`
	Documents []string    `json:"documents"`
	Unread    []string    `json:"unread"`
	Kinds     []kindJSON  `json:"kinds"`
	Fields    []fieldJSON `json:"fields"`
	Sure      sureJSON    `json:"sure"`
	Folds     []foldJSON  `json:"folds,omitempty"`
	Gaps      []gapJSON   `json:"gaps,omitempty"` // measures that are worse in a fold than outside by more than score.MaxGap
	Misses    []missJSON  `json:"misses,omitempty"`
	Wrong     []wrongJSON `json:"wrong,omitempty"`
}

type kindJSON struct {
	Name      string  `json:"name"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Gold      int     `json:"gold"`
	Right     int     `json:"right"`
	Missed    int     `json:"missed"`
	Invented  int     `json:"invented"`
}

type fieldJSON struct {
	Name     string  `json:"name"`
	Accuracy float64 `json:"accuracy"`
	Right    int     `json:"right"`
	Of       int     `json:"of"`
}

type sureJSON struct {
	Right  int `json:"right"`
	Sure   int `json:"sure"`
	Drafts int `json:"drafts"`
}

type foldJSON struct {
	Documents []string    `json:"documents"`
	In        []foldValue `json:"in"`
	Out       []foldValue `json:"out"`
}

type foldValue struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Of    int     `json:"of"`
}

type gapJSON struct {
	Fold int     `json:"fold"`
	Name string  `json:"name"`
	In   float64 `json:"in"`
	Out  float64 `json:"out"`
}

type missJSON struct {
	Document string `json:"document"`
	Kind     string `json:"kind"`
	Invented bool   `json:"invented"`
	Text     string `json:"text"`
	Span     [2]int `json:"span"` // −1 where the label has none
}

type wrongJSON struct {
	Document string `json:"document"`
	Field    string `json:"field"`
	Text     string `json:"text"`
	Want     string `json:"want"`
	Got      string `json:"got"`
	Span     [2]int `json:"span"`
}

func (e *evaluation) json(misses bool) evalJSON {
	r := e.report
	out := evalJSON{Schema: "haicap.eval/1", Version: version, Documents: []string{}, Unread: append([]string{}, r.Unread...),
		Kinds: []kindJSON{}, Fields: []fieldJSON{}, Sure: sureJSON{r.SureRight, r.Sure, r.Drafts}}
	for _, g := range e.gold {
		out.Documents = append(out.Documents, g.Name)
	}
	for _, k := range r.KindNames() {
		t := r.Tallies[k]
		out.Kinds = append(out.Kinds, kindJSON{k, t.Precision(), t.Recall(), t.F1(), t.Right + t.Missed, t.Right, t.Missed, t.Invented})
	}
	for _, n := range r.FieldNames() {
		f := r.Fields[n]
		out.Fields = append(out.Fields, fieldJSON{n, f.Accuracy(), f.Right, f.Of})
	}
	for _, f := range e.folds {
		out.Folds = append(out.Folds, foldJSON{f.Documents, valuesOf(f.In), valuesOf(f.Out)})
	}
	for _, g := range score.Gaps(e.folds) {
		out.Gaps = append(out.Gaps, gapJSON{g.Fold + 1, g.In.Name, g.In.Value, g.Out.Value})
	}
	if !misses {
		return out
	}
	for _, m := range r.Misses {
		out.Misses = append(out.Misses, missJSON{m.Document, m.Kind, m.Invented, labelWords(m.Label), m.Label.Span})
	}
	for _, w := range r.Wrongs {
		out.Wrong = append(out.Wrong, wrongJSON{w.Document, w.Kind + "." + w.Field, labelWords(w.Label), w.Want, w.Got, w.Label.Span})
	}
	return out
}

func valuesOf(r *score.Report) []foldValue {
	list := []foldValue{}
	for _, m := range r.Measures() {
		list = append(list, foldValue(m))
	}
	return list
}
