package gov

import (
	"cmp"
	"slices"
	"time"
)

// A Gathered is a recommendation with those that people gathered to it: raised again by the same unit or its successor, or asked alike by
// others. Nothing is merged: each stays, is answered and is counted by itself.
type Gathered struct {
	Matter
	With     []ID // the others of its group, by id; itself is not among them
	Units    int  // that ask it, with those of the others
	Repeats  int  // how often the group raised it again
	Since    Day  // when the group raised it first
	Answers  int  // linked directives
	Priority Priority
}

// Gather puts recommendations into groups by their links and works out how much each presses on a day. Links to what is not in the list say nothing.
func Gather(list []Matter, links []Link, today Day) []Gathered {
	at := make(map[ID]int, len(list))
	for i, m := range list {
		at[m.ID] = i
	}
	root := make([]int, len(list))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	repeats, answers := map[ID]int{}, map[ID]int{}
	for _, l := range links {
		from, fromHere := at[l.From]
		to, toHere := at[l.To]
		switch {
		case l.Kind == LinkAnswers && toHere:
			answers[l.To]++
		case !fromHere || !toHere || l.Kind == LinkApart || l.Kind == LinkAnswers:
		default:
			if l.Kind == LinkRepeats {
				repeats[l.From]++
			}
			a, b := find(from), find(to)
			root[max(a, b)] = min(a, b)
		}
	}
	groups := map[int][]int{}
	for i := range list {
		r := find(i)
		groups[r] = append(groups[r], i)
	}
	out := make([]Gathered, len(list))
	for _, group := range groups {
		gatherGroup(out, list, group, repeats, today)
	}
	for i := range out {
		out[i].Answers = answers[out[i].ID]
	}
	return out
}

// gatherGroup fills in what the recommendations of one group share.
func gatherGroup(out []Gathered, list []Matter, group []int, repeats map[ID]int, today Day) {
	units := map[string]bool{}
	g := Gathered{}
	connects, unfunded := false, 0
	for _, i := range group {
		if list[i].Funding == Unfunded {
			unfunded++
		}
		own := list[i].Units()
		connects = connects || len(own) > 1
		for _, u := range own {
			units[u.Code] = true
		}
		g.Repeats += repeats[list[i].ID]
		g.Since = nearest(g.Since, list[i].Opened)
	}
	g.Units = len(units)
	for _, i := range group {
		own := g
		own.Matter = list[i]
		for _, o := range group {
			if o != i {
				own.With = append(own.With, list[o].ID)
			}
		}
		slices.Sort(own.With)
		if !list[i].State.Finished() {
			asked := Asked{Units: g.Units, Repeats: g.Repeats, Opened: g.Since, Connects: connects, Unfunded: unfunded}
			if list[i].State == Scheduled {
				asked.Promised = list[i].Due
			}
			own.Priority = PriorityOf(asked, today)
		}
		out[i] = own
	}
}

// AgeBands are the last days of the bands by which the report counts the ages of what is not settled; the last band is open.
var AgeBands = []int{30, 90, 180}

// A RecommendationSum counts recommendations so that everything adds up: Total is the sum of States; the ages are those of Owed; Then + Added +
// Reopened − Ended = Owed.
type RecommendationSum struct {
	Total  int
	States map[State]int
	Owed   int   // neither resolved nor explained nor withdrawn
	Late   int   // scheduled, and the promised day is past
	Linked int   // that a directive answers
	Ages   []int // of Owed, by AgeBands
	Oldest Day   // of Owed

	// What changed since the day of the report.
	Then     int // were owed before that day
	Added    int // came in
	Ended    int // are owed no more
	Reopened int // are owed again
	Answered int // got an answer, of whatever kind
	Resolved int // were noted as resolved
}

// A RecommendationRow is what one competent level is asked in one field.
type RecommendationRow struct {
	Field string
	Level Level
	RecommendationSum
}

// A RecommendationReport is the register in numbers.
type RecommendationReport struct {
	Since, Today Day
	Rows         []RecommendationRow // by field, level
	Fields       map[string]RecommendationSum
	Levels       map[Level]RecommendationSum
	Sum          RecommendationSum
}

// ReportOf counts recommendations that are in force. events are those since the beginning of the day since; new says which of the recommendations came
// in since then.
func ReportOf(list []Gathered, events []MatterEvent, isNew func(Matter) bool, since, today Day) RecommendationReport {
	r := RecommendationReport{Since: since, Today: today, Fields: map[string]RecommendationSum{}, Levels: map[Level]RecommendationSum{}}
	by := map[ID][]MatterEvent{}
	for _, e := range events {
		by[e.Matter] = append(by[e.Matter], e)
	}
	type key struct {
		field string
		level Level
	}
	rows := map[key]RecommendationSum{}
	for _, g := range list {
		one := sumOf(g, by[g.ID], isNew(g.Matter), today)
		k := key{g.Field, g.Level}
		rows[k] = rows[k].plus(one)
		r.Fields[g.Field] = r.Fields[g.Field].plus(one)
		r.Levels[g.Level] = r.Levels[g.Level].plus(one)
		r.Sum = r.Sum.plus(one)
	}
	for k, s := range rows {
		r.Rows = append(r.Rows, RecommendationRow{k.field, k.level, s})
	}
	slices.SortFunc(r.Rows, func(a, b RecommendationRow) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), slices.Index(levelOrder, a.Level)-slices.Index(levelOrder, b.Level))
	})
	return r
}

