package synth

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
)

// madeMatters makes matters in a store of their own and gives all of them.
func madeMatters(t *testing.T, c Config) (gov.Store, []gov.Matter, Made) {
	t.Helper()
	ctx := context.Background()
	st, err := store.OpenSQLite(ctx, filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	if err := st.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	units, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	home, err := units.At("25", "")
	if err != nil {
		t.Fatal(err)
	}
	c.Store, c.Units, c.Holding = st, units, gov.Holding{Realm: 25, Unit: home.UnitKey}
	c.Provinces, c.Seed, c.Last, c.Years, c.Only = []string{"25"}, 1, 2025, 3, []string{Accounts, Sessions, Matters}
	if err := st.Update(ctx, func(tx gov.Tx) error { return tx.CreateHolding(ctx, c.Holding) }); err != nil {
		t.Fatal(err)
	}
	m, err := Run(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	var list []gov.Matter
	err = st.View(ctx, func(tx gov.Tx) error {
		q := gov.MatterQuery{Page: gov.Page{Limit: 1000}}
		for {
			some, next, err := tx.Matters(ctx, 25, q)
			list = append(list, some...)
			if err != nil || next == "" {
				return err
			}
			q.Page.After = next
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return st, list, m
}

func TestMattersAreTheSameForASeed(t *testing.T) {
	t.Parallel()
	_, one, made := madeMatters(t, Config{Matters: 1500})
	_, two, _ := madeMatters(t, Config{Matters: 1500})
	if !reflect.DeepEqual(one, two) {
		t.Error("two runs made different matters")
	}
	if made.Matters != len(one) || len(one) < 1500 || len(one) > 1600 || made.Sessions < 60 {
		t.Errorf("%d matters, made %+v", len(one), made)
	}
}

// What is made looks like what offices have: most in time, a few leads with most of what is late, every kind of state, links, parts.
func TestMattersAreBelievable(t *testing.T) {
	t.Parallel()
	st, list, _ := madeMatters(t, Config{Matters: 8000})
	ctx := context.Background()
	const today gov.Day = "2025-12-31"
	cells, states, kinds := map[gov.Cell]int{}, map[gov.State]int{}, map[gov.MatterKind]int{}
	late, led, tasks, parts, extended, causes := map[string]int{}, map[string]int{}, 0, 0, 0, 0
	texts := map[string]bool{}
	for _, m := range list {
		kinds[m.Kind]++
		states[m.State]++
		texts[m.Text] = true
		if m.Kind != gov.Task || m.Parts > 0 {
			continue
		}
		tasks++
		cell := m.CellOn(today, gov.ByGranted)
		cells[cell]++
		led[m.Lead()]++
		if cell == gov.DoneLate || cell == gov.Overdue {
			late[m.Lead()]++
		}
		if m.Parent != "" {
			parts++
		}
		if m.FirstDue != m.Due {
			extended++
		}
		if m.Cause != "" {
			causes++
		}
	}
	for _, s := range gov.States {
		if s != gov.AwaitingDocument && states[s] == 0 {
			t.Errorf("nothing is %s: %v", s, states)
		}
	}
	sum, most := 0, []int{}
	for _, n := range late {
		sum, most = sum+n, append(most, n)
	}
	slices.Sort(most)
	top := 0
	for _, n := range most[len(most)*3/4:] {
		top += n
	}
	if share := float64(sum) / float64(tasks); share < 0.08 || share > 0.4 || top < sum/2 || parts < tasks/30 || extended < tasks/50 || causes < sum/4 {
		t.Errorf("%d tasks, %d late, of a quarter of the leads %d; %d parts, %d extended, %d with a cause; %v", tasks, sum, top, parts, extended, causes, cells)
	}
	if led[""] > 0 {
		t.Errorf("%d tasks without parts have no lead", led[""])
	}
	if kinds[gov.Difficulty] < 500 || kinds[gov.Recommendation] < 1000 || kinds[gov.Commitment] < 300 || len(texts) < len(list)/3 {
		t.Errorf("%v, %d texts of %d", kinds, len(texts), len(list))
	}
	links := map[gov.LinkKind]int{}
	err := st.View(ctx, func(tx gov.Tx) error {
		for _, m := range list {
			if m.Kind == gov.Recommendation {
				all, err := tx.Links(ctx, 25, m.ID)
				if err != nil {
					return err
				}
				for _, l := range all {
					links[l.Kind]++
				}
			}
		}
		return nil
	})
	if err != nil || links[gov.LinkAnswers] < 300 || links[gov.LinkRepeats] < 20 {
		t.Errorf("links %v: %v", links, err)
	}
}

// Every step that was made is a row of the flow, from the state in which the step before left the matter.
func TestMadeHistoriesStayInTheFlow(t *testing.T) {
	t.Parallel()
	st, list, _ := madeMatters(t, Config{Matters: 1500})
	ctx := context.Background()
	err := st.View(ctx, func(tx gov.Tx) error {
		for _, m := range list {
			events, err := tx.Events(ctx, 25, m.ID)
			if err != nil {
				return err
			}
			state := gov.State("")
			for i, e := range events {
				if i > 0 {
					step, err := gov.StepFor(m.Kind, state, e.Action)
					if err != nil || step.To != e.To || e.From != state || e.At.Before(events[i-1].At) {
						t.Errorf("%s: %s from %s to %s: %v", m.ID, e.Action, e.From, e.To, err)
					}
				}
				state = e.To
			}
			if len(events) == 0 || m.Parts == 0 && state != m.State || m.Version != len(events) && m.Parts == 0 {
				t.Errorf("%s is %s, version %d, after %d events", m.ID, m.State, m.Version, len(events))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
