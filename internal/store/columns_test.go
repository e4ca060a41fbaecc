package store_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
)

// columnClasses are what a TEXT column can hold. docs/personal-data.md says what follows from each.
var columnClasses = []string{
	"id",       // a random id, which leads to a person only as long as his row in data_subject is there
	"code",     // a word of the program, a code of a unit, a day, an instant, a number
	"hash",     // of a random token, of bytes, or salted by the key of the data folder
	"sealed",   // encrypted under a person's key, or that key under the key of the data folder
	"secret",   // a hash of a password, a challenge: not to be read by anybody, gone with the account or within hours
	"personal", // says who a person is: nothing but what a login needs; erased with the account
	"office",   // a name of an agency or unit as documents write it
	"record",   // words of documents and of the office's own work, which the law wants kept; they may name officials
	"empty",    // was personal once and holds nothing any more
}

// A column that can hold a person's data must not come in unnoticed. Whoever adds a TEXT column says in columns.csv what it holds; a name,
// an address or a telephone number belongs into gov.Personal and not into a column.
func TestEveryTextColumnHasAClass(t *testing.T) {
	t.Parallel()
	_, db := openSQLite(t).Pools()
	there := strs(t, db, `SELECT m.name || '.' || c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
		WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE 'search\_words%' ESCAPE '\' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY 1`)
	if len(there) < 250 {
		t.Fatalf("the test sees %d columns", len(there))
	}
	data, err := os.ReadFile("columns.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	class := map[string]string{}
	var personal []string
	for _, row := range rows[1:] {
		if !slices.Contains(columnClasses, row[1]) {
			t.Errorf("%s: there is no class %q", row[0], row[1])
		}
		for column := range strings.FieldsSeq(row[2]) {
			name := row[0] + "." + column
			if class[name] != "" {
				t.Errorf("%s stands twice", name)
			}
			class[name] = row[1]
			if row[1] == "personal" {
				personal = append(personal, name)
			}
		}
	}
	for _, name := range there {
		if class[name] == "" {
			t.Errorf("internal/store/columns.csv does not say what %s holds", name)
		}
		delete(class, name)
	}
	for name := range class {
		t.Errorf("columns.csv speaks of %s, which is not there", name)
	}
	// What erasing has to empty: app.eraseAccount does, and TestErasingDestroysTheKey looks.
	want := []string{"account.login", "login.device", "login_name.login", "login_subject.subject", "passkey.name"}
	if slices.Sort(personal); !slices.Equal(personal, want) {
		t.Errorf("personal columns are %v; erasing knows %v", personal, want)
	}
}
