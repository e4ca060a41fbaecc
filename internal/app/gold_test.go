package app_test

import (
	"slices"
	"strings"
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/reader"
	"haicap/internal/reader/score"
	"haicap/internal/samples"
)

// TestGoldExport confirms a document with one figure rejected, one corrected and one item changed, exports it, and scores the
// reader against the export: it must be marked down for exactly that.
func TestGoldExport(t *testing.T) {
	h := begin(t, "25")
	s := samples.All()[2]
	_, review := h.file(t, s.Name, string(s.Data))
	h.file(t, "con-mo.txt", "Năm 2025, phường Thanh Miếu có 12 trường học.") // an open review teaches nothing
	v, err := h.Review(h.ctx, h.analyst, review)
	if err != nil {
		t.Fatal(err)
	}
	var figures, directives []app.DraftCard
	for _, c := range v.Cards {
		switch c.Kind {
		case gov.DraftFigure:
			figures = append(figures, c)
		case gov.DraftDirective:
			directives = append(directives, c)
		}
	}
	rejected, corrected, directive := figures[0], figures[1], directives[0]
	f := *corrected.Figure
	err = h.EditDraft(h.ctx, h.analyst, review, corrected.ID, app.DraftInput{Version: corrected.Version, Measure: f.Measure, FigureKind: gov.NormFig,
		Comparator: f.Comparator, Label: f.Label, Indicator: f.Indicator, Period: "1999", Scope: f.Scope, Unit: f.Unit})
	if err != nil {
		t.Fatal(err)
	}
	err = h.EditDraft(h.ctx, h.analyst, review, directive.ID, app.DraftInput{Version: directive.Version, By: directive.Item.By,
		Assignees: []string{"Ban Quản lý Chợ"}, Due: "trước ngày 1/1/2030", Strength: gov.Assigned})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SettleDraft(h.ctx, h.analyst, review, rejected.ID, gov.DraftRejected, rejected.Version); err != nil {
		t.Fatal(err)
	}
	h.confirm(t, review)

	if _, err := h.ExportGold(h.ctx, h.account(t, "vanthu", access.Clerk)); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("a clerk exports: %v", err)
	}
	files, err := h.ExportGold(h.ctx, h.analyst)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	gold := files[0]
	if gold.Text != string(s.Data) || strings.ContainsAny(gold.Name, " /ư") {
		t.Errorf("the export %q has another text", gold.Name)
	}
	checkGold(t, h, gold, len(figures), rejected.ID, corrected.Figure.Text)
}

func checkGold(t *testing.T, h house, gold app.GoldFile, figures int, rejected gov.ID, corrected string) {
	t.Helper()
	labels, err := score.Parse(gold.Labels)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range score.Kinds {
		for _, l := range labels.Kinds[kind] {
			if l.Span.Of(gold.Text) != l.Text {
				t.Errorf("%s %q does not stand at its span", kind, l.Text)
			}
		}
	}
	register, err := units()
	if err != nil {
		t.Fatal(err)
	}
	got, err := score.FromReading(reader.New(register).Read(reader.Source{Name: gold.Name + ".txt", Text: gold.Text}))
	if err != nil {
		t.Fatal(err)
	}
	rep := score.Compare([]score.Document{labels}, []score.Document{got})
	if len(rep.Unread) > 0 || !slices.Equal(rep.KindNames(), []string{"figures", "difficulties", "recommendations", "directives", "commitments"}) {
		t.Fatalf("judged: %v, unread: %v", rep.KindNames(), rep.Unread)
	}
	if want := (score.Tally{Right: figures - 1, Invented: 1}); *rep.Tallies["figures"] != want {
		t.Errorf("figures %+v, want %+v: %s was rejected", *rep.Tallies["figures"], want, rejected)
	}
	var wrong []string
	for _, w := range rep.Wrongs {
		wrong = append(wrong, w.Kind+"."+w.Field)
	}
	slices.Sort(wrong)
	if want := []string{"directives.assignees", "directives.due", "figures.kind", "figures.period"}; !slices.Equal(wrong, want) {
		t.Errorf("the reader is wrong of %v, want %v (%s was corrected)", wrong, want, corrected)
	}
	for _, kind := range []string{"difficulties", "recommendations", "directives", "commitments"} {
		if tally := *rep.Tallies[kind]; tally.Missed+tally.Invented > 0 || tally.Right == 0 && kind == "directives" {
			t.Errorf("%s: %+v", kind, tally)
		}
	}
}
