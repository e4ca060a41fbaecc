package cli

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"haicap/internal/app"
	"haicap/internal/backup"
	"haicap/internal/gov"
	"haicap/internal/jobs"
	"haicap/internal/store/pgtest"
)

// rowsOf are the sums of a database's tables, each over all of its rows.
func rowsOf(t *testing.T, file string) map[string]string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tables := lines(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'search_words'")
	sums := map[string]string{}
	for _, table := range tables {
		columns := lines(t, db, `SELECT 'quote("' || name || '")' FROM pragma_table_info('`+table+`')`)
		h := sha256.New()
		for _, row := range lines(t, db, "SELECT "+strings.Join(columns, " || ',' || ")+" FROM "+table+" ORDER BY 1") {
			fmt.Fprintln(h, row)
		}
		sums[table] = hex.EncodeToString(h.Sum(nil))
	}
	return sums
}

func lines(t *testing.T, db *sql.DB, query string) (list []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%v: %s", err, query)
	}
	defer func() { _ = rows.Close() }()
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

// generated is a data folder of 2,000 figures, 40 documents, 500 matters and the accounts of 148 units.
func generated(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kho")
	if status, _, errs := run(t, nil, "generate", "--provinces", "25", "--only", "accounts,documents,figures,sessions,matters", "--matters", "500", "--records", "2000", "--data", dir); status != 0 {
		t.Fatal(errs)
	}
	return dir
}

// While documents are filed, an archive is made; what comes back is what was there at one moment: the same rows as the copy that was
// saved, and all that was there before anybody began to write.
func TestBackupWhileOthersWrite(t *testing.T) {
	t.Parallel()
	dir := generated(t)
	before := rowsOf(t, filepath.Join(dir, dbName))
	p, who := reopened(t, dir)
	stop, stopped, first := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			data := fmt.Appendf(nil, "Báo cáo số %d của phường Thanh Miếu, ngày 18/3/2026. Thu ngân sách đạt %d tỷ đồng.", i, i)
			if _, _, err := p.app.FileDocument(t.Context(), who, app.FileInput{Name: "a.txt", Data: data}); err != nil {
				t.Error(err)
				return
			}
			if i == 0 {
				close(first)
			}
		}
	}()
	<-first
	archive := filepath.Join(t.TempDir(), "a.tar.gz")
	status, out, errs := run(t, nil, "backup", archive, "--data", dir)
	close(stop)
	<-stopped
	if status != 0 {
		t.Fatal(out, errs)
	}
	to := filepath.Join(t.TempDir(), "mới")
	if status, out, errs := run(t, nil, "restore", archive, "--data", to); status != 0 {
		t.Fatal(out, errs)
	}
	m, err := backup.Verify(t.Context(), archive, backup.Identities{})
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range m.Members {
		if sum, err := sumOf(filepath.Join(to, member.Name)); err != nil || sum != member.SHA256 {
			t.Errorf("%s: %s, %v; want %s", member.Name, sum, err, member.SHA256)
		}
	}
	after := rowsOf(t, filepath.Join(to, dbName))
	for _, table := range []string{"figure", "account", "agency", "holding"} {
		if after[table] != before[table] {
			t.Errorf("the rows of %s changed", table)
		}
	}
	if m.Rows["figure"] != 2000 || m.Rows["document"] <= 40 || m.Rows["document"] == m.Rows["figure"] {
		t.Errorf("saved: %v", m.Rows)
	}
	if status, out, _ := run(t, nil, "doctor", "--data", to); status != 0 {
		t.Error(out)
	}
}

// Made documents are read as they were made: their text layer is their bytes, so that places in them are right.
func TestGeneratedDocumentsAreTheirLayers(t *testing.T) {
	t.Parallel()
	dir := generated(t)
	p, who := reopened(t, dir)
	v, err := p.app.Documents(t.Context(), who, gov.Page{Limit: 5})
	if err != nil || len(v.Lines) != 5 {
		t.Fatalf("%d documents, %v", len(v.Lines), err)
	}
	for _, l := range v.Lines {
		_, data, err := p.app.Original(t.Context(), who, l.Document.ID)
		if err != nil {
			t.Fatal(err)
		}
		layer, err := app.LayerOf(t.Context(), l.Document.FileName, data)
		if err != nil || layer.Text != string(data) {
			t.Errorf("%s: the layer is not the text: %v", l.Document.FileName, err)
		}
	}
}

