package gov

import (
	"testing"
	"time"
)

func TestNextAt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ clock, after, want string }{
		{"02:00", "2026-01-14T18:59:59Z", "2026-01-14T19:00:00Z"}, // 01:59:59 in Viet Nam
		{"02:00", "2026-01-14T19:00:00Z", "2026-01-15T19:00:00Z"}, // just then: tomorrow
		{"00:00", "2026-12-31T16:00:00Z", "2026-12-31T17:00:00Z"},
		{"23:59", "2026-02-28T17:30:00Z", "2026-03-01T16:59:00Z"},
	} {
		after, err := time.Parse(time.RFC3339, c.after)
		if err != nil {
			t.Fatal(err)
		}
		got, err := NextAt(c.clock, after)
		if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("%s after %s: %v, %v; want %s", c.clock, c.after, got, err, c.want)
		}
	}
	for _, bad := range []string{"", "2:00", "24:00", "02:60", "02:00:00", "hai giờ"} {
		if _, err := NextAt(bad, time.Now()); CodeOf(err) != Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestRetriesGrowAndEnd(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC)
	last, total := time.Duration(0), time.Duration(0)
	for n := 1; n <= JobTries; n++ {
		wait := RetryJob(n, at).Sub(at)
		if wait < last || wait < time.Minute || wait > 8*time.Hour {
			t.Errorf("attempt %d waits %v after %v", n, wait, last)
		}
		last, total = wait, total+wait
	}
	if total < 12*time.Hour || total > 48*time.Hour {
		t.Errorf("a job is given up after %v", total)
	}
}
