package intake

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"haicap/internal/gov"
)

// An xlsxTable reads the first sheet of a workbook as a stream: what is empty costs nothing, and nothing of the sheet is held. The library
// that writes XLSX loads a sheet whole as soon as one asks it for formulas or merged cells, so it is not used here.
type xlsxTable struct {
	sheet   io.ReadCloser
	dec     *xml.Decoder
	strings []string
	row     Row
	rows    int
	faults  []Fault
}

// NewXLSX opens the first sheet of a workbook.
func NewXLSX(f File) (Table, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.table_xlsx").Because(err)
	}
	t := &xlsxTable{}
	var unzipped uint64
	for _, file := range z.File {
		unzipped += file.UncompressedSize64
		if strings.HasSuffix(file.Name, "vbaProject.bin") {
			t.faults = append(t.faults, Fault{Key: "error.table_macro"})
		}
	}
	if unzipped > MaxUnzipped {
		return nil, gov.Errorf(gov.TooLarge, "error.table_unzipped", MaxUnzipped>>20)
	}
	name, err := firstSheet(z)
	if err != nil {
		return nil, err
	}
	if t.strings, err = sharedStrings(z); err != nil {
		return nil, err
	}
	if t.sheet, err = z.Open(name); err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.table_xlsx").Because(err)
	}
	t.dec = xml.NewDecoder(io.LimitReader(t.sheet, MaxUnzipped))
	return t, nil
}

// firstSheet is the part that holds the first sheet of the workbook.
func firstSheet(z *zip.Reader) (string, error) {
	var book struct {
		Sheets []struct {
			ID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(part(z, "xl/workbook.xml", &book), part(z, "xl/_rels/workbook.xml.rels", &rels)); err != nil {
		return "", gov.Errorf(gov.Invalid, "error.table_xlsx").Because(err)
	}
	for _, r := range rels.List {
		if len(book.Sheets) > 0 && r.ID == book.Sheets[0].ID {
			if strings.HasPrefix(r.Target, "/") {
				return strings.TrimPrefix(r.Target, "/"), nil
			}
			return path.Join("xl", r.Target), nil
		}
	}
	return "", gov.Errorf(gov.Invalid, "error.table_xlsx")
}

// part decodes a small part of the workbook.
func part(z *zip.Reader, name string, v any) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return xml.NewDecoder(io.LimitReader(f, 4<<20)).Decode(v)
}

// sharedStrings are the texts of the workbook, which cells name by their number; a workbook may have none.
func sharedStrings(z *zip.Reader) ([]string, error) {
	f, err := z.Open("xl/sharedStrings.xml")
	if err != nil {
		return nil, nil
	}
	defer func() { _ = f.Close() }()
	dec := xml.NewDecoder(io.LimitReader(f, MaxStrings))
	var list []string
	for {
		token, err := dec.Token()
		if isEOF(err) {
			return list, nil
		}
		if err != nil {
			return nil, gov.Errorf(gov.TooLarge, "error.table_strings", MaxStrings>>20).Because(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			s, err := textsIn(dec)
			if err != nil {
				return nil, gov.Errorf(gov.Invalid, "error.table_xlsx").Because(err)
			}
			list = append(list, s)
		}
	}
}

// textsIn joins the text of all t elements up to the end of the element that is open, without phonetic hints.
func textsIn(dec *xml.Decoder) (string, error) {
	var b strings.Builder
	var inText, hint bool
	for depth := 1; depth > 0; {
		token, err := dec.Token()
		if err != nil {
			return "", err
		}
		switch tok := token.(type) {
		case xml.StartElement:
			depth++
			inText, hint = tok.Name.Local == "t", hint || tok.Name.Local == "rPh"
		case xml.EndElement:
			depth--
			inText, hint = false, hint && tok.Name.Local != "rPh"
		case xml.CharData:
			if inText && !hint && b.Len()+len(tok) <= MaxCell {
				b.Write(tok)
			}
		}
	}
	return b.String(), nil
}

// Next gives the next row that has a cell.
func (t *xlsxTable) Next() (Row, error) {
	for {
		token, err := t.dec.Token()
		if isEOF(err) {
			_ = t.sheet.Close()
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, gov.Errorf(gov.Invalid, "error.table_xlsx").Because(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "mergeCell":
			t.merged(attr(start, "ref"))
		case "row":
			if err := t.readRow(start); err != nil {
				return Row{}, err
			}
			if len(t.row.Cells) > 0 {
				return t.row, nil
			}
		}
	}
}

// maxMerged is how many merged ranges are named.
const maxMerged = 100

func (t *xlsxTable) merged(ref string) {
	if len(t.faults) > maxMerged {
		return
	}
	from, _, _ := strings.Cut(ref, ":")
	col := columnOf(from)
	row, _ := strconv.Atoi(strings.TrimLeft(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	t.faults = append(t.faults, Fault{Row: row, Col: col, Key: "error.cell_merged", Args: []any{ref}})
}

func (t *xlsxTable) readRow(start xml.StartElement) error {
	if t.rows++; t.rows > MaxSheetRows {
		return gov.Errorf(gov.TooLarge, "error.table_large", MaxSheetRows, MaxColumns)
	}
	number, err := strconv.Atoi(attr(start, "r"))
	if err != nil {
		number = t.row.Number + 1
	}
	t.row.Number, t.row.Cells = number, t.row.Cells[:0]
	for {
		token, err := t.dec.Token()
		if err != nil {
			return gov.Errorf(gov.Invalid, "error.table_xlsx").Because(err)
		}
		switch tok := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if tok.Name.Local != "c" {
				if err := t.dec.Skip(); err != nil {
					return gov.Errorf(gov.Invalid, "error.table_xlsx").Because(err)
				}
				continue
			}
			if err := t.readCell(tok); err != nil {
				return gov.Errorf(gov.Invalid, "error.table_xlsx").Because(err)
			}
		}
	}
}

// readCell puts a cell into its column; those left out before it are empty.
func (t *xlsxTable) readCell(start xml.StartElement) error {
	var c struct {
		Value   string    `xml:"v"`
		Formula *struct{} `xml:"f"`
		Inline  struct {
			Text string   `xml:"t"`
			Runs []string `xml:"r>t"`
		} `xml:"is"`
	}
	if err := t.dec.DecodeElement(&c, &start); err != nil {
		return err
	}
	kind := attr(start, "t")
	cell := Cell{Typed: true, Text: c.Value, Formula: c.Formula != nil, Number: kind == "" || kind == "n"}
	switch kind {
	case "s":
		cell.Text = ""
		if i, err := strconv.Atoi(c.Value); err == nil && i >= 0 && i < len(t.strings) {
			cell.Text = t.strings[i]
		}
	case "inlineStr":
		cell.Text = c.Inline.Text + strings.Join(c.Inline.Runs, "")
	}
	if cell.Text == "" && !cell.Formula {
		return nil // only painted
	}
	col := columnOf(attr(start, "r"))
	if col == 0 {
		col = len(t.row.Cells) + 1
	}
	if col > MaxColumns || len(cell.Text) > MaxCell {
		return gov.Errorf(gov.TooLarge, "error.table_large", MaxSheetRows, MaxColumns)
	}
	for len(t.row.Cells) < col {
		t.row.Cells = append(t.row.Cells, Cell{Typed: true})
	}
	t.row.Cells[col-1] = cell
	return nil
}

func (t *xlsxTable) Faults() []Fault { return t.faults }

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
