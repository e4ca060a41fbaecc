package gov

import (
	_ "embed"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// retentionCSV are the rules that come with the program. No law was found that states these periods, so they are the program's own, and
// an office that knows better writes its rows beside its data. A rule of a later day is a further row.
//
//go:embed retention.csv
var retentionCSV string

// What is kept for a time.
const (
	KeepLogin   = "login"   // logins, steps and links that have ended
	KeepDevice  = "device"  // browsers that are known again
	KeepAccount = "account" // the personal data of a closed account, after it was closed
	KeepContact = "contact" // the personal data of somebody without account, after his last request was settled
)

var kept = []string{KeepLogin, KeepDevice, KeepAccount, KeepContact}

// A RetentionRule says how long something is kept once there is no reason for it any more.
type RetentionRule struct {
	What   string
	From   Day // in force from this day until the next rule of the same What
	Length int
	Unit   string // day, month
	Law    string // empty: no law says so
	Sure   bool   // somebody has read the law and it says so
}

// Until is the latest end of a reason whose time has passed at t: what ended then or before goes.
func (r RetentionRule) Until(t time.Time) time.Time {
	if r.Unit == "month" {
		return t.AddDate(0, -r.Length, 0)
	}
	return t.AddDate(0, 0, -r.Length)
}

// Retention is a table of rules.
type Retention []RetentionRule

// DefaultRetention are the rules that come with the program.
func DefaultRetention() Retention {
	list, err := ReadRetention(strings.NewReader(retentionCSV))
	if err != nil {
		panic(err) // embedded, and a test reads it
	}
	return list
}

// ReadRetention reads a table with the columns what, from, length, unit, law, sure. Invalid names the line.
func ReadRetention(r io.Reader) (Retention, error) {
	var list Retention
	err := readTable(r, 6, "error.retention_table", func(row []string) error {
		n, err := strconv.Atoi(row[2])
		rule := RetentionRule{What: row[0], From: Day(row[1]), Length: n, Unit: row[3], Law: row[4], Sure: row[5] == "yes"}
		if err != nil || n < 0 || n > 9999 || !rule.From.Valid() || !slices.Contains(kept, rule.What) || rule.Unit != "day" && rule.Unit != "month" {
			return errRow
		}
		list = append(list, rule)
		return nil
	})
	return list, err
}

// On is the rule in force on a day: the one that began last, and of two that began together the later in the table, which is the
// office's.
func (l Retention) On(what string, day Day) (RetentionRule, bool) {
	best := -1
	for i, r := range l {
		if r.What == what && r.From <= day && (best < 0 || r.From >= l[best].From) {
			best = i
		}
	}
	if best < 0 {
		return RetentionRule{}, false
	}
	return l[best], true
}
