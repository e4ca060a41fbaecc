package gov

import (
	"testing"
	"time"
)

// The hashes of every log rest on this form: it never changes.
func TestCanonicalAuditLine(t *testing.T) {
	t.Parallel()
	l := AuditLine{Realm: 1, Seq: 7, At: time.Date(2026, 1, 2, 10, 4, 5, 678901234, Zone), Account: "a", Action: "matter.answer", Noun: "matter", Record: "r"}
	want := `{"realm":1,"seq":7,"at":"2026-01-02T03:04:05.678901Z","account":"a","action":"matter.answer","noun":"matter","record":"r"}`
	if got := string(l.Canonical()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	a, b := NewID(time.UnixMilli(1_700_000_000_000)), NewID(time.UnixMilli(1_700_000_000_001))
	if len(a) != 36 || a >= b || a[14] != '7' {
		t.Errorf("ids %s and %s", a, b)
	}
	ids := IDsFrom(time.UnixMilli(1_700_000_000_000))
	last := ids.Next()
	for range 5000 {
		next := ids.Next()
		if next <= last {
			t.Fatalf("%s comes after %s", next, last)
		}
		last = next
	}
}
