package synth

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/register"
)

// everything is one data folder with some of everything of one seed, as large as it comes.
func everything(t *testing.T) (book, Config) {
	t.Helper()
	c := wholeOrder(3)
	c.Records, c.Years, c.Matters = 0, 2, 1500
	return fill(t, c), c
}

// What is made keeps the rules of the books, by whatever way it is looked at.
func TestMadeBooksKeepTheRules(t *testing.T) {
	t.Parallel()
	b, c := everything(t)
	c.Blobs = b.blobs
	ctx := context.Background()
	for name, check := range map[string]func(*testing.T, context.Context, gov.Tx, Config){"cells": cellsAreTheirClaims, "tallies": talliesAreCounts,
		"targets": partsMeetTheWhole, "met": targetsAreBelievable, "reports": reportsFollowTheFlow, "sentences": mattersHaveTheirSentence, "accounts": formerAccountsEnded} {
		t.Run(name, func(t *testing.T) {
			if err := b.store.View(ctx, func(tx gov.Tx) error { check(t, ctx, tx, c); return nil }); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// must fails the test at once.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// Each cell is what the claims in force on it make, and there is no other.
func cellsAreTheirClaims(t *testing.T, ctx context.Context, tx gov.Tx, _ Config) {
	for _, p := range []gov.Period{"2025", "2026-Q3", "2025-Q1"} {
		figures := must[[]gov.Figure](t)(tx.Figures(ctx, 25, gov.FigureQuery{Period: p}))
		want := map[gov.CellKey]gov.FigureCell{}
		for _, cell := range gov.CellsOf(figures, gov.StartingCatalogue()) {
			want[cell.CellKey] = cell
		}
		cells := must[[]gov.FigureCell](t)(tx.Cells(ctx, 25, gov.CellQuery{Periods: []gov.Period{p}}))
		if len(cells) != len(want) || len(cells) < 1000 {
			t.Errorf("%s: %d cells, want %d", p, len(cells), len(want))
		}
		for _, cell := range cells {
			if !reflect.DeepEqual(cell, want[cell.CellKey]) {
				t.Fatalf("%s: the cell is %+v, its claims make %+v", p, cell, want[cell.CellKey])
			}
		}
	}
}

// The tallies of places are what counting the matters gives.
func talliesAreCounts(t *testing.T, ctx context.Context, tx gov.Tx, c Config) {
	counted := map[string]map[gov.Cell]int{}
	q := gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, Page: gov.Page{Limit: 1000}}
	for {
		list, next, err := tx.Matters(ctx, 25, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			if m.Parts > 0 {
				continue
			}
			for _, p := range m.Parties {
				if p.Role != gov.RoleLead {
					continue
				}
				place := string(p.Agency)
				if place == "" {
					place = p.Name
				}
				if counted[place] == nil {
					counted[place] = map[gov.Cell]int{}
				}
				counted[place][m.CellOn(c.Until, gov.ByGranted)]++
			}
		}
		if q.Page.After = next; next == "" {
			break
		}
	}
	tallies := must[[]gov.PlaceTally](t)(tx.TallyMatters(ctx, 25, gov.TallyQuery{Role: gov.RoleLead, Kind: gov.Task, Today: c.Until}))
	if len(tallies) != len(counted) || len(tallies) < 20 {
		t.Errorf("%d places, counted %d", len(tallies), len(counted))
	}
	for _, p := range tallies {
		for cell, n := range p.Granted.Cells {
			if counted[p.Place][cell] != n {
				t.Errorf("%s has %d %v, counted %d", p.Place, n, cell, counted[p.Place][cell])
			}
		}
	}
}

// The parts of a target meet the whole, unless a reason says why not; of those there are some.
func partsMeetTheWhole(t *testing.T, ctx context.Context, tx gov.Tx, _ Config) {
	units := must[*register.Register](t)(register.Load())
	parts, wholes := map[gov.ID][]gov.Target{}, map[gov.ID]gov.Target{}
	for _, g := range must[[]gov.Target](t)(tx.Targets(ctx, 25, gov.FigureQuery{All: true})) {
		if err := g.Checked(); err != nil {
			t.Errorf("%s: %v", g.ID, err)
		}
		if g.Unit.Code == "25" {
			wholes[g.ID] = g
		}
		if g.Parent != "" && g.SupersededBy == "" {
			parts[g.Parent] = append(parts[g.Parent], g)
		}
	}
	met, short := 0, 0
	for id, list := range parts {
		whole, ok := wholes[id]
		if !ok {
			t.Fatalf("%s was handed down from nothing", list[0].ID)
		}
		reason := whole.SupersededBy != "" || strings.HasPrefix(list[0].Reason, "Chưa giao") || strings.HasPrefix(list[0].Reason, "Phần còn thiếu")
		if whole.SupersededBy != "" {
			whole = wholes[whole.SupersededBy]
		}
		var keys []gov.UnitKey
		for _, u := range units.Children("25", whole.Period.LastDay()) {
			keys = append(keys, u.UnitKey)
		}
		in := must[gov.Indicator](t)(gov.IndicatorByKey(whole.Indicator))
		cells := must[[]gov.FigureCell](t)(tx.Cells(ctx, 25, gov.CellQuery{Periods: []gov.Period{"2025"}, Indicators: in.Aggregate.Needs()}))
		h := gov.CheckHandedDown(in, whole, list, keys, func(key string, u gov.UnitKey) (gov.Amount, bool) {
			i := slices.IndexFunc(cells, func(c gov.FigureCell) bool { return c.Indicator == key && c.Unit == u })
			if i < 0 {
				return gov.Amount{}, false
			}
			return gov.Amount{Value: cells[i].Value, Measure: cells[i].Measure}, true
		})
		switch {
		case h.Enough:
			met++
		case reason:
			short++
		default:
			t.Errorf("%s %s: the parts do not meet the whole: %+v", whole.Indicator, whole.Period, h)
		}
	}
	if met < 20 || short == 0 || short > met/2 {
		t.Errorf("%d targets are met by their parts, %d are not", met, short)
	}
}

// Most targets of the year that is over are met, some are not.
func targetsAreBelievable(t *testing.T, ctx context.Context, tx gov.Tx, c Config) {
	assessor, verdicts, all := gov.NewAssessor(c.Until, gov.Windows()), map[gov.Baseline]gov.VerdictCount{}, 0
	type key struct {
		indicator string
		unit      gov.UnitKey
	}
	history := map[key][]gov.Reported{}
	for _, f := range must[[]gov.Figure](t)(tx.Figures(ctx, 25, gov.FigureQuery{Period: "2025"})) {
		if r, ok := gov.ReportedOf(f); ok {
			k := key{f.Indicator, f.Unit}
			history[k] = append(history[k], r)
		}
	}
	for _, g := range must[[]gov.Target](t)(tx.Targets(ctx, 25, gov.FigureQuery{Period: "2025"})) {
		if verdicts[g.Baseline] == nil {
			verdicts[g.Baseline] = gov.VerdictCount{}
		}
		in := must[gov.Indicator](t)(gov.IndicatorByKey(g.Indicator))
		verdicts[g.Baseline][assessor.Assess(in, g, history[key{g.Indicator, g.Unit}]).Verdict]++
		all++
	}
	for _, b := range []gov.Baseline{gov.BaselineProvince, gov.BaselineCouncil, gov.BaselineOwn} {
		v := verdicts[b]
		reached, unknown := float64(v.Reached())/float64(v.Total()), float64(v[gov.NotAssessed])/float64(v.Total())
		if v.Total() < 500 || reached < 0.65 || reached > 0.93 || unknown > 0.1 {
			t.Errorf("%s: %v", b, v)
		}
	}
}

// Each matter stands at its bytes in the notice of its session, and whoever took its steps is there.
func mattersHaveTheirSentence(t *testing.T, ctx context.Context, tx gov.Tx, c Config) {
	list, _, err := tx.Matters(ctx, 25, gov.MatterQuery{Page: gov.Page{Limit: 300}})
	if err != nil || len(list) != 300 {
		t.Fatalf("%d matters: %v", len(list), err)
	}
	layers, known, named := map[gov.ID]string{}, map[gov.ID]bool{}, 0
	for _, a := range must[[]gov.Account](t)(tx.Accounts(ctx, 25)) {
		known[a.ID] = true
	}
	for _, m := range list {
		for _, e := range must[[]gov.MatterEvent](t)(tx.Events(ctx, 25, m.ID)) {
			if e.By != "" {
				named++
			}
			if e.By != "" && !known[e.By] {
				t.Fatalf("%s of %s was taken by %s, who is not there", e.Action, m.ID, e.By)
			}
		}
		if _, ok := layers[m.Source.Document]; !ok {
			d := must[gov.Document](t)(tx.Document(ctx, 25, m.Source.Document))
			layers[d.ID] = string(must[[]byte](t)(c.Blobs.Get(d.Text)))
			if of := must[[]gov.ID](t)(tx.DocumentsOf(ctx, 25, m.Session)); !slices.Contains(of, d.ID) {
				t.Errorf("the session of %s does not have its notice", m.ID)
			}
		}
		if got := m.Source.Span.Of(layers[m.Source.Document]); got != m.Source.Sentence || got == "" {
			t.Fatalf("%q stands where %q should", got, m.Source.Sentence)
		}
	}
	if named < 300 {
		t.Errorf("%d steps have somebody who took them", named)
	}
}

// Reports are where their steps left them, and their figures with them.
func reportsFollowTheFlow(t *testing.T, ctx context.Context, tx gov.Tx, c Config) {
	states := map[gov.ReportState]int{}
	late := 0
	for _, r := range must[[]gov.Report](t)(tx.Reports(ctx, 25, gov.ReportQuery{})) {
		states[r.State]++
		if r.Late(c.Until) {
			late++
		}
		at := gov.ReportDraft
		for i, e := range must[[]gov.ReportEvent](t)(tx.ReportEvents(ctx, 25, r.ReportKey)) {
			if i > 0 {
				st, err := gov.ReportStepFor(at, e.Action)
				if err != nil || st.To != e.To || e.From != at || st.Other && e.By.By == r.EnteredBy {
					t.Errorf("%v: %s from %s: %v", r.ReportKey, e.Action, at, err)
				}
			}
			at = e.To
		}
		if at != r.State || (r.Submitted == "") != (r.State == gov.ReportDraft) {
			t.Errorf("%v is %s, submitted %s, its steps end at %s", r.ReportKey, r.State, r.Submitted, at)
		}
	}
	if states[gov.ReportVerified] < 300 || states[gov.ReportConfirmed] == 0 || states[gov.ReportSubmitted] == 0 || states[gov.ReportReopened] == 0 || states[gov.ReportDraft] == 0 || late < 20 {
		t.Errorf("%v, %d late", states, late)
	}
}

// Nobody of a former unit still works for it: an account is closed, or has moved to a unit of today.
func formerAccountsEnded(t *testing.T, ctx context.Context, tx gov.Tx, c Config) {
	former := map[gov.ID]gov.Agency{}
	for _, a := range must[[]gov.Agency](t)(tx.Agencies(ctx, 25)) {
		if a.To != "" {
			former[a.ID] = a
		}
	}
	closed, moved := 0, 0
	for _, a := range must[[]gov.Account](t)(tx.Accounts(ctx, 25)) {
		if a.Disabled {
			closed++
		} else if _, ok := former[a.Agency]; ok {
			t.Errorf("%s still works for %s", a.Login, former[a.Agency].Name)
		}
		inForce := 0
		for _, g := range must[[]gov.Grant](t)(tx.GrantsOf(ctx, 25, a.ID)) {
			if g.On(c.Until) {
				inForce++
			} else if !a.Disabled {
				moved++
			}
		}
		if !a.Disabled && inForce != 1 || a.Disabled && inForce > 0 {
			t.Errorf("%s has %d grants in force", a.Login, inForce)
		}
	}
	if len(former) < 400 || closed < 400 || moved < 400 {
		t.Errorf("%d former agencies, %d accounts closed, %d moved", len(former), closed, moved)
	}
}
