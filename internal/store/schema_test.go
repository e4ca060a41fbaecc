package store_test

import (
	"context"
	"database/sql"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"haicap/internal/store"
	"haicap/internal/store/pgtest"
)

var update = flag.Bool("update", false, "write the golden schema files anew")

// engines runs a test on both.
func engines(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, openSQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, openPostgres(t)) })
}

// A SQL error belongs here and not before a user.
func TestEveryStatementCompiles(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		list := store.StatementsOf(s.Engine())
		if len(list) < 50 {
			t.Fatalf("only %d statements are listed", len(list))
		}
		db, _ := s.Pools()
		for _, q := range list {
			p, err := db.Prepare(q)
			if err != nil {
				t.Errorf("%v\n%s", err, q)
				continue
			}
			_ = p.Close()
		}
	})
}

// notByRealm lists the keys that do not begin with the realm, and why. Every other table grows with the country and is sharded by it.
var notByRealm = map[string]string{
	"holding(realm)":                "begins with the realm; it is all there is",
	"login_name(login)":             "whoever logs in has not said yet to which realm he belongs",
	"login(hash)":                   "a browser shows a token and nothing else; rows go away when a login ends",
	"ticket(hash)":                  "like a login: a link or a browser shows a token and nothing else; rows go away",
	"login_subject(issuer,subject)": "like a login name: who comes from a single sign-on has not said yet to which realm he belongs",
	"feed(hash)":                    "like a login: a calendar program shows the secret of its address and nothing else",
	"throttle(key)":                 "who is slowed down has not logged in; rows go away within the hour",
	"search_entry(number)":          "SQLite only: full text points at rows by number, and one file is never sharded",
	"schema_version(id)":            "the migrations that have run: one row for each",
	"search_words_config(k)":        "SQLite only: inside of full text",
	"search_words_data(id)":         "SQLite only: inside of full text",
	"search_words_docsize(id)":      "SQLite only: inside of full text",
	"search_words_idx(segid,term)":  "SQLite only: inside of full text",
	"matter_tally_day(realm)":       "the day of a realm is all there is",
}

// Keys and foreign keys as the catalogues of the engines give them: table, kind, columns in order.
const (
	sqliteKeys = `SELECT m.name, CASE i.origin WHEN 'pk' THEN 'p' ELSE 'u' END,
			(SELECT group_concat(name, ',') FROM (SELECT c.name AS name FROM pragma_index_info(i.name) AS c ORDER BY c.seqno))
		FROM sqlite_schema AS m, pragma_index_list(m.name) AS i WHERE m.type = 'table' AND i."unique" = 1
		UNION SELECT m.name, 'p', c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
		WHERE m.type = 'table' AND c.pk = 1 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) WHERE origin = 'pk')
		UNION SELECT name, 'f', columns FROM (SELECT m.name AS name, k.id, group_concat(k."from", ',') AS columns
			FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table' GROUP BY m.name, k.id ORDER BY k.seq)`
	postgresKeys = `SELECT t.relname, c.contype::text, string_agg(a.attname, ',' ORDER BY k.place)
		FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
		CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(number, place)
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
		WHERE n.nspname = 'public' AND c.contype IN ('p', 'u', 'f') GROUP BY t.relname, c.oid, c.contype
		UNION SELECT t.relname, 'u', string_agg(a.attname, ',' ORDER BY k.place)
		FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
		CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, place)
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
		WHERE n.nspname = 'public' AND i.indisunique GROUP BY t.relname, i.indexrelid`
)

type key struct{ table, kind, columns string }

