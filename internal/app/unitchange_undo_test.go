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
	"haicap/internal/store"
	"haicap/internal/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// postgres is an empty store of the other engine.
func postgres(t *testing.T) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// Undoing puts everything back, on both engines; steps that were taken meanwhile stay.
func TestUndoingRestoresTheFormerState(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); undoingRestores(t, beginMerging(t)) })
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		undoingRestores(t, mergingIn(t, beginIn(t, postgres(t), unmerged(t, "25"), changeDay)))
	})
}

func TestThanhMieuByChangesOnPostgres(t *testing.T) {
	t.Parallel()
	thanhMieuByChanges(t, beginIn(t, postgres(t), unmerged(t, "227"), changeDay))
}

func undoingRestores(t *testing.T, h merging) {
	start := h.state(t)
	id := h.apply(t, secondStep())
	if h.state(t) == start {
		t.Fatal("nothing changed")
	}
	// The new office reports progress on its task: that is a step of its own, and the task is still owed.
	v, err := h.Matter(h.ctx, h.analyst, h.task.ID)
	if err != nil {
		t.Fatal(err)
	}
	in := app.ActInput{Action: gov.ActReport, StepInput: gov.StepInput{Note: "đã rà soát 3 trụ sở"}, Version: v.Matter.Version}
	if err := h.Act(h.ctx, h.who(t, h.token), h.task.ID, in); err != nil {
		t.Fatal(err)
	}
	undone := h.undo(t, id)
	if undone.Matters != 2 || undone.Grants != 2 || undone.People != 2 || undone.Targets != 10 || len(undone.Kept) != 0 {
		t.Errorf("%d matters, %d roles, %d people, %d targets, kept %+v", undone.Matters, undone.Grants, undone.People, undone.Targets, undone.Kept)
	}
	sameState(t, "undone", h.state(t), start)
	if v, err = h.Matter(h.ctx, h.analyst, h.task.ID); err != nil || len(v.Events) != 3 || v.Events[1].Action != gov.ActReport || v.Events[2].Action != gov.ActMove {
		t.Errorf("%d events: %v", len(v.Events), err)
	}
	if p := h.who(t, h.token); p.Agency != h.cat.Agency || len(p.Grants) != 1 || p.Grants[0].Code != "07903" || len(p.Grants[0].Former) != 0 {
		t.Errorf("%+v", p)
	}
	list, err := h.UnitChanges(h.ctx, h.analyst, "")
	if err != nil || len(list.Lines) != 1 || list.Lines[0].Undone == nil || list.Lines[0].Undone.Note != "nghị quyết bị thu hồi" || len(list.Lines[0].Units) != 5 || list.Lines[0].Units[0].To != "phường Thanh Miếu" {
		t.Errorf("%+v %v", list, err)
	}
	if lines, err := h.AuditLog(h.ctx, h.system(), gov.AuditQuery{}, ""); err != nil || count(lines.Lines, "unitchange.apply") != 1 || count(lines.Lines, "unitchange.undo") != 1 {
		t.Errorf("audit: %v", err)
	}
}

// What somebody changed since is not overwritten: it is kept and named.
func TestUndoingKeepsWhatSomebodyChanged(t *testing.T) {
	t.Parallel()
	h := beginMerging(t)
	id := h.apply(t, secondStep())
	err := h.store.Update(h.ctx, func(tx gov.Tx) error {
		r := h.holding.Realm
		m, err := tx.Matter(h.ctx, r, h.task.ID) // a person names another lead
		if err != nil {
			return err
		}
		m.Parties[1].Name = "Công an phường Thanh Miếu"
		if err := tx.UpdateMatter(h.ctx, m); err != nil {
			return err
		}
		if m, err = tx.Matter(h.ctx, r, h.asked.ID); err != nil { // and this one is resolved
			return err
		}
		m.State = gov.Resolved
		if err := tx.UpdateMatter(h.ctx, m); err != nil {
			return err
		}
		grants, err := tx.GrantsOf(h.ctx, r, gov.ID(h.cat.Account)) // this role is ended by somebody
		if err != nil {
			return err
		}
		return tx.EndGrant(h.ctx, r, grants[len(grants)-1].ID, gov.Stamp{By: "admin", At: changeDay.Add(time.Hour)})
	})
	if err != nil {
		t.Fatal(err)
	}
	later, _ := h.join(t, "moi", access.Clerk, "07909") // and somebody new works for the new ward
	before := h.partiesOf(t, h.task.ID)
	try, err := h.TryUndoUnitChange(h.ctx, h.analyst, id)
	if err != nil || len(try.Against) > 0 || len(try.Kept) != 4 {
		t.Fatalf("against %v, kept %+v, %v", try.Against, try.Kept, err)
	}
	undone := h.undo(t, id)
	var why []string
	for _, k := range undone.Kept {
		why = append(why, k.Noun+" "+k.Why)
	}
	slices.Sort(why)
	if got := strings.Join(why, ", "); got != "grant unitchange.kept.ended, grant unitchange.kept.given, matter unitchange.kept.changed, matter unitchange.kept.finished" {
		t.Error(got)
	}
	if got := h.partiesOf(t, h.task.ID); got != before || !strings.Contains(got, "Công an phường Thanh Miếu") {
		t.Errorf("overwritten: %s", got)
	}
	if len(h.who(t, h.token).Grants) != 0 {
		t.Error("a role that somebody ended was given again")
	}
	if len(h.who(t, later).Grants) != 1 {
		t.Error("a role that was given since is gone")
	}
}

