package report

import (
	"errors"
	"io"

	"github.com/xuri/excelize/v2"
)

// A Listing is a table with a title, for people who read, print or count on: a list of matters, a report. Its rows are asked for one by one, so
// that a long list is never in memory as a whole.
type Listing struct {
	Title   string
	Notes   []string // lines under the title: which list, of which day
	Columns []Column
	// Next gives the next row, one value a column: string, int or float64; io.EOF ends it.
	Next func() ([]any, error)
	Page string // the word before a page's number
	Bold func(row []any) bool
}

// A Column is one of a listing.
type Column struct {
	Head  string
	Width int // in characters
	Right bool
}

// ListingXLSX writes a listing as a workbook: title, notes, a head that stays, a filter, the rows.
func ListingXLSX(w io.Writer, l Listing) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	bold, err1 := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	plain, err2 := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	out, err3 := f.NewStreamWriter(sheet)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	head := len(l.Notes) + 3
	for i, c := range l.Columns {
		if err := out.SetColWidth(i+1, i+1, float64(c.Width)); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: "A" + itoa(head+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	put := func(n int, style int, values ...any) error {
		row := make([]any, len(values))
		for i, v := range values {
			if s, ok := v.(string); ok {
				v = Plain(s)
			}
			row[i] = excelize.Cell{StyleID: style, Value: v}
		}
		return out.SetRow("A"+itoa(n), row)
	}
	err := put(1, bold, l.Title)
	for i, note := range l.Notes {
		err = errors.Join(err, put(i+2, 0, note))
	}
	heads := make([]any, len(l.Columns))
	for i, c := range l.Columns {
		heads[i] = c.Head
	}
	if err := errors.Join(err, put(head, bold, heads...)); err != nil {
		return err
	}
	for n := head + 1; ; n++ {
		values, err := l.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		style := plain
		if l.Bold != nil && l.Bold(values) {
			style = bold
		}
		if err := put(n, style, values...); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}
