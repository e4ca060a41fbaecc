package app_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"haicap/internal/app"
	"haicap/internal/gov"
)

// spoiled is a workbook with everything in it that an import refuses: wrong codes, a text where a number belongs, a formula, merged cells, a macro, and a
// million rows without anything below. One row is right.
func spoiled(t *testing.T) *os.File {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name, body string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, body); err != nil {
			t.Fatal(err)
		}
	}
	text := func(at, s string) string { return `<c r="` + at + `" t="inlineStr"><is><t>` + s + `</t></is></c>` }
	row := func(n, period, unit, key, value string) string {
		return `<row r="` + n + `">` + text("A"+n, period) + text("B"+n, unit) + text("C"+n, key) + value + `</row>`
	}
	write("[Content_Types].xml", `<Types/>`)
	write("xl/workbook.xml", `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	write("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)
	write("xl/vbaProject.bin", "macro")
	write("xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1">`+text("A1", "ky")+text("B1", "don_vi")+text("C1", "chi_tieu")+text("D1", "gia_tri")+`</row>`+
		row("2", "2025", "07909", "budget_revenue", `<c r="D2"><v>366.3</v></c>`)+
		row("3", "2025", "99999", "budget_revenue", `<c r="D3"><v>1</v></c>`)+
		row("4", "2025", "07909", "khong_co", `<c r="D4"><v>1</v></c>`)+
		row("5", "2025", "07909", "poverty_rate", text("D5", "mười hai"))+
		row("6", "2025", "07909", "near_poverty_rate", `<c r="D6"><f>D2+1</f><v>367.3</v></c>`)+
		strings.Repeat(`<row r="7"/>`, 1_000_000)+`</sheetData><mergeCells><mergeCell ref="B9:C10"/></mergeCells></worksheet>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "so-lieu.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// TestSpoiledWorkbook: each fault is told with its cell, and nothing of the file is kept, not even the row that is right.
func TestSpoiledWorkbook(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	v, err := h.ImportFigures(h.ctx, h.system(), app.ImportInput{Name: "số liệu.xlsx", File: spoiled(t)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range v.Faults {
		got = append(got, strings.TrimSpace(f.Address()+" "+strings.TrimPrefix(f.Key, "error.")))
	}
	slices.Sort(got)
	want := []string{"B3 cell_unit", "B9 cell_merged", "C4 cell_indicator", "D5 cell_number", "D6 cell_formula", "table_macro"}
	if !slices.Equal(got, want) || v.Written != 0 {
		t.Errorf("%d written\ngot  %v\nwant %v", v.Written, got, want)
	}
	if list := h.cells(t, gov.CellQuery{}); len(list) != 0 {
		t.Errorf("kept: %+v", list)
	}
}
