package store

import (
	"slices"
	"testing"

	"haicap/internal/gov"
)

// FuzzCursor: what a browser sends as a cursor is one that was handed out, or refused.
func FuzzCursor(f *testing.F) {
	f.Add(cursor("2026-01-15", "0197"), 2)
	f.Add("====", 1)
	f.Add("", 0)
	f.Fuzz(func(t *testing.T, s string, n int) {
		keys, err := keysOf(s, n)
		if err != nil {
			if gov.CodeOf(err) != gov.Invalid {
				t.Errorf("%v", err)
			}
			return
		}
		again, err := keysOf(cursor(keys...), n)
		if err != nil || !slices.Equal(again, keys) {
			t.Errorf("%q becomes %q, %v", keys, again, err)
		}
	})
}
