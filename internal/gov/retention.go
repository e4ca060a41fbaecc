package gov

import (
	_ "embed"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// personalCSV are the rules that come with the program: what the law says, and where it is silent what the program does. A rule of a
// later day is a further row.
//
//go:embed personal.csv
var personalCSV string

// What a rule is about.
const (
	RuleAnswer = "answer" // by when a request is answered
	RuleNotice = "notice" // by when a breach is reported
	RuleKeep   = "keep"   // how long something is kept after its reason ended
)

// Whose time is kept.
const (
	KeepLogin   = "login"   // logins, steps and links that have ended
	KeepDevice  = "device"  // browsers that are known again
	KeepAccount = "account" // the personal data of a closed account
	KeepContact = "contact" // the personal data of somebody without account, after his last request was settled
)

// A PersonalRule is one dated rule about personal data.
type PersonalRule struct {
	Rule   string
	What   string
	From   Day // in force from this day until the next rule of the same rule and what
	Length int
	Unit   string // hour, day, working_day, month
	Law    string // empty: no law says so; the office may set its own
	Sure   bool   // the law was read and says so; otherwise the office has to look
}

// After is when the time has passed that begins at t. Working days are not counted here: they need a calendar.
func (r PersonalRule) After(t time.Time) time.Time {
	switch r.Unit {
	case "hour":
		return t.Add(time.Duration(r.Length) * time.Hour)
	case "month":
		return t.AddDate(0, r.Length, 0)
	}
	return t.AddDate(0, 0, r.Length)
}

// Before is the latest instant whose time has passed at t: the opposite of After.
func (r PersonalRule) Before(t time.Time) time.Time {
	r.Length = -r.Length
	return r.After(t)
}

// PersonalRules are rules by rule, what and day.
type PersonalRules []PersonalRule

// DefaultPersonalRules are the rules that come with the program.
func DefaultPersonalRules() PersonalRules {
	list, err := ReadPersonalRules(strings.NewReader(personalCSV))
	if err != nil {
		panic(err) // embedded, and a test reads it
	}
	return list
}

// ReadPersonalRules reads a table with the columns rule, what, from, length, unit, law, sure. Invalid names the line.
func ReadPersonalRules(r io.Reader) (PersonalRules, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = 7
	rows, err := in.ReadAll()
	if err != nil {
		return nil, Errorf(Invalid, "error.personal_rules", 1).Because(err)
	}
	var list PersonalRules
	for i, row := range rows {
		if i == 0 {
			continue
		}
		p := PersonalRule{Rule: row[0], What: row[1], From: Day(row[2]), Unit: row[4], Law: row[5], Sure: row[6] == "yes"}
		p.Length, err = strconv.Atoi(row[3])
		known := slices.Contains([]string{RuleAnswer + " request", RuleNotice + " breach", RuleKeep + " " + KeepLogin, RuleKeep + " " + KeepDevice,
			RuleKeep + " " + KeepAccount, RuleKeep + " " + KeepContact}, p.Rule+" "+p.What)
		unit := slices.Contains([]string{"hour", "day", "month"}, p.Unit) || p.Unit == "working_day" && p.Rule == RuleAnswer
		if err != nil || p.Length < 0 || p.Length > 10000 || !p.From.Valid() || !known || !unit {
			return nil, Errorf(Invalid, "error.personal_rules", i+1).Because(err)
		}
		list = append(list, p)
	}
	return list, nil
}

// On is the rule in force on a day: the one that began last, and of two that began together the later in the list, which is the office's.
func (l PersonalRules) On(rule, what string, day Day) (PersonalRule, bool) {
	var best PersonalRule
	found := false
	for _, r := range l {
		if r.Rule == rule && r.What == what && r.From <= day && (!found || r.From >= best.From) {
			best, found = r, true
		}
	}
	return best, found
}
