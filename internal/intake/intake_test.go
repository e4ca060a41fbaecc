package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"haicap/internal/gov"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]float64{"1": 1, "1.234": 1234, "1.234,5": 1234.5, " 0,35 ": 0.35, "-4,35": -4.35, "−2": -2, "12.345.678": 12345678} {
		if got, ok := Number(s, false); !ok || got != want {
			t.Errorf("%q: %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "12.5", "1,2,3", "1.23", "1.2345", "a", "1 000", "0x1", "1e5", "NaN", "1,", ",5", ".5", "1234567890123456789"} {
		if got, ok := Number(s, false); ok {
			t.Errorf("%q: taken for %v", s, got)
		}
	}
	if v, ok := Number("1,234.5", true); !ok || v != 1234.5 {
		t.Error(v, ok)
	}
}

// workbook makes an XLSX file with the rows of one sheet as XML.
func workbook(t testing.TB, rows func(w io.Writer), more ...string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name string, f func(w io.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f(w)
	}
	text := func(s string) func(io.Writer) { return func(w io.Writer) { _, _ = io.WriteString(w, s) } }
	write("xl/workbook.xml", text(`<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" r:id="x1"/></sheets></workbook>`))
	write("xl/_rels/workbook.xml.rels", text(`<Relationships><Relationship Id="x1" Target="worksheets/sheet1.xml"/></Relationships>`))
	write("xl/sharedStrings.xml", text(`<sst><si><t>ky</t></si><si><r><t>don</t></r><r><t>_vi</t></r></si></sst>`))
	write("xl/worksheets/sheet1.xml", rows)
	for _, name := range more {
		write(name, text("x"))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

func TestXLSX(t *testing.T) {
	t.Parallel()
	f := workbook(t, func(w io.Writer) {
		_, _ = io.WriteString(w, `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2" spans="1:2"/>
			<row r="4"><c r="B4"><v>12.5</v></c><c r="C4"><f>A1+1</f><v>3</v></c><c r="D4" t="inlineStr"><is><t>mười</t></is></c><c r="E4" s="3"/></row>
			</sheetData><mergeCells><mergeCell ref="C7:D8"/></mergeCells></worksheet>`)
	}, "xl/vbaProject.bin")
	table, err := Open("mẫu.xlsx", f)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range row.Cells {
			if c.Text != "" {
				got = append(got, fmt.Sprintf("%s%d %s %v %v", ColumnName(i+1), row.Number, c.Text, c.Number, c.Formula))
			}
		}
	}
	want := []string{"A1 ky false false", "B1 don_vi false false", "B4 12.5 true false", "C4 3 true true", "D4 mười false false"}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	faults := table.Faults()
	if len(faults) != 2 || faults[0].Key != "error.table_macro" || faults[1].Address() != "C7" {
		t.Errorf("%+v", faults)
	}
}

// A million rows without a cell are read through and cost no memory.
func TestEmptyRows(t *testing.T) {
	t.Parallel()
	f := workbook(t, func(w io.Writer) {
		_, _ = io.WriteString(w, `<worksheet><sheetData>`)
		line := []byte(strings.Repeat(`<row r="7"><c r="A7" s="1"/></row>`, 1000))
		for range 1000 {
			_, _ = w.Write(line)
		}
		_, _ = io.WriteString(w, `</sheetData></worksheet>`)
	})
	table, err := NewXLSX(f)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	if row, err := table.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("%+v, %v", row, err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 16<<20 {
		t.Errorf("%d bytes are held", grown)
	}
}

func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]*bytes.Reader{
		"no zip": bytes.NewReader([]byte("ky;don_vi")),
		"cut":    workbook(t, func(w io.Writer) { _, _ = io.WriteString(w, `<worksheet><sheetData><row r="1"><c r="A1"><v>1`) }),
		"no sheet": func() *bytes.Reader {
			var b bytes.Buffer
			_ = zip.NewWriter(&b).Close()
			return bytes.NewReader(b.Bytes())
		}(),
		"far away": workbook(t, func(w io.Writer) {
			_, _ = io.WriteString(w, `<worksheet><row r="1"><c r="XFD1"><v>1</v></c></row></worksheet>`)
		}),
	} {
		table, err := NewXLSX(f)
		if err == nil {
			_, err = table.Next()
		}
		if code := gov.CodeOf(err); code != gov.Invalid && code != gov.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open("a.pdf", bytes.NewReader(nil)); gov.CodeOf(err) != gov.Unsupported {
		t.Error(err)
	}
	c := NewCSV(strings.NewReader("a,b\n\"x,1\n"))
	if _, err := c.Next(); err != nil {
		t.Error(err)
	}
	if _, err := c.Next(); gov.CodeOf(err) != gov.Invalid {
		t.Error(err)
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		table, err := NewXLSX(workbook(t, func(w io.Writer) { _, _ = w.Write(sheet) }))
		if err != nil {
			return
		}
		for err == nil {
			_, err = table.Next()
		}
		table.Faults()
	})
}
