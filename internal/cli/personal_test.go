package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/backup"
	"haicap/internal/gov"
	"haicap/internal/jobs"
)

// official makes an account with a name in a data folder, and gives its id.
func official(t *testing.T, p *parts, who access.Principal, name string) gov.ID {
	t.Helper()
	if _, err := p.app.CreateAccount(t.Context(), who, app.AccountInput{Login: "hanh", Name: name, Role: string(access.Clerk)}); err != nil {
		t.Fatal(err)
	}
	acc, err := p.app.AccountNamed(t.Context(), who, "hanh")
	if err != nil {
		t.Fatal(err)
	}
	return acc.ID
}

// nameIn is the name of an account in a data folder.
func nameIn(t *testing.T, dir string, id gov.ID) string {
	t.Helper()
	c := &call{settings: mustResolve(t, dir), stderr: &buffer{}}
	p, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	who, err := p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	line, err := p.app.AccountOf(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	return line.Name
}

func mustResolve(t *testing.T, dir string) values {
	t.Helper()
	v, err := resolve(map[string]string{"data": dir}, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A backup that is older than an erasing brings nobody back: not where the folder is replaced, not on another machine with the list that
// lies beside the archives, and not where the list is given. Without any list it does, which is why there are three.
func TestRestoreBringsNobodyBack(t *testing.T) {
	t.Parallel()
	const name = "Nguyễn Thị Bích Hạnh"
	dir, archives := begun(t), t.TempDir()
	c := &call{settings: mustResolve(t, dir), stderr: &buffer{}}
	p, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	who, err := p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := official(t, p, who, name)
	archive := filepath.Join(archives, "truoc.tar.gz")
	if status, _, errs := run(t, nil, "backup", archive, "--data", dir); status != 0 {
		t.Fatal(errs)
	}
	if _, err := os.Stat(filepath.Join(archives, backup.ErasedName)); err == nil {
		t.Error("a list of nobody was written")
	}
	if err := p.app.EraseSubject(t.Context(), who, id); err != nil {
		t.Fatal(err)
	}
	p.close()
	elsewhere := func() string { return filepath.Join(t.TempDir(), "kho") }
	restore := func(to, from string, more ...string) string {
		t.Helper()
		status, _, errs := run(t, nil, append([]string{"restore", from, "--data", to}, more...)...)
		if status != 0 {
			t.Fatal(errs)
		}
		return nameIn(t, to, id)
	}
	if got := restore(elsewhere(), archive); got != name {
		t.Errorf("without a list the name is %q: the archive does not hold it", got)
	}
	list := filepath.Join(dir, backup.ErasedName)
	if got := restore(elsewhere(), archive, "--erased", list); got != gov.ErasedName {
		t.Errorf("with the list that was given the name is %q", got)
	}
	if status, _, errs := run(t, nil, "restore", archive, "--data", elsewhere(), "--erased", filepath.Join(archives, "none.csv")); status != 2 {
		t.Errorf("a list that is not there: status %d, %s", status, errs)
	}
	if got := restore(dir, archive, "--replace"); got != gov.ErasedName {
		t.Errorf("in its own folder the name is %q", got)
	}
	if status, out, errs := run(t, nil, "audit", "verify", "--data", dir); status != 0 {
		t.Errorf("the log: status %d\n%s%s", status, out, errs)
	}
	if status, _, errs := run(t, nil, "backup", filepath.Join(archives, "sau.tar.gz"), "--data", dir); status != 0 {
		t.Fatal(errs)
	}
	if got := restore(elsewhere(), archive); got != gov.ErasedName {
		t.Errorf("with the list beside the archive the name is %q", got)
	}
}

// The nightly run takes the office's own table where there is one.
func TestScheduledRetention(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	table := filepath.Join(dir, retentionName)
	if err := os.WriteFile(table, []byte("what,from,length,unit,law,sure\naccount,2025-07-01,0,day,,no\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := &call{settings: mustResolve(t, dir), stderr: &buffer{}}
	p, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	who, err := p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := official(t, p, who, "Nguyễn Thị Bích Hạnh")
	if err := p.app.SetDisabled(t.Context(), who, id, true); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 15, 20, 29, 0, 0, time.UTC) // a minute to half past three in Viet Nam
	if err := c.schedule(t.Context(), p, now); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{0, 1, 0} {
		n, err := jobs.Once(t.Context(), jobs.Config{Store: p.store, Kinds: c.kinds(p), Now: func() time.Time { return now }})
		if err != nil || n != want {
			t.Fatalf("%d jobs, %v; want %d", n, err, want)
		}
		now = now.Add(time.Minute)
	}
	line, err := p.app.AccountOf(t.Context(), who, id)
	if err != nil || line.Name != gov.ErasedName {
		t.Errorf("the name is %q, %v", line.Name, err)
	}
	if err := os.WriteFile(table, []byte("what,from,length,unit,law,sure\naccount,2025-07-01,soon,day,,no\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := run(t, nil, "jobs", "--data", dir); status != 2 || !strings.Contains(errs, "retention.csv") {
		t.Errorf("a table that cannot be read: status %d, %s", status, errs)
	}
}
