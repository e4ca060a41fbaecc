package gov

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// readTable reads a table of rules as an office or the program writes it: CSV, the first line its head, lines that begin with # notes. Each row is
// handed to f with its fields trimmed. A row with other columns, or one that f refuses, is Invalid under key, with the number of its line.
func readTable(r io.Reader, columns int, key string, f func(row []string) error) error {
	b := bufio.NewReader(r)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" { // as spreadsheets write it
		_, _ = b.Discard(3)
	}
	in := csv.NewReader(b)
	in.Comment, in.FieldsPerRecord, in.TrimLeadingSpace = '#', columns, true
	for first := true; ; first = false {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if first && err == nil {
			continue
		}
		line := 1
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			line = bad.Line
		} else if len(row) > 0 {
			line, _ = in.FieldPos(0)
		}
		if err == nil {
			for i := range row {
				row[i] = strings.TrimSpace(row[i])
			}
			err = f(row)
		}
		if err != nil {
			return Errorf(Invalid, key, line).Because(err)
		}
	}
}

// ownTable is readTable for a table that the program brings along: what is wrong with it is a defect of the build.
func ownTable(name, table string, columns int, f func(row []string) error) {
	if err := readTable(strings.NewReader(table), columns, name, f); err != nil {
		panic("gov: " + name + ": " + err.Error())
	}
}

// errRow refuses a row of a table for which its line is all there is to say.
var errRow = errors.New("a field is missing or out of its range")
