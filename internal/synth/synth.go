// Package synth fills a store with believable data: accounts, documents and figures of the real units of a province, for demos, tests and
// benchmarks. The same seed and the same order give the same records to the byte.
//
// The model. Each commune of the province is made of the communes that were merged into it; these leaves have a size and habits of
// their own, drawn once from the seed and their code. A figure of a former unit is its leaf's; a figure of a present one adds its leaves
// up, or takes their mean by people where the indicator is a rate. So both truths of a merger hold in what is made.
//
// Each value is claimed as offices claim it: an estimate in December in a report, a preliminary figure in February and the final
// one in June, each superseding the one before; quarters with their seasons where the indicator accumulates. Some values are missing,
// some estimates have a slipped decimal point, and a few finals are contradicted by another source.
//
// Sessions follow each other over the years with what is difficult, asked, concluded, done and promised at each. Every matter lives its life by
// gov.Flow, so that no made history can leave it: most is in time, a few offices bring most of what is late, some results come back, some
// recommendations are answered and not resolved and are raised again.
//
// Data go through the store's ports in batches, one transaction and one audit line each, and are not held in memory. No name of a person
// is made.
package synth

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"haicap/internal/gov"
)

// The kinds of data that can be made.
const (
	Accounts  = "accounts"
	Documents = "documents"
	Figures   = "figures"
	Sessions  = "sessions"
	Matters   = "matters"
)

// Kinds lists them.
var Kinds = []string{Accounts, Documents, Figures, Sessions, Matters}

// Config is what to make.
type Config struct {
	Store     gov.Store
	Blobs     gov.Blobs
	Units     gov.Units
	Holding   gov.Holding
	Provinces []string // codes
	Only      []string // some of Kinds; empty: all
	Seed      uint64
	Records   int // figures at most; documents are a fiftieth of it
	Years     int // up to Last
	Last      int // the year that is only estimated yet
	Roles     []Role
	Matters   int     // about as many matters, with the sessions that they come of
	From      gov.Day // first and last day of sessions and of what happened to matters; empty: the years up to the end of Last
	Until     gov.Day
	// PresentUnits makes sessions of the units of today only, also before they were; NoSearch leaves sessions and matters out of the search.
	PresentUnits, NoSearch bool

	Tell func(Made) // after each batch; may be nil
}

// A Role is what the accounts of each agency are: their login names are Login.CODE.
type Role struct {
	Login    string // "vanthu"
	Name     string // "Văn thư"
	Role     string
	Password string // an encoded hash
}

// Made counts what was made.
type Made struct {
	Agencies, Accounts, Documents, Figures, Sessions, Matters int
}

// perDocument is how many records there are for one document.
const perDocument = 50

// batch is how many figures are written in one transaction.
const batch = 2000

// Run makes the data. Conflict where the store holds data of this seed already.
func Run(ctx context.Context, c Config) (Made, error) {
	m := &maker{Config: c}
	nodes, err := m.nodes()
	if err != nil {
		return m.made, err
	}
	if m.wants(Accounts) {
		if err := m.accounts(ctx, nodes); err != nil {
			return m.made, already(err)
		}
	}
	if m.wants(Documents) || m.wants(Figures) {
		if err := m.figures(ctx, nodes); err != nil {
			return m.made, already(err)
		}
	}
	if m.Matters > 0 && (m.wants(Sessions) || m.wants(Matters)) {
		if err := m.sessions(ctx, nodes); err != nil {
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
	sessions  []gov.Session
	matters   gov.MatterBatch
}

func (m *maker) wants(kind string) bool { return len(m.Only) == 0 || slices.Contains(m.Only, kind) }

// began is when a made record says that it was entered: the morning of a day.
func began(d gov.Day) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), gov.Zone)
	if err != nil {
		panic(err) // days are made here
	}
	return t.Add(8 * time.Hour).UTC()
}

