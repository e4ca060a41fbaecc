// Package lang holds every word that people see, in Vietnamese first and in English, and writes numbers and dates as each language
// does.
//
// The words stand in catalogue/*.csv, one file an area, with the columns key, vi and en, so that a translator sees both side by
// side. A text may hold fmt verbs; both languages take the same arguments. A test proves that no text is empty and that both
// sides agree in their verbs.
package lang

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"haicap/internal/text"
)

//go:embed catalogue/*.csv
var files embed.FS

// A Lang is a language that the program speaks.
type Lang string

// The languages.
const (
	VI Lang = "vi"
	EN Lang = "en"
)

// Parse gives the language for a tag such as "en-GB"; everything that is not English is Vietnamese.
func Parse(tag string) Lang {
	if tag == "en" || strings.HasPrefix(tag, "en-") || strings.HasPrefix(tag, "en_") {
		return EN
	}
	return VI
}

type entry struct{ vi, en string }

// catalogue is read once, when the first text is asked for.
var catalogue = sync.OnceValue(func() map[string]entry {
	c, err := load(files)
	if err != nil {
		panic("lang: " + err.Error()) // embedded: a defect of the build
	}
	return c
})

func load(fs embed.FS) (map[string]entry, error) {
	dir, err := fs.ReadDir("catalogue")
	if err != nil {
		return nil, err
	}
	all := map[string]entry{}
	for _, f := range dir {
		r, err := fs.Open("catalogue/" + f.Name())
		if err != nil {
			return nil, err
		}
		rows, err := csv.NewReader(r).ReadAll()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		for i, row := range rows {
			if i == 0 {
				continue
			}
			if len(row) != 3 {
				return nil, fmt.Errorf("%s: row %d has %d columns", f.Name(), i+1, len(row))
			}
			if _, ok := all[row[0]]; ok {
				return nil, fmt.Errorf("%s: key %s stands twice", f.Name(), row[0])
			}
			all[row[0]] = entry{text.NFC(row[1]), row[2]}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no catalogue")
	}
	return all, nil
}

// Has reports whether the catalogue knows the key.
func Has(key string) bool {
	_, ok := catalogue()[key]
	return ok
}

// Keys lists the keys of the catalogue that begin with prefix, sorted.
func Keys(prefix string) []string {
	var keys []string
	for key := range catalogue() {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// T is the text for the key, filled in with args. A key that the catalogue does not know comes back in brackets: tests look for it.
func (l Lang) T(key string, args ...any) string {
	e, ok := catalogue()[key]
	if !ok {
		return "[" + key + "]"
	}
	s := e.vi
	if l == EN {
		s = e.en
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// Number writes v with at most the digits that v has: 4.496,5 in Vietnamese, 4,496.5 in English.
func (l Lang) Number(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	whole, frac, hasFrac := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	thousands, decimal := ".", ","
	if l == EN {
		thousands, decimal = ",", "."
	}
	var b strings.Builder
	if strings.HasPrefix(s, "-") {
		b.WriteString("−")
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(thousands)
		}
		b.WriteRune(d)
	}
	if hasFrac {
		b.WriteString(decimal + frac)
	}
	return b.String()
}

// Int writes n with thousands marks.
func (l Lang) Int(n int) string { return l.Number(float64(n)) }

// Date writes a day given as YYYY-MM-DD: 24/12/2025 in Vietnamese, 24 Dec 2025 in English. What is no day comes back as it is.
func (l Lang) Date(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	if l == EN {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02/01/2006")
}

// Time writes an instant as day and time in the zone that t carries: 14:30 24/12/2025.
func (l Lang) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("15:04") + " " + l.Date(t.Format(time.DateOnly))
}

// Period writes a period of the books: "2025", "quý III/2025", "tháng 11/2025", "2025–2030", "tháng 1–11/2025".
func (l Lang) Period(p string) string {
	if a, b, ok := strings.Cut(p, "/"); ok && len(a) == 7 && len(b) == 7 && a[:4] == b[:4] {
		return l.T("period.months", strings.TrimLeft(a[5:], "0"), strings.TrimLeft(b[5:], "0"), a[:4])
	}
	switch {
	case p == "":
		return l.T("period.open")
	case len(p) == 7 && p[5] == 'Q':
		return l.T("period.quarter", [...]string{"I", "II", "III", "IV"}[min(max(int(p[6]-'1'), 0), 3)], p[:4])
	case len(p) == 7 && p[4] == '-':
		return l.T("period.month", strings.TrimLeft(p[5:], "0"), p[:4])
	case len(p) == 9 && p[4] == '-':
		return p[:4] + "–" + p[5:]
	}
	return p
}
