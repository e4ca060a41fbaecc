package gov

import (
	"sort"
	"strings"

	"haicap/internal/text"
)

// likeEnough is the share of words that two clauses must have in common to be laid side by side: below it, too much of what a
// notice of conclusions adds would be called a change of something else.
const likeEnough = 0.5

// A Pair lays a draft beside the record that it says again.
type Pair struct {
	Record ID
	Noun   string // figure, target or matter
	Same   bool   // nothing changed: the draft is one more source
}

// PairDrafts finds, for the drafts of one review, the records of the same session (or of an earlier review of the same document)
// that they repeat or change, each record once. Figures pair by what they measure, matters by kind and words. The rest is new.
func PairDrafts(drafts []Draft, unitOf func(FigureDraft) UnitKey, figures []Figure, targets []Target, matters []Matter) map[ID]Pair {
	type candidate struct {
		draft ID
		pair  Pair
		score float64
	}
	var all []candidate
	words := make(map[ID][]string, len(matters))
	for _, m := range matters {
		words[m.ID] = wordSet(m.Text)
	}
	for _, d := range drafts {
		if d.State == DraftRejected {
			continue
		}
		if d.Figure != nil {
			c := Claim{Indicator: d.Figure.Indicator, Label: d.Figure.Label, Unit: unitOf(*d.Figure), Period: d.Figure.Period,
				Comparator: d.Figure.Comparator, Value: d.Figure.Value, Of: d.Figure.Of, Measure: d.Figure.Measure, Scope: d.Figure.Scope}
			for _, f := range figures {
				if d.Figure.Kind != TargetFig && shapeOf(f.Kind) == shapeOf(d.Figure.Kind) && sameThing(f.Claim, c) {
					same := sameValue(f.Claim, c)
					all = append(all, candidate{d.ID, Pair{f.ID, "figure", same}, score(same)})
				}
			}
			for _, t := range targets {
				if d.Figure.Kind == TargetFig && sameThing(t.Claim, c) {
					same := sameValue(t.Claim, c)
					all = append(all, candidate{d.ID, Pair{t.ID, "target", same}, score(same)})
				}
			}
			continue
		}
		w := wordSet(d.Item.Text)
		for _, m := range matters {
			if string(m.Kind) != string(d.Kind) {
				continue
			}
			if like := shared(w, words[m.ID]); like >= likeEnough {
				same := text.Norm(m.Text) == text.Norm(d.Item.Text)
				if same {
					like = 2
				}
				all = append(all, candidate{d.ID, Pair{m.ID, "matter", same}, like})
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].score > all[j].score })
	pairs, taken := map[ID]Pair{}, map[ID]bool{}
	for _, c := range all {
		if _, done := pairs[c.draft]; !done && !taken[c.pair.Record] {
			pairs[c.draft], taken[c.pair.Record] = c.pair, true
		}
	}
	return pairs
}

func score(same bool) float64 {
	if same {
		return 2
	}
	return 1
}

// sameThing reports whether two claims speak of one thing: same indicator or label, unit, period, scope and measure.
func sameThing(a, b Claim) bool {
	return a.Indicator == b.Indicator && (a.Indicator != "" || text.Norm(a.Label) == text.Norm(b.Label)) &&
		a.Unit == b.Unit && a.Period == b.Period && a.Scope == b.Scope && text.Norm(a.Measure) == text.Norm(b.Measure)
}

// wordSet is the sorted set of the folded words of s.
func wordSet(s string) []string {
	words := strings.FieldsFunc(text.Fold(s), func(r rune) bool { return strings.ContainsRune(" ,.;:!?()“”\"'–-/", r) })
	sort.Strings(words)
	n := 0
	for i, w := range words {
		if i == 0 || w != words[n-1] {
			words[n] = w
			n++
		}
	}
	return words[:n]
}

// shared is Dice's coefficient of two sorted sets: 1 where they are equal, 0 where nothing is shared.
func shared(a, b []string) float64 {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}

// MostLike is the index of the matter whose words are nearest to s, -1 where none is near: then s speaks of all of them or of none.
func MostLike(s string, matters []Matter) int {
	want, best, at := wordSet(s), likeEnough, -1
	for i, m := range matters {
		if like := shared(want, wordSet(m.Text)); like >= best {
			best, at = like, i
		}
	}
	return at
}