// levelOrder is the order of levels in the report; what is open stands last.
var levelOrder = []Level{LevelCommune, LevelProvince, LevelCentral, LevelOpen}

// sumOf counts one recommendation.
func sumOf(g Gathered, events []MatterEvent, isNew bool, today Day) RecommendationSum {
	s := RecommendationSum{Total: 1, States: map[State]int{g.State: 1}, Ages: make([]int, len(AgeBands)+1)}
	owed, then := !g.State.Finished(), !isNew && !g.State.Finished()
	if !isNew && len(events) > 0 {
		then = !events[0].From.Finished()
	}
	count := func(n *int, yes bool) {
		if yes {
			*n = 1
		}
	}
	count(&s.Owed, owed)
	count(&s.Late, g.State == Scheduled && g.Due != "" && g.Due < today)
	count(&s.Linked, g.Answers > 0)
	count(&s.Then, then)
	count(&s.Added, isNew)
	count(&s.Ended, (then || isNew) && !owed)
	count(&s.Reopened, !then && !isNew && owed)
	for _, e := range events {
		count(&s.Answered, e.Action == ActAnswer || e.Action == ActSchedule || e.Action == ActExplain)
		count(&s.Resolved, e.Action == ActResolve)
	}
	if owed {
		s.Oldest = g.Opened
		band := 0
		for band < len(AgeBands) && today.DaysSince(g.Opened) > AgeBands[band] {
			band++
		}
		s.Ages[band] = 1
	}
	return s
}

// plus adds up two sums.
func (s RecommendationSum) plus(o RecommendationSum) RecommendationSum {
	r := RecommendationSum{Total: s.Total + o.Total, Owed: s.Owed + o.Owed, Late: s.Late + o.Late, Linked: s.Linked + o.Linked, Then: s.Then + o.Then,
		Added: s.Added + o.Added, Ended: s.Ended + o.Ended, Reopened: s.Reopened + o.Reopened, Answered: s.Answered + o.Answered,
		Resolved: s.Resolved + o.Resolved, Oldest: nearest(s.Oldest, o.Oldest), States: map[State]int{}, Ages: make([]int, len(AgeBands)+1)}
	for _, x := range []RecommendationSum{s, o} {
		for k, n := range x.States {
			r.States[k] += n
		}
		for i, n := range x.Ages {
			r.Ages[i] += n
		}
	}
	return r
}

// RecommendationStates are the states of recommendations in the order of the report's columns; they add up to the total.
var RecommendationStates = []State{StateOpen, Answered, Scheduled, Explained, Resolved, Withdrawn}

// A MapCell is how many recommendations a unit has in a field.
type MapCell struct{ Total, Owed int }

// A RecommendationMap counts recommendations by field and unit. One that several units raise stands with each of them, and one of no unit
// under the unit "", so Rows and Fields count sayings of units; Whole counts each once.
type RecommendationMap struct {
	Units  []string // codes, in the order of their first mention; "" last
	Cells  map[string]map[string]MapCell
	Rows   map[string]MapCell // by unit
	Fields map[string]MapCell
	Sum    MapCell
	Whole  MapCell
}

// MapOf makes the map of recommendations that are in force.
func MapOf(list []Gathered) RecommendationMap {
	m := RecommendationMap{Cells: map[string]map[string]MapCell{}, Rows: map[string]MapCell{}, Fields: map[string]MapCell{}}
	add := func(c MapCell, owed int) MapCell { return MapCell{c.Total + 1, c.Owed + owed} }
	for _, g := range list {
		owed := 0
		if !g.State.Finished() {
			owed = 1
		}
		m.Whole = add(m.Whole, owed)
		codes := []string{}
		for _, u := range g.Matter.Units() {
			if !slices.Contains(codes, u.Code) {
				codes = append(codes, u.Code)
			}
		}
		if len(codes) == 0 {
			codes = []string{""}
		}
		for _, code := range codes {
			if m.Cells[code] == nil {
				m.Cells[code] = map[string]MapCell{}
			}
			if _, ok := m.Rows[code]; !ok {
				m.Units = append(m.Units, code)
			}
			m.Cells[code][g.Field] = add(m.Cells[code][g.Field], owed)
			m.Rows[code] = add(m.Rows[code], owed)
			m.Fields[g.Field] = add(m.Fields[g.Field], owed)
			m.Sum = add(m.Sum, owed)
		}
	}
	slices.SortStableFunc(m.Units, func(a, b string) int {
		switch {
		case a == b:
			return 0
		case a == "":
			return 1
		case b == "":
			return -1
		}
		return 0
	})
	return m
}

// DayStart is the first instant of a day in Viet Nam.
func DayStart(d Day) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, string(d), Zone)
	return t
}
