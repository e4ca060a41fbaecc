// Package synth fills a store with believable data: accounts, documents, figures, targets, sessions and matters of the real units of provinces, for
// demos, tests and benchmarks. The same seed and the same order give the same records to the byte.
//
// The model. Each commune of a province is made of the communes that were merged into it; these leaves have a size and habits of
// their own, drawn once from the seed and their code. A figure of a former unit is its leaf's; a figure of a present one adds its leaves
// up, or takes their mean by people where the indicator is a rate. So both truths of a merger hold in what is made.
//
// Each value is claimed as offices claim it: an estimate in December in a report, a preliminary figure in February and the final
// one in June, each superseding the one before; quarters with their seasons. Some values are missing, some estimates have a slipped decimal
// point, and a few finals are contradicted by another source. Since the reform each unit owes reports: most come in time and are confirmed and verified,
// some come late, come back or never come.
//
// Targets are what the figures come to, a little more or less, so that most are met. A province's are handed down so that the parts meet the whole; a few
// do not, with a reason.
//
// Sessions follow each other over the years with what is difficult, asked, concluded, done and promised at each. Every matter lives its life by
// gov.Flow, so that no made history can leave it: most is in time, a few offices bring most of what is late, some results come back, some
// recommendations are answered and not resolved and are raised again.
//
// Every piece of chance is drawn from the seed and from what it is for, never from what was drawn before it elsewhere, and nothing depends on the
// clock or on how many processors there are. Data go through the store's ports in batches, one transaction and one audit line each, and are not held in
// memory. No name of a person is made.
package synth

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"haicap/internal/gov"
)

// The kinds of data that can be made.
const (
	Accounts  = "accounts"
	Documents = "documents"
	Figures   = "figures" // with the reports that are owed
	Targets   = "targets"
	Sessions  = "sessions"
	Matters   = "matters"
)

// Kinds lists them, in the order in which they are made.
var Kinds = []string{Accounts, Documents, Figures, Targets, Sessions, Matters}

// Config is what to make.
type Config struct {
	Store     gov.Store
	Blobs     gov.Blobs
	Units     gov.Units
	Holding   gov.Holding
	Provinces []string // codes; the first one holds the books
	Only      []string // some of Kinds; empty: all
	Seed      uint64
	Records   int // figures at most, and documents at most a fiftieth of it; 0: as many as there are
	Years     int // up to that of Until
	Last      int // the year at whose end the time ends that is made; Until goes before it
	Roles     []Role
	Offices   []Role  // of the departments
	Matters   int     // about as many matters, with the sessions that they come of
	From      gov.Day // first day of sessions and of what happened to matters; empty: of the first of the years
	Until     gov.Day // last day of what has happened; empty: the end of Last
	// PresentUnits makes sessions of the units of today only, also before they were; NoSearch leaves sessions and matters out of the search.
	PresentUnits, NoSearch bool

	Tell func(Made) // after each batch; may be nil
}

// A Role is what the accounts of each agency are: their login names are Login.CODE, of a former unit Login.CODE.YEAR with the year in which it ended.
type Role struct {
	Login    string // "vanthu"
	Name     string // "Văn thư"
	Role     string
	Password string // an encoded hash
}

// Made counts what was made.
type Made struct {
	Agencies, Accounts, Documents, Figures, Reports, Targets, Sessions, Matters int
}

// perDocument is how many records there are for one document.
const perDocument = 50

// batch is how many figures or targets are written in one transaction.
const batch = 2000

// Run makes the data. Conflict where the store holds data of this seed already.
func Run(ctx context.Context, c Config) (Made, error) {
	m := &maker{Config: c}
	communes, provinces, err := m.nodes()
	if err != nil {
		return m.made, err
	}
	steps := []struct {
		wanted bool
		do     func() error
	}{
		{m.wants(Accounts), func() error { return m.accounts(ctx, communes, provinces) }},
		{m.wants(Documents) || m.wants(Figures), func() error { return m.figures(ctx, append(slices.Clone(provinces), communes...)) }},
		{m.wants(Targets), func() error { return m.targets(ctx, communes, provinces) }},
		{m.Matters > 0 && (m.wants(Sessions) || m.wants(Matters)), func() error { return m.sessions(ctx, communes) }},
	}
	for _, s := range steps {
		if !s.wanted {
			continue
		}
		if err := s.do(); err != nil {
			return m.made, already(err)
		}
	}
	return m.made, nil
}

func already(err error) error {
	if gov.CodeOf(err) == gov.Conflict {
		return gov.Errorf(gov.Conflict, "error.generated").Because(err)
	}
	return err
}

type maker struct {
	Config

	made    Made
	pending pending
	bodies  bodies
}

// pending is what the next transaction writes.
type pending struct {
	documents []gov.Document
	texts     []string
	figures   []gov.Figure
	reports   []*reporting
	targets   []gov.Target
	sessions  []gov.Session
	notices   map[gov.ID]gov.ID // of sessions, their documents
	matters   gov.MatterBatch
}

func (m *maker) wants(kind string) bool { return len(m.Only) == 0 || slices.Contains(m.Only, kind) }

// until is the day up to which things have happened, last its year, first the first of the years.
func (m *maker) until() gov.Day { return cmp.Or(m.Until, day(m.Last, 12, 31)) }
func (m *maker) last() int      { return m.until().Year() }
func (m *maker) first() int     { return m.last() - max(m.Years, 1) + 1 }

