package gov

import (
	"math/rand/v2"
	"slices"
	"testing"

	"haicap/internal/calendar"
)

func TestReadyPlansAreWhole(t *testing.T) {
	t.Parallel()
	list := ReadyPlansOn("2026-11-22")
	if len(list) < 4 {
		t.Fatalf("%d ready plans", len(list))
	}
	for _, p := range list {
		for i, it := range p.Body.Items {
			if it.Mark == "" || it.Law == "" || it.Product == "" || len(it.Who) == 0 {
				t.Errorf("%s, step %d: who, product, source or mark is missing", p.Key, i+1)
			}
			if w, err := ParseWhen(it.When.String()); err != nil || w != it.When {
				t.Errorf("%s, step %d: %q does not come back: %+v", p.Key, i+1, it.When, w)
			}
		}
	}
	if n := len(ReadyPlansOn("2025-01-01")); n != 0 {
		t.Errorf("%d plans before the first was valid", n)
	}
}

// The election of 15/3/2026 with the days that were announced.
func TestElectionDays(t *testing.T) {
	t.Parallel()
	c := calendar.Official()
	p := ReadyPlansOn("2026-11-22")[0].Body
	want := map[string]Day{"-105d": "2025-11-30", "-95d": "2025-12-10", "-70d": "2026-01-04", "-43d": "2026-01-31", "-42d": "2026-02-01", "-40d": "2026-02-03",
		"-23d": "2026-02-20", "-17d": "2026-02-26", "-16d": "2026-02-27", "+0d": "2026-03-15", "+3d": "2026-03-18", "+5d": "2026-03-20", "+10d": "2026-03-25"}
	for _, it := range p.Items {
		day, ok := want[it.When.String()]
		due, err := it.When.Due(c, 0, "2026-03-15")
		if err != nil || ok && Day(due.Day.String()) != day {
			t.Errorf("%s: %s: %v, want %s (%v)", it.Text, it.When, due.Day, day, err)
		}
	}
}

func TestWhensThatAreNone(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"x", "5", "+5x", "-5h", "week:8:on:1", "month:0:on:1", "month:15:away:1", "year:13-1:on:0", "quarter:4-1:on:0", "2026-13-01", "2026-02", "month:15:on:999", "2026-2040x"} {
		if w, err := ParseWhen(s); err == nil {
			t.Errorf("%q was taken as %+v", s, w)
		}
	}
}

// recurring is a plan of three items that come round.
func recurring(t *testing.T, r *rand.Rand, from Day) Plan {
	t.Helper()
	all := []string{"week:5:on:4", "week:1:back:0", "month:15:on:10", "month:last:back:3", "quarter:2-31:none:20", "year:3-1:on:40", "month:1:back:2", "week:last:on:1"}
	p := Plan{ID: "p", Kind: PlanRecurring, State: PlanActive, PlanBody: PlanBody{CatchUp: r.IntN(2) == 0}}
	body := PlanBody{Title: "Việc định kỳ", From: from, CatchUp: p.CatchUp}
	for _, i := range r.Perm(len(all))[:3] {
		w, err := ParseWhen(all[i])
		if err != nil {
			t.Fatal(err)
		}
		body.Items = append(body.Items, PlanItem{Text: all[i], When: w})
	}
	return p.Revised(body, from)
}

