package storetest

import (
	"fmt"
	"sync"

	"haicap/internal/gov"
)

// plan writes a programme of the book's agency for its unit.
func (b *book) plan(change func(p *gov.Plan)) gov.Plan {
	p := gov.Plan{Realm: Realm, ID: b.id(), Kind: gov.PlanProgramme, State: gov.PlanActive, Agency: b.agency, Version: 1, Changed: b.stamp(),
		PlanBody: gov.PlanBody{Title: "Chương trình hành động", Number: "05-CTr/ĐU", Units: []gov.UnitKey{b.unit}, Made: 1,
			Items: []gov.PlanItem{{Key: "i1", Text: "Rà soát hộ nghèo", Who: []string{gov.PlanUnit}, When: gov.When{Kind: gov.WhenYear, From: 2026, To: 2027}}}}}
	change(&p)
	b.update(func(tx gov.Tx) error { return tx.CreatePlan(ctx, p) })
	return p
}

func (b *book) planTask(p gov.Plan, period string) gov.PlanTask {
	return gov.PlanTask{Realm: Realm, Plan: p.ID, Item: "i1", Period: period, Run: b.id(), Version: p.Version, Matter: b.id(), Due: "2026-12-31", Made: b.stamp()}
}

var planCases = []testCase{
	{"a plan comes back, and each of its versions", func(b *book) {
		p := b.plan(func(*gov.Plan) {})
		q := p
		q.Title, q.Note, q.Changed = "Chương trình, sửa", "bổ sung", b.stamp()
		b.update(func(tx gov.Tx) error { return tx.ChangePlan(ctx, q) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.ChangePlan(ctx, q) })
		q.Version = 2
		b.view(func(tx gov.Tx) error {
			got, err := tx.Plan(ctx, Realm, p.ID)
			same(b, "in force", got, q)
			if err != nil {
				return err
			}
			got, err = tx.PlanAt(ctx, Realm, p.ID, 1)
			same(b, "the first", got, p)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.PlanAt(ctx, Realm, p.ID, 3); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Plan(ctx, Realm, "khong-co"); return err })
		b.refused(gov.NotFound, func(tx gov.Tx) error { n := q; n.ID = "khong-co"; return tx.ChangePlan(ctx, n) })
	}},
	{"states move from where they were read", func(b *book) {
		p := b.plan(func(p *gov.Plan) { p.Kind = gov.PlanRecurring })
		b.update(func(tx gov.Tx) error { return tx.SetPlanState(ctx, Realm, p.ID, gov.PlanActive, gov.PlanPaused) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.SetPlanState(ctx, Realm, p.ID, gov.PlanActive, gov.PlanEnded) })
		b.plan(func(*gov.Plan) {})
		b.view(func(tx gov.Tx) error {
			list, _, err := tx.Plans(ctx, Realm, gov.PlanQuery{Kind: gov.PlanRecurring, State: gov.PlanPaused})
			same(b, "paused", len(list), 1)
			return err
		})
	}},
	{"plans by pages, newest first", func(b *book) {
		var want []gov.ID
		for range 5 {
			want = append([]gov.ID{b.plan(func(*gov.Plan) {}).ID}, want...)
		}
		b.view(func(tx gov.Tx) error {
			var got []gov.ID
			for after := ""; ; {
				list, next, err := tx.Plans(ctx, Realm, gov.PlanQuery{Page: gov.Page{After: after, Limit: 2}})
				if err != nil {
					return err
				}
				for _, p := range list {
					got = append(got, p.ID)
				}
				if after = next; next == "" {
					break
				}
			}
			same(b, "plans", got, want)
			return nil
		})
	}},
	{"an item has one task for a period, and can be made again when it was undone", func(b *book) {
		p := b.plan(func(*gov.Plan) {})
		k, other := b.planTask(p, "2026"), b.planTask(p, "2027")
		add := func(k gov.PlanTask, want bool) {
			b.Helper()
			b.update(func(tx gov.Tx) error {
				ok, err := tx.AddPlanTask(ctx, k)
				same(b, "it was taken", ok, want)
				return err
			})
		}
		add(k, true)
		again := b.planTask(p, "2026")
		add(again, false)
		add(other, true)
		b.update(func(tx gov.Tx) error { return tx.UndoPlanTask(ctx, k) })
		add(again, true)
		b.refused(gov.NotFound, func(tx gov.Tx) error { n := k; n.Period = "2030"; return tx.UndoPlanTask(ctx, n) })
		k.Gone = true
		b.view(func(tx gov.Tx) error {
			got, err := tx.PlanTasks(ctx, Realm, p.ID)
			same(b, "tasks", got, []gov.PlanTask{k, again, other})
			if err != nil {
				return err
			}
			one, err := tx.PlanTaskOf(ctx, Realm, other.Matter)
			same(b, "of a matter", one, other)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.PlanTaskOf(ctx, Realm, "khong-co"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.PlanTaskOf(ctx, Realm, ""); return err })
	}},
	{"two servers make each period once", func(b *book) {
		p := b.plan(func(p *gov.Plan) { p.Kind = gov.PlanRecurring })
		at := b.stamp()
		var wg sync.WaitGroup
		var mu sync.Mutex
		made := map[string]int{}
		for server := range 4 {
			wg.Go(func() {
				for n := range 6 {
					k := gov.PlanTask{Realm: Realm, Plan: p.ID, Item: "i1", Period: fmt.Sprintf("2026-W%02d", n+1), Run: gov.ID(fmt.Sprint(server)), Version: 1, Matter: gov.ID(fmt.Sprint(server, n)), Made: at}
					ok := false
					err := b.store.Update(ctx, func(tx gov.Tx) (err error) {
						if ok, err = tx.AddPlanTask(ctx, k); err != nil || !ok {
							return err
						}
						return tx.AddPlanEvent(ctx, gov.PlanEvent{Realm: Realm, Plan: p.ID, By: at, Action: gov.PlanRun, Version: 1, Run: k.Run})
					})
					if err != nil {
						b.Error(err)
					}
					if ok {
						mu.Lock()
						made[k.Period]++
						mu.Unlock()
					}
				}
			})
		}
		wg.Wait()
		same(b, "periods", len(made), 6)
		b.view(func(tx gov.Tx) error {
			tasks, err := tx.PlanTasks(ctx, Realm, p.ID)
			same(b, "tasks", len(tasks), 6)
			if err != nil {
				return err
			}
			events, err := tx.PlanEvents(ctx, Realm, p.ID)
			same(b, "events", len(events), 6)
			for i, e := range events {
				same(b, "seq", e.Seq, i+1)
			}
			return err
		})
	}},
	{"plans beyond reach are not there", func(b *book) {
		own, far := b.ward("07909"), b.ward("08848")
		b.agency, b.unit = own.agency, own.unit
		mine := b.plan(func(*gov.Plan) {})
		b.agency, b.unit = far.agency, far.unit
		theirs := b.plan(func(*gov.Plan) {})
		shared := b.plan(func(p *gov.Plan) { p.Units = []gov.UnitKey{own.unit, far.unit} })
		k := b.planTask(theirs, "2026")
		b.update(func(tx gov.Tx) error { _, err := tx.AddPlanTask(ctx, k); return err })
		near := gov.Reach{Units: []gov.UnitKey{own.unit}, Agencies: []gov.ID{own.agency}}
		b.view(func(tx gov.Tx) error {
			t := tx.Within(near)
			list, _, err := t.Plans(ctx, Realm, gov.PlanQuery{})
			same(b, "plans", len(list), 2)
			for _, id := range []gov.ID{mine.ID, shared.ID} {
				if _, err := t.Plan(ctx, Realm, id); err != nil {
					b.Errorf("within reach: %v", err)
				}
			}
			_, err1 := t.Plan(ctx, Realm, theirs.ID)
			_, err2 := t.PlanAt(ctx, Realm, theirs.ID, 1)
			_, err3 := t.PlanEvents(ctx, Realm, theirs.ID)
			_, err4 := t.PlanTasks(ctx, Realm, theirs.ID)
			_, err5 := t.PlanTaskOf(ctx, Realm, k.Matter)
			for i, err := range []error{err1, err2, err3, err4, err5} {
				if !gov.IsNotFound(err) {
					b.Errorf("beyond reach, %d: %v", i+1, err)
				}
			}
			return err
		})
		for name, f := range map[string]func(tx gov.Tx) error{
			"change": func(tx gov.Tx) error { return tx.ChangePlan(ctx, theirs) },
			"state":  func(tx gov.Tx) error { return tx.SetPlanState(ctx, Realm, theirs.ID, gov.PlanActive, gov.PlanEnded) },
			"event": func(tx gov.Tx) error {
				return tx.AddPlanEvent(ctx, gov.PlanEvent{Realm: Realm, Plan: theirs.ID, By: theirs.Changed})
			},
			"task": func(tx gov.Tx) error { _, err := tx.AddPlanTask(ctx, b.planTask(theirs, "2027")); return err },
			"undo": func(tx gov.Tx) error { return tx.UndoPlanTask(ctx, k) },
		} {
			if err := b.store.Update(ctx, func(tx gov.Tx) error { return f(tx.Within(near)) }); !gov.IsNotFound(err) {
				b.Errorf("beyond reach, %s: %v", name, err)
			}
		}
		b.refused(gov.Forbidden, func(tx gov.Tx) error {
			p := theirs
			p.ID = b.id()
			return tx.Within(near).CreatePlan(ctx, p)
		})
		// What one may change must stay within his reach.
		b.refused(gov.Forbidden, func(tx gov.Tx) error {
			p := mine
			p.Agency, p.Units = far.agency, []gov.UnitKey{far.unit}
			return tx.Within(near).ChangePlan(ctx, p)
		})
	}},
}
