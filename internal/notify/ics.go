package notify

import (
	"bytes"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"haicap/internal/gov"
)

// An Event is a due day in somebody's calendar: a whole day that keeps nobody busy.
type Event struct {
	UID       string // the same for the same matter, for ever
	Sequence  int    // grows with every change of the day or the words
	Day       gov.Day
	Summary   string
	Detail    string
	Link      string    // absolute
	Changed   time.Time // when what it shows changed last: DTSTAMP
	Cancelled bool      // the matter is finished or withdrawn: programs take it out
}

// Feed is a calendar of events as iCalendar (RFC 5545): lines end in CRLF and are folded after 75 octets, between two characters. It rings no
// alarm: whoever wants one sets it in his own program. An event without a valid day or UID is left out.
func Feed(name string, events []Event) []byte {
	var b bytes.Buffer
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Hai Cap//haicap//VI")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", escape(name))
	line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H")
	line("X-PUBLISHED-TTL", "PT6H")
	for _, e := range events {
		if !e.Day.Valid() || bare(e.UID) == "" {
			continue
		}
		line("BEGIN", "VEVENT")
		line("UID", escape(bare(e.UID)))
		line("DTSTAMP", e.Changed.UTC().Format("20060102T150405Z"))
		line("SEQUENCE", strconv.Itoa(max(e.Sequence, 0)))
		line("DTSTART;VALUE=DATE", basic(e.Day))
		line("DTEND;VALUE=DATE", basic(e.Day.AddDays(1)))
		line("SUMMARY", escape(e.Summary))
		if e.Detail != "" {
			line("DESCRIPTION", escape(e.Detail))
		}
		if link := bare(e.Link); link != "" {
			line("URL", link)
		}
		status := "CONFIRMED"
		if e.Cancelled {
			status = "CANCELLED"
		}
		line("STATUS", status)
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.Bytes()
}

func basic(d gov.Day) string { return strings.ReplaceAll(string(d), "-", "") }

// bare is s without white space and control characters, for identifiers and addresses.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// escape writes a text as RFC 5545, 3.3.11 wants it. Control characters besides line breaks and tabs cannot stand in one.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return escapes.Replace(s)
}

const foldAt = 75 // octets, without the line break

// fold writes one content line. A line that goes on begins with a space, which counts.
func fold(b *bytes.Buffer, s string) {
	room := foldAt
	for len(s) > room {
		n := room
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		b.WriteString(s[:n] + "\r\n ")
		s, room = s[n:], foldAt-1
	}
	b.WriteString(s + "\r\n")
}
