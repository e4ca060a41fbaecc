package gov

import (
	"slices"
	"testing"
	"time"
)

func TestAuditChain(t *testing.T) {
	t.Parallel()
	var lines []AuditLine
	var prev *AuditLine
	for i := range 5 {
		l := AuditLine{Realm: 1, At: time.Date(2026, 1, 2, 3, 4, i, 5678, time.UTC), Account: "a", Action: "matter.answer", Noun: "matter", Record: ID(rune('a' + i))}.Chain(prev)
		lines = append(lines, l)
		prev = &lines[i]
	}
	if bad := VerifyAudit(nil, lines); bad != 0 {
		t.Fatalf("a good chain is wrong at %d", bad)
	}
	if bad := VerifyAudit(&lines[1], lines[2:]); bad != 0 {
		t.Fatalf("its second part is wrong at %d", bad)
	}
	for name, spoil := range map[string]func(l []AuditLine) []AuditLine{
		"changed":   func(l []AuditLine) []AuditLine { l[2].Action = "matter.resolve"; return l },
		"removed":   func(l []AuditLine) []AuditLine { return slices.Delete(l, 2, 3) },
		"reordered": func(l []AuditLine) []AuditLine { l[2], l[3] = l[3], l[2]; return l },
		"added":     func(l []AuditLine) []AuditLine { return slices.Insert(l, 2, l[4]) },
		"rehashed":  func(l []AuditLine) []AuditLine { l[2].Record = "z"; l[2] = l[2].Chain(&l[1]); return l },
	} {
		if bad := VerifyAudit(nil, spoil(slices.Clone(lines))); bad == 0 {
			t.Errorf("%s: not found", name)
		}
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
