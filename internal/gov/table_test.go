package gov

import (
	"strings"
	"testing"
)

func TestReadTableNamesTheLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, table string
		line        int
	}{
		{"a field out of range", "a,b\n# a note\n\n1,2\nbad,2\n", 5},
		{"a column too few", "a,b\n1,2\n1\n", 3},
		{"a quote that never ends", "a,b\n1,\"2\n", 2},
		{"a field over two lines before it", "a,b\n1,\"2\n3\"\nbad,2\n", 4},
		{"the head", "a\n1,2\n", 1},
	} {
		err := readTable(strings.NewReader("\ufeff"+c.table), 2, "error.some_table", func(row []string) error {
			if row[0] != strings.TrimSpace(row[0]) || row[0] == "bad" {
				return errRow
			}
			return nil
		})
		e, ok := AsError(err)
		if !ok || e.Code != Invalid || e.Key != "error.some_table" || len(e.Args) != 1 || e.Args[0] != c.line {
			t.Errorf("%s: %v, want line %d", c.name, err, c.line)
		}
	}
	n := 0
	if err := readTable(strings.NewReader("\ufeffa,b\r\n 1 , 2 \r\n"), 2, "k", func(row []string) error { n += len(row[0]) + len(row[1]); return nil }); err != nil || n != 2 {
		t.Errorf("%v, %d", err, n)
	}
}
