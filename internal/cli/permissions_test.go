package cli

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"
)

// Commands know no login: whoever can run them at the machine could read its files anyway. The written table says in whose name each works:
// system is the program itself, which reaches the whole realm and the documents of the office that keeps it; store reads or writes all data as
// they are; none touches no data.
func TestCommandsInWhoseName(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/permissions.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, row := range rows[1:] {
		names[row[0]] = row[1]
	}
	for _, c := range commands() {
		as, ok := names[c.name]
		if !ok {
			t.Errorf("%q has no row in testdata/permissions.csv", c.name)
		} else if !slices.Contains([]string{"system", "store", "none"}, as) {
			t.Errorf("%q works as %q", c.name, as)
		}
		delete(names, c.name)
	}
	for name := range names {
		t.Errorf("%q is written and there is no such command", name)
	}
}
