package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/intake"
)

// table writes a file and opens it.
func table(t testing.TB, name, text string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func (h house) importText(t testing.TB, text string) app.ImportView {
	t.Helper()
	v, err := h.ImportFigures(h.ctx, h.system(), app.ImportInput{Name: "số liệu.csv", File: table(t, "a.csv", text)})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (h house) system() access.Principal {
	return access.System(int64(h.holding.Realm), string(h.holding.Agency))
}

func (h house) cells(t testing.TB, q gov.CellQuery) []gov.FigureCell {
	t.Helper()
	list, err := h.Cells(h.ctx, h.system(), q)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const head = "ky;don_vi;chi_tieu;gia_tri;don_vi_tinh;pham_vi;muc_do\n"

func TestImportFigures(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	v := h.importText(t, head+"2025;07909;budget_revenue;366.300;triệu đồng;năm;ước\n2024;07909;poverty_rate;0,27;;;chính thức\n")
	if v.Wrong > 0 || v.Written != 2 {
		t.Fatalf("%+v", v)
	}
	list := h.cells(t, gov.CellQuery{})
	if len(list) != 2 || list[1].Value != 366.3 || list[1].Measure != "tỷ đồng" || list[1].State != gov.FigureEntered || list[1].Stands() {
		t.Errorf("%+v", list)
	}
	if list[0].Unit.From == "2025-07-01" {
		t.Errorf("the code in 2024 is another unit's: %+v", list[0].Unit)
	}
	// Again: nothing. A correction and a more final one supersede; an older vintage is refused, with all the rest.
	if v = h.importText(t, head+"2025;07909;budget_revenue;366.300;triệu đồng;năm;ước\n"); v.Written != 0 || v.Same != 1 {
		t.Errorf("%+v", v)
	}
	if v = h.importText(t, head+"2025;07909;budget_revenue;370,5;;năm;sơ bộ\n"); v.Written != 1 || v.Superseded != 1 {
		t.Errorf("%+v", v)
	}
	v = h.importText(t, head+"2025;07909;poverty_rate;0,2;;;ước\n2025;07909;budget_revenue;1;;năm;ước\n")
	if v.Wrong != 1 || v.Faults[0].Key != "error.row_older" || v.Faults[0].Row != 3 {
		t.Errorf("%+v", v)
	}
	if list = h.cells(t, gov.CellQuery{Periods: []gov.Period{"2025"}}); len(list) != 1 || list[0].Value != 370.5 || list[0].Claims != 1 {
		t.Errorf("%+v", list)
	}
	// One file with the history of a value: the most final one is in force.
	if v = h.importText(t, head+"2023;07909;poverty_rate;1;;;chính thức\n2023;07909;poverty_rate;2;;;ước\n"); v.Written != 2 {
		t.Errorf("%+v", v)
	}
	if list = h.cells(t, gov.CellQuery{Periods: []gov.Period{"2023"}}); len(list) != 1 || list[0].Value != 1 || list[0].Claims != 1 {
		t.Errorf("%+v", list)
	}
}

// What is written is what the check made of the rows, with nothing lost on the way, however many there are.
func TestImportKeepsRows(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	register, err := units()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("ky;don_vi;don_vi_tu_ngay;chi_tieu;gia_tri;tong_so;don_vi_tinh;pham_vi;muc_do;chot_ngay\n")
	b.WriteString("2025;07909;;budget_revenue;366.300;400.000;triệu đồng;nhiệm kỳ;ước;2025-11-30\n2025-Q1;07909;2025-07-01;poverty_rate;0,27;;;năm;chính thức;\n")
	var months []string
	for m := range 5 {
		months = append(months, string(gov.PeriodOf(gov.MonthOf(2025, 8)+gov.Month(m), gov.MonthOf(2025, 8)+gov.Month(m))))
	}
	for _, in := range gov.Indicators()[:45] {
		for _, u := range register.Children("25", "") {
			for _, m := range months {
				b.WriteString(m + ";" + u.Code + ";;" + in.Key + ";1,5;;;;\n")
			}
		}
	}
	catalogue, err := gov.CatalogueOf(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[gov.CellKey]gov.Figure{}
	check := intake.Checker{Units: register, Catalogue: catalogue, Windows: gov.Windows(), Today: h.Today()}
	key := func(f gov.Figure) gov.CellKey {
		return gov.CellKey{Period: f.Period, Indicator: f.Indicator, Unit: f.Unit, Scope: f.Scope}
	}
	if err := check.Read(intake.NewCSV(strings.NewReader(b.String())), func(_ int, f gov.Figure) error { want[key(f)] = f; return nil },
		func(f intake.Fault) error { return fmt.Errorf("%v", f) }); err != nil {
		t.Fatal(err)
	}
	if v := h.importText(t, b.String()); v.Written != len(want) || len(want) != 2+148*45*5 {
		t.Fatalf("%d of %d written: %+v", v.Written, len(want), v.Faults)
	}
	if err := h.store.View(h.ctx, func(tx gov.Tx) error {
		list, err := tx.Figures(h.ctx, h.holding.Realm, gov.FigureQuery{})
		for _, f := range list {
			w, stamp := want[key(f)], f.Entered
			w.Realm, w.ID, w.Batch, w.Entered = f.Realm, f.ID, f.Batch, stamp
			if delete(want, key(f)); f.ID == "" || f.Batch == "" || stamp.At.IsZero() || !reflect.DeepEqual(f, w) {
				t.Fatalf("got  %+v\nwant %+v", f, w)
			}
		}
		return err
	}); err != nil || len(want) > 0 {
		t.Errorf("%d are missing, %v", len(want), err)
	}
}

// Whatever is wrong is named with its cell, and nothing of the file is kept.
func TestImportFaults(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	text := head + strings.Join([]string{
		"2025;07909;budget_revenue;366,3;tỷ đồng;năm;ước",
		"2025;99999;budget_revenue;1;;;",
		"2025;07909;no_such;1;;;",
		"2025;07909;budget_revenue;mười hai;;;",
		"2025;07909;budget_revenue;12.5;;;",
		"2025;07909;budget_revenue;12;ha;;",
		"quý ba;07909;budget_revenue;12;;;",
		"2031;07909;budget_revenue;12;;;",
		"2025;07909;budget_revenue;12;;đâu đó;gần đúng",
		"2025;07909;budget_revenue;1;;năm;ước",
	}, "\n")
	v := h.importText(t, text)
	var got []string
	for _, f := range v.Faults {
		got = append(got, f.Address()+" "+strings.TrimPrefix(f.Key, "error."))
	}
	want := []string{"B3 cell_unit", "C4 cell_indicator", "D5 cell_number", "D6 cell_number", "E7 cell_measure", "A8 cell_period", "A9 cell_period_future",
		"F10 cell_scope", "G10 cell_vintage", "11 row_twice"}
	if !slices.Equal(got, want) || v.Written != 0 {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if list := h.cells(t, gov.CellQuery{}); len(list) != 0 {
		t.Errorf("kept: %+v", list)
	}
	for _, bad := range []string{"", "a,b\n1,2\n", head} {
		in := app.ImportInput{Name: "a.csv", File: table(t, "a.csv", bad)}
		if v, err := h.ImportFigures(h.ctx, h.system(), in); err == nil && v.Wrong == 0 && v.Rows > 0 {
			t.Errorf("%q: %+v", bad, v)
		}
	}
	if _, err := h.ImportFigures(h.ctx, h.admin, app.ImportInput{}); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("an administrator: %v", err)
	}
}
