package app

import (
	"cmp"
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A RecommendationQuery narrows the register; empty fields do not narrow.
type RecommendationQuery struct {
	Unit    string // code
	Field   string // key; NoField: none was chosen
	Level   string // a level; NoLevel: not known
	State   gov.State
	Changed string // "added", "answered", "resolved", "reopened": since Since
	Since   gov.Day
	All     bool // finished ones too
	Sort    string
	From    int // how many stand before the page
	Limit   int // 0: all
}

// What stands in a query for a field or level that is not known.
const (
	NoField = "none"
	NoLevel = "open"
)

// Changes lists what may have changed since a day, in the order of pages.
var Changes = []string{"added", "answered", "resolved", "reopened"}

// A RecommendationLine is a recommendation in the register.
type RecommendationLine struct {
	MatterLine
	Asked gov.Gathered
	Field gov.MatterField
}

// A RecommendationsView is the register of recommendations.
type RecommendationsView struct {
	Query  RecommendationQuery
	Fields gov.MatterFields
	Unit   UnitRef
	Total  int // that the query finds
	Count  gov.RecommendationTally
	Lines  []RecommendationLine
	More   int // where the next page begins; 0: there is none
}

// A register is what the register, the report and the map are made of: recommendations in force within reach, with what was said of them since a day.
type register struct {
	list    []gov.Gathered
	events  []gov.MatterEvent
	renewed map[gov.ID]bool // took the place of one that was there before
	since   gov.Day
	fields  gov.MatterFields
}

// registerOf reads the recommendations. Events are read where since is given.
func (a *App) registerOf(b *builder, since gov.Day) (register, error) {
	r := register{since: since, renewed: map[gov.ID]bool{}}
	var err error
	if r.fields, err = a.fields(); err != nil {
		return r, err
	}
	list, err := everyMatter(b.ctx, b.tx, b.realm, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Recommendation}})
	if err != nil {
		return r, err
	}
	links, err := b.tx.LinksOf(b.ctx, b.realm, gov.LinkRepeats, gov.LinkSimilar, gov.LinkAnswers)
	if err != nil {
		return r, err
	}
	here := map[gov.ID]bool{}
	for _, m := range list {
		here[m.ID] = true
	}
	for _, l := range links {
		if l.Kind == gov.LinkRepeats && !here[l.To] {
			r.renewed[l.From] = true
		}
	}
	r.list = gov.Gather(list, links, b.today)
	if since != "" {
		r.events, err = b.tx.EventsSince(b.ctx, b.realm, gov.Recommendation, gov.DayStart(since))
	}
	return r, err
}

// isNew reports whether a recommendation came in since the day of the register.
func (r register) isNew(m gov.Matter) bool {
	return r.since != "" && !r.renewed[m.ID] && !m.Created.At.Before(gov.DayStart(r.since))
}

// changed says what happened with each recommendation since the day.
func (r register) changed() map[gov.ID]map[string]bool {
	got := map[gov.ID]map[string]bool{}
	note := func(id gov.ID, what string) {
		if got[id] == nil {
			got[id] = map[string]bool{}
		}
		got[id][what] = true
	}
	for _, g := range r.list {
		if r.isNew(g.Matter) {
			note(g.ID, "added")
		}
	}
	for _, e := range r.events {
		switch e.Action {
		case gov.ActAnswer, gov.ActSchedule, gov.ActExplain:
			note(e.Matter, "answered")
		case gov.ActResolve:
			note(e.Matter, "resolved")
		case gov.ActReopen:
			note(e.Matter, "reopened")
		}
	}
	return got
}

func (r register) field(key string) gov.MatterField {
	for _, f := range r.fields {
		if f.Key == key {
			return f
		}
	}
	return gov.MatterField{Key: key, VI: key, EN: key}
}

// Recommendations gives the register, what presses most first.
func (a *App) Recommendations(ctx context.Context, p access.Principal, q RecommendationQuery) (RecommendationsView, error) {
	v := RecommendationsView{Query: q}
	if q.Since != "" && !q.Since.Valid() || q.Changed != "" && (q.Since == "" || !slices.Contains(Changes, q.Changed)) {
		return v, gov.Errorf(gov.Invalid, "error.since_needed")
	}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			r, err := a.registerOf(b, q.Since)
			if err != nil {
				return err
			}
			found := r.find(q)
			v.Fields, v.Total, v.Count, v.Lines, v.More = r.fields, len(found), gov.RecommendationTally{}, nil, 0
			for _, g := range found {
				if g.State != gov.Withdrawn {
					v.Count.Add(g.State, g.State == gov.Scheduled && g.Due != "" && g.Due < b.today, 1)
				}
			}
			found = found[min(q.From, len(found)):]
			if q.Limit > 0 && len(found) > q.Limit {
				found, v.More = found[:q.Limit], q.From+q.Limit
			}
			for _, g := range found {
				v.Lines = append(v.Lines, RecommendationLine{b.matters([]gov.Matter{g.Matter})[0], g, r.field(g.Matter.Field)})
			}
			if q.Unit != "" {
				if u, err := units.At(q.Unit, ""); err == nil {
					v.Unit = b.unit(u.UnitKey, q.Unit)
				}
			}
			return nil
		})
	})
	return v, err
}

