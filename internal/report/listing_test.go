package report_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"haicap/internal/report"
)

func listing(rows ...[]any) report.Listing {
	i := 0
	return report.Listing{Title: "Kiến nghị <1> & 2", Notes: []string{"Đến ngày 22/11/2026"}, Page: "Trang", Columns: []report.Column{{Head: "Nội dung", Width: 40}, {Head: "Số", Width: 8, Right: true}},
		Next: func() ([]any, error) {
			if i == len(rows) {
				return nil, io.EOF
			}
			i++
			return rows[i-1], nil
		}}
}

func TestXLSXListing(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := report.ListingXLSX(&b, listing([]any{"=HYPERLINK(\"x\")", 12}, []any{"-1+1", 3})); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if rows[0][0] != "Kiến nghị <1> & 2" || rows[3][1] != "Số" || rows[4][0] != "'=HYPERLINK(\"x\")" || rows[4][1] != "12" || rows[5][0] != "'-1+1" {
		t.Errorf("%q", rows)
	}
	if formula, _ := f.GetCellFormula("Sheet1", "A5"); formula != "" {
		t.Errorf("the formula %q stands in the file", formula)
	}
}

func TestDOCXListing(t *testing.T) {
	t.Parallel()
	var b, again bytes.Buffer
	rows := [][]any{{"sửa đường <b> & cầu\x00", 12}}
	if err := errors.Join(report.ListingDOCX(&b, listing(rows...)), report.ListingDOCX(&again, listing(rows...))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same values make two files")
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(in)
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", part.Name, err)
			}
		}
		if part.Name == "word/document.xml" {
			for _, want := range []string{"Kiến nghị &lt;1&gt; &amp; 2", "sửa đường &lt;b&gt; &amp; cầu", "<w:tblHeader/>", `w:orient="landscape"`, `w:jc w:val="right"`} {
				if !strings.Contains(string(data), want) {
					t.Errorf("%q is not in the document", want)
				}
			}
		}
	}
}

func TestListingStopsWhereItsRowsDo(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	l := listing()
	l.Next = func() ([]any, error) { return nil, broken }
	if err := report.ListingDOCX(io.Discard, l); !errors.Is(err, broken) {
		t.Errorf("docx: %v", err)
	}
	if err := report.ListingXLSX(io.Discard, l); !errors.Is(err, broken) {
		t.Errorf("xlsx: %v", err)
	}
}