// began is when a made record says that it was entered: the morning of a day.
func began(d gov.Day) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), gov.Zone)
	if err != nil {
		panic(err) // days are made here
	}
	return t.Add(8 * time.Hour).UTC()
}

// line is the audit line of a batch.
func (m *maker) line(ctx context.Context, tx gov.Tx, noun string, at time.Time) error {
	_, err := tx.AppendAudit(ctx, gov.AuditLine{Realm: m.Holding.Realm, At: at, Action: "data.generate", Noun: noun})
	return err
}

func (m *maker) tell() {
	if m.Tell != nil {
		m.Tell(m.made)
	}
}

// errEnough ends the making when there are as many records as were asked for.
var errEnough = errors.New("enough")

// figures goes through the years from the last one back, and makes each unit's reports and claims.
func (m *maker) figures(ctx context.Context, nodes []node) error {
	if m.wants(Figures) {
		err := m.Store.Update(ctx, func(tx gov.Tx) error {
			if err := m.setForms(ctx, tx); err != nil {
				return err
			}
			return m.line(ctx, tx, "form", began(reform))
		})
		if err != nil {
			return err
		}
	}
	for year := m.last(); year >= m.first(); year-- {
		for _, n := range nodes {
			if !n.unit.On(day(year, 12, 31)) && !n.unit.On(day(year, 3, 31)) {
				continue
			}
			err := m.unitYear(ctx, n, year)
			if errors.Is(err, errEnough) {
				return m.flush(ctx)
			}
			if err != nil {
				return err
			}
		}
	}
	return m.flush(ctx)
}

// unitYear makes what one unit claims of one year.
func (m *maker) unitYear(ctx context.Context, n node, year int) error {
	owed := m.owed(n, year)
	var claims []claim
	for _, s := range specs {
		claims = append(claims, m.claims(n, s, year, owed)...)
	}
	tells := n.unit.On(day(year, 12, 31)) && !n.province() && day(year, 12, 28) <= m.until()
	if tells && m.wants(Documents) && m.roomFor(m.documents(), m.Records/perDocument) {
		claims = m.report(n, year, claims)
	}
	if m.wants(Figures) {
		for _, c := range claims {
			if m.roomFor(m.made.Figures+len(m.pending.figures), m.Records) {
				m.pending.figures = append(m.pending.figures, c.figure)
			}
		}
		for _, p := range []string{"-Q1", "-Q2", "-Q3", "-Q4", ""} {
			if w := owed[gov.Period(strconv.Itoa(year)+p)]; w != nil && len(w.events) > 0 {
				m.pending.reports = append(m.pending.reports, w)
			}
		}
	}
	enoughFigures := !m.wants(Figures) || !m.roomFor(m.made.Figures+len(m.pending.figures), m.Records)
	enoughDocuments := !m.wants(Documents) || !m.roomFor(m.documents(), m.Records/perDocument)
	if enoughFigures && enoughDocuments {
		return errEnough
	}
	if len(m.pending.figures) >= batch || len(m.pending.documents) >= batch/10 {
		return m.flush(ctx)
	}
	return ctx.Err()
}

// roomFor reports whether there may be one more; where nobody says how many, there is always room.
func (m *maker) roomFor(have, most int) bool { return m.Records == 0 || have < most }

func (m *maker) documents() int { return m.made.Documents + len(m.pending.documents) }

// flush writes what is pending: bytes first, then records, in one transaction with one audit line.
func (m *maker) flush(ctx context.Context) error {
	p := &m.pending
	if len(p.documents)+len(p.figures)+len(p.reports) == 0 {
		return nil
	}
	if err := m.putTexts(); err != nil {
		return err
	}
	err := m.Store.Update(ctx, func(tx gov.Tx) error {
		if err := m.putDocuments(ctx, tx); err != nil {
			return err
		}
		if err := tx.CreateFigures(ctx, p.figures); err != nil {
			return err
		}
		for _, w := range p.reports {
			if err := w.put(ctx, tx); err != nil {
				return err
			}
		}
		return m.line(ctx, tx, "figure", began(m.until()))
	})
	if err != nil {
		return err
	}
	m.made.Documents += len(p.documents)
	m.made.Figures += len(p.figures)
	m.made.Reports += len(p.reports)
	p.documents, p.texts, p.figures, p.reports = nil, nil, nil, nil
	m.tell()
	return nil
}

// putTexts puts the bytes of the pending documents.
func (m *maker) putTexts() error {
	for _, text := range m.pending.texts {
		if _, err := m.Blobs.Put([]byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// putDocuments writes the pending documents and lets the search find them.
func (m *maker) putDocuments(ctx context.Context, tx gov.Tx) error {
	for i, d := range m.pending.documents {
		if err := tx.CreateDocument(ctx, d); err != nil {
			return err
		}
		err := tx.Index(ctx, gov.SearchEntry{Realm: d.Realm, Noun: "document", Record: d.ID, Holder: d.Holder, Title: d.Title,
			Body: d.Number + "\n" + m.pending.texts[i], Day: d.Date})
		if err != nil {
			return err
		}
	}
	return nil
}

// random is a source of chance that depends on the seed and on what it is for, and on nothing else.
func (m *maker) random(code, what string, year int) *rand.Rand {
	return rand.New(rand.NewPCG(m.Seed, mix(code, what, year)))
}