// Over random restarts, pauses and two servers each period has exactly one entry: a task or why there is none; they come in order and none is lost.
func TestEachPeriodOnce(t *testing.T) {
	t.Parallel()
	c := calendar.Official()
	for seed := range uint64(80) {
		r := rand.New(rand.NewPCG(seed, 6))
		p := recurring(t, r, "2025-11-03")
		written := map[string]PlanSkip{}
		last := map[string]Day{}
		has := func(item, period string) bool { _, ok := written[item+"/"+period]; return ok }
		run := func(today Day) {
			stale := p.DueTurns(c, today, has) // a second server that saw the same
			for range 2 {
				for _, k := range stale {
					key := k.Item.Key + "/" + k.Period
					if has(k.Item.Key, k.Period) {
						continue // the store takes each key once
					}
					if k.Due < last[k.Item.Key] {
						t.Fatalf("seed %d: %s of %s after %s", seed, k.Due, key, last[k.Item.Key])
					}
					if k.Skipped == PlanSkipMissed && k.Due >= today {
						t.Fatalf("seed %d: %s skipped although its day is to come", seed, key)
					}
					written[key], last[k.Item.Key] = k.Skipped, k.Due
				}
			}
			if again := p.DueTurns(c, today, has); len(again) != 0 {
				t.Fatalf("seed %d: %d periods twice", seed, len(again))
			}
		}
		today := Day("2025-11-03")
		for today < "2027-03-01" {
			switch n := r.IntN(12); {
			case n == 0:
				today = today.AddDays(r.IntN(60)) // nobody was there
			case n == 1 && p.State == PlanActive:
				run(today)
				p.State = PlanPaused
			case n == 2 && p.State == PlanPaused:
				run(today)
				p.State = PlanActive
			}
			run(today)
			today = today.AddDays(1)
		}
		end := today.AddDays(-1)
		run(end)
		for _, it := range p.Items {
			p.turns(it, c, func(k PlanTurn) bool {
				if k.Make > end {
					return false
				}
				if !has(it.Key, k.Period) {
					t.Fatalf("seed %d: %s of %s was lost", seed, k.Period, it.Text)
				}
				return true
			})
			if next := p.NextTurns(it, c, 2, has); len(next) != 2 || next[0].Make <= end {
				t.Fatalf("seed %d: next of %s: %+v", seed, it.Text, next)
			}
		}
	}
}

func TestRevisedPlansKeepKeys(t *testing.T) {
	t.Parallel()
	p := Plan{Kind: PlanRecurring}.Revised(PlanBody{Title: "x", Items: []PlanItem{{Text: "a"}, {Text: "b"}}}, "2026-01-01")
	if p.Items[0].Key != "i1" || p.Items[1].Key != "i2" || p.Made != 2 {
		t.Fatalf("%+v", p)
	}
	w, _ := ParseWhen("month:15:on:3")
	q := p.Revised(PlanBody{Title: "x", Items: []PlanItem{{Key: "i2", Text: "b", When: w}, {Text: "c"}, {Key: "i2", Text: "twice"}, {Key: "i9", Text: "foreign"}}}, "2026-05-01")
	var keys []string
	for _, it := range q.Items {
		keys = append(keys, it.Key)
	}
	if !slices.Equal(keys, []string{"i2", "i3", "i4", "i5"}) || q.Items[0].Since != "2026-05-01" || p.Items[1].Since != "2026-01-01" {
		t.Errorf("%v %+v", keys, q.Items)
	}
}

func TestProgrammesAddUp(t *testing.T) {
	t.Parallel()
	cells := []func(m *Matter){func(m *Matter) {}, func(m *Matter) { m.Finished, m.State = "2026-03-01", Completed }, func(m *Matter) { m.State = Withdrawn },
		func(m *Matter) { m.State = Suspended }, func(m *Matter) { m.Due = "" }, func(m *Matter) { m.Due = "2026-12-31" }}
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 1))
		var body PlanBody
		for range 1 + r.IntN(8) {
			first := 2025 + r.IntN(4)
			body.Items = append(body.Items, PlanItem{Text: "việc", When: When{Kind: WhenYear, From: first, To: first + r.IntN(3)}})
		}
		p := Plan{Kind: PlanProgramme}.Revised(body, "2026-01-01")
		var tasks []PlanTask
		matters := map[ID]Matter{}
		planned := 0
		for _, it := range p.Items {
			for _, y := range it.When.Years() {
				planned++
				if r.IntN(3) == 0 {
					continue
				}
				id := ID(it.Key + "/" + string(rune('0'+y%10)))
				tasks = append(tasks, PlanTask{Item: it.Key, Period: itoaYear(y), Matter: id, Gone: r.IntN(5) == 0})
				if m := (Matter{ID: id, Kind: Task, State: StateOpen, Due: "2026-06-30"}); r.IntN(6) > 0 {
					cells[r.IntN(len(cells))](&m)
					matters[id] = m
				}
			}
		}
		table := p.Table(tasks, matters, "2026-11-22")
		sum := 0
		for i := range table.Years {
			sum += table.Sums[i].Total()
		}
		if sum != planned || table.Whole.Total() != planned {
			t.Fatalf("seed %d: %d and %d of %d", seed, sum, table.Whole.Total(), planned)
		}
		for _, b := range table.Behind {
			if b.Task == nil && b.Year > 2026 || b.Task != nil && b.Task.CellOn("2026-11-22", ByGranted) != Overdue {
				t.Fatalf("seed %d: behind with %+v", seed, b)
			}
		}
	}
}