func keysOf(t *testing.T, s *store.Store) []key {
	t.Helper()
	query := sqliteKeys
	if s.Engine() == "postgres" {
		query = postgresKeys
	}
	_, db := s.Pools()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []key
	for rows.Next() {
		var k key
		if err := rows.Scan(&k.table, &k.kind, &k.columns); err != nil {
			t.Fatal(err)
		}
		list = append(list, k)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestKeysBeginWithTheRealm(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		list := keysOf(t, s)
		count := map[string]int{}
		for _, k := range list {
			count[k.kind]++
			name := k.table + "(" + k.columns + ")"
			if notByRealm[name] == "" && !strings.HasPrefix(k.columns, "realm,") {
				t.Errorf("the key %s does not begin with the realm (kind %s)", name, k.kind)
			}
		}
		if count["p"] < 20 || count["u"] < 2 || count["f"] < 15 {
			t.Errorf("the catalogue gives %v keys: the test does not see them", count)
		}
	})
}

// A key under a linguistic collation sorts 'a' before 'B' and depends on a library's version.
func TestKeysSortByBytes(t *testing.T) {
	t.Parallel()
	s := openPostgres(t)
	_, db := s.Pools()
	wrong := strs(t, db, `SELECT t.relname || '.' || a.attname FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
		JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey)
		JOIN pg_collation c ON c.oid = a.attcollation WHERE n.nspname = 'public' AND c.collname <> 'C' ORDER BY 1`)
	if len(wrong) > 0 {
		t.Errorf("in an index and not COLLATE \"C\": %v", wrong)
	}
}

func TestTablesAreStrict(t *testing.T) {
	t.Parallel()
	_, db := openSQLite(t).Pools()
	loose := strs(t, db, `SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 0
		AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE 'search\_words%' ESCAPE '\' AND name <> '`+store.VersionTable+`'`)
	if len(loose) > 0 {
		t.Errorf("not STRICT: %v", loose)
	}
}

func TestMigrationsComeInPairs(t *testing.T) {
	t.Parallel()
	names := func(engine string) []string {
		list, err := fs.Glob(store.Migrations, "migrations/"+engine+"/*.sql")
		if err != nil || len(list) == 0 {
			t.Fatal(err, list)
		}
		for i := range list {
			list[i] = path.Base(list[i])
		}
		return list
	}
	sqlite, postgres := names("sqlite"), names("postgres")
	if !slices.Equal(sqlite, postgres) {
		t.Errorf("sqlite has %v, postgres %v", sqlite, postgres)
	}
	numbered := regexp.MustCompile(`^\d{4}_[a-z_]+\.sql$`)
	for i, name := range sqlite {
		if !numbered.MatchString(name) || i > 0 && sqlite[i-1][:4] >= name[:4] {
			t.Errorf("migration %s is not numbered after the one before", name)
		}
	}
}

// The whole schema of each engine, for reading and to see what a migration changes. Run with -update after adding one.
func TestSchemaFiles(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		_, db := openSQLite(t).Pools()
		list := strs(t, db, `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
			AND name NOT LIKE 'search\_words\_%' ESCAPE '\' ORDER BY tbl_name, type DESC, name`)
		golden(t, "schema.sqlite.sql", strings.Join(list, ";\n\n")+";\n")
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		dump := pgtest.Program("pg_dump")
		dsn := pgtest.Clone(t, migrateTo)
		if !strings.Contains(dump, "/15/") {
			t.Skip("skipped: another PostgreSQL writes the schema in another form")
		}
		out, err := exec.Command(dump, "--schema-only", "--no-owner", "--no-privileges", "--restrict-key=golden", dsn).CombinedOutput()
		if err != nil {
			out, err = exec.Command(dump, "--schema-only", "--no-owner", "--no-privileges", dsn).CombinedOutput()
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		golden(t, "schema.postgres.sql", tidy(string(out)))
	})
}

// tidy takes out of a dump what changes with the minor version of the server and what says nothing.
func tidy(dump string) string {
	var kept []string
	for line := range strings.Lines(dump) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "--"), strings.HasPrefix(line, "SET "), strings.HasPrefix(line, `\`),
			strings.HasPrefix(line, "SELECT pg_catalog"), line == "" && (len(kept) == 0 || kept[len(kept)-1] == ""):
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimSpace(strings.Join(kept, "\n")) + "\n"
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is not the schema that the migrations make; look at the difference and run: go test ./internal/store -run Schema -update", name)
	}
}

// strs reads a query of one text column.
func strs(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
