package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
)

var (
	tienCat      = gov.UnitKey{Code: "07903"}
	thoSon       = gov.UnitKey{Code: "07906"}
	oldThanhMieu = gov.UnitKey{Code: "07909"}
	bachHac      = gov.UnitKey{Code: "07912"}
	benGot       = gov.UnitKey{Code: "07915"}
	songLo       = gov.UnitKey{Code: "07936"}
	ward         = gov.UnitKey{Code: "07909", From: "2025-07-01"}
	sixWards     = []gov.UnitKey{tienCat, thoSon, oldThanhMieu, bachHac, benGot, songLo}
)

// unmerged is the province as the register knows it, but for the two steps of Thanh Miếu: its six units are in force, below the city that they were in
// or, where they are to have offices today, below the province.
func unmerged(t testing.TB, parent string) *register.Register {
	t.Helper()
	real, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	c := register.Contents{}
	for _, k := range append(slices.Clone(sixWards), gov.UnitKey{Code: "25"}, gov.UnitKey{Code: "25", From: "2025-07-01"}, gov.UnitKey{Code: "227"}) {
		u, err := real.Get(k)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(sixWards, k) {
			u.To, u.Parent = "", parent
		}
		c.Units = append(c.Units, u)
		for _, s := range real.Successors(k) {
			if !slices.Contains(sixWards, k) && (s.New.Code == "25") {
				c.Successions = append(c.Successions, s)
			}
		}
	}
	// Others of the province, that nothing happens to.
	for _, u := range real.Children("25", "")[:5] {
		if u.UnitKey != ward {
			c.Units = append(c.Units, u)
		}
	}
	return register.New(c)
}

// beginOn is begin on a register of its own, with a clock of its own day.
func beginOn(t testing.TB, r gov.Units, day time.Time) house {
	t.Helper()
	st, err := store.OpenSQLite(context.Background(), filepath.Join(t.TempDir(), "haicap.db"))
	if err != nil {
		t.Fatal(err)
	}
	return beginIn(t, st, r, day)
}

// beginIn is beginOn in a store of either engine.
func beginIn(t testing.TB, st *store.Store, r gov.Units, day time.Time) house {
	t.Helper()
	t.Cleanup(func() { _ = st.Close() })
	h := house{ctx: context.Background(), store: st, blobs: filepath.Join(t.TempDir(), "blobs")}
	if err := st.Migrate(h.ctx); err != nil {
		t.Fatal(err)
	}
	return h.on(t, r, day)
}

// on begins a store that is there.
func (h house) on(t testing.TB, r gov.Units, now time.Time) house {
	t.Helper()
	h.App = h.server(t, r, &now)
	var err error
	if h.holding, _, err = h.Init(h.ctx, app.InitInput{Unit: "25"}); err != nil {
		t.Fatal(err)
	}
	h.admin = access.Principal{Realm: int64(h.holding.Realm), Account: "admin", Agency: string(h.holding.Agency), Grants: []access.Grant{{Role: access.Admin, All: true}},
		Proved: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}
	h.analyst = h.account(t, "tonghop", access.Analyst)
	return h
}

// server is one more program over the house's store.
func (h house) server(t testing.TB, r gov.Units, now *time.Time) *app.App {
	t.Helper()
	blobs, err := blob.Open(h.blobs)
	if err != nil {
		t.Fatal(err)
	}
	return app.New(app.Config{Store: h.store, Blobs: blobs, Units: func() (gov.Units, error) { return r, nil }, Now: func() time.Time {
		*now = now.Add(time.Second)
		return *now
	}})
}

var changeDay = time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)

func firstStep() gov.UnitChange {
	return gov.UnitChange{Day: "2025-01-01", Source: "1282/NQ-UBTVQH15", Moves: []gov.UnitMove{{Old: benGot, New: "07906", Extent: gov.Whole}}, New: []gov.NewUnit{{Code: "07906"}}}
}

func secondStep() gov.UnitChange {
	c := gov.UnitChange{Day: "2025-07-01", Source: "1676/NQ-UBTVQH15", New: []gov.NewUnit{{Code: "07909", Name: "Thanh Miếu", Type: gov.Ward}}}
	for _, k := range []gov.UnitKey{tienCat, thoSon, oldThanhMieu, bachHac, songLo} {
		c.Moves = append(c.Moves, gov.UnitMove{Old: k, New: "07909", Extent: gov.Whole})
	}
	return c
}

func (h house) apply(t testing.TB, c gov.UnitChange) gov.ID {
	t.Helper()
	in := app.UnitChangeInput{UnitChange: c}
	trial, err := h.TryUnitChange(h.ctx, h.analyst, in)
	if err != nil || len(trial.Faults) > 0 {
		t.Fatalf("%+v %v", trial.Faults, err)
	}
	in.UnitChange, in.Seen = trial.Change, trial.Digest
	id, done, err := h.ApplyUnitChange(h.ctx, h.analyst, in)
	if err != nil {
		t.Fatal(err)
	}
	if done.Digest != trial.Digest {
		t.Error("what was tried was not what was done")
	}
	return id
}

