package cli

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"haicap/internal/gov"
	"haicap/internal/jobs"
)

// The counts of what is owed are those of today once the server has started, and again after each midnight.
func TestScheduledCounts(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	c := &call{settings: mustResolve(t, dir), stderr: &buffer{}}
	p, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, dbName)+"?_pragma=busy_timeout(10000)") // a server may be writing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	counted := func(want gov.Day) {
		t.Helper()
		var day gov.Day
		if err := db.QueryRow("SELECT day FROM matter_tally_day").Scan(&day); err != nil || day != want {
			t.Errorf("counted as of %q, %v; want %s", day, err, want)
		}
	}
	now := time.Date(2026, 1, 15, 17, 0, 0, 0, time.UTC) // midnight in Viet Nam
	if err := c.schedule(t.Context(), p, now); err != nil {
		t.Fatal(err)
	}
	counted(p.app.Today())
	err = p.store.Update(t.Context(), func(tx gov.Tx) error {
		list, err := tx.Holdings(t.Context())
		if err != nil {
			return err
		}
		return tx.MoveTallies(t.Context(), list[0].Realm, "2026-01-15")
	})
	if err != nil {
		t.Fatal(err)
	}
	counted("2026-01-15")
	for _, want := range []int{0, 1, 0} {
		n, err := jobs.Once(t.Context(), jobs.Config{Store: p.store, Kinds: map[string]jobs.Kind{countsKind: c.kinds(p)[countsKind]}, Now: func() time.Time { return now }})
		if err != nil || n != want {
			t.Fatalf("%d jobs, %v; want %d", n, err, want)
		}
		now = now.Add(time.Minute)
	}
	counted(p.app.Today())
}