// accounts makes an agency of each present unit, with an account for each role.
func (m *maker) accounts(ctx context.Context, nodes []node) error {
	at := began(day(m.Last, 7, 1))
	var agencies []gov.Agency
	var accounts []gov.Account
	var grants []gov.Grant
	for _, n := range nodes {
		if !n.unit.Current() {
			continue
		}
		r := m.random(n.unit.Code, "accounts", 0)
		a := gov.Agency{Realm: m.Holding.Realm, ID: makeID(at, r), Name: "UBND " + n.unit.Full(), Unit: n.unit.UnitKey, Line: gov.LineGovernment, From: n.unit.From}
		agencies = append(agencies, a)
		for _, role := range m.Roles {
			acc := gov.Account{Realm: a.Realm, ID: makeID(at, r), Login: role.Login + "." + n.unit.Code,
				Name: role.Name + " " + n.unit.Full(), Agency: a.ID, Password: role.Password}
			accounts = append(accounts, acc)
			grants = append(grants, gov.Grant{Realm: a.Realm, ID: acc.ID, Account: acc.ID, Role: role.Role, Agency: a.ID, Unit: a.Unit, Given: gov.Stamp{At: at}})
		}
	}
	err := m.Store.Update(ctx, func(tx gov.Tx) error {
		for _, a := range agencies {
			if err := tx.CreateAgency(ctx, a); err != nil {
				return err
			}
		}
		for i, a := range accounts {
			if err := tx.CreateAccount(ctx, a); err != nil {
				return err
			}
			if err := tx.CreateGrant(ctx, grants[i]); err != nil {
				return err
			}
		}
		return m.line(ctx, tx, "account", at)
	})
	if err == nil {
		m.made.Agencies, m.made.Accounts = len(agencies), len(accounts)
		m.tell()
	}
	return err
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

// figures goes through the years from the last one back, and makes each unit's report and claims.
func (m *maker) figures(ctx context.Context, nodes []node) error {
	for year := m.Last; year > m.Last-m.Years; year-- {
		for _, n := range nodes {
			if !n.unit.On(day(year, 12, 31)) {
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
	var claims []claim
	for _, s := range specs {
		claims = append(claims, m.claims(n, s, year)...)
	}
	if m.wants(Documents) && m.documents() < m.Records/perDocument {
		claims = m.report(n, year, claims)
	}
	for _, c := range claims {
		if m.wants(Figures) && m.made.Figures+len(m.pending.figures) < m.Records {
			m.pending.figures = append(m.pending.figures, c.figure)
		}
	}
	enoughFigures := !m.wants(Figures) || m.made.Figures+len(m.pending.figures) >= m.Records
	enoughDocuments := !m.wants(Documents) || m.documents() >= m.Records/perDocument
	if enoughFigures && enoughDocuments {
		return errEnough
	}
	if len(m.pending.figures) >= batch || len(m.pending.documents) >= batch/10 {
		return m.flush(ctx)
	}
	return ctx.Err()
}

func (m *maker) documents() int { return m.made.Documents + len(m.pending.documents) }

// flush writes what is pending: bytes first, then records, in one transaction with one audit line.
func (m *maker) flush(ctx context.Context) error {
	p := &m.pending
	if len(p.documents)+len(p.figures) == 0 {
		return nil
	}
	for _, text := range p.texts {
		if _, err := m.Blobs.Put([]byte(text)); err != nil {
			return err
		}
	}
	err := m.Store.Update(ctx, func(tx gov.Tx) error {
		for i, d := range p.documents {
			if err := tx.CreateDocument(ctx, d); err != nil {
				return err
			}
			entry := gov.SearchEntry{Realm: d.Realm, Noun: "document", Record: d.ID, Holder: d.Holder, Title: d.Title, Body: d.Number + "\n" + p.texts[i], Day: d.Date}
			if err := tx.Index(ctx, entry); err != nil {
				return err
			}
		}
		for _, f := range p.figures {
			if err := tx.CreateFigure(ctx, f); err != nil {
				return err
			}
		}
		return m.line(ctx, tx, "figure", began(day(m.Last+1, 1, 1)))
	})
	if err != nil {
		return err
	}
	m.made.Documents += len(p.documents)
	m.made.Figures += len(p.figures)
	*p = pending{}
	m.tell()
	return nil
}

// random is a source of chance that depends on the seed and on what it is for, and on nothing else.
func (m *maker) random(code, what string, year int) *rand.Rand {
	return rand.New(rand.NewPCG(m.Seed, mix(code, what, year)))
}