func itoaYear(y int) string { return When{Kind: WhenYear, From: y, To: y}.String() }

// A task for several units without a lead has a part for each; a group without units stays a gap; the unit itself leads where it is alone.
func TestWhoIsMeant(t *testing.T) {
	t.Parallel()
	unit := func(code, name string) UnitVersion {
		return UnitVersion{UnitKey: UnitKey{Code: code, From: "2025-07-01"}, Name: name, Type: "phường"}
	}
	a, b := unit("07909", "Thanh Miếu"), unit("04795", "Hòa Bình")
	owner := Agency{ID: "o", Name: "Văn phòng Tỉnh ủy", Unit: UnitKey{Code: "25", From: "2025-07-01"}}
	cast := PlanCast{Owner: owner, Agencies: []Agency{owner, {ID: "f", Name: "Sở Tài chính", Unit: owner.Unit}}, Units: []UnitVersion{a, b}, Calendar: calendar.Official(), Today: "2026-11-22",
		Office: func(u UnitVersion) Party { return Party{Name: "UBND " + u.Full(), Unit: u.UnitKey} }}
	p := Plan{ID: "p", Kind: PlanTemplate, State: PlanActive, PlanBody: PlanBody{Title: "x", Number: "01-KH/TU"}}
	draft := func(c PlanCast, who ...string) PlanDraft {
		return p.Draft(c, PlanItem{Text: "việc", Who: who}, "", nil)
	}
	for _, who := range []string{PlanUnit, "các xã, phường"} {
		if d := draft(cast, who); len(d.Bodies) != 2 || d.Task.Lead() != "" {
			t.Errorf("%s: %+v", who, d.Bodies)
		}
	}
	if d := draft(cast, "Thường trực HĐND @unit"); len(d.Bodies) != 2 || d.Bodies[1].Name != "Thường trực HĐND phường Hòa Bình" || d.Bodies[1].Unit != b.UnitKey {
		t.Errorf("a body of each: %+v", d.Bodies)
	}
	whole := p.Draft(cast, PlanItem{Text: "việc", Who: []string{"Thường trực HĐND @unit"}, With: []string{PlanUnit, "Sở Tài chính"}}, "", nil).Task
	for _, part := range PartsOf(whole, func() ID { return "x" }, Stamp{}, nil) {
		if names := cast.OwnPart(part).Names(RoleCoordinator); len(names) != 2 || names[1] != "Sở Tài chính" {
			t.Errorf("%s is helped by %v", part.Lead(), names)
		}
	}
	one := cast
	one.Units = []UnitVersion{a}
	if d := draft(one, PlanUnit); d.Bodies != nil || d.Task.Lead() != "UBND "+a.Full() {
		t.Errorf("one unit: %+v", d.Task.Parties)
	}
	if d := draft(cast, "sở tài chính"); d.Task.Lead() != "Sở Tài chính" || d.Task.Parties[len(d.Task.Parties)-1].Agency != "f" || d.Task.Origin != "p" || d.Task.AssignedBy != "01-KH/TU" {
		t.Errorf("by name: %+v", d.Task)
	}
	if d := draft(cast, "các sở, ngành"); len(d.Bodies) != 0 || !slices.Contains(d.Gaps(), ClearPeople) {
		t.Errorf("a group stays a gap: %+v", d.Gaps())
	}
	own := one
	own.Own = true
	if d := draft(own, PlanUnit); d.Task.Lead() != owner.Name {
		t.Errorf("the owner itself: %+v", d.Task.Parties)
	}
	if d := draft(own, "các xã, phường"); !slices.Contains(d.Gaps(), ClearDuty) || d.Bodies != nil {
		t.Errorf("no units: %+v", d)
	}
	if d := draft(cast); !slices.Equal(d.Gaps(), []Clear{ClearPeople, ClearDuty, ClearTime, ClearResult}) {
		t.Errorf("nothing said: %v", d.Gaps())
	}
}