// It is refused where records would be left without a unit, and for who may not.
func TestUndoingIsRefused(t *testing.T) {
	t.Parallel()
	h := beginMerging(t)
	id := h.apply(t, secondStep())
	if _, err := h.UndoUnitChange(h.ctx, h.analyst, id, " "); keyOf(err) != "error.unitchange_reason" {
		t.Errorf("without a reason: %v", err)
	}
	if _, err := h.UndoUnitChange(h.ctx, h.analyst, "none", "x"); !gov.IsNotFound(err) {
		t.Errorf("no such change: %v", err)
	}
	h.importText(t, head+"2025;07909;budget_revenue;366,3;;;chính thức\n")
	start := h.state(t)
	if _, err := h.UndoUnitChange(h.ctx, h.analyst, id, "x"); keyOf(err) != "error.unitchange_used_figures" {
		t.Errorf("with figures of the new ward: %v", err)
	}
	sameState(t, "refused", h.state(t), start)
	h = beginMerging(t)
	id = h.apply(t, secondStep())
	h.matter(t, gov.Task, gov.StateOpen, gov.Party{Role: gov.RoleUnit, Name: "phường Thanh Miếu", Unit: ward})
	if _, err := h.SetTarget(h.ctx, h.analyst, app.TargetInput{Indicator: "budget_revenue", Unit: ward, Period: "2026", Baseline: gov.BaselineProvince, TargetWords: app.TargetWords{Value: "1"}}); err != nil {
		t.Fatal(err)
	}
	try, err := h.TryUndoUnitChange(h.ctx, h.analyst, id)
	var keys []string
	for _, e := range try.Against {
		keys = append(keys, e.Key)
	}
	if err != nil || !slices.Contains(keys, "error.unitchange_used_matters") || !slices.Contains(keys, "error.unitchange_used_targets") {
		t.Errorf("%v %v", keys, err)
	}
	if _, err := h.UndoUnitChange(h.ctx, h.analyst, id, "x"); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("%v", err)
	}
}

