package calendar

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"sync"
)

// Refusals of what was asked.
var (
	ErrLimit = errors.New("calendar: no time limit")                     // an amount or unit that is none
	ErrRange = errors.New("calendar: outside the years of the calendar") // the due day would lie outside
	ErrRule  = errors.New("calendar: no such rule on that day")
)

// A Rule is a time limit of the law, as it holds between two days.
type Rule struct {
	Key      string // "complaint_first": the catalogue has its name under "calendar.rule.complaint_first"
	From, To Day    // the first and the last day of acceptance for which it holds
	Limit    Limit
	Starts   string // what starts it: received, accepted, published, ended; the catalogue has the words under "calendar.starts."
	Law      string // in Vietnamese
	Article  string
	Mark     Mark
	Note     string // key of a remark under "calendar.note.", or nothing
	Own      bool   // the office's own row
}

// Rules are the time limits of the law with their days.
type Rules struct{ rows []Rule }

const limitHead = "key,from,to,amount,unit,starts,law,article,mark,note"

var officialRules = sync.OnceValue(func() *Rules {
	rows, err := parseRules(limitsFile)
	if err != nil {
		panic(err) // embedded: a defect of the build
	}
	return &Rules{rows}
})

// OfficialRules are the rules that the program brings along.
func OfficialRules() *Rules { return officialRules() }

// LoadRules are the official rules with an office's own table over them: a CSV with the columns of the embedded one. A row replaces the
// one of the same key that begins on the same day; a row that begins later ends the one before.
func LoadRules(own []byte) (*Rules, error) {
	rows, err := parseRules(own)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(OfficialRules().rows)
	for _, r := range rows {
		r.Own = true
		all = slices.DeleteFunc(all, func(o Rule) bool { return o.Key == r.Key && o.From == r.From })
		for i := range all {
			if o := &all[i]; o.Key == r.Key && o.From < r.From && o.To >= r.From {
				o.To = r.From - 1
			}
		}
		all = append(all, r)
	}
	return &Rules{sorted(all)}, nil
}

func sorted(rows []Rule) []Rule {
	slices.SortFunc(rows, func(a, b Rule) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.From, b.From)) })
	return rows
}

func parseRules(data []byte) ([]Rule, error) {
	var rows []Rule
	err := table(data, limitHead, func(_ int, row []string) string {
		r := Rule{Key: row[0], Starts: row[5], Law: row[6], Article: row[7], Note: row[9]}
		var ok bool
		if r.From, r.To, ok = span(row[1], row[2]); !ok {
			return "day"
		}
		n, err := strconv.Atoi(row[3])
		r.Limit = Limit{n, Unit(row[4])}
		if err != nil || r.Limit.check() != nil || r.Key == "" {
			return "limit"
		}
		if r.Mark, ok = parseMark(row[8]); !ok {
			return "mark"
		}
		for _, o := range rows {
			if o.Key == r.Key && o.From <= r.To && r.From <= o.To {
				return "twice"
			}
		}
		rows = append(rows, r)
		return ""
	})
	return sorted(rows), err
}

// Keys lists the kinds of matters that have a time limit.
func (r *Rules) Keys() []string {
	var keys []string
	for _, row := range r.rows {
		if len(keys) == 0 || keys[len(keys)-1] != row.Key {
			keys = append(keys, row.Key)
		}
	}
	return keys
}

// All lists the rules by key and day.
func (r *Rules) All() []Rule { return slices.Clone(r.rows) }

// At is the rule under which a case of the kind is handled that was accepted (for which the limit began) on the day.
func (r *Rules) At(key string, accepted Day) (Rule, error) {
	for _, row := range r.rows {
		if row.Key == key && row.From <= accepted && accepted <= row.To {
			return row, nil
		}
	}
	return Rule{}, ErrRule
}

// After is the rule that came in the place of the given one, for telling people that a running case keeps its own.
func (r *Rules) After(rule Rule) (Rule, bool) {
	for _, row := range r.rows {
		if row.Key == rule.Key && row.From > rule.From {
			return row, true
		}
	}
	return Rule{}, false
}

// Open reports whether no last day is set for the rule.
func (r Rule) Open() bool { return r.To == daysBefore(LastYear+1) }

// Always reports whether no first day is known for the rule.
func (r Rule) Always() bool { return r.From == daysBefore(FirstYear)+1 }

// check refuses what is no limit.
func (l Limit) check() error {
	if l.Amount < 1 || l.Amount > MaxAmount {
		return ErrLimit
	}
	switch l.Unit {
	case Hours, Days, WorkDays, Weeks, Months, Years:
		return nil
	}
	return ErrLimit
}

// A counting is the general rule of counting, as it holds for terms that begin between two days.
type counting struct {
	from, to                    Day
	law                         string
	firstDay, monthEnd, lastDay string // articles: the first day, months' ends, a last day off
	mark                        Mark
}

var countings = sync.OnceValue(func() []counting {
	var rows []counting
	err := table(countingFile, "from,to,law,first_day,month_end,last_day,mark", func(_ int, row []string) string {
		c := counting{law: row[2], firstDay: row[3], monthEnd: row[4], lastDay: row[5]}
		var ok bool
		if c.from, c.to, ok = span(row[0], row[1]); !ok {
			return "day"
		}
		if c.mark, ok = parseMark(row[6]); !ok {
			return "mark"
		}
		rows = append(rows, c)
		return ""
	})
	if err != nil {
		panic(err) // embedded: a defect of the build
	}
	return rows
})

func countingAt(d Day) *counting {
	rows := countings()
	for i := range rows {
		if d <= rows[i].to {
			return &rows[i]
		}
	}
	return &rows[len(rows)-1]
}
