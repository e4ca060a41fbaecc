package app_test

import (
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// matterNow reads a matter as the store has it.
func (d *desk) matterNow(t *testing.T, id gov.ID) gov.Matter {
	t.Helper()
	var m gov.Matter
	if err := d.store.View(d.ctx, func(tx gov.Tx) (err error) { m, err = tx.Matter(d.ctx, d.holding.Realm, id); return err }); err != nil {
		t.Fatal(err)
	}
	return m
}

// partsNow lists what was made within a task.
func (d *desk) partsNow(t *testing.T, id gov.ID) []gov.Matter {
	t.Helper()
	var list []gov.Matter
	err := d.store.View(d.ctx, func(tx gov.Tx) (err error) {
		list, _, err = tx.Matters(d.ctx, d.holding.Realm, gov.MatterQuery{Parent: id})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// countAll is how many tasks the realm counts, and how many the tables of leads count.
func (d *desk) countAll(t *testing.T) (whole, rows int) {
	t.Helper()
	v, err := d.League(d.ctx, d.system, gov.Task, gov.RoleLead)
	if err != nil {
		t.Fatal(err)
	}
	return v.Whole.Total(), v.Sum.Total()
}

func TestLeadGivesWorkOnWithinItsTask(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-02 08:00")
	ward, other, office := d.works(t, "phuong", access.Leader, "07909"), d.works(t, "khac", access.Leader, "04795"), d.works(t, "vanphong", access.Analyst, "")
	m := d.task(t, "2026-03-31", ward, office)
	in := app.ActInput{Action: gov.ActDelegate, Version: 1, StepInput: gov.StepInput{Lead: gov.Party{Name: "Ban Quản lý dự án"}, Note: "Đo vẽ hiện trạng", Day: "2026-04-01", Product: "bản vẽ"}}
	for name, c := range map[string]struct {
		who  access.Principal
		edit func(*app.ActInput)
		code gov.Code
	}{
		"due later than the task": {ward, func(*app.ActInput) {}, gov.Invalid},
		"nobody is named":         {ward, func(in *app.ActInput) { in.Lead.Name, in.Day = "", "2026-03-20" }, gov.Invalid},
		"a group":                 {ward, func(in *app.ActInput) { in.Lead.Name, in.Day = "các xã, phường", "2026-03-20" }, gov.Invalid},
		"another unit":            {other, func(in *app.ActInput) { in.Day = "2026-03-20" }, gov.NotFound},
	} {
		in := in
		c.edit(&in)
		if err := d.Act(d.ctx, c.who, m.ID, in); gov.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(d.partsNow(t, m.ID)) != 0 || d.matterNow(t, m.ID).Version != 1 {
		t.Fatal("what was refused left something")
	}

	in.Day = "2026-03-20"
	if err := d.Act(d.ctx, ward, m.ID, in); err != nil {
		t.Fatal(err)
	}
	inner := d.partsNow(t, m.ID)
	if len(inner) != 1 || inner[0].Lead() != "Ban Quản lý dự án" || inner[0].Due != "2026-03-20" || inner[0].Names(gov.RoleAssigner)[0] != ward.Name || inner[0].Product != "bản vẽ" {
		t.Fatalf("%+v", inner)
	}
	if whole := d.matterNow(t, m.ID); whole.Parts != 0 || whole.State != gov.StateOpen || whole.Due != "2026-03-31" {
		t.Errorf("the task follows from what was given on: %+v", whole)
	}
	if whole, rows := d.countAll(t); whole != 1 || rows != 2 {
		t.Errorf("the realm counts %d, the bodies %d", whole, rows)
	}
	late := app.ActInput{Action: gov.ActExtend, Version: 1, StepInput: gov.StepInput{Day: "2026-04-10", Note: "chờ"}}
	if err := d.Act(d.ctx, ward, inner[0].ID, late); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("it was extended beyond the task: %v", err)
	}
	late.Day = "2026-03-31"
	if err := d.Act(d.ctx, ward, inner[0].ID, late); err != nil {
		t.Errorf("it was not extended to the day of the task: %v", err)
	}

	// Of an overdue task something can still be given on.
	d.now = d.now.AddDate(0, 2, 0)
	again := app.ActInput{Action: gov.ActDelegate, Version: 2, StepInput: gov.StepInput{Lead: gov.Party{Name: "Ban Quản lý dự án"}, Note: "Nghiệm thu", Day: "2026-05-29"}}
	if err := d.Act(d.ctx, ward, m.ID, again); err != nil || len(d.partsNow(t, m.ID)) != 2 {
		t.Errorf("%v", err)
	}

	// The task ends by its own steps; what is still owed within it ends with it.
	v := 3
	for _, s := range []struct {
		who access.Principal
		a   gov.Action
	}{{ward, gov.ActSubmit}, {office, gov.ActConfirm}} {
		if err := d.Act(d.ctx, s.who, m.ID, app.ActInput{Action: s.a, Version: v, StepInput: gov.StepInput{Note: "Đã xong."}}); err != nil {
			t.Fatal(err)
		}
		v++
	}
	if whole, in := d.matterNow(t, m.ID), d.matterNow(t, inner[0].ID); whole.State != gov.Completed || in.State != gov.Withdrawn {
		t.Errorf("the task is %s, what was within it %s", whole.State, in.State)
	}
}

func TestBodiesOfAGapGetTheirParts(t *testing.T) {
	t.Parallel()
	d := at(t, begin(t, "25"), "2026-03-02 08:00")
	ward, other, office := d.works(t, "phuong", access.Leader, "07909"), d.works(t, "khac", access.Leader, "04795"), d.works(t, "vanphong", access.Analyst, "")
	led := d.task(t, "2026-03-31", ward, office)
	divide := app.ActInput{Action: gov.ActDivide, Version: 1, StepInput: gov.StepInput{Bodies: []gov.Party{{Name: ward.Name}, {Name: " "}, {Name: other.Name}, {Name: ward.Name}}}}
	if err := d.Act(d.ctx, office, led.ID, divide); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("a task that somebody leads was divided: %v", err)
	}
	open := led
	open.ID, open.Parties = gov.NewID(d.now), []gov.Party{{Role: gov.RoleAssignee, Name: "các sở, ngành"}, led.Parties[1]}
	if err := d.store.Update(d.ctx, func(tx gov.Tx) error { return tx.CreateMatter(d.ctx, open) }); err != nil {
		t.Fatal(err)
	}
	agencies := map[string]string{}
	err := d.store.View(d.ctx, func(tx gov.Tx) error {
		list, err := tx.Agencies(d.ctx, d.holding.Realm)
		for _, a := range list {
			agencies[string(a.ID)] = a.Name
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	one, two := agencies[ward.Agency], agencies[other.Agency]
	divide.Bodies = []gov.Party{{Name: " " + one}, {Name: one}}
	if err := d.Act(d.ctx, office, open.ID, divide); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("one body twice is two: %v", err)
	}
	divide.Bodies = []gov.Party{{Name: one}, {Name: two}, {Name: "Sở Tài chính"}}
	if err := d.Act(d.ctx, ward, open.ID, divide); gov.CodeOf(err) != gov.NotFound {
		t.Errorf("whom it does not concern divided it: %v", err)
	}
	if err := d.Act(d.ctx, office, open.ID, divide); err != nil {
		t.Fatal(err)
	}
	parts, whole := d.partsNow(t, open.ID), d.matterNow(t, open.ID)
	if len(parts) != 3 || whole.Parts != 3 || whole.Due != "2026-03-31" {
		t.Fatalf("%d parts, %+v", len(parts), whole)
	}
	if n, rows := d.countAll(t); n != 2 || rows != 4 {
		t.Errorf("the realm counts %d, the bodies %d", n, rows)
	}
	for _, p := range parts {
		if p.Lead() == one {
			if err := d.Act(d.ctx, ward, p.ID, app.ActInput{Action: gov.ActSubmit, Version: 1, StepInput: gov.StepInput{Note: "Đã xong."}}); err != nil {
				t.Errorf("the body does not answer for its part: %v", err)
			}
		}
	}
	if err := d.Act(d.ctx, office, open.ID, app.ActInput{Action: gov.ActDivide, Version: whole.Version, StepInput: divide.StepInput}); err == nil {
		t.Error("it was divided twice")
	}
}
