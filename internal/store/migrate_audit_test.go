package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/gov"
	"haicap/internal/store/pgtest"
)

// The chain of the first version becomes a tree; one that does not fit stays as it is.
func TestChainBecomesTree(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]struct {
		statement string
		line      int64
	}{
		"whole":   {},
		"changed": {"UPDATE audit_line SET action = 'matter.resolve' WHERE realm = 1 AND seq = 3", 3},
		"removed": {"DELETE FROM audit_line WHERE realm = 1 AND seq = 2", 2},
		"moved":   {"UPDATE audit_line SET at = 'x' WHERE realm = 1 AND seq = 4", 4},
	} {
		for engine, address := range map[string]func(t *testing.T) string{
			"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "a.db") },
			"postgres": func(t *testing.T) string { return pgtest.Database(t) },
		} {
			t.Run(name+"/"+engine, func(t *testing.T) {
				t.Parallel()
				upgrade(t, address(t), spoil.statement, spoil.line)
			})
		}
	}
}

// upgrade writes a chain as the first version did, spoils it, and migrates.
func upgrade(t *testing.T, address, spoil string, line int64) {
	ctx := context.Background()
	s, err := Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	m, err := s.migrator()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.UpTo(ctx, 2); err != nil {
		t.Fatal(err)
	}
	for realm := range 2 {
		prev := ""
		for i := range 2500 {
			l := chainLine{Prev: prev, AuditLine: gov.AuditLine{Realm: gov.Realm(realm + 1), Seq: int64(i + 1), At: time.Unix(int64(i), 0).UTC(), Action: "matter.answer",
				Noun: "matter", Record: gov.ID(fmt.Sprint(i))}}
			if i == 7 && realm == 0 {
				break
			}
			prev = l.sum()
			if _, err := s.write.Exec(insertInto("audit_line", "realm, seq, at, account, action, noun, record, prev, hash"), int64(l.Realm), l.Seq, instant(l.At), "", l.Action, l.Noun,
				string(l.Record), l.Prev, prev); err != nil {
				t.Fatal(err)
			}
		}
	}
	if spoil != "" {
		if _, err := s.write.Exec(spoil); err != nil {
			t.Fatal(err)
		}
	}
	err = s.Migrate(ctx)
	if line > 0 {
		var refused *gov.Error
		if !errors.As(err, &refused) || refused.Key != "error.audit_chain_broken" || refused.Args[0] != line {
			t.Errorf("got %v, want a refusal at line %d", err, line)
		}
		if list, err := s.Pending(ctx); err != nil || len(list) == 0 || list[0] != "0003" {
			t.Errorf("pending: %v, %v", list, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for realm, size := range map[gov.Realm]int64{1: 7, 2: 2500} {
		err := s.Update(ctx, func(x gov.Tx) error {
			if _, err := x.AppendAudit(ctx, gov.AuditLine{Realm: realm, At: time.Unix(9, 0), Action: "login.end"}); err != nil {
				return err
			}
			lines, err := x.AuditLines(ctx, realm, 0, 3000)
			if err != nil || int64(len(lines)) != size+1 {
				t.Fatalf("%d lines, %v", len(lines), err)
			}
			var want []tlog.Hash
			read := tlog.HashReaderFunc(func(indexes []int64) (list []tlog.Hash, err error) {
				for _, n := range indexes {
					list = append(list, want[n])
				}
				return list, nil
			})
			for i, l := range lines {
				more, err := tlog.StoredHashes(int64(i), l.Canonical(), read)
				if err != nil {
					return err
				}
				want = append(want, more...)
			}
			got, err := x.AuditTree(ctx, realm, 0, 10000)
			if len(got) != len(want) {
				t.Fatalf("%d hashes, want %d", len(got), len(want))
			}
			for i, h := range got {
				if h.Index != int64(i) || h.Hash != [32]byte(want[i]) {
					t.Fatalf("hash %d is not what the lines say", i)
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
