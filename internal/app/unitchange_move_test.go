package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// A merging is a province in which two wards have offices, people, work and targets, before they become one with three others.
type merging struct {
	house
	cat, tho access.Principal // of phường Tiên Cát and phường Thọ Sơn
	token    string           // of the former's login
	task     gov.Matter       // led by Tiên Cát, with Thọ Sơn beside it
	asked    gov.Matter       // a recommendation of Thọ Sơn
	done     gov.Matter       // a task that Tiên Cát finished
	doc      gov.Document     // of Tiên Cát
}

func beginMerging(t *testing.T) merging {
	t.Helper()
	return mergingIn(t, beginOn(t, unmerged(t, "25"), changeDay))
}

func mergingIn(t *testing.T, in house) merging {
	t.Helper()
	h := merging{house: in}
	h.importOld(t)
	h.token, h.cat = h.join(t, "tiencat", access.Clerk, "07903")
	_, h.tho = h.join(t, "thoson", access.Lead, "07906")
	body := func(role gov.Role, p access.Principal, name string) gov.Party {
		return gov.Party{Role: role, Name: name, Agency: gov.ID(p.Agency), Unit: gov.UnitKey{Code: p.Grants[0].Code}}
	}
	cat, tho := "UBND phường Tiên Cát", "UBND phường Thọ Sơn"
	office := gov.Party{Role: gov.RoleAssigner, Name: "Văn phòng Tỉnh ủy Phú Thọ", Unit: h.holding.Unit, Agency: h.holding.Agency}
	h.task = h.matter(t, gov.Task, gov.StateOpen, gov.Party{Role: gov.RoleUnit, Name: "phường Tiên Cát", Unit: tienCat}, gov.Party{Role: gov.RoleUnit, Name: "phường Thọ Sơn", Unit: thoSon},
		body(gov.RoleLead, h.cat, cat), body(gov.RoleCoordinator, h.tho, tho), office)
	h.asked = h.matter(t, gov.Recommendation, gov.Answered, gov.Party{Role: gov.RoleUnit, Name: "Phường Thọ Sơn", Unit: thoSon}, gov.Party{Role: gov.RoleAddressee, Name: "Sở Xây dựng"})
	h.done = h.matter(t, gov.Task, gov.Completed, body(gov.RoleLead, h.cat, cat), office)
	for _, k := range []gov.UnitKey{tienCat, thoSon, oldThanhMieu, bachHac, songLo} {
		for key, value := range map[string]string{"budget_revenue": "100", "income_per_capita": "60", "cultural_families_rate": "95"} {
			in := app.TargetInput{Indicator: key, Unit: k, Period: "2025", Baseline: gov.BaselineProvince, TargetWords: app.TargetWords{Value: value}}
			if _, err := h.SetTarget(h.ctx, h.analyst, in); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := h.SetTarget(h.ctx, h.analyst, app.TargetInput{Indicator: "budget_revenue", Unit: tienCat, Period: "2024", Baseline: gov.BaselineProvince, TargetWords: app.TargetWords{Value: "90"}}); err != nil {
		t.Fatal(err)
	}
	h.doc = gov.Document{Realm: h.holding.Realm, ID: gov.NewID(changeDay), Holder: gov.ID(h.cat.Agency), Blob: "ab", Text: "cd", Format: "txt", Title: "Báo cáo thu ngân sách", Number: "57/BC-UBND",
		Date: "2025-05-20", Issuer: cat, FiledAt: changeDay}
	late := h.doc
	late.ID, late.Blob, late.Number, late.Date = gov.NewID(changeDay.Add(time.Second)), "ef", "3/BC-UBND", "2024-01-10" // of another year
	for _, d := range []gov.Document{h.doc, late} {
		if err := h.store.Update(h.ctx, func(tx gov.Tx) error { return tx.CreateDocument(h.ctx, d) }); err != nil {
			t.Fatal(err)
		}
	}
	plan := gov.Plan{Realm: h.holding.Realm, ID: gov.NewID(changeDay), Kind: gov.PlanRecurring, State: gov.PlanActive, Agency: gov.ID(h.tho.Agency), Version: 1,
		Changed: gov.Stamp{At: changeDay}, PlanBody: gov.PlanBody{Title: "Báo cáo tuần", Units: []gov.UnitKey{thoSon}, From: "2026-01-01"}}
	if err := h.store.Update(h.ctx, func(tx gov.Tx) error { return tx.CreatePlan(h.ctx, plan) }); err != nil {
		t.Fatal(err)
	}
	return h
}

// matter writes a matter.
func (h house) matter(t *testing.T, k gov.MatterKind, s gov.State, parties ...gov.Party) gov.Matter {
	t.Helper()
	m := gov.Matter{Realm: h.holding.Realm, ID: gov.NewID(changeDay), Kind: k, Text: "Rà soát trụ sở dôi dư", State: s, Opened: "2025-05-05", Due: "2026-06-30", FirstDue: "2026-06-30",
		Version: 1, Created: gov.Stamp{At: changeDay}, Parties: parties}
	if err := h.store.Update(h.ctx, func(tx gov.Tx) error { return tx.CreateMatter(h.ctx, m) }); err != nil {
		t.Fatal(err)
	}
	return m
}

func (h house) partiesOf(t *testing.T, id gov.ID) string {
	t.Helper()
	v, err := h.Matter(h.ctx, h.analyst, id)
	if err != nil {
		t.Fatal(err)
	}
	s := ""
	for _, p := range v.Matter.Parties {
		s += fmt.Sprintf("%s %s %s/%s; ", p.Role, p.Name, p.Unit.Code, p.Unit.From)
	}
	return s
}

// join makes an account of a unit and gives the token of its login.
func (h house) join(t *testing.T, login string, role access.Role, unit string) (string, access.Principal) {
	t.Helper()
	password, err := h.CreateAccount(h.ctx, h.admin, app.AccountInput{Login: login, Name: login, Role: string(role), Unit: unit})
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := h.Login(h.ctx, login, password)
	if err != nil {
		t.Fatal(err)
	}
	return token, h.who(t, token)
}

// who is who asks with a token now.
func (h house) who(t *testing.T, token string) access.Principal {
	t.Helper()
	p, err := h.Authenticate(h.ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What hangs on five wards goes to the one that takes their place; finished work, figures and documents keep the old names and are still reached.
func TestAMergerMovesWhatIsOpen(t *testing.T) {
	t.Parallel()
	h := beginMerging(t)
	clock := changeDay.Add(time.Hour)
	other := h.server(t, unmerged(t, "25"), &clock) // begun before
	if v, err := other.Unit(h.ctx, h.analyst, "07909", ""); err != nil || v.Unit.From != "" {
		t.Fatalf("%+v %v", v.Unit, err)
	}
	start := h.state(t)
	trial, err := h.TryUnitChange(h.ctx, h.analyst, app.UnitChangeInput{UnitChange: secondStep()})
	if err != nil || len(trial.Faults) > 0 {
		t.Fatalf("%+v %v", trial.Faults, err)
	}
	sameState(t, "trying writes nothing", h.state(t), start)
	if len(trial.Agencies) != 1 || trial.Agencies[0].New.Name != "UBND phường Thanh Miếu" || len(trial.Agencies[0].Old) != 2 || trial.Moving() != 2 || len(trial.Matters) != 2 ||
		len(trial.Grants) != 2 || trial.People != 2 || len(trial.Ended) != 5 || len(trial.Orphans) != 0 || len(trial.Plans) != 1 {
		t.Errorf("%+v %d/%d matters %d roles %d people %d end", trial.Agencies, trial.Moving(), len(trial.Matters), len(trial.Grants), trial.People, len(trial.Ended))
	}
	if n := trial.Numbers; len(n) != 2 || !slices.Contains(n, app.NumberLine{Agency: "UBND phường Tiên Cát", Symbol: "BC-UBND", Last: 57, Count: 1}) ||
		!slices.Contains(n, app.NumberLine{Agency: "UBND phường Thọ Sơn"}) {
		t.Errorf("numbers: %+v", n)
	}
	h.checkTargets(t, trial)
	h.apply(t, secondStep())
	if got, want := h.partiesOf(t, h.task.ID), "unit phường Thanh Miếu 07909/2025-07-01; lead UBND phường Thanh Miếu 07909/2025-07-01; coordinator UBND phường Thanh Miếu 07909/2025-07-01; "+
		"assigner Văn phòng Tỉnh ủy Phú Thọ 25/2025-07-01; "; got != want {
		t.Errorf("open: %s", got)
	}
	if got := h.partiesOf(t, h.asked.ID); got != "unit Phường Thanh Miếu 07909/2025-07-01; addressee Sở Xây dựng /; " {
		t.Errorf("answered: %s", got)
	}
	if got := h.partiesOf(t, h.done.ID); !strings.HasPrefix(got, "lead UBND phường Tiên Cát 07903/") {
		t.Errorf("finished: %s", got)
	}
	v, err := h.Matter(h.ctx, h.analyst, h.task.ID)
	if err != nil || len(v.Events) != 1 || v.Events[0].Action != gov.ActMove || !strings.Contains(v.Events[0].Note, "UBND phường Tiên Cát → UBND phường Thanh Miếu") || !strings.Contains(v.Events[0].Note, "1676") {
		t.Errorf("event: %+v %v", v.Events, err)
	}
	h.checkReached(t, other)
}

// checkTargets: what adds up is summed, a rate weighs by what is known, the rest a person has to set anew.
func (h merging) checkTargets(t *testing.T, trial app.UnitTrial) {
	t.Helper()
	if len(trial.Targets) != 3 {
		t.Fatalf("%d targets", len(trial.Targets))
	}
	for _, x := range trial.Targets {
		switch x.Indicator.Key {
		case "budget_revenue":
			if x.WhyNot != "" || x.Value != 500 || x.Known != 5 {
				t.Errorf("%+v", x.Rolled)
			}
		case "income_per_capita":
			if x.WhyNot != "" || x.Value != 60 {
				t.Errorf("%+v", x.Rolled)
			}
		case "cultural_families_rate":
			if x.WhyNot != gov.NotComparable {
				t.Errorf("%+v", x.Rolled)
			}
		}
	}
}

// checkReached: the people of the former offices see what was theirs, at once and on each server.
func (h merging) checkReached(t *testing.T, other *app.App) {
	t.Helper()
	clerk := h.who(t, h.token)
	if len(clerk.Grants) != 1 || clerk.Grants[0].Code != "07909" || clerk.Grants[0].From != "2025-07-01" || clerk.Agency == h.cat.Agency {
		t.Fatalf("%+v", clerk)
	}
	for name, a := range map[string]*app.App{"this": h.App, "the other": other} {
		if v, err := a.Unit(h.ctx, clerk, "07909", ""); err != nil || v.Unit.UnitKey != ward {
			t.Errorf("%s server: %+v %v", name, v.Unit, err)
		}
		for _, id := range []gov.ID{h.task.ID, h.asked.ID, h.done.ID} {
			if _, err := a.Matter(h.ctx, clerk, id); err != nil {
				t.Errorf("%s server: a matter of the former offices: %v", name, err)
			}
		}
		if _, err := a.Document(h.ctx, clerk, h.doc.ID); err != nil && gov.IsNotFound(err) {
			t.Errorf("%s server: a document of the former office: %v", name, err)
		}
		s, err := a.Series(h.ctx, clerk, "budget_revenue", []gov.Period{"2024"}, []gov.UnitKey{tienCat, bachHac})
		if err != nil || s.Rolled[0].Known != 2 {
			t.Errorf("%s server: figures of the former units: %+v %v", name, s.Rolled, err)
		}
	}
	owed, err := h.OwedReports(h.ctx, clerk, "", 2025)
	if err != nil || !slices.ContainsFunc(owed.Lines, func(l app.OwedLine) bool { return l.Report.Unit == bachHac && l.Report.Period == "2025-Q1" }) ||
		slices.ContainsFunc(owed.Lines, func(l app.OwedLine) bool {
			return l.Report.Unit == bachHac && l.Report.Period.LastDay() >= "2025-07-01"
		}) {
		t.Errorf("reports that the former units still owe: %d lines, %v", len(owed.Lines), err)
	}
	if _, err := h.Matter(h.ctx, h.cat, h.task.ID); !gov.IsNotFound(err) {
		t.Errorf("somebody with the former role reaches on: %v", err)
	}
}
