package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
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

// A register is what the register of recommendations is made of: those in force within reach that a query finds, without their words, and with them
// those that people gathered to them, with what was said of them since a day.
type register struct {
	list    []gov.Gathered
	found   map[gov.ID]bool // by the query; the rest is only gathered to it
	created map[gov.ID]time.Time
	events  []gov.MatterEvent
	renewed map[gov.ID]bool // took the place of one that was there before
	since   gov.Day
	fields  gov.MatterFields
}

// registerOf reads the recommendations that a query may find. Events are read where it names a day.
func (a *App) registerOf(b *builder, q RecommendationQuery) (register, error) {
	r := register{since: q.Since, found: map[gov.ID]bool{}, created: map[gov.ID]time.Time{}}
	var err error
	if r.fields, err = a.fields(); err != nil {
		return r, err
	}
	asks := q.asked()
	var list []gov.Matter
	take := func(row gov.AskedRow) error {
		list = append(list, gov.Matter{ID: row.ID, Kind: gov.Recommendation, Field: row.Field, Level: row.Level, State: row.State, Opened: row.Opened, Due: row.Due, Funding: row.Funding,
			Created: gov.Stamp{At: row.Created}})
		r.created[row.ID] = row.Created
		return nil
	}
	if err := b.tx.EachAsked(b.ctx, b.realm, asks, take); err != nil {
		return r, err
	}
	for _, m := range list {
		r.found[m.ID] = true
	}
	links, err := b.gathering(r.created, take)
	if err != nil {
		return r, err
	}
	units, err := b.tx.AskedUnits(b.ctx, b.realm, gov.AskedQuery{Stand: asks.Stand, Unit: asks.Unit})
	if err != nil {
		return r, err
	}
	if err := b.standAt(list, units); err != nil {
		return r, err
	}
	r.renewed = renewed(links, r.created)
	r.list = gov.Gather(list, links, b.today)
	if q.Since != "" {
		r.events, err = b.tx.EventsSince(b.ctx, b.realm, gov.Recommendation, gov.DayStart(q.Since))
	}
	return r, err
}

// gathering gives the links by which people gathered recommendations to those that are here, and takes the others of their groups.
func (b *builder) gathering(here map[gov.ID]time.Time, take func(gov.AskedRow) error) ([]gov.Link, error) {
	all, err := b.tx.LinksOf(b.ctx, b.realm, gov.LinkRepeats, gov.LinkSimilar)
	if err != nil {
		return nil, err
	}
	near := make(map[gov.ID]bool, len(here))
	for id := range here {
		near[id] = true
	}
	var links []gov.Link
	var missing []gov.ID
	for again := true; again; { // one more time for each link that a group is long
		again = false
		all = slices.DeleteFunc(all, func(l gov.Link) bool {
			if !near[l.From] && !near[l.To] {
				return false
			}
			for _, id := range []gov.ID{l.From, l.To} {
				if !near[id] {
					near[id], again = true, true
					missing = append(missing, id)
				}
			}
			links = append(links, l)
			return true
		})
	}
	for ids := range slices.Chunk(missing, 200) {
		if err := b.tx.EachAsked(b.ctx, b.realm, gov.AskedQuery{IDs: ids}, take); err != nil {
			return nil, err
		}
	}
	return links, nil
}

// standAt gives recommendations their units; those of which the units were not read with the others are read now.
func (b *builder) standAt(list []gov.Matter, units map[gov.ID][]string) error {
	var missing []gov.ID
	for _, m := range list {
		if _, ok := units[m.ID]; !ok {
			missing = append(missing, m.ID)
		}
	}
	for ids := range slices.Chunk(missing, 400) {
		more, err := b.tx.AskedUnits(b.ctx, b.realm, gov.AskedQuery{IDs: ids})
		if err != nil {
			return err
		}
		maps.Copy(units, more)
	}
	for i, m := range list {
		for _, code := range units[m.ID] {
			list[i].Parties = append(list[i].Parties, gov.Party{Role: gov.RoleUnit, Unit: gov.UnitKey{Code: code}})
		}
	}
	return nil
}

