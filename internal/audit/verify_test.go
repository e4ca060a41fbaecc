package audit_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/audit"
	"haicap/internal/gov"
	"haicap/internal/store"
	"haicap/internal/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const realm gov.Realm = 25

// A victim is a store with a log of 20 lines and another realm's of 3, and a way behind the program's back.
type victim struct {
	*testing.T
	ctx   context.Context
	store *store.Store
	db    *sql.DB
	heads []audit.Head // of 8, 13 and 20 lines, kept elsewhere
	lines int
}

// victims runs f on both engines.
func victims(t *testing.T, f func(v *victim)) {
	for engine, open := range map[string]func(t *testing.T) (driver, dsn, address string){
		"sqlite": func(t *testing.T) (string, string, string) {
			file := filepath.Join(t.TempDir(), "a.db")
			return "sqlite", file, file
		},
		"postgres": func(t *testing.T) (string, string, string) {
			dsn := pgtest.Clone(t, func(dsn string) error {
				s, err := store.Open(context.Background(), dsn)
				if err != nil {
					return err
				}
				defer func() { _ = s.Close() }()
				return s.Migrate(context.Background())
			})
			return "pgx", dsn, dsn
		},
	} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			driver, dsn, address := open(t)
			v := &victim{T: t, ctx: context.Background()}
			var err error
			if v.store, err = store.Open(v.ctx, address); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = v.store.Close() })
			if err := v.store.Migrate(v.ctx); err != nil {
				t.Fatal(err)
			}
			if v.db, err = sql.Open(driver, dsn); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = v.db.Close() })
			v.write(realm, 8)
			v.keep()
			v.write(realm, 5)
			v.keep()
			v.write(realm, 7)
			v.keep()
			v.write(realm+1, 3)
			f(v)
		})
	}
}

