package synth

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"haicap/internal/gov"
)

// monthly is how much of a year's sessions falls into each month: few around Tết, most after it and before the year ends.
var monthly = [12]float64{0.07, 0.04, 0.10, 0.10, 0.09, 0.08, 0.09, 0.08, 0.08, 0.10, 0.10, 0.07}

// yearly is how much more each year brings than the one before: the books fill as offices get used to them.
const yearly = 1.12

// A visit is a session with what comes of it.
type visit struct {
	session gov.Session
	speaker string
	number  string // of the notice that assigns its tasks
	noticed gov.Day
	units   []node
	r       *rand.Rand
	made    gov.MatterBatch
	notice  *writer // of the notice that says what was said; nil: no documents are made
	title   string  // of the notice
}

// A months is how many matters a month is to bring.
type months struct {
	first gov.Day
	days  int
	share float64
}

// calendarOf lists the months of the days between from and until with their shares of all matters.
func calendarOf(from, until gov.Day) []months {
	var list []months
	var sum float64
	for d := from; d <= until; {
		t, err := time.Parse(time.DateOnly, string(d))
		if err != nil {
			panic(err) // days are made here
		}
		next := gov.DayOf(time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, time.UTC))
		end := min(next, until.AddDays(1))
		days := end.DaysSince(d)
		share := monthly[t.Month()-1] * float64(days) / 30 * math.Pow(yearly, float64(t.Year()-from.Year()))
		list, sum, d = append(list, months{d, days, share}), sum+share, next
	}
	for i := range list {
		list[i].share /= sum
	}
	return list
}

// sessions goes through the months, oldest first, and makes sessions with all that comes of them until there are as many matters as were asked for.
func (m *maker) sessions(ctx context.Context, nodes []node) error {
	from, until := m.span()
	if err := m.prepareBodies(ctx, nodes, from); err != nil {
		return err
	}
	var due float64
	for i, month := range calendarOf(from, until) {
		due += month.share * float64(m.Matters)
		there := slices.DeleteFunc(slices.Clone(nodes), func(n node) bool {
			return !n.unit.On(month.first) && !(m.PresentUnits && n.unit.Current()) || m.PresentUnits && !n.unit.Current()
		})
		if len(there) == 0 {
			continue
		}
		r := m.random("sessions", "month", i)
		order := r.Perm(len(there))
		for n := 0; float64(m.matters()) < due-0.5; n++ {
			units := []node{there[order[n%len(order)]]}
			for r.IntN(6) == 0 && len(units) < 6 {
				if o := there[order[r.IntN(len(order))]]; !slices.ContainsFunc(units, func(u node) bool { return u.unit.UnitKey == o.unit.UnitKey }) {
					units = append(units, o)
				}
			}
			v := m.visit(rand.New(rand.NewPCG(r.Uint64(), r.Uint64())), month.first.AddDays(r.IntN(month.days)), units)
			m.come(&v)
			m.closeNotice(&v)
			m.pending.add(v)
			if len(m.pending.matters.Matters) >= batch {
				if err := m.flushMatters(ctx); err != nil {
					return err
				}
			}
		}
	}
	return m.flushMatters(ctx)
}

// span is the first and the last day of the sessions.
func (m *maker) span() (from, until gov.Day) {
	return cmp.Or(m.From, day(m.first(), 1, 1)), m.until()
}

func (m *maker) matters() int { return m.made.Matters + len(m.pending.matters.Matters) }

// visit is one session: mostly a leader at one unit, sometimes with several.
func (m *maker) visit(r *rand.Rand, d gov.Day, units []node) visit {
	kind := gov.KindWorkingSession
	switch n := r.IntN(20); {
	case len(units) > 2:
		kind = gov.KindConference
	case n < 3:
		kind = gov.KindInspection
	}
	v := visit{speaker: speakers[r.IntN(len(speakers))], units: units, r: r, noticed: min(d.AddDays(1+r.IntN(5)), m.until())}
	v.number = number(float64(1+r.IntN(600)), 0) + "-TB/TU"
	keys := make([]gov.UnitKey, len(units))
	for i, u := range units {
		keys[i] = u.unit.UnitKey
	}
	at := began(d)
	v.session = gov.Session{Realm: m.Holding.Realm, ID: makeID(at, r), Kind: kind, Title: titled(kind, v.speaker, units, d.Year()), Day: d,
		Place: "Trụ sở " + officeOf(units[0]), Programme: "Tình hình phát triển kinh tế - xã hội, kiến nghị của cơ sở", Units: keys,
		Offices: []string{v.speaker, "Văn phòng Tỉnh ủy", "Lãnh đạo " + officeOf(units[0])}, Created: m.byProvince(at)}
	if m.wants(Documents) {
		m.openNotice(&v)
	}
	return v
}

// officeOf is the government of a unit.
func officeOf(n node) string { return "UBND " + n.unit.Full() }

// add puts a visit behind what is pending.
func (p *pending) add(v visit) {
	p.sessions = append(p.sessions, v.session)
	p.matters.Matters = append(p.matters.Matters, v.made.Matters...)
	p.matters.Events = append(p.matters.Events, v.made.Events...)
	p.matters.Links = append(p.matters.Links, v.made.Links...)
}

// flushMatters writes what is pending of sessions and matters, in one transaction with one audit line.
func (m *maker) flushMatters(ctx context.Context) error {
	p := &m.pending
	if len(p.sessions) == 0 {
		return nil
	}
	if err := m.putTexts(); err != nil {
		return err
	}
	err := m.Store.Update(ctx, func(tx gov.Tx) error {
		if err := m.putDocuments(ctx, tx); err != nil {
			return err
		}
		for _, s := range p.sessions {
			if err := tx.CreateSession(ctx, s); err != nil {
				return err
			}
			if err := m.index(ctx, tx, gov.SearchEntry{Realm: s.Realm, Noun: "session", Record: s.ID, Title: s.Title, Body: s.Programme, Day: s.Day}); err != nil {
				return err
			}
			if d, ok := p.notices[s.ID]; ok {
				if err := tx.LinkDocument(ctx, s.Realm, s.ID, d); err != nil {
					return err
				}
			}
		}
		if m.wants(Matters) {
			if err := tx.CreateMatters(ctx, p.matters); err != nil {
				return err
			}
			for _, t := range p.matters.Matters {
				if t.Parent != "" || t.Kind != gov.Recommendation && t.Kind != gov.Task {
					continue // a directive stands in the search as the task that came of it
				}
				if err := m.index(ctx, tx, gov.SearchEntry{Realm: t.Realm, Noun: "matter", Record: t.ID, Title: t.Text, Body: t.By, Day: t.Opened}); err != nil {
					return err
				}
			}
		}
		return m.line(ctx, tx, "matter", began(p.sessions[len(p.sessions)-1].Day))
	})
	if err != nil {
		return err
	}
	m.made.Documents += len(p.documents)
	m.made.Sessions += len(p.sessions)
	m.made.Matters += len(p.matters.Matters)
	p.documents, p.texts, p.notices = nil, nil, nil
	p.sessions, p.matters = nil, gov.MatterBatch{}
	m.tell()
	return nil
}

// index puts a record into the search, unless the order says that nobody will search.
func (m *maker) index(ctx context.Context, tx gov.Tx, e gov.SearchEntry) error {
	if m.NoSearch {
		return nil
	}
	return tx.Index(ctx, e)
}
