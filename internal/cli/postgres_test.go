package cli

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haicap/internal/store/pgtest"
)

func TestServeOnPostgres(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "kho")
	env := map[string]string{"HAICAP_DB": pgtest.Database(t), "HAICAP_DATA": dir}
	if status, _, errs := run(t, env, "init", "--unit", "07909"); status != 0 {
		t.Fatal(errs)
	}
	if _, err := os.Stat(filepath.Join(dir, dbName)); err == nil {
		t.Error("there is an SQLite file as well")
	}
	s := serve(t, env, "serve", "--listen", "127.0.0.1:0")
	if res, body := get(t, s.url+"/login"); res.StatusCode != http.StatusOK {
		t.Errorf("%s\n%.300s", res.Status, body)
	}
	if status := s.stop(); status != 0 {
		t.Errorf("status %d\n%s", status, s.log)
	}
	// Another folder on the same database: refused, and the folder is not left behind.
	other := filepath.Join(t.TempDir(), "khác")
	if status, _, errs := run(t, env, "init", "--province", "25", "--data", other); status != 2 {
		t.Errorf("begun twice: status %d\n%s", status, errs)
	}
	if _, err := os.Stat(other); err == nil {
		t.Error("the refused folder is still there")
	}
	if status, out, errs := run(t, env, "audit", "verify"); status != 0 {
		t.Error(out, errs)
	}
}

// TestDatabasePassword: it comes from a file or the environment and reaches the driver, whatever it is made of.
func TestDatabasePassword(t *testing.T) {
	t.Parallel()
	const password = "mật khẩu/@:&?#%"
	file := filepath.Join(t.TempDir(), "p")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, env := range []map[string]string{{"HAICAP_DB_PASSWORD": password}, {"HAICAP_DB_PASSWORD_FILE": file}} {
		env["HAICAP_DB"] = "postgres://haicap@db.lan:5433/haicap?sslmode=require"
		v, err := resolve(nil, func(k string) string { return env[k] })
		if err != nil {
			t.Fatal(err)
		}
		address, err := (&call{settings: v}).database()
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(address)
		if err != nil || u.Query().Get("password") != password || u.Query().Get("sslmode") != "require" || u.User.Username() != "haicap" {
			t.Errorf("%v: %s", err, address)
		}
	}
	// A server that does not answer: no password in what people see.
	env := map[string]string{"HAICAP_DB": "postgres://haicap@127.0.0.1:1/haicap?connect_timeout=1", "HAICAP_DB_PASSWORD": "bimat"}
	status, out, errs := run(t, env, "init", "--province", "25", "--data", filepath.Join(t.TempDir(), "x"))
	if status != 1 || strings.Contains(out+errs, "bimat") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}
