package report

import (
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// A Template is a table for a unit to fill in. Heads name its columns as import takes them; Values are the columns, from 0 on, whose cells can be
// changed; all others are locked.
type Template struct {
	Title  string // of the sheet's properties
	Heads  []string
	Values []int
	Widths []float64 // of the columns; may be short
	Rows   [][]any   // texts and numbers; nil: empty
	Wrong  string    // what the spreadsheet program says of a text in a value's cell
}

// Write writes the template: locked but for the values, which take only numbers; the head stays in view.
func (t Template) Write(w io.Writer) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	head, err1 := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7ECF3"}}})
	open, err2 := f.NewStyle(&excelize.Style{Protection: &excelize.Protection{Locked: false},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF8DC"}}})
	err3 := f.SetDocProps(&excelize.DocProperties{Title: t.Title, Creator: "Hai Cấp"})
	if err := firstOf(err1, err2, err3, t.guard(f)); err != nil { // before the rows: the writer of rows takes the sheet as it is then
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i, width := range t.Widths {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	heads := make([]any, len(t.Heads))
	for i, h := range t.Heads {
		heads[i] = excelize.Cell{Value: Plain(h), StyleID: head}
	}
	if err := out.SetRow("A1", heads); err != nil {
		return err
	}
	for n, values := range t.Rows {
		row := make([]any, len(values))
		for i, v := range values {
			if s, ok := v.(string); ok {
				v = Plain(s)
			}
			row[i] = excelize.Cell{Value: v}
			if slices.Contains(t.Values, i) {
				row[i] = excelize.Cell{Value: v, StyleID: open}
			}
		}
		at, err := excelize.CoordinatesToCellName(1, n+2)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, row); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// guard lets the cells of values take only numbers, and locks the rest.
func (t Template) guard(f *excelize.File) error {
	only := excelize.NewDataValidation(true)
	for _, c := range t.Values {
		from, err1 := excelize.CoordinatesToCellName(c+1, 2)
		to, err2 := excelize.CoordinatesToCellName(c+1, max(len(t.Rows), 1)+1)
		if err := firstOf(err1, err2); err != nil {
			return err
		}
		only.SetSqref(from + ":" + to)
	}
	err := only.SetRange(-1e15, 1e15, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	only.SetError(excelize.DataValidationErrorStyleStop, t.Title, t.Wrong)
	if err := firstOf(err, f.AddDataValidation(sheet, only)); err != nil {
		return err
	}
	return f.ProtectSheet(sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