func (h house) undo(t testing.TB, id gov.ID) app.UnitUndo {
	t.Helper()
	v, err := h.UndoUnitChange(h.ctx, h.analyst, id, "nghị quyết bị thu hồi")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// reported is every figure of the units as the book holds it, to the byte.
func (h house) reported(t testing.TB, keys ...gov.UnitKey) string {
	t.Helper()
	var b strings.Builder
	err := h.store.View(h.ctx, func(tx gov.Tx) error {
		for _, k := range keys {
			list, err := tx.Figures(h.ctx, h.holding.Realm, gov.FigureQuery{Unit: k.Code, All: true})
			if err != nil {
				return err
			}
			for _, f := range list {
				if f.Unit == k {
					line, err := json.Marshal(f)
					if err != nil {
						return err
					}
					b.Write(append(line, '\n'))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// state is what the books say now of everything that a change may move: agencies, people, roles, open matters and targets in force. Ids of what is given
// anew, versions and events are trace, not state.
func (h house) state(t testing.TB) string {
	t.Helper()
	var lines []string
	put := func(v ...any) { lines = append(lines, fmt.Sprintln(v...)) }
	err := h.store.View(h.ctx, func(tx gov.Tx) error {
		r := h.holding.Realm
		agencies, err := tx.Agencies(h.ctx, r)
		if err != nil {
			return err
		}
		for _, a := range agencies {
			if a.To == "" {
				put("agency", a)
			}
		}
		accounts, err := tx.Accounts(h.ctx, r)
		if err != nil {
			return err
		}
		for _, a := range accounts {
			put("account", a.ID, a.Login, a.Agency, a.Disabled)
			grants, err := tx.GrantsOf(h.ctx, r, a.ID)
			if err != nil {
				return err
			}
			for _, g := range grants {
				if g.Ended.At.IsZero() {
					put("grant", a.ID, g.Role, g.Agency, g.Unit, g.From, g.To)
				}
			}
		}
		matters, _, err := tx.Matters(h.ctx, r, gov.MatterQuery{Page: gov.Page{Limit: 1000}})
		if err != nil {
			return err
		}
		for _, m := range matters {
			m.Version = 0
			put("matter", m)
		}
		tallies, err := tx.TallyMatters(h.ctx, r, gov.TallyQuery{Kind: gov.Task, Role: gov.RoleUnit, Today: "2026-01-15"})
		put("tally", tallies, err)
		targets, err := tx.Targets(h.ctx, r, gov.FigureQuery{})
		for _, x := range targets {
			put("target", x)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	units, err := h.Units(h.ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range gov.WithinUnit(units, h.holding.Unit) {
		u, err := units.Get(k)
		put("unit", u, err, units.Origins(k), units.Successors(k))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// same compares two states and shows the first lines that differ.
func sameState(t *testing.T, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for _, l := range g {
		if !slices.Contains(w, l) {
			t.Errorf("%s: new: %s", what, l)
		}
	}
	for _, l := range w {
		if !slices.Contains(g, l) {
			t.Errorf("%s: gone: %s", what, l)
		}
	}
	if !t.Failed() {
		t.Errorf("%s: lines that stand more or less often", what)
	}
}

// importOld brings in what the six units reported for 2021 to 2024.
func (h house) importOld(t testing.TB) {
	t.Helper()
	text := head
	for y := 2021; y <= 2024; y++ {
		for j, k := range sixWards {
			n, i := float64(j), float64(y-2021)
			for _, v := range []struct {
				key   string
				value float64
			}{{"budget_revenue", 10*i + n}, {"poor_households", 10 + n - i}, {"households", 1000 + 100*n + 10*i}, {"income_per_capita", 50 + 5*i + n},
				{"population", 4000 + 300*n}, {"cultural_families_rate", 90 + n}} {
				text += fmt.Sprintf("%d;%s;%s;%s;;;chính thức\n", y, k.Code, v.key, strings.ReplaceAll(fmt.Sprint(v.value), ".", ","))
			}
		}
	}
	if v := h.importText(t, text); v.Wrong > 0 || v.Written != 4*6*6 {
		t.Fatalf("%+v", v)
	}
}

// restated reads the ward's series on the units of a day, as pages do.
func (h house) restated(t testing.TB, key string, unit gov.UnitKey, on gov.Day) []gov.Restated {
	t.Helper()
	units, err := h.Units(h.ctx)
	if err != nil {
		t.Fatal(err)
	}
	in, err := gov.IndicatorByKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[gov.Period]map[string]map[gov.UnitKey]gov.Amount{}
	periods := []gov.Period{"2021", "2022", "2023", "2024"}
	for _, c := range h.cells(t, gov.CellQuery{Periods: periods}) {
		if cells[c.Period] == nil {
			cells[c.Period] = map[string]map[gov.UnitKey]gov.Amount{}
		}
		if cells[c.Period][c.Indicator] == nil {
			cells[c.Period][c.Indicator] = map[gov.UnitKey]gov.Amount{}
		}
		cells[c.Period][c.Indicator][c.Unit] = gov.Amount{Value: c.Value, Of: c.Of, Measure: c.Measure}
	}
	return gov.NewRestater(units, on, nil).Series(in, unit, periods, func(p gov.Period) gov.Amounts {
		return func(k string, u gov.UnitKey) (gov.Amount, bool) {
			a, ok := cells[p][k][u]
			return a, ok
		}
	})
}

// checkWard holds the restated series of the ward against sums and weighted rates of the six units.
func (h house) checkWard(t *testing.T, want map[string]string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, key := range []string{"budget_revenue", "poor_households", "poverty_rate", "income_per_capita", "cultural_families_rate"} {
		series := h.restated(t, key, ward, "2026-01-15")
		got[key] = fmt.Sprintf("%+v", series)
		for i, r := range series {
			sum := func(f func(j float64) float64) (s float64) {
				for j := range sixWards {
					s += f(float64(j))
				}
				return s
			}
			y := float64(i)
			poor, households := sum(func(j float64) float64 { return 10 + j - y }), sum(func(j float64) float64 { return 1000 + 100*j + 10*y })
			expect, comparable := map[string]float64{"budget_revenue": sum(func(j float64) float64 { return 10*y + j }), "poor_households": poor, "poverty_rate": poor / households * 100,
				"income_per_capita": sum(func(j float64) float64 { return (50 + 5*y + j) * (4000 + 300*j) }) / sum(func(j float64) float64 { return 4000 + 300*j })}[key]
			switch {
			case !comparable && (r.WhyNot != gov.NotComparable || r.Value != 0):
				t.Errorf("%s %d: %+v, want what cannot be compared", key, i, r)
			case comparable && (r.WhyNot != "" || math.Abs(r.Value-expect) > 1e-9 || r.Known != 6 || r.Units != 6):
				t.Errorf("%s %d: %+v, want %v of 6/6", key, i, r, expect)
			}
		}
		if want != nil && got[key] != want[key] {
			t.Errorf("%s: %s\nthe register's own reads %s", key, got[key], want[key])
		}
	}
	return got
}

// The ward of Thanh Miếu: six units with their own history become one in two steps, and are six again when both are undone.
func TestThanhMieuByChanges(t *testing.T) {
	t.Parallel()
	thanhMieuByChanges(t, beginOn(t, unmerged(t, "227"), changeDay))
}

func thanhMieuByChanges(t *testing.T, h house) {
	t.Helper()
	real := begin(t, "25")
	real.importOld(t)
	want := real.checkWard(t, nil)

	h.importOld(t)
	before, start := h.reported(t, sixWards...), h.state(t)
	if len(before) < 1000 {
		t.Fatal("there are no figures")
	}
	first := h.apply(t, firstStep())
	between := h.state(t)
	if got := h.restated(t, "budget_revenue", thoSon, "2025-03-01"); got[3].WhyNot != "" || got[3].Units != 2 || got[3].Value != 30+1+30+4 {
		t.Errorf("Thọ Sơn with Bến Gót: %+v", got[3])
	}
	second := h.apply(t, secondStep())
	h.checkWard(t, want)
	if h.reported(t, sixWards...) != before {
		t.Error("what was reported changed")
	}
	v, err := h.Unit(h.ctx, h.analyst, "07909", "")
	if err != nil || v.Unit.Full() != "phường Thanh Miếu" || len(v.Origins) != 5 {
		t.Errorf("the unit's page: %+v %v", v.Unit, err)
	}
	if _, err := h.UndoUnitChange(h.ctx, h.analyst, first, "x"); keyOf(err) != "error.unitchange_rests" {
		t.Errorf("undone below a later change: %v", err)
	}
	h.undo(t, second)
	sameState(t, "the second step undone", h.state(t), between)
	if _, err := h.UndoUnitChange(h.ctx, h.analyst, second, "x"); keyOf(err) != "error.unitchange_undone" {
		t.Errorf("undone twice: %v", err)
	}
	h.undo(t, first)
	sameState(t, "both undone", h.state(t), start)
	if h.reported(t, sixWards...) != before {
		t.Error("what was reported changed by undoing")
	}
	h.apply(t, firstStep()) // and once more
	h.apply(t, secondStep())
	h.checkWard(t, want)
}

func keyOf(err error) string {
	if e, ok := gov.AsError(err); ok {
		return e.Key
	}
	return ""
}

// In a province's own work a name means its own unit, though other provinces have one of that name.
func TestUnitNamedNearHome(t *testing.T) {
	t.Parallel()
	d := begin(t, "25")
	for name, code := range map[string]string{"phường Hòa Bình": "04795", " phường hòa bình ": "04795", "11533": "11533"} {
		k, err := d.UnitNamed(d.ctx, d.system(), name, "")
		if err != nil || k.Code != code {
			t.Errorf("%q is %v, %v; want %s", name, k, err, code)
		}
	}
	if _, err := d.UnitNamed(d.ctx, d.system(), "xã An Phú", ""); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("a name of other provinces: %v", err)
	}
}