func (v *victim) write(r gov.Realm, n int) {
	v.Helper()
	err := v.store.Update(v.ctx, func(tx gov.Tx) error {
		for range n {
			v.lines++
			l := gov.AuditLine{Realm: r, At: time.Date(2026, 1, 15, 2, 0, 0, 1000, time.UTC), Account: "a", Action: "matter.answer", Noun: "matter",
				Record: gov.ID(fmt.Sprint("m", v.lines))}
			if _, err := tx.AppendAudit(v.ctx, l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		v.Fatal(err)
	}
}

func (v *victim) keep() {
	v.Helper()
	err := v.store.View(v.ctx, func(tx gov.Tx) error {
		h, err := audit.HeadOf(v.ctx, tx, realm)
		v.heads = append(v.heads, h)
		return err
	})
	if err != nil {
		v.Fatal(err)
	}
}

func (v *victim) verify(kept ...audit.Head) audit.Report {
	v.Helper()
	var r audit.Report
	err := v.store.View(v.ctx, func(tx gov.Tx) (err error) {
		r, err = audit.Verify(v.ctx, tx, realm, kept)
		return err
	})
	if err != nil {
		v.Fatal(err)
	}
	return r
}

func (v *victim) spoil(statements ...string) {
	v.Helper()
	for _, s := range statements {
		if _, err := v.db.Exec(s); err != nil {
			v.Fatalf("%s: %v", s, err)
		}
	}
}

// forge computes all hashes anew from the lines as they are now, as somebody would who knows how the log is made.
func (v *victim) forge() {
	v.Helper()
	v.spoil("DELETE FROM audit_hash WHERE realm = 25")
	var hashes []tlog.Hash
	err := v.store.View(v.ctx, func(tx gov.Tx) error {
		lines, err := tx.AuditLines(v.ctx, realm, 0, 1000)
		if err != nil {
			return err
		}
		for i, l := range lines {
			more, err := tlog.StoredHashes(int64(i), l.Canonical(), tlog.HashReaderFunc(func(indexes []int64) (list []tlog.Hash, err error) {
				for _, n := range indexes {
					list = append(list, hashes[n])
				}
				return list, nil
			}))
			if err != nil {
				return err
			}
			hashes = append(hashes, more...)
		}
		return nil
	})
	if err != nil {
		v.Fatal(err)
	}
	for i, h := range hashes {
		v.spoil(fmt.Sprintf("INSERT INTO audit_hash (realm, idx, hash) VALUES (25, %d, '%s')", i, h))
	}
}

func TestWholeLog(t *testing.T) {
	t.Parallel()
	victims(t, func(v *victim) {
		r := v.verify(v.heads...)
		if r.Fault != audit.Whole || r.Heads != 3 || r.Head.Size != 20 || r.Head.Root != v.heads[2].Root {
			v.Errorf("%+v", r)
		}
		v.write(realm, 4100) // more than two batches
		if r := v.verify(v.heads[2], v.heads[0]); r.Fault != audit.Whole || r.Heads != 2 || r.Head.Size != 4120 {
			v.Errorf("after more lines: %+v", r)
		}
		err := v.store.View(v.ctx, func(tx gov.Tx) error {
			for _, seq := range []int64{1, 20, 4120} {
				if l, _, h, err := audit.Prove(v.ctx, tx, realm, seq); err != nil || l.Seq != seq || h.Size != 4120 {
					v.Errorf("proof of %d: %+v, %v", seq, l, err)
				}
			}
			for _, seq := range []int64{-1, 0, 4121} {
				if _, _, _, err := audit.Prove(v.ctx, tx, realm, seq); !gov.IsNotFound(err) {
					v.Errorf("proof of %d: %v", seq, err)
				}
			}
			return nil
		})
		if err != nil {
			v.Error(err)
		}
		var none audit.Report
		err = v.store.View(v.ctx, func(tx gov.Tx) (err error) {
			none, err = audit.Verify(v.ctx, tx, 99, nil)
			return err
		})
		if err != nil || none.Fault != audit.Whole || none.Head.Size != 0 {
			v.Errorf("an empty log: %+v, %v", none, err)
		}
	})
}

// swap gives two lines each other's number.
var swap = []string{"UPDATE audit_line SET seq = 999 WHERE realm = 25 AND seq = 5", "UPDATE audit_line SET seq = 5 WHERE realm = 25 AND seq = 6",
	"UPDATE audit_line SET seq = 6 WHERE realm = 25 AND seq = 999"}

const line = "INSERT INTO audit_line (realm, seq, at, account, action, noun, record) VALUES (25, %d, '2026-01-15T02:00:00.000001Z', 'a', 'matter.answer', 'matter', 'm')"

// tampering is what somebody who may write into the database can do to the lines.
var tampering = map[string]struct {
	do    []string
	fault audit.Fault // what is found while the hashes stay as they were
	line  int64
	kept  audit.Fault // what a kept head finds after the hashes were forged too
	since int64
}{
	"a line changed: action":  {[]string{"UPDATE audit_line SET action = 'matter.resolve' WHERE realm = 25 AND seq = 10"}, audit.Changed, 10, audit.Replaced, 9},
	"a line changed: account": {[]string{"UPDATE audit_line SET account = 'b' WHERE realm = 25 AND seq = 1"}, audit.Changed, 1, audit.Replaced, 1},
	"a line changed: noun":    {[]string{"UPDATE audit_line SET noun = '' WHERE realm = 25 AND seq = 20"}, audit.Changed, 20, audit.Replaced, 14},
	"a line changed: record":  {[]string{"UPDATE audit_line SET record = 'x' WHERE realm = 25 AND seq = 2"}, audit.Changed, 2, audit.Replaced, 1},
	"a line changed: time by a microsecond": {[]string{"UPDATE audit_line SET at = '2026-01-15T02:00:00.000002Z' WHERE realm = 25 AND seq = 7"},
		audit.Changed, 7, audit.Replaced, 1},
	"a line changed: time that is none": {[]string{"UPDATE audit_line SET at = 'hôm qua' WHERE realm = 25 AND seq = 7"}, audit.Changed, 7, audit.Replaced, 1},
	"a line removed":                    {[]string{"DELETE FROM audit_line WHERE realm = 25 AND seq = 10"}, audit.Missing, 10, "", 0},
	"a line removed, the rest moved up": {append([]string{"DELETE FROM audit_line WHERE realm = 25 AND seq = 4"}, moved(5, 20, -1)...),
		audit.Changed, 4, audit.Replaced, 1},
	"the first line removed":  {[]string{"DELETE FROM audit_line WHERE realm = 25 AND seq = 1"}, audit.Missing, 1, "", 0},
	"the last lines removed":  {[]string{"DELETE FROM audit_line WHERE realm = 25 AND seq > 15"}, audit.Missing, 16, audit.Cut, 16},
	"all lines removed":       {[]string{"DELETE FROM audit_line WHERE realm = 25"}, audit.Missing, 1, audit.Cut, 1},
	"lines reordered":         {swap, audit.Changed, 5, audit.Replaced, 1},
	"a line added at the end": {[]string{fmt.Sprintf(line, 21)}, audit.NoHashes, 21, audit.Whole, 0},
	"a line added far behind": {[]string{fmt.Sprintf(line, 99)}, audit.Missing, 21, "", 0},
	"a line added before":     {[]string{fmt.Sprintf(line, 0)}, audit.NoHashes, 0, "", 0},
	"a line added between":    {append(moved(11, 20, 1), fmt.Sprintf(line, 11)), audit.Changed, 11, audit.Replaced, 9},
	"a line of another realm put in": {append(moved(11, 20, 1), "UPDATE audit_line SET realm = 25, seq = 11, record = 'z' WHERE realm = 26 AND seq = 3"),
		audit.Changed, 11, audit.Replaced, 9},
	"a hash over several lines changed": {[]string{"UPDATE audit_hash SET hash = (SELECT hash FROM audit_hash WHERE realm = 25 AND idx = 0) WHERE realm = 25 AND idx = 2"},
		audit.Tree, 2, audit.Whole, 0},
	"a hash that is none": {[]string{"UPDATE audit_hash SET hash = 'x' WHERE realm = 25 AND idx = 0"}, audit.Changed, 1, audit.Whole, 0},
	"a hash removed":      {[]string{"DELETE FROM audit_hash WHERE realm = 25 AND idx = 3"}, audit.NoHashes, 3, audit.Whole, 0},
}

// moved gives the lines from one number to another the number before or after theirs, one by one, since numbers are unique.
func moved(from, to, by int) (list []string) {
	for i := range to - from + 1 {
		n := from + i
		if by > 0 {
			n = to - i
		}
		list = append(list, fmt.Sprintf("UPDATE audit_line SET seq = %d WHERE realm = 25 AND seq = %d", n+by, n))
	}
	return list
}

func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range tampering {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			victims(t, func(v *victim) {
				v.spoil(c.do...)
				if r := v.verify(); r.Fault != c.fault || r.Bad != c.line {
					v.Errorf("found %q at %d, want %q at %d", r.Fault, r.Bad, c.fault, c.line)
				}
				if c.kept == "" && c.since == 0 && c.fault == audit.Missing || c.line == 0 {
					return // numbers with a gap cannot be forged
				}
				v.forge()
				if r := v.verify(); r.Fault != audit.Whole {
					v.Fatalf("forged: %+v", r)
				}
				r := v.verify(v.heads...)
				if r.Fault != c.kept || r.Fault != audit.Whole && (r.Bad != c.since || r.Kept == nil) {
					v.Errorf("the kept heads find %q from %d on, want %q from %d on", r.Fault, r.Bad, c.kept, c.since)
				}
			})
		})
	}
}