// Only the province's own office with fresh proof applies a change, on its day or later, and only what it has looked at.
func TestApplyingIsRefused(t *testing.T) {
	t.Parallel()
	h := beginMerging(t)
	in := app.UnitChangeInput{UnitChange: secondStep()}
	if _, err := h.TryUnitChange(h.ctx, h.cat, in); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("a ward's clerk tries: %v", err)
	}
	if _, _, err := h.ApplyUnitChange(h.ctx, h.cat, in); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("a ward's clerk applies: %v", err)
	}
	stale := h.analyst
	stale.Proved = changeDay.Add(-time.Hour)
	if _, _, err := h.ApplyUnitChange(h.ctx, stale, in); keyOf(err) != app.ProveAgain {
		t.Errorf("without fresh proof: %v", err)
	}
	if _, err := h.UndoUnitChange(h.ctx, stale, "x", "x"); keyOf(err) != app.ProveAgain {
		t.Errorf("undone without fresh proof: %v", err)
	}
	trial, err := h.TryUnitChange(h.ctx, h.analyst, in)
	if err != nil {
		t.Fatal(err)
	}
	h.matter(t, gov.Task, gov.StateOpen, gov.Party{Role: gov.RoleUnit, Name: "phường Bạch Hạc", Unit: bachHac})
	start := h.state(t)
	in.Seen = trial.Digest
	if _, _, err := h.ApplyUnitChange(h.ctx, h.analyst, in); keyOf(err) != "error.unitchange_moved" {
		t.Errorf("something changed since the trial: %v", err)
	}
	future := app.UnitChangeInput{UnitChange: secondStep()}
	future.Day = "2026-07-01"
	if v, err := h.TryUnitChange(h.ctx, h.analyst, future); err != nil || !v.Future || len(v.Matters) != 3 {
		t.Errorf("tried before its day: %v %d matters, %v", v.Future, len(v.Matters), err)
	}
	if _, _, err := h.ApplyUnitChange(h.ctx, h.analyst, future); keyOf(err) != "error.unitchange_future" {
		t.Errorf("before its day: %v", err)
	}
	wrong := app.UnitChangeInput{UnitChange: secondStep()}
	wrong.Source = ""
	if v, err := h.TryUnitChange(h.ctx, h.analyst, wrong); err != nil || len(v.Faults) != 1 || v.Faults[0].Key != "error.unitchange_source" {
		t.Errorf("%v %v", v.Faults, err)
	}
	sameState(t, "refused", h.state(t), start)
	h.apply(t, secondStep())
	if _, _, err := h.ApplyUnitChange(h.ctx, h.analyst, app.UnitChangeInput{UnitChange: secondStep()}); keyOf(err) != "error.unitchange_ended" {
		t.Errorf("applied twice: %v", err)
	}
}

// A unit that is split gives its open work to the part that is named; where none is, a person decides. Agencies are merged without any unit.
func TestSplitsAndAgenciesAlone(t *testing.T) {
	t.Parallel()
	h := beginMerging(t)
	split := gov.UnitChange{Day: "2026-01-01", Source: "1/NQ", New: []gov.NewUnit{{Code: "09001", Name: "Tiên Thượng", Type: gov.Ward}, {Code: "09002", Name: "Tiên Hạ", Type: gov.Ward}},
		Moves: []gov.UnitMove{{Old: tienCat, New: "09001", Extent: gov.Part}, {Old: tienCat, New: "09002", Extent: gov.Part}}}
	open, err := h.TryUnitChange(h.ctx, h.analyst, app.UnitChangeInput{UnitChange: split})
	if err != nil || len(open.Faults) > 0 || len(open.Matters) != 1 || !open.Matters[0].Stays || open.Moving() != 0 || len(open.Orphans) != 1 || len(open.Parted) != 1 || len(open.Grants) != 1 || open.Grants[0].To != "" {
		t.Fatalf("%v %v: %d matters, %+v", open.Faults, err, len(open.Matters), open.Orphans)
	}
	start := h.state(t)
	h.undo(t, h.apply(t, split))
	sameState(t, "an open split undone", h.state(t), start)
	split.Moves[1].Heir = true
	id := h.apply(t, split)
	if got := h.partiesOf(t, h.task.ID); !strings.Contains(got, "lead UBND phường Tiên Hạ 09002/2026-01-01") || !strings.Contains(got, "unit phường Thọ Sơn 07906/;") {
		t.Error(got)
	}
	h.undo(t, id)
	sameState(t, "a split undone", h.state(t), start)

	merged := gov.UnitChange{Day: "2026-01-01", Source: "2/QĐ", Agencies: []gov.AgencyChange{{Old: []gov.ID{gov.ID(h.cat.Agency)}, Into: gov.ID(h.tho.Agency)}}}
	id = h.apply(t, merged)
	if got := h.partiesOf(t, h.task.ID); !strings.Contains(got, "lead UBND phường Thọ Sơn 07906/") || !strings.Contains(got, "unit phường Tiên Cát 07903/") {
		t.Error(got)
	}
	p := h.who(t, h.token)
	if p.Agency != h.tho.Agency || p.Grants[0].Agency != h.tho.Agency || p.Grants[0].Code != "07903" || fmt.Sprint(p.Grants[0].Former) != fmt.Sprint([]string{h.cat.Agency}) {
		t.Errorf("%+v", p)
	}
	if _, err := h.Document(h.ctx, p, h.doc.ID); gov.IsNotFound(err) {
		t.Error("the documents of the former agency are out of reach")
	}
	h.undo(t, id)
	sameState(t, "agencies undone", h.state(t), start)
}

func count(lines []app.AuditEntry, action string) (n int) {
	for _, l := range lines {
		if l.Action == action {
			n++
		}
	}
	return n
}
