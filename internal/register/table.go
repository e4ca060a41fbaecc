package register

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A table is one CSV file of an import, read by column name; other columns may stand in it.
type table struct {
	file string
	rows []row
}

// A row gives its fields by column, and knows where it stands.
type row struct {
	file   string
	line   int
	fields map[string]string
}

func (r row) get(column string) string { return r.fields[column] }

// maxTable bounds one CSV file of an import.
const maxTable = 64 << 20

// readTable reads dir/file. A missing file is an error only where it is required.
func readTable(dir, file string, required bool, columns ...string) (table, error) {
	t := table{file: file}
	f, err := os.Open(filepath.Join(dir, file))
	if err != nil {
		if !required && errors.Is(err, fs.ErrNotExist) {
			return t, nil
		}
		return t, gov.Errorf(gov.Invalid, "error.units_import_missing", file).Because(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxTable+1))
	if err != nil {
		return t, gov.Errorf(gov.Invalid, "error.units_import_missing", file).Because(err)
	}
	if len(data) > maxTable {
		return t, gov.Errorf(gov.TooLarge, "error.units_import_large", file, maxTable>>20)
	}
	return t, t.parse(bytes.TrimPrefix(data, []byte("\ufeff")), columns)
}

func (t *table) parse(data []byte, columns []string) error {
	r := csv.NewReader(bytes.NewReader(data))
	head, err := r.Read()
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.units_import_header", t.file, strings.Join(columns, ",")).Because(err)
	}
	for _, c := range columns {
		if !slices.Contains(head, c) {
			return gov.Errorf(gov.Invalid, "error.units_import_column", t.file, c)
		}
	}
	for {
		record, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			line := 0
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				line = bad.Line
			}
			return gov.Errorf(gov.Invalid, "error.units_import_csv", t.file, line).Because(err)
		}
		line, _ := r.FieldPos(0)
		fields := make(map[string]string, len(columns))
		for i, c := range head {
			if slices.Contains(columns, c) {
				fields[c] = strings.TrimSpace(text.NFC(record[i]))
			}
		}
		if strings.ContainsAny(strings.Join(record, ""), "\t\r\n\x00") {
			return gov.Errorf(gov.Invalid, "error.units_import_csv", t.file, line)
		}
		t.rows = append(t.rows, row{file: t.file, line: line, fields: fields})
	}
}

// bad is an error about one field of the row; key is the catalogue's sentence, which takes file, line and value.
func (r row) bad(key, value string) error {
	return gov.Errorf(gov.Invalid, key, r.file, r.line, value)
}

// code is the row's code in the column: 2, 3 or 5 digits.
func (r row) code(column string) (string, error) {
	c := r.get(column)
	if n := len(c); n != 2 && n != 3 && n != 5 || strings.Trim(c, "0123456789") != "" {
		return "", r.bad("error.units_import_code", c)
	}
	return c, nil
}

// day is the row's day in the column; an empty one is allowed. A day that the list itself doubts ("2025-01-01?") counts as that day.
func (r row) day(column string) (gov.Day, error) {
	d := gov.Day(strings.TrimSuffix(r.get(column), "?"))
	if d != "" && !d.Valid() {
		return "", r.bad("error.units_import_day", r.get(column))
	}
	return d, nil
}

// typed splits a full name ("Xã Ia Mơ") into type and name. The name's own words decide: lists have rows whose type column
// lags behind the name.
func (r row) typed(nameColumn, typeColumn string) (gov.UnitType, string, error) {
	full := Spell(r.get(nameColumn))
	if t, name, ok := SplitName(full); ok {
		return t, name, nil
	}
	t := gov.UnitType(strings.TrimSuffix(strings.ToLower(r.get(typeColumn)), " trực thuộc trung ương"))
	if full == "" || !slices.Contains(UnitTypes, t) {
		return "", "", r.bad("error.units_import_name", r.get(nameColumn))
	}
	return t, full, nil
}