// Nothing is written on top of a log that was cut: the next line would hide it.
func TestNothingIsWrittenOnACutLog(t *testing.T) {
	t.Parallel()
	victims(t, func(v *victim) {
		v.spoil("DELETE FROM audit_line WHERE realm = 25 AND seq = 20")
		err := v.store.Update(v.ctx, func(tx gov.Tx) error {
			_, err := tx.AppendAudit(v.ctx, gov.AuditLine{Realm: realm, At: time.Unix(0, 0), Action: "login.end"})
			return err
		})
		if gov.CodeOf(err) != gov.Unavailable {
			v.Errorf("got %v", err)
		}
		if r := v.verify(); r.Fault != audit.Missing || r.Bad != 20 {
			v.Errorf("%+v", r)
		}
	})
}

// BenchmarkVerify computes a log of 100,000 lines anew.
func BenchmarkVerify(b *testing.B) {
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(b.TempDir(), "a.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.Migrate(ctx); err != nil {
		b.Fatal(err)
	}
	const n = 100000
	for range n / 10000 {
		err := s.Update(ctx, func(tx gov.Tx) error {
			for range 10000 {
				if _, err := tx.AppendAudit(ctx, gov.AuditLine{Realm: 1, At: time.Unix(0, 0), Account: "0197a000-0000-7000-8000-000000000001", Action: "document.open",
					Noun: "document", Record: "0197a000-0000-7000-8000-000000000001"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		err := s.View(ctx, func(tx gov.Tx) error {
			r, err := audit.Verify(ctx, tx, 1, nil)
			if r.Head.Size != n || r.Fault != audit.Whole {
				b.Fatalf("%+v", r)
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "lines/s")
}
