package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"haicap/internal/gov"
)

type csvTable struct {
	r     *csv.Reader
	cells []Cell
	rows  int
}

// NewCSV reads CSV: UTF-8 with or without its mark, with commas, semicolons or tabs, whichever stands most in the first line.
func NewCSV(r io.Reader) Table {
	b := bufio.NewReaderSize(r, 1<<16)
	if mark, err := b.Peek(3); err == nil && bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = b.Discard(3)
	}
	head, _ := b.Peek(4096) // what there is of it is enough
	if i := bytes.IndexByte(head, '\n'); i >= 0 {
		head = head[:i]
	}
	c := csv.NewReader(b)
	c.ReuseRecord, c.FieldsPerRecord = true, -1
	most := 0
	for _, sign := range []rune{',', ';', '\t'} {
		if n := bytes.Count(head, []byte(string(sign))); n > most {
			most, c.Comma = n, sign
		}
	}
	return &csvTable{r: c}
}

// Next gives the next line that is not empty.
func (t *csvTable) Next() (Row, error) {
	fields, err := t.r.Read()
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad):
		return Row{}, gov.Errorf(gov.Invalid, "error.table_csv", bad.Line).Because(err)
	case err != nil:
		return Row{}, err
	}
	line, _ := t.r.FieldPos(0)
	if t.rows++; t.rows > MaxRows || len(fields) > MaxColumns {
		return Row{}, gov.Errorf(gov.TooLarge, "error.table_large", MaxRows, MaxColumns)
	}
	t.cells = t.cells[:0]
	for _, f := range fields {
		if !utf8.ValidString(f) || len(f) > MaxCell {
			return Row{}, gov.Errorf(gov.Invalid, "error.table_csv", line)
		}
		t.cells = append(t.cells, Cell{Text: f})
	}
	return Row{Number: line, Cells: t.cells}, nil
}

func (t *csvTable) Faults() []Fault { return nil }