// renewed are the recommendations that took the place of one that is in force no more.
func renewed(links []gov.Link, here map[gov.ID]time.Time) map[gov.ID]bool {
	list := map[gov.ID]bool{}
	for _, l := range links {
		if _, ok := here[l.To]; l.Kind == gov.LinkRepeats && !ok {
			list[l.From] = true
		}
	}
	return list
}

// isNew reports whether a recommendation came in since the day of the register.
func (r register) isNew(id gov.ID) bool {
	return r.since != "" && !r.renewed[id] && !r.created[id].Before(gov.DayStart(r.since))
}

// asked is the part of a query that the store answers.
func (q RecommendationQuery) asked() gov.AskedQuery {
	asks := gov.AskedQuery{State: q.State, Unit: q.Unit}
	if q.State == "" && !q.All && q.Changed == "" {
		asks.Stand = gov.StandOwed
	}
	if asks.NoField = q.Field == NoField; !asks.NoField {
		asks.Field = q.Field
	}
	if asks.NoLevel = q.Level == NoLevel; !asks.NoLevel {
		asks.Level = gov.Level(q.Level)
	}
	return asks
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
		if r.isNew(g.ID) {
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
			r, err := a.registerOf(b, q)
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
				line, err := b.recommendation(r, g)
				if err != nil {
					return err
				}
				v.Lines = append(v.Lines, line)
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

// recommendation reads a line of the register whole.
func (b *builder) recommendation(r register, g gov.Gathered) (RecommendationLine, error) {
	m, err := b.tx.Matter(b.ctx, b.realm, g.ID)
	if err != nil {
		return RecommendationLine{}, err
	}
	links, err := b.tx.Links(b.ctx, b.realm, g.ID)
	for _, l := range links {
		if l.Kind == gov.LinkAnswers && l.To == g.ID {
			g.Answers++
		}
	}
	g.Matter = m
	return RecommendationLine{b.matters([]gov.Matter{m})[0], g, r.field(m.Field)}, err
}

// find lists what a query finds, in its order.
func (r register) find(q RecommendationQuery) []gov.Gathered {
	changed := r.changed()
	var list []gov.Gathered
	for _, g := range r.list {
		if r.found[g.ID] && (q.Changed == "" || changed[g.ID][q.Changed]) {
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
			r, err := b.report(since)
			if err != nil {
				return err
			}
			v.RecommendationReport = r
			if v.Known, err = a.fields(); err != nil {
				return err
			}
			home, err := homeOf(ctx, tx, b.realm)
			v.Unit = b.unit(home, home.Code)
			return err
		})
	})
	return v, err
}

// report counts all recommendations within reach; they come one by one and are not kept.
func (b *builder) report(since gov.Day) (gov.RecommendationReport, error) {
	events, err := b.tx.EventsSince(b.ctx, b.realm, gov.Recommendation, gov.DayStart(since))
	if err != nil {
		return gov.RecommendationReport{}, err
	}
	links, err := b.tx.LinksOf(b.ctx, b.realm, gov.LinkRepeats)
	if err != nil {
		return gov.RecommendationReport{}, err
	}
	repeats, repeated := map[gov.ID]bool{}, map[gov.ID]bool{} // what says another one again, and the other
	for _, l := range links {
		repeats[l.From], repeated[l.To] = true, true
	}
	var later []gov.AskedRow
	here, start := map[gov.ID]time.Time{}, gov.DayStart(since)
	c := gov.CountRecommendations(events, since, b.today)
	err = b.tx.EachAsked(b.ctx, b.realm, gov.AskedQuery{Linked: true}, func(row gov.AskedRow) error {
		if repeated[row.ID] {
			here[row.ID] = row.Created
		}
		isNew := !row.Created.Before(start)
		if isNew && repeats[row.ID] {
			later = append(later, row)
			return nil
		}
		c.Add(row, isNew)
		return nil
	})
	again := renewed(links, here)
	for _, row := range later {
		c.Add(row, !again[row.ID])
	}
	return c.Report(), err
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
			r := register{}
			var err error
			if r.fields, err = a.fields(); err != nil {
				return err
			}
			byUnit, whole, err := tx.CountAsked(ctx, b.realm)
			if err != nil {
				return err
			}
			v.RecommendationMap, v.Known = gov.MapOf(byUnit, whole), nil
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
