// Package intake takes tables in: CSV and XLSX files, row by row, each cell with its address, and makes figures of them.
//
// A Table gives rows one after the other and holds none of them, so a million rows need no more memory than a hundred. What is wrong with a
// cell is a Fault with the cell's address and a sentence; nothing is guessed, and whoever calls keeps nothing of a table that has faults.
// Figures are checked against the register of units on the last day of their period, the catalogue on that day, and the measures.
package intake

import (
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"haicap/internal/gov"
)

// The limits of a file.
const (
	MaxRows      = 5_000_000  // of a CSV
	MaxSheetRows = 1_048_576  // of an XLSX: what the format itself allows
	MaxColumns   = 200        // of either
	MaxUnzipped  = 1 << 30    // bytes of an XLSX with everything in it unpacked
	MaxStrings   = 64 << 20   // bytes of an XLSX's table of texts
	MaxCell      = 32_767 * 4 // bytes of one cell
)

// A Cell is what stands in one cell.
type Cell struct {
	Text    string
	Typed   bool // the file says of each cell whether it is a number
	Number  bool // a number of the sheet and not a text: written with a point whatever the language
	Formula bool
}

// A Row is one row of a table. Its cells are valid until the next row is asked for.
type Row struct {
	Number int // from 1 on, as a spreadsheet shows it
	Cells  []Cell
}

// A Table gives rows until io.EOF.
type Table interface {
	Next() (Row, error)
	// Faults are what is wrong with the file as a whole, known at the end: merged cells, macros.
	Faults() []Fault
}

// A Fault is what is wrong with a cell, a row (no column) or a file (no row). Key names a sentence of the catalogue.
type Fault struct {
	Row, Col int // from 1 on; 0: the whole row, the whole file
	Key      string
	Args     []any
}

// Address is the cell as a spreadsheet names it: C12; the number of a row without a column, empty for the file.
func (f Fault) Address() string {
	if f.Row == 0 {
		return ""
	}
	return ColumnName(f.Col) + strconv.Itoa(f.Row)
}

// ColumnName is the letters of a column: 1 is A, 27 is AA.
func ColumnName(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// columnOf is the number of the column in an address: C12 is 3; 0 where there is none.
func columnOf(address string) int {
	n := 0
	for _, c := range address {
		if c < 'A' || c > 'Z' || n > MaxColumns*26 {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	return n
}

// A File is bytes that can be read from any place: an opened file.
type File interface {
	io.Reader
	io.ReaderAt
	io.Seeker
}

// Open begins a table by its file's name; Unsupported for any other format.
func Open(name string, f File) (Table, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		return NewCSV(f), nil
	case ".xlsx", ".xlsm":
		return NewXLSX(f)
	}
	return nil, gov.Errorf(gov.Unsupported, "error.table_format", path.Base(name))
}

// isEOF reports whether a table has ended.
func isEOF(err error) bool { return errors.Is(err, io.EOF) }
