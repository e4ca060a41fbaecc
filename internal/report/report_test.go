package report_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"

	"haicap/internal/report"
)

func open(t *testing.T, b *bytes.Buffer) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(b, excelize.Options{UnzipSizeLimit: 1 << 24})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "Tổng thu": "Tổng thu", "=1+1": "'=1+1", "+84": "'+84", "-1": "'-1", "@a": "'@a", "\ta": "'\ta", "\ra": "'\ra"} {
		if got := report.Plain(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestAnnotated(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"ky", "gia_tri"}, {"2025", "=HYPERLINK(1)"}}
	n := 0
	next := func() (int, []string, error) {
		if n == len(rows) {
			return 0, nil, io.EOF
		}
		n++
		return 2*n - 1, rows[n-1], nil
	}
	var b bytes.Buffer
	if err := report.Annotated(&b, next, []report.Message{{Row: 3, Col: 2, Text: "Không phải là số."}, {Row: 3, Text: "Lặp."}, {Text: "Tệp có macro."}}); err != nil {
		t.Fatal(err)
	}
	f := open(t, &b)
	for at, want := range map[string]string{"A1": "ky", "A3": "2025", "B3": "'=HYPERLINK(1)", "C3": "Không phải là số. Lặp."} {
		if got, err := f.GetCellValue("Sheet1", at); err != nil || got != want {
			t.Errorf("%s: %q, %v", at, got, err)
		}
	}
	if formula, _ := f.GetCellFormula("Sheet1", "B3"); formula != "" {
		t.Errorf("a formula: %s", formula)
	}
	comments, err := f.GetComments("Sheet1")
	if err != nil || len(comments) != 1 || comments[0].Cell != "B3" {
		t.Errorf("%+v, %v", comments, err)
	}
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	template := report.Template{Title: "Báo cáo quý", Heads: []string{"chi_tieu", "gia_tri"}, Values: []int{1}, Wrong: "Chỉ nhập số.", Rows: [][]any{{"a", nil}, {"-b", 3.5}}}
	if err := template.Write(&b); err != nil {
		t.Fatal(err)
	}
	f := open(t, &b)
	list, err := f.GetDataValidations("Sheet1")
	if err != nil || len(list) != 1 || list[0].Sqref != "B2:B3" {
		t.Errorf("%+v, %v", list, err)
	}
	for at, locked := range map[string]bool{"A2": true, "B2": false, "B3": false} {
		id, err := f.GetCellStyle("Sheet1", at)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || (style.Protection != nil && !style.Protection.Locked) == locked {
			t.Errorf("%s: %+v, %v", at, style.Protection, err)
		}
	}
	if p, err := f.GetSheetProtection("Sheet1"); err != nil || !p.SelectUnlockedCells {
		t.Errorf("%+v, %v", p, err)
	}
	if v, _ := f.GetCellValue("Sheet1", "A3"); v != "'-b" {
		t.Error(v)
	}
}