// find lists what a query finds, in its order.
func (r register) find(q RecommendationQuery) []gov.Gathered {
	changed := r.changed()
	var list []gov.Gathered
	for _, g := range r.list {
		if q.finds(g) && (q.Changed == "" || changed[g.ID][q.Changed]) {
			list = append(list, g)
		}
	}
	slices.SortStableFunc(list, func(x, y gov.Gathered) int {
		switch q.Sort {
		case "oldest":
			return cmp.Or(cmp.Compare(x.Opened, y.Opened), cmp.Compare(x.ID, y.ID))
		case "newest":
			return cmp.Or(cmp.Compare(y.Opened, x.Opened), cmp.Compare(y.ID, x.ID))
		}
		return cmp.Or(cmp.Compare(y.Priority.Score, x.Priority.Score), cmp.Compare(x.Opened, y.Opened), cmp.Compare(x.ID, y.ID))
	})
	return list
}

func (q RecommendationQuery) finds(g gov.Gathered) bool {
	switch {
	case q.State != "" && g.State != q.State,
		q.State == "" && !q.All && q.Changed == "" && g.State.Finished(),
		q.Field == NoField && g.Field != "",
		q.Field != "" && q.Field != NoField && g.Field != q.Field,
		q.Level == NoLevel && g.Level != "",
		q.Level != "" && q.Level != NoLevel && string(g.Level) != q.Level,
		q.Unit != "" && !slices.ContainsFunc(g.Matter.Units(), func(u gov.UnitKey) bool { return u.Code == q.Unit }):
		return false
	}
	return true
}

// A RecommendationReportView is the report that is owed to the standing committee.
type RecommendationReportView struct {
	gov.RecommendationReport
	Known gov.MatterFields
	Unit  UnitRef // that the realm serves
}

// RecommendationReport counts the register by field and competent level, with what changed since a day.
func (a *App) RecommendationReport(ctx context.Context, p access.Principal, since gov.Day) (RecommendationReportView, error) {
	var v RecommendationReportView
	if !since.Valid() || since > a.Today() {
		return v, gov.Errorf(gov.Invalid, "error.since_needed")
	}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			r, err := a.registerOf(b, since)
			if err != nil {
				return err
			}
			v.RecommendationReport, v.Known = gov.ReportOf(r.list, r.events, r.isNew, since, b.today), r.fields
			home, err := homeOf(ctx, tx, b.realm)
			v.Unit = b.unit(home, home.Code)
			return err
		})
	})
	return v, err
}

// A RecommendationMapView is the table of fields and units.
type RecommendationMapView struct {
	gov.RecommendationMap
	Known  gov.MatterFields // fields that have any, in order; the last may be the one that is not known
	Places map[string]UnitRef
}

// RecommendationMap counts recommendations by field and unit.
func (a *App) RecommendationMap(ctx context.Context, p access.Principal) (RecommendationMapView, error) {
	v := RecommendationMapView{Places: map[string]UnitRef{}}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			r, err := a.registerOf(b, "")
			if err != nil {
				return err
			}
			v.RecommendationMap, v.Known = gov.MapOf(r.list), nil
			for _, f := range append(slices.Clone(r.fields), gov.MatterField{}) {
				if v.Fields[f.Key].Total > 0 {
					v.Known = append(v.Known, f)
				}
			}
			for key := range v.Fields { // chosen once, and no more in the table
				if key != "" && !r.fields.Has(key) {
					v.Known = append(v.Known, r.field(key))
				}
			}
			for _, code := range v.Units {
				if u, err := unitAt(units, code, ""); err == nil {
					v.Places[code] = b.unit(u.UnitKey, code)
				}
			}
			slices.SortStableFunc(v.Units, func(x, y string) int {
				return cmp.Or(cmp.Compare(v.Rows[y].Owed, v.Rows[x].Owed), cmp.Compare(v.Rows[y].Total, v.Rows[x].Total), cmp.Compare(x, y))
			})
			return nil
		})
	})
	return v, err
}

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

// How many recommendations are compared with all others at once, and how many pairs a page shows.
const (
	maxCompared = 1500
	maxPairs    = 40
)

// Similar suggests what may be the same as one recommendation, or with no id all pairs of those that are owed, the likest first. It decides nothing.
func (a *App) Similar(ctx context.Context, p access.Principal, of gov.ID) (SimilarView, error) {
	var v SimilarView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			r, err := a.registerOf(b, "")
			if err != nil {
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
			v.Pairs, v.Asked = b.pairs(r, of, settled)
			return nil
		})
	})
	return v, err
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
