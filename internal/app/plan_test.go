package app_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// planFor is a plan of the kind with items by their whens.
func planFor(t *testing.T, kind gov.PlanKind, codes []string, whens ...string) app.PlanInput {
	t.Helper()
	in := app.PlanInput{Kind: kind, Codes: codes, PlanBody: gov.PlanBody{Title: "Chương trình hành động số 05", Number: "05-CTr/ĐU", Anchor: "ngày bầu cử"}}
	for _, s := range whens {
		w, err := gov.ParseWhen(s)
		if err != nil {
			t.Fatal(err)
		}
		in.Items = append(in.Items, gov.PlanItem{Text: "Việc " + s, Who: []string{gov.PlanUnit}, Product: "Báo cáo", When: w})
	}
	return in
}

func (d *desk) makePlan(t *testing.T, in app.PlanInput) gov.ID {
	t.Helper()
	id, err := d.MakePlan(d.ctx, d.analyst, in)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// apply makes all that a preview shows.
func (d *desk) apply(t *testing.T, id gov.ID, ask gov.PlanAsk) (gov.ID, error) {
	t.Helper()
	v, err := d.PreviewPlan(d.ctx, d.analyst, id, ask, nil)
	if err != nil {
		return "", err
	}
	in := app.PlanApplication{PlanAsk: ask, Version: v.Version, Run: v.Run}
	for _, k := range v.Drafts {
		in.Items = append(in.Items, k.Item.Key)
	}
	n, err := d.ApplyPlan(d.ctx, d.analyst, id, in)
	if err == nil && n != len(v.Drafts) {
		t.Errorf("%d tasks of %d drafts", n, len(v.Drafts))
	}
	if err == nil {
		if _, again := d.ApplyPlan(d.ctx, d.analyst, id, in); gov.CodeOf(again) != gov.Conflict {
			t.Errorf("the same form twice: %v", again)
		}
	}
	return v.Run, err
}

func (d *desk) plan(t *testing.T, id gov.ID) app.PlanView {
	t.Helper()
	v, err := d.Plan(d.ctx, d.analyst, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTemplateIsAppliedAndUndone(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2025-11-01 09:00")
	id := d.makePlan(t, planFor(t, gov.PlanTemplate, []string{"Thanh Miếu", "phường Hòa Bình"}, "-105d", "-70d", "+3d", "+0d"))
	ask := gov.PlanAsk{Anchor: "2026-03-15"}
	v, err := d.PreviewPlan(d.ctx, d.analyst, id, ask, nil)
	if err != nil || len(v.Drafts) != 4 || len(v.Drafts[0].Bodies) != 2 || v.Drafts[0].Task.Due != "2025-11-30" || v.Drafts[0].Why == nil {
		t.Fatalf("%v %+v", err, v.Drafts)
	}
	if n := len(d.plan(t, id).Runs); n != 0 {
		t.Fatal("a preview made something")
	}
	lines := func() int { return d.auditSize(t) }
	before := lines()
	run, err := d.apply(t, id, ask)
	if err != nil {
		t.Fatal(err)
	}
	if n := lines() - before; n != 1 {
		t.Errorf("%d audit lines for one change", n)
	}
	p := d.plan(t, id)
	if len(p.Runs) != 1 || len(p.Runs[0].Tasks) != 4 || p.Runs[0].CanUndo != 4 || p.Tally.Total() != 4 {
		t.Fatalf("%+v", p.Runs)
	}
	// A whole is counted once, its parts by their bodies.
	whole := p.Runs[0].Tasks[0]
	m, err := d.Matter(d.ctx, d.analyst, whole.ID)
	if err != nil || whole.Parts != 2 || len(m.PartLines) != 2 || m.Plan == nil || m.Plan.ID != id || m.Due != "2025-11-30" || m.AssignedBy != "05-CTr/ĐU" {
		t.Fatalf("%v %+v", err, m)
	}
	if note := m.Events[0].Note; !strings.Contains(note, "Lùi 105 ngày từ Chủ nhật, 15/03/2026") || !strings.Contains(note, "Theo mẫu") {
		t.Errorf("the step says %q", note)
	}
	part, err := d.Matter(d.ctx, d.analyst, m.PartLines[0].ID)
	if err != nil || part.Plan == nil || part.Plan.ID != id || part.Lead() == "" {
		t.Errorf("%v: a part leads to %+v", err, part.Plan)
	}
	// Somebody reports on one part: that task stays, the others are withdrawn.
	if err := d.Act(d.ctx, d.analyst, part.ID, app.ActInput{Action: gov.ActReport, Version: 1, StepInput: gov.StepInput{Note: "đang làm"}}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.UndoPlan(d.ctx, d.analyst, id, run, " "); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	undone, kept, err := d.UndoPlan(d.ctx, d.analyst, id, run, "nhầm ngày bầu cử")
	if err != nil || undone != 3 || kept != 1 {
		t.Fatalf("%d undone, %d kept, %v", undone, kept, err)
	}
	p = d.plan(t, id)
	if n := p.Tally.Total(); n != 1 || p.Runs[0].Tally.Cells[gov.WithdrawnCell] != 3 {
		t.Errorf("%d in force, %+v", n, p.Runs[0].Tally)
	}
	gone, err := d.Matter(d.ctx, d.analyst, p.Runs[0].Tasks[1].ID)
	last := gone.Events[len(gone.Events)-1]
	if err != nil || gone.State != gov.Withdrawn || last.Action != gov.ActWithdraw || last.Note != "nhầm ngày bầu cử" || gone.PartLines[1].State != gov.Withdrawn {
		t.Errorf("%v %+v", err, gone.Matter)
	}
	if _, _, err := d.UndoPlan(d.ctx, d.analyst, id, run, "lần nữa"); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("undone twice: %v", err)
	}
	if v, err := d.PreviewPlan(d.ctx, d.analyst, id, ask, nil); err != nil || v.Before.IsZero() {
		t.Errorf("%v: it is not said that one task of the day is in force", err)
	}
	if v, err := d.PreviewPlan(d.ctx, d.analyst, id, gov.PlanAsk{Anchor: "2031-03-16"}, nil); err != nil || !v.Before.IsZero() {
		t.Errorf("%v: another day was applied before", err)
	}
	if _, err := d.apply(t, id, gov.PlanAsk{Anchor: "2031-03-16"}); err != nil {
		t.Errorf("for another day: %v", err)
	}
}

func (d *desk) auditSize(t *testing.T) (n int) {
	t.Helper()
	err := d.store.View(d.ctx, func(tx gov.Tx) error {
		size, err := tx.AuditSize(d.ctx, d.holding.Realm)
		n = int(size)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestProgrammeByYears(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-01-20 09:00")
	id := d.makePlan(t, planFor(t, gov.PlanProgramme, nil, "2026", "2026-2028", "2027-06-30", ""))
	run, err := d.apply(t, id, gov.PlanAsk{Year: 2026})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.apply(t, id, gov.PlanAsk{Year: 2026}); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("a year opened twice: %v", err)
	}
	if _, err := d.apply(t, id, gov.PlanAsk{Year: 2035}); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("a year without items: %v", err)
	}
	v := d.plan(t, id)
	if tab := v.Table; len(tab.Years) != 3 || len(tab.Rows) != 3 || tab.Sums[0].Tally.Total() != 2 || tab.Whole.Total() != 5 || tab.Whole.Unmade != 3 || len(tab.Open) != 1 || len(tab.Behind) != 0 {
		t.Errorf("%+v", tab)
	}
	if names := v.Runs[0].Tasks; len(names) != 2 || names[1].Due != "2026-12-31" || !strings.HasSuffix(names[1].Text, "(năm 2026)") || names[0].Lead() == "" {
		t.Errorf("%+v", names)
	}
	// A new version drops an item and changes another; what was made keeps its words and its row.
	in := app.PlanInput{Version: 1, PlanBody: v.PlanBody}
	in.Items = slices.Clone(v.Items[1:])
	in.Items[0].Text = "Việc đã sửa"
	if err := d.ChangePlan(d.ctx, d.analyst, id, in); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("changed without a reason: %v", err)
	}
	in.Note = "bỏ một việc"
	if err := d.ChangePlan(d.ctx, d.analyst, id, in); err != nil {
		t.Fatal(err)
	}
	if err := d.ChangePlan(d.ctx, d.analyst, id, in); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("on an older version: %v", err)
	}
	v = d.plan(t, id)
	if i := len(v.Table.Rows) - 1; !v.Table.Rows[i].Gone || v.Table.Rows[i].Item.Text != "Việc 2026" || v.Table.Whole.Total() != 5 {
		t.Errorf("%+v", v.Table)
	}
	if old, err := d.Plan(d.ctx, d.analyst, id, 1); err != nil || len(old.Items) != 4 || old.Latest != 2 {
		t.Errorf("%v, the first version: %+v", err, old.Plan)
	}
	if _, _, err := d.UndoPlan(d.ctx, d.analyst, id, run, "nhầm"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.apply(t, id, gov.PlanAsk{Year: 2026}); err != nil {
		t.Errorf("a year that was undone opens again: %v", err)
	}
	d.turn(t, "2027-02-01 09:00")
	if b := d.plan(t, id).Table.Behind; len(b) != 3 {
		t.Errorf("behind in 2027 with %+v", b)
	}
	if err := d.MovePlan(d.ctx, d.analyst, id, 2, gov.PlanEnd, "hết hiệu lực"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.apply(t, id, gov.PlanAsk{Year: 2027}); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("of a plan that ended: %v", err)
	}
}

func (d *desk) run(t *testing.T, want int) {
	t.Helper()
	if n, err := d.RunPlans(d.ctx, d.system); err != nil || n != want {
		t.Fatalf("%s: %d made, %v; want %d", d.now, n, err, want)
	}
}

func TestRecurringOncePerPeriod(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-01-20 05:30")
	in := planFor(t, gov.PlanRecurring, []string{"07909"}, "month:last:back:10", "week:5:on:4")
	id := d.makePlan(t, in)
	if _, err := d.RunPlans(d.ctx, d.analyst); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("a person ran the timetable: %v", err)
	}
	d.run(t, 2) // January's last day is the 30th: ten days ahead; the week's Friday
	d.run(t, 0)
	d.open(t) // a restart
	d.run(t, 0)
	v := d.plan(t, id)
	texts := []string{v.Runs[0].Tasks[0].Text, v.Runs[0].Tasks[1].Text}
	if !slices.Contains(texts, "Việc month:last:back:10 (tháng 1/2026)") || !slices.Contains(texts, "Việc week:5:on:4 (tuần 4 năm 2026)") {
		t.Errorf("%v", texts)
	}
	// Two servers at the same instant.
	d.turn(t, "2026-01-26 05:30")
	var wg sync.WaitGroup
	var mu sync.Mutex
	sum := 0
	for range 3 {
		wg.Go(func() {
			n, err := d.RunPlans(context.Background(), d.system)
			mu.Lock()
			defer mu.Unlock()
			if sum += n; err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if sum != 1 {
		t.Errorf("%d tasks of three servers", sum)
	}
	// Nobody was there for three weeks over Tết: the week that is still to come is made, those that have passed are said to be skipped.
	d.turn(t, "2026-02-24 08:00")
	d.run(t, 2)
	skipped := map[string]gov.PlanSkip{}
	for _, r := range d.plan(t, id).Runs {
		for _, k := range r.Skipped {
			skipped[k.Period] = k.Skipped
		}
	}
	if len(skipped) != 3 || skipped["2026-W06"] != gov.PlanSkipMissed || skipped["2026-W08"] != gov.PlanSkipMissed {
		t.Errorf("skipped %v", skipped)
	}
	// Paused, with what falls into the pause skipped; resumed.
	move := func(a gov.PlanAction) {
		t.Helper()
		if err := d.MovePlan(d.ctx, d.analyst, id, 1, a, "theo chỉ đạo"); err != nil {
			t.Fatal(err)
		}
	}
	move(gov.PlanPause)
	if err := d.MovePlan(d.ctx, d.analyst, id, 1, gov.PlanPause, "x"); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("paused twice: %v", err)
	}
	d.turn(t, "2026-03-10 05:30")
	d.run(t, 0)
	move(gov.PlanResume)
	d.turn(t, "2026-03-16 05:30")
	d.run(t, 1)
	v = d.plan(t, id)
	last := v.Runs[0]
	if last.Tasks[0].Due != "2026-03-20" || len(last.Skipped) != 0 {
		t.Errorf("%+v", last)
	}
	n := 0
	for _, r := range v.Runs {
		for _, k := range r.Skipped {
			if k.Skipped == gov.PlanSkipPaused {
				n++
			}
		}
	}
	if n != 2 {
		t.Errorf("%d skipped in the pause", n)
	}
	// A changed plan does not make a period again, and an undone one is not made again by itself.
	change := app.PlanInput{Version: 1, Codes: []string{"07909"}, Note: "đổi ngày", PlanBody: v.PlanBody}
	change.Items = slices.Clone(v.Items)
	change.Items[1].When.Turn.Day = 4
	if err := d.ChangePlan(d.ctx, d.analyst, id, change); err != nil {
		t.Fatal(err)
	}
	d.run(t, 0)
	if _, _, err := d.UndoPlan(d.ctx, d.analyst, id, last.Run, "không cần"); err != nil {
		t.Fatal(err)
	}
	d.run(t, 0)
	d.turn(t, "2026-03-23 05:30")
	d.run(t, 2) // Thursday's week, and March's end
	if err := d.MovePlan(d.ctx, d.analyst, id, 2, gov.PlanEnd, "hết"); err != nil {
		t.Fatal(err)
	}
	d.turn(t, "2026-04-13 05:30")
	d.run(t, 0)
}

func TestPlansOfOthers(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-01-20 09:00")
	ward := d.works(t, "phuong", access.Analyst, "07909")
	far := d.works(t, "xa", access.Analyst, "08848")
	leader := d.works(t, "lanhdao", access.Clerk, "07909")
	id := d.makePlan(t, planFor(t, gov.PlanTemplate, []string{"07909"}, "-5d"))
	if v, err := d.Plan(d.ctx, ward, id, 0); err != nil || v.May || len(v.Steps) != 0 {
		t.Errorf("%v: a ward sees the province's plan for it and may not change it: %+v", err, v.PlanLine)
	}
	if _, err := d.Plan(d.ctx, far, id, 0); !gov.IsNotFound(err) {
		t.Errorf("another ward: %v", err)
	}
	if l, err := d.Plans(d.ctx, far, gov.PlanQuery{}); err != nil || len(l.Lines) != 0 || len(l.Ready) < 3 {
		t.Errorf("%v: %d plans, %d ready", err, len(l.Lines), len(l.Ready))
	}
	body := planFor(t, gov.PlanTemplate, nil, "-5d")
	body.Version, body.Note = 1, "x"
	for name, err := range map[string]error{
		"change": d.ChangePlan(d.ctx, ward, id, body),
		"end":    d.MovePlan(d.ctx, ward, id, 1, gov.PlanEnd, "x"),
		"apply": func() error {
			_, err := d.ApplyPlan(d.ctx, ward, id, app.PlanApplication{PlanAsk: gov.PlanAsk{Anchor: "2026-03-15"}, Version: 1, Run: "r", Items: []string{"i1"}})
			return err
		}(),
		"undo":  func() error { _, _, err := d.UndoPlan(d.ctx, ward, id, "r", "x"); return err }(),
		"clerk": func() error { _, err := d.MakePlan(d.ctx, leader, body); return err }(),
		"unit": func() error {
			in := body
			in.Codes = []string{"08848"}
			_, err := d.MakePlan(d.ctx, ward, in)
			return err
		}(),
	} {
		if gov.CodeOf(err) != gov.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	own, err := d.MakePlan(d.ctx, ward, body)
	if err != nil {
		t.Fatal(err)
	}
	v, err := d.PreviewPlan(d.ctx, ward, own, gov.PlanAsk{Anchor: "2026-01-22"}, nil)
	if err != nil || !v.Drafts[0].Past || v.Drafts[0].Task.Lead() == "" {
		t.Errorf("%v %+v", err, v.Drafts)
	}
	in := planFor(t, gov.PlanTemplate, []string{"99999"}, "-5d")
	if _, err := d.MakePlan(d.ctx, d.analyst, in); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("a unit that is not there: %v", err)
	}
	if _, err := d.PreviewPlan(d.ctx, d.analyst, id, gov.PlanAsk{Anchor: "2026-13-01"}, nil); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("no day: %v", err)
	}
}

// A plan for a unit that was merged goes on with the unit that it became.
func TestPlansOutliveUnits(t *testing.T) {
	t.Parallel()
	book, err := units()
	if err != nil {
		t.Fatal(err)
	}
	now := gov.UnitKey{Code: "07909", From: "2025-07-01"}
	var keys []gov.UnitKey
	for _, s := range book.Origins(now) {
		keys = append(keys, s.Old)
	}
	if len(keys) < 3 {
		t.Fatalf("%d former units", len(keys))
	}
	list, err := gov.UnitsInForce(book, append(keys, now), "2026-01-01")
	if err != nil || len(list) != 1 || list[0].UnitKey != now {
		t.Errorf("%v %+v", err, list)
	}
	if list, err := gov.UnitsInForce(book, keys[:2], "2025-06-01"); err != nil || len(list) != 2 {
		t.Errorf("%v: before the merger %+v", err, list)
	}
}
