package app_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// A ticking is a clock that several may ask at once, and that can be put on.
type ticking struct {
	mu  sync.Mutex
	now time.Time
}

func (c *ticking) tick() time.Time { return c.pass(time.Second) }

func (c *ticking) pass(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// A mill is a house whose matters are put into any state, with two people who may take every step.
type mill struct {
	house
	*app.App
	clock *ticking
	ids   *gov.IDs
	boss  access.Principal
}

func newMill(t *testing.T) mill {
	m := mill{house: begin(t, "25"), clock: &ticking{now: time.Date(2026, 1, 16, 2, 0, 0, 0, time.UTC)}}
	m.boss = m.account(t, "lanhdao", access.Leader)
	m.App = app.New(app.Config{Store: m.store, Units: units, Now: m.clock.tick})
	m.ids = gov.IDsFrom(m.clock.now)
	return m
}

// put writes a matter as it is.
func (m mill) put(t *testing.T, x gov.Matter) gov.Matter {
	t.Helper()
	x.Realm, x.ID, x.Text, x.Opened, x.Version = m.holding.Realm, m.ids.Next(), "Rà soát vốn sửa chữa trụ sở", "2026-01-05", 1
	if err := m.store.Update(m.ctx, func(tx gov.Tx) error { return tx.CreateMatter(m.ctx, x) }); err != nil {
		t.Fatal(err)
	}
	return x
}

func (m mill) get(t *testing.T, id gov.ID) (x gov.Matter, steps []gov.MatterEvent) {
	t.Helper()
	err := m.store.View(m.ctx, func(tx gov.Tx) (err error) {
		if x, err = tx.Matter(m.ctx, m.holding.Realm, id); err == nil {
			steps, err = tx.Events(m.ctx, m.holding.Realm, id)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return x, steps
}

// given is all that any step could need.
func given(today gov.Day, r *rand.Rand) gov.StepInput {
	return gov.StepInput{Note: "đã rà soát", Number: "41-TB/TU", Day: today.AddDays(1 + r.IntN(400)), Cause: gov.CauseHigher, Level: gov.LevelProvince}
}

// actions are all that anybody can send.
func actions() []gov.Action {
	list := []gov.Action{gov.ActOpen, gov.ActSupersede, "", "delete"}
	for _, st := range gov.Flow {
		if !slices.Contains(list, st.Action) {
			list = append(list, st.Action)
		}
	}
	return list
}

func TestNoStepLeavesTheFlow(t *testing.T) {
	t.Parallel()
	m := newMill(t)
	r := rand.New(rand.NewPCG(1, 2))
	tried := 0
	for _, kind := range gov.MatterKinds {
		for _, state := range gov.States {
			x := m.put(t, gov.Matter{Kind: kind, State: state, Due: "2026-02-01", FirstDue: "2026-02-01"})
			for _, a := range actions() {
				if _, err := gov.StepFor(kind, state, a); err == nil {
					continue
				}
				tried++
				for _, p := range []access.Principal{m.analyst, m.boss} {
					in := app.ActInput{Action: a, StepInput: given(m.Today(), r), Version: 1}
					if err := m.Act(m.ctx, p, x.ID, in); gov.CodeOf(err) != gov.Invalid {
						t.Errorf("%s %s %s: %v", kind, state, a, err)
					}
				}
			}
			if now, steps := m.get(t, x.ID); !reflect.DeepEqual(now, x) || len(steps) > 0 {
				t.Errorf("%s %s was changed: %+v, %d steps", kind, state, now, len(steps))
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d ways out were tried", tried)
	}
}

// Two people act on one matter at the same time: one wins, the other is told, and what happened once stands there once.
func TestTwoActAtOnce(t *testing.T) {
	t.Parallel()
	m := newMill(t)
	for range 10 {
		x := m.put(t, gov.Matter{Kind: gov.Task, State: gov.StateOpen, Due: "2026-02-01", FirstDue: "2026-02-01"})
		inputs := []app.ActInput{
			{Action: gov.ActSuspend, Version: 1, StepInput: gov.StepInput{Note: "chờ quy hoạch"}},
			{Action: gov.ActWithdraw, Version: 1, StepInput: gov.StepInput{Note: "đã lồng ghép"}},
		}
		errs := make([]error, len(inputs))
		var wg sync.WaitGroup
		for i, p := range []access.Principal{m.analyst, m.boss} {
			wg.Go(func() { errs[i] = m.Act(m.ctx, p, x.ID, inputs[i]) })
		}
		wg.Wait()
		won := slices.Index(errs, nil)
		if won < 0 || gov.CodeOf(errs[1-won]) != gov.Conflict || !strings.Contains(errs[1-won].Error(), "error.stale") {
			t.Fatalf("one wins and the other is told: %v", errs)
		}
		now, steps := m.get(t, x.ID)
		if want := []gov.State{gov.Suspended, gov.Withdrawn}[won]; now.State != want || len(steps) != 1 || now.Version != 2 {
			t.Fatalf("after %v: %s, %d steps, version %d", errs, now.State, len(steps), now.Version)
		}
	}
}

// After any history of steps by two people the cells add up to the total, for the realm, the units and the leads, by both due days, and the counts that the
// store keeps are what one counts one by one.
func TestCountsAfterAnyHistory(t *testing.T) {
	t.Parallel()
	m := newMill(t)
	r := rand.New(rand.NewPCG(7, 9))
	var list []gov.Matter
	for i := range 30 {
		unit := []string{"07909", "04795"}[i%2]
		x := gov.Matter{Kind: gov.Task, State: gov.FirstState(gov.Task, i%5 > 0), Parties: []gov.Party{
			{Role: gov.RoleUnit, Name: unit, Unit: gov.UnitKey{Code: unit, From: "2025-07-01"}}}}
		if i%3 > 0 {
			x.Parties = append(x.Parties, gov.Party{Role: gov.RoleLead, Name: []string{"Sở Xây dựng", "Sở Tài chính"}[i%2]})
		}
		if i%4 > 0 {
			x.Due = m.Today().AddDays(r.IntN(60))
			x.FirstDue = x.Due
		}
		list = append(list, m.put(t, x))
	}
	taken := 0
	for range 400 {
		m.clock.pass(time.Duration(r.IntN(12)) * time.Hour)
		x, _ := m.get(t, list[r.IntN(len(list))].ID)
		steps := gov.Steps(x.Kind, x.State)
		in := app.ActInput{Action: actions()[r.IntN(len(actions()))], StepInput: given(m.Today(), r), Version: x.Version}
		if len(steps) > 0 && r.IntN(4) > 0 {
			in.Action = steps[r.IntN(len(steps))].Action
		}
		if in.Action == gov.ActWithdraw && r.IntN(4) > 0 {
			continue // else everything would soon be gone
		}
		if m.Act(m.ctx, []access.Principal{m.analyst, m.boss}[r.IntN(2)], x.ID, in) == nil {
			taken++
		}
	}
	if taken < 100 {
		t.Errorf("only %d steps were taken", taken)
	}
	for i := range list {
		list[i], _ = m.get(t, list[i].ID)
	}
	for _, role := range []gov.Role{"", gov.RoleUnit, gov.RoleLead} {
		m.counted(t, list, role)
	}
}

// counted holds the store's counts of a role against the list.
func (m mill) counted(t *testing.T, list []gov.Matter, role gov.Role) {
	t.Helper()
	today := m.Today()
	var got []gov.PlaceTally
	err := m.store.View(m.ctx, func(tx gov.Tx) (err error) {
		got, err = tx.TallyMatters(m.ctx, m.holding.Realm, gov.TallyQuery{Kind: gov.Task, Role: role, Today: today})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, p := range got {
		want := gov.PlaceTally{Place: p.Place, States: map[gov.State]int{}}
		for _, x := range list {
			names := append(x.Names(role), map[bool]string{true: gov.NoLead}[role == gov.RoleLead && x.Lead() == ""])
			if role == "" || slices.Contains(names, p.Place) {
				want.States[x.State]++
				want.Granted.Add(x.CellOn(today, gov.ByGranted), x.State, 1)
				want.First.Add(x.CellOn(today, gov.ByFirst), x.State, 1)
			}
		}
		if !reflect.DeepEqual(p, want) {
			t.Errorf("%q %q:\n got %+v\nwant %+v", role, p.Place, p, want)
		}
		if p.Granted.Total() != p.Total() || p.First.Total() != p.Total() {
			t.Errorf("%q %q: %d and %d in cells, %d in all", role, p.Place, p.Granted.Total(), p.First.Total(), p.Total())
		}
		sum += p.Total()
	}
	if sum != len(list) {
		t.Errorf("%q: %d counted of %d", role, sum, len(list))
	}
}