// The server saves at its hour: one job, one archive, the oldest cleared away, a line in the log.
func TestScheduledBackup(t *testing.T) {
	t.Parallel()
	dir, archives := begun(t), t.TempDir()
	old := filepath.Join(archives, "haicap-20200101-020000.tar.gz")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v, err := resolve(map[string]string{"data": dir, "backup-dir": archives, "backup-keep": "1"}, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	c := &call{settings: v, stderr: &buffer{}}
	p, who := reopened(t, dir)
	now := time.Date(2026, 1, 15, 18, 59, 0, 0, time.UTC) // a minute to two in Viet Nam
	work := func(want int) {
		t.Helper()
		n, err := jobs.Once(t.Context(), jobs.Config{Store: p.store, Kinds: map[string]jobs.Kind{backupKind: c.kinds(p)[backupKind]}, Now: func() time.Time { return now }})
		if err != nil || n != want {
			t.Fatalf("%d jobs, %v; want %d", n, err, want)
		}
	}
	for range 2 { // two starts of the server
		if err := c.schedule(t.Context(), p, now); err != nil {
			t.Fatal(err)
		}
	}
	work(0)
	now = now.Add(time.Minute)
	work(1)
	work(0)
	list, err := backup.Archives(archives)
	if err != nil || len(list) != 1 || list[0] == old {
		t.Fatalf("archives %v, %v", list, err)
	}
	if _, err := backup.Verify(t.Context(), list[0], backup.Identities{}); err != nil {
		t.Error(err)
	}
	var last gov.AuditLine
	err = p.store.View(t.Context(), func(tx gov.Tx) error {
		lines, err := tx.AuditLines(t.Context(), gov.Realm(who.Realm), 0, 100)
		last = lines[len(lines)-1]
		return err
	})
	if err != nil || last.Action != "backup.make" || string(last.Record) != filepath.Base(list[0]) {
		t.Errorf("the last line of the log: %+v, %v", last, err)
	}
	// A folder that cannot be written: the job waits and says why.
	now = now.Add(24 * time.Hour)
	c.settings["backup_dir"] = value{text: filepath.Join(old, "below a file")}
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.schedule(t.Context(), p, now); err != nil {
		t.Fatal(err)
	}
	work(1)
	if status, out, _ := run(t, nil, "jobs", "--data", dir); status != 0 || !strings.Contains(out, "chờ: backup") || !strings.Contains(out, "error.backup_write") {
		t.Errorf("status %d\n%s", status, out)
	}
	// Without the setting there is no more of it.
	c.settings["backup_dir"] = value{}
	if err := c.schedule(t.Context(), p, now); err != nil {
		t.Fatal(err)
	}
	now = now.Add(48 * time.Hour)
	work(1) // what waits is still tried
}

// A server that runs on the folder keeps it from being replaced.
func TestRestoreUnderARunningServer(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("haicap-crash")
	if err != nil {
		t.Fatal(err)
	}
	dir := begun(t)
	archive := filepath.Join(t.TempDir(), "a.tar.gz")
	if status, _, errs := run(t, nil, "backup", archive, "--data", dir); status != 0 {
		t.Fatal(errs)
	}
	cmd := exec.CommandContext(t.Context(), program, "idle", dir, "0")
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := make([]byte, 5)
	if _, err := out.Read(ready); err != nil {
		t.Fatal(err)
	}
	status, _, errs := run(t, nil, "restore", archive, "--data", dir, "--replace")
	if status != 2 || !strings.Contains(errs, "haicap serve") {
		t.Errorf("while it is in use: status %d, %s", status, errs)
	}
	_ = in.Close()
	_ = cmd.Wait()
	if status, _, errs := run(t, nil, "restore", archive, "--data", dir, "--replace"); status != 0 {
		t.Errorf("afterwards: status %d, %s", status, errs)
	}
}

func TestBackupOfPostgres(t *testing.T) {
	t.Parallel()
	dir, archives := filepath.Join(t.TempDir(), "kho"), t.TempDir()
	env := map[string]string{"HAICAP_DB": pgtest.Database(t), "HAICAP_DATA": dir}
	for _, args := range [][]string{{"generate", "--provinces", "25", "--only", "accounts,documents,figures", "--records", "500"}, {"backup", archives}, {"doctor"}} {
		if status, out, errs := run(t, env, args...); status != 0 {
			t.Fatal(args, out, errs)
		}
	}
	to := filepath.Join(t.TempDir(), "mới")
	if status, _, errs := run(t, nil, "restore", archives, "--data", to); status != 2 || !strings.Contains(errs, "--db") {
		t.Errorf("without a database: status %d, %s", status, errs)
	}
	other := map[string]string{"HAICAP_DB": pgtest.Database(t), "HAICAP_DATA": to}
	if status, _, errs := run(t, other, "restore", archives, "--db", env["HAICAP_DB"]); status != 2 || !strings.Contains(errs, "createdb") {
		t.Errorf("into a database that is not empty: status %d, %s", status, errs)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("there is a folder all the same")
	}
	status, out, errs := run(t, other, "restore", archives)
	if status != 0 || !strings.Contains(out, "10 văn bản, 500 số liệu") {
		t.Fatalf("status %d\n%s%s", status, out, errs)
	}
	if status, out, errs := run(t, other, "doctor"); status != 0 {
		t.Error(out, errs)
	}
	if _, err := os.Stat(filepath.Join(to, "haicap.pgdump")); err == nil {
		t.Error("the dump is left in the data folder")
	}
	// Where pg_dump is not installed it is said in a sentence, and nothing is left.
	none := t.TempDir()
	if _, err := withoutPrograms(t, env, "backup", none); err == nil {
		t.Error("it worked without pg_dump")
	}
	if list, _ := os.ReadDir(none); len(list) > 0 {
		t.Errorf("left behind: %v", list)
	}
}

// withoutPrograms runs the program in a process whose PATH is empty.
func withoutPrograms(t *testing.T, env map[string]string, args ...string) (string, error) {
	t.Helper()
	program, err := exec.LookPath("haicap")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = []string{"PATH="}
	for k, v := range env {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	out, err := cmd.CombinedOutput()
	if err != nil && !strings.Contains(string(out), "pg_dump") {
		t.Errorf("%v: %s", err, out)
	}
	return string(out), err
}

func TestBenchBackup(t *testing.T) {
	t.Parallel()
	status, out, errs := run(t, nil, "bench", "backup", "--records", "300", "--json")
	if status != 0 || strings.Count(out, "\n") != 4 {
		t.Fatalf("status %d\n%s%s", status, out, errs)
	}
	for line := range strings.Lines(out) {
		var m measure
		if err := json.Unmarshal([]byte(line), &m); err != nil || m.Name == "" || m.Size == 0 {
			t.Errorf("%v: %s", err, line)
		}
	}
}
