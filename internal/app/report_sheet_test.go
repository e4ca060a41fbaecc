package app_test

import (
	"slices"
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

// A form is saved as a whole: what can be written is, what cannot is named with what was typed.
func TestSaveSheet(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	clerk, second := h.account(t, "vanthu", access.Clerk), h.account(t, "vanthu2", access.Clerk)
	key := gov.ReportKey{Form: "nam", Period: "2025", Unit: gov.UnitKey{Code: "07909", From: "2025-07-01"}}
	n, faults, err := h.SaveSheet(h.ctx, clerk, key, []app.SaveInput{{Indicator: "budget_revenue", Value: "366,3", Scope: gov.Annual},
		{Indicator: "poverty_rate", Value: "0,21"}, {Indicator: "near_poverty_rate", Value: "một"}})
	if err != nil || n != 2 || len(faults) != 1 || faults[0].Typed != "một" || faults[0].Err.Key != "error.cell_number" {
		t.Fatalf("%d %+v %v", n, faults, err)
	}
	n, faults, err = h.SaveSheet(h.ctx, second, key, []app.SaveInput{{Indicator: "budget_revenue", Value: "370", Scope: gov.Annual}})
	if err != nil || n != 0 || len(faults) != 1 || faults[0].Err.Key != "error.cell_taken" {
		t.Fatalf("%d %+v %v", n, faults, err)
	}
	v, err := h.Report(h.ctx, clerk, key)
	if err != nil || v.Known != 2 {
		t.Errorf("%d %v", v.Known, err)
	}
	got, err := h.CheckFigure(h.ctx, clerk, app.SaveInput{ReportKey: key, Indicator: "poverty_rate", Value: "250"})
	if err != nil || len(got.Findings) == 0 || got.Findings[0].Rule != "range" {
		t.Errorf("%+v %v", got, err)
	}
	owed, err := h.OwedReports(h.ctx, h.analyst, "07909", 2025)
	if err != nil || !slices.ContainsFunc(owed.Lines, func(l app.OwedLine) bool { return l.Report.ReportKey == key && l.Report.Version > 0 }) {
		t.Errorf("%+v %v", owed, err)
	}
}

// A version of the catalogue overwrites nothing, and the whole catalogue goes out and in without a change.
func TestCatalogueVersions(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	in, err := gov.IndicatorByKey("urban_rate")
	if err != nil {
		in = gov.Indicators()[0]
	}
	row := gov.IndicatorRows([]gov.Indicator{in})[1]
	row[1], row[slices.Index(gov.IndicatorColumns, "valid_from")] = "Tên mới", "2027-01-01"
	bad, err := h.AddVersion(h.ctx, h.analyst, row, "Nghị quyết")
	if err != nil || len(bad) > 0 {
		t.Fatalf("%v %v", bad, err)
	}
	for day, want := range map[gov.Day]string{"2026-12-31": in.NameVI, "2027-01-01": "Tên mới"} {
		list, err := h.CatalogueOn(h.ctx, h.analyst, day)
		i := slices.IndexFunc(list, func(o gov.Indicator) bool { return o.Key == in.Key })
		if err != nil || i < 0 || list[i].NameVI != want {
			t.Errorf("%s: %d %v", day, i, err)
		}
	}
	if _, err := h.AddVersion(h.ctx, h.analyst, row, "lần nữa"); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("a version was overwritten: %v", err)
	}
	row[slices.Index(gov.IndicatorColumns, "valid_from")], row[4] = "2028-01-01", "sideways"
	if bad, err := h.AddVersion(h.ctx, h.analyst, row, "sai"); err != nil || len(bad) != 1 || bad[0].Column != "better" {
		t.Errorf("%v %v", bad, err)
	}
	for _, format := range []app.TableFormat{app.FormatCSV, app.FormatXLSX} {
		f, err := h.CatalogueFile(h.ctx, h.analyst, format, lang.VI)
		if err != nil {
			t.Fatal(err)
		}
		v, err := h.ImportCatalogue(h.ctx, h.analyst, app.ImportInput{Name: f.Name, File: table(t, f.Name, string(f.Data)), Dry: true}, "", lang.VI)
		if err != nil || len(v.Faults) > 0 || len(v.Changed) > 0 || v.Rows == 0 {
			t.Errorf("%s: %+v %v", format, v, err)
		}
	}
}

// Settling a doubt takes it off the queue and leaves the figures as they are.
func TestDoubts(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	h.importText(t, head+"2025;07909;poverty_rate;250;;;ước\n")
	v, err := h.Doubts(h.ctx, h.analyst, app.DoubtQuery{Period: "2025"})
	if err != nil || len(v.Open) != 1 || v.Open[0].Rule != "range" {
		t.Fatalf("%+v %v", v, err)
	}
	if err := h.ResolveDoubt(h.ctx, h.analyst, v.Open[0].Key, " "); gov.CodeOf(err) != gov.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	if err := h.ResolveDoubt(h.ctx, h.analyst, v.Open[0].Key, "đúng như báo cáo"); err != nil {
		t.Fatal(err)
	}
	v, err = h.Doubts(h.ctx, h.analyst, app.DoubtQuery{Period: "2025"})
	if err != nil || len(v.Open) != 0 || len(v.Resolved) != 1 || v.Resolved[0].Resolved.Reason != "đúng như báo cáo" {
		t.Errorf("%+v %v", v, err)
	}
	if list := h.cells(t, gov.CellQuery{Periods: []gov.Period{"2025"}}); len(list) != 1 || list[0].Value != 250 {
		t.Errorf("%+v", list)
	}
}
