package app

import (
	"cmp"
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A SimilarPair is two recommendations that may be the same.
type SimilarPair struct {
	One, Other RecommendationLine
	SameUnit   bool // or one of them carries the other's history: then it was raised again
	Likeness   int  // per cent
}

// A SimilarView is what may be the same, for a person to say.
type SimilarView struct {
	Of    *MatterLine
	Pairs []SimilarPair
	Asked int // recommendations that were compared
}

// How many recommendations are compared at once, with how many of the latest, and how many pairs a page shows.
const (
	maxCompared = 1500
	maxIndexed  = 20_000
	maxPairs    = 40
)

// Similar suggests what may be the same as one recommendation, or with no id all pairs of those that are owed, the likest first. It decides nothing.
func (a *App) Similar(ctx context.Context, p access.Principal, of gov.ID) (SimilarView, error) {
	var v SimilarView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			var err error
			r := register{}
			if r.fields, err = a.fields(); err != nil {
				return err
			}
			settled, err := tx.LinksOf(ctx, b.realm, gov.LinkRepeats, gov.LinkSimilar, gov.LinkApart)
			if err != nil {
				return err
			}
			v = SimilarView{}
			if of != "" {
				m, err := tx.Matter(ctx, b.realm, of)
				if err != nil {
					return err
				}
				v.Of = &b.matters([]gov.Matter{m})[0]
			}
			list, err := b.latestAsked(v.Of)
			if err != nil {
				return err
			}
			r.list = gov.Gather(list, settled, b.today)
			v.Pairs, v.Asked = b.pairs(r, of, settled)
			return nil
		})
	})
	return v, err
}

// latestAsked reads the recommendations that are compared, the oldest first; one that is asked about is among them whatever its age.
func (b *builder) latestAsked(of *MatterLine) ([]gov.Matter, error) {
	q := gov.MatterQuery{Kinds: []gov.MatterKind{gov.Recommendation}, Newest: true, Page: gov.Page{Limit: 500}}
	var all []gov.Matter
	for more := true; more && len(all) < maxIndexed; {
		list, next, err := b.tx.Matters(b.ctx, b.realm, q)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		q.Page.After, more = next, next != ""
	}
	if of != nil && !slices.ContainsFunc(all, func(m gov.Matter) bool { return m.ID == of.ID }) {
		all = append(all, of.Matter)
	}
	slices.Reverse(all)
	return all, nil
}

// pairs compares recommendations; those about which a person has spoken are left out.
func (b *builder) pairs(r register, of gov.ID, settled []gov.Link) ([]SimilarPair, int) {
	index := text.NewIndex(gov.AskingWords...)
	spoken := map[[2]gov.ID]bool{}
	for _, l := range settled {
		spoken[[2]gov.ID{min(l.From, l.To), max(l.From, l.To)}] = true
	}
	at := map[string]int{}
	for i, g := range r.list {
		at[string(g.ID)] = i
		index.Add(string(g.ID), g.Text)
	}
	var list []SimilarPair
	compared := 0
	for i := len(r.list) - 1; i >= 0 && compared < maxCompared; i-- {
		g := r.list[i]
		if of != "" && g.ID != of || of == "" && g.State.Finished() {
			continue
		}
		compared++
		for _, m := range append(index.Similar(g.Text, 8, 0.42), index.Elsewhere(g.Text, 8, 0.5)...) {
			o := r.list[at[m.ID]]
			key := [2]gov.ID{min(g.ID, o.ID), max(g.ID, o.ID)}
			if o.ID == g.ID || spoken[key] || slices.Contains(g.With, o.ID) {
				continue
			}
			spoken[key] = true
			list = append(list, b.pair(r, g, o, max(m.Score, m.Topic)))
		}
	}
	slices.SortStableFunc(list, func(x, y SimilarPair) int { return cmp.Compare(y.Likeness, x.Likeness) })
	return list[:min(len(list), maxPairs)], compared
}

func (b *builder) pair(r register, g, o gov.Gathered, likeness float64) SimilarPair {
	line := func(g gov.Gathered) RecommendationLine {
		return RecommendationLine{b.matters([]gov.Matter{g.Matter})[0], g, r.field(g.Matter.Field)}
	}
	if o.Opened > g.Opened { // the later one says the earlier one again
		g, o = o, g
	}
	pair := SimilarPair{One: line(g), Other: line(o), Likeness: int(likeness * 100)}
	for _, u := range g.Matter.Units() {
		for _, before := range gov.WithinUnit(b.units, u) {
			pair.SameUnit = pair.SameUnit || slices.Contains(o.Matter.Units(), before)
		}
	}
	return pair
}

// SettleSimilar writes what a person says of two recommendations: kind is LinkRepeats (one says the other again), LinkSimilar (asked alike) or
// LinkApart (not the same). Both must be within his reach.
func (a *App) SettleSimilar(ctx context.Context, p access.Principal, one, other gov.ID, kind gov.LinkKind) error {
	if kind != gov.LinkRepeats && kind != gov.LinkSimilar && kind != gov.LinkApart || one == other {
		return gov.Errorf(gov.Invalid, "error.form_unreadable")
	}
	return a.update(ctx, p, access.MattersSettle, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		for _, id := range []gov.ID{one, other} {
			m, err := tx.Matter(ctx, gov.Realm(p.Realm), id)
			if err != nil {
				return act{}, err
			}
			if m.Kind != gov.Recommendation || m.SupersededBy != "" {
				return act{}, gov.Errorf(gov.Invalid, "error.not_recommendation")
			}
		}
		return act{"matter.gather_" + string(kind), "matter", one}, tx.AddLink(ctx, gov.Link{Realm: gov.Realm(p.Realm), From: one, To: other, Kind: kind})
	})
}
