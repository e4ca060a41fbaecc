package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var someTable = Table{Title: "Bảng điểm", Head: []string{"Đơn vị", "=Thu"}, Rows: [][]any{{"phường Thanh Miếu", -3.5}, {"=cmd|'/c calc'!A0", nil}, {"xã Hy Cương", 12}},
	Notes: []string{"+ ghi chú"}}

func TestCSVRunsNothing(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := CSV(&b, someTable); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffĐơn vị,'=Thu\nphường Thanh Miếu,-3.5\n'=cmd|'/c calc'!A0,\nxã Hy Cương,12\n"
	if b.String() != want {
		t.Errorf("%q", b.String())
	}
}

func TestXLSXRunsNothing(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := XLSX(&b, someTable); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(sheet)
	if err != nil || len(rows) != 7 || rows[3][0] != "'=cmd|'/c calc'!A0" || rows[2][1] != "-3.5" || rows[6][0] != "'+ ghi chú" {
		t.Errorf("%q %v", rows, err)
	}
	if formula, _ := f.GetCellFormula(sheet, "A4"); strings.TrimSpace(formula) != "" {
		t.Errorf("formula %q", formula)
	}
}
