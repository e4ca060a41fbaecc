package gov

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// A ReadyPlan is a plan that the program brings along, for an office to copy and change. It is dated data: each step says what it rests on and how sure
// that is.
type ReadyPlan struct {
	Key   string
	Kind  PlanKind
	From  Day
	Until Day // empty: no end
	Body  PlanBody
}

var (
	//go:embed plans.csv
	plansCSV string
	//go:embed planitems.csv
	planItemsCSV string
)

// planMarks say how sure a step is.
var planMarks = []string{"", "C", "C2", "X", "U"}

var readyPlans = sync.OnceValue(func() []ReadyPlan {
	var list []ReadyPlan
	ownTable("plans.csv", plansCSV, 6, func(row []string) error {
		p := ReadyPlan{Key: row[0], Kind: PlanKind(row[1]), From: Day(row[4]), Until: Day(row[5]), Body: PlanBody{Title: row[2], Anchor: row[3], Copied: row[0]}}
		if p.Key == "" || !p.From.Valid() || p.Until != "" && !p.Until.Valid() {
			return errRow
		}
		list = append(list, p)
		return nil
	})
	ownTable("planitems.csv", planItemsCSV, 8, func(row []string) error {
		i := slices.IndexFunc(list, func(p ReadyPlan) bool { return p.Key == row[0] })
		w, err := ParseWhen(row[5])
		if i < 0 || err != nil || !slices.Contains(planMarks, row[7]) {
			return errRow
		}
		list[i].Body.Items = append(list[i].Body.Items, PlanItem{Text: row[1], Who: PlanNames(row[2]), With: PlanNames(row[3]), Product: row[4], When: w, Law: row[6], Mark: row[7]})
		return nil
	})
	for _, p := range list {
		if err := (Plan{Kind: p.Kind, PlanBody: p.Body}).Check(); err != nil {
			panic("gov: " + p.Key + ": " + err.Error())
		}
	}
	return list
})

// ReadyPlansOn lists the ready plans that are offered on a day.
func ReadyPlansOn(day Day) []ReadyPlan {
	return slices.DeleteFunc(slices.Clone(readyPlans()), func(p ReadyPlan) bool { return day < p.From || p.Until != "" && day > p.Until })
}

// PlanNames parts names that a person or a table wrote side by side, by "|" or ";".
func PlanNames(s string) []string {
	var list []string
	for _, n := range strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == ';' || r == '\n' }) {
		if n = strings.Join(strings.Fields(n), " "); n != "" && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}
