package report

import (
	"bufio"
	"encoding/csv"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// A Table is a table for a spreadsheet program: what it is, its columns, its rows. A cell is a string, a float64 or an int; nil is empty.
type Table struct {
	Title string
	Head  []string
	Rows  [][]any
	Notes []string // what stands under it: where it comes from, what its words mean
}

// CSV writes a table as text in UTF-8, with the mark by which spreadsheet programs know it. Numbers have a decimal point; texts that a program would
// run are made harmless.
func CSV(w io.Writer, t Table) error {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(b)
	head := make([]string, len(t.Head))
	for i, s := range t.Head {
		head[i] = Plain(s)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = textOf(v)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return b.Flush()
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return Plain(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int:
		return strconv.Itoa(v)
	}
	return ""
}

// XLSX writes a table as a workbook: its title, the head that stays, the rows, the notes.
func XLSX(w io.Writer, t Table) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 2, TopLeftCell: "B3", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	if err := out.SetColWidth(1, 1, 32); err != nil {
		return err
	}
	head := make([]any, len(t.Head))
	for i, s := range t.Head {
		head[i] = excelize.Cell{Value: Plain(s), StyleID: bold}
	}
	rows := append([][]any{{excelize.Cell{Value: Plain(t.Title), StyleID: bold}}, head}, t.Rows...)
	rows = append(rows, nil)
	for _, n := range t.Notes {
		rows = append(rows, []any{n})
	}
	for i, row := range rows {
		line := make([]any, len(row))
		for j, v := range row {
			if s, ok := v.(string); ok {
				v = Plain(s)
			}
			line[j] = v
		}
		if err := out.SetRow("A"+strconv.Itoa(i+1), line); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}
