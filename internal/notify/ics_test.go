package notify_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"haicap/internal/notify"
)

var events = []notify.Event{
	{UID: "task-01HZX@haicap", Day: "2026-12-07", Changed: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), Sequence: 2, Link: "https://haicap.example/m/01HZX",
		Summary: "Rà soát, sắp xếp lại trụ sở dôi dư sau sắp xếp đơn vị hành chính; báo cáo Thường trực Tỉnh ủy", Detail: "Sở Tài chính chủ trì\nHạn ban đầu: 30/11/2026"},
	{UID: "task-2@haicap", Day: "2028-02-29", Changed: written, Summary: "Việc đã xong", Cancelled: true},
	{UID: "no day", Summary: "bỏ qua"},
}

// property finds the values of a name in an unfolded event.
func properties(lines []string, name string) []string {
	var out []string
	for _, l := range lines {
		if head, value, _ := strings.Cut(l, ":"); head == name || strings.HasPrefix(head, name+";") {
			out = append(out, value)
		}
	}
	return out
}

// unfold checks the lines of a calendar as RFC 5545, 3.1 wants them, and joins those that were folded.
func unfold(t interface{ Fatalf(string, ...any) }, data []byte) []string {
	s := string(data)
	if !strings.HasSuffix(s, "\r\n") || strings.Contains(strings.ReplaceAll(s, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(s, "\r\n", ""), "\r") {
		t.Fatalf("a line does not end in CRLF:\n%q", s)
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Fatalf("%d octets: %q", len(line), line)
		}
		if rest, ok := strings.CutPrefix(line, " "); ok && len(lines) > 0 {
			lines[len(lines)-1] += rest
			continue
		}
		lines = append(lines, line)
	}
	return lines
}

var unescape = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n")

func TestFeed(t *testing.T) {
	t.Parallel()
	data := notify.Feed("Việc của tôi", events)
	golden(t, "testdata/feed.ics", data)
	lines := unfold(t, data)
	if lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" || slices.Contains(lines, "BEGIN:VALARM") {
		t.Errorf("%q", lines)
	}
	for _, name := range []string{"VERSION", "PRODID"} {
		if len(properties(lines, name)) != 1 {
			t.Errorf("%s does not stand once", name)
		}
	}
	var found [][]string
	for i, l := range lines {
		if l == "BEGIN:VEVENT" {
			end := i + slices.Index(lines[i:], "END:VEVENT")
			found = append(found, lines[i+1:end])
		}
	}
	if len(found) != 2 {
		t.Fatalf("%d events", len(found))
	}
	for i, want := range []map[string]string{
		{"UID": "task-01HZX@haicap", "DTSTAMP": "20261120T080000Z", "SEQUENCE": "2", "DTSTART": "20261207", "DTEND": "20261208", "STATUS": "CONFIRMED", "URL": "https://haicap.example/m/01HZX"},
		{"UID": "task-2@haicap", "DTSTAMP": "20261123T003000Z", "SEQUENCE": "0", "DTSTART": "20280229", "DTEND": "20280301", "STATUS": "CANCELLED", "TRANSP": "TRANSPARENT"},
	} {
		for name, value := range want {
			if got := properties(found[i], name); len(got) != 1 || got[0] != value {
				t.Errorf("event %d: %s is %q, want %q", i, name, got, value)
			}
		}
		if got := properties(found[i], "SUMMARY"); len(got) != 1 || unescape.Replace(got[0]) != events[i].Summary {
			t.Errorf("summary %q", got)
		}
	}
	if got := properties(found[0], "DESCRIPTION"); len(got) != 1 || unescape.Replace(got[0]) != events[0].Detail {
		t.Errorf("description %q", got)
	}
}

// TestFeedTakesAnyText: whatever stands in a matter, the calendar stays a calendar with the same number of events, and the text comes back.
func TestFeedTakesAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("aỗ\r\n\t\\;,:\"BEGIN")))).Draw(t, "text")
		e := notify.Event{UID: "x" + text, Day: "2026-12-07", Summary: text, Detail: text, Link: text}
		lines := unfold(t, notify.Feed(text, []notify.Event{e, e}))
		n := 0
		for _, l := range lines {
			if l == "BEGIN:VEVENT" {
				n++
			}
			if l == "" {
				t.Fatalf("an empty line")
			}
		}
		if n != 2 || lines[len(lines)-1] != "END:VCALENDAR" || len(properties(lines, "SUMMARY")) != 2 {
			t.Fatalf("%q", lines)
		}
		if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) && unescape.Replace(properties(lines, "SUMMARY")[0]) != text {
			t.Fatalf("%q came back as %q", text, properties(lines, "SUMMARY")[0])
		}
	})
}

func BenchmarkFeed(b *testing.B) {
	list := slices.Repeat(events[:1], 200)
	b.ReportAllocs()
	for b.Loop() {
		notify.Feed("Việc của tôi", list)
	}
}
