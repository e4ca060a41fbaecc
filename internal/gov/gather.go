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
		own := map[string]bool{}
		for _, u := range list[i].Units() {
			own[u.Code], units[u.Code] = true, true
		}
		connects = connects || len(own) > 1
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

// An AskedRow is what registers and reports go by of a recommendation in force: everything but its words and parties.
type AskedRow struct {
	ID      ID
	Field   string
	Level   Level
	State   State
	Opened  Day
	Due     Day
	Created time.Time
	Funding Funding
	Linked  bool // a directive answers it
}

// An AskedQuery narrows recommendations in force; empty fields do not narrow.
type AskedQuery struct {
	Stand   Stand
	State   State
	Field   string
	NoField bool
	Level   Level
	NoLevel bool
	Unit    string // code
	IDs     []ID
	Linked  bool // Linked is asked for: it costs
}

// An AskedCount is how many recommendations in force a unit has in a field. One of no unit stands under the unit "".
type AskedCount struct {
	Unit  string // code
	Field string
	Owed  bool
	N     int
}

// A recommendationClass is what recommendations have in common that a report counts alike.
type recommendationClass struct {
	field        string
	level        Level
	state        State
	late, linked bool
	band         int // of AgeBands
}

// A RecommendationCounter makes a report of recommendations that come one by one, and keeps none of them.
type RecommendationCounter struct {
	report RecommendationReport
	events map[ID][]MatterEvent
	alike  map[recommendationClass]RecommendationSum // of one of them
	number map[recommendationClass]int
	rows   map[rowKey]RecommendationSum
	bounds []Day // the first opened day of each band
}

// A rowKey is a field and a level.
type rowKey struct {
	Field string
	Level Level
}

// CountRecommendations begins a report. events are those since the beginning of the day since.
func CountRecommendations(events []MatterEvent, since, today Day) *RecommendationCounter {
	c := &RecommendationCounter{report: RecommendationReport{Since: since, Today: today, Fields: map[string]RecommendationSum{}, Levels: map[Level]RecommendationSum{}},
		events: map[ID][]MatterEvent{}, alike: map[recommendationClass]RecommendationSum{}, number: map[recommendationClass]int{}, rows: map[rowKey]RecommendationSum{}}
	for _, e := range events {
		c.events[e.Matter] = append(c.events[e.Matter], e)
	}
	for _, days := range AgeBands {
		c.bounds = append(c.bounds, today.AddDays(-days))
	}
	return c
}

// Add counts a recommendation in force; isNew says that it came in since the day of the report.
func (c *RecommendationCounter) Add(a AskedRow, isNew bool) {
	band := 0
	for band < len(c.bounds) && a.Opened < c.bounds[band] {
		band++
	}
	k := recommendationClass{a.Field, a.Level, a.State, a.State == Scheduled && a.Due != "" && a.Due < c.report.Today, a.Linked, band}
	if events := c.events[a.ID]; isNew || len(events) > 0 {
		c.join(k, sumOf(k, a.Opened, events, isNew))
		return
	}
	one, ok := c.alike[k]
	if !ok {
		one = sumOf(k, a.Opened, nil, false)
	}
	if !a.State.Finished() {
		one.Oldest = nearest(one.Oldest, a.Opened)
	}
	c.alike[k] = one
	c.number[k]++
}

func (c *RecommendationCounter) join(k recommendationClass, s RecommendationSum) {
	row := rowKey{k.field, k.level}
	c.rows[row] = c.rows[row].plus(s)
	c.report.Fields[k.field] = c.report.Fields[k.field].plus(s)
	c.report.Levels[k.level] = c.report.Levels[k.level].plus(s)
	c.report.Sum = c.report.Sum.plus(s)
}

// Report is the report of all that were added.
func (c *RecommendationCounter) Report() RecommendationReport {
	for k, n := range c.number {
		c.join(k, c.alike[k].times(n))
	}
	clear(c.number)
	r := &c.report
	r.Rows = nil
	for k, s := range c.rows {
		r.Rows = append(r.Rows, RecommendationRow{k.Field, k.Level, s})
	}
	slices.SortFunc(r.Rows, func(a, b RecommendationRow) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), slices.Index(levelOrder, a.Level)-slices.Index(levelOrder, b.Level))
	})
	return *r
}

// levelOrder is the order of levels in the report; what is open stands last.
var levelOrder = []Level{LevelCommune, LevelProvince, LevelCentral, LevelOpen}

// sumOf counts one recommendation of a class.
func sumOf(k recommendationClass, opened Day, events []MatterEvent, isNew bool) RecommendationSum {
	s := RecommendationSum{Total: 1, States: map[State]int{k.state: 1}, Ages: make([]int, len(AgeBands)+1)}
	owed, then := !k.state.Finished(), !isNew && !k.state.Finished()
	if !isNew && len(events) > 0 {
		then = !events[0].From.Finished()
	}
	count := func(n *int, yes bool) {
		if yes {
			*n = 1
		}
	}
	count(&s.Owed, owed)
	count(&s.Late, k.late)
	count(&s.Linked, k.linked)
	count(&s.Then, then)
	count(&s.Added, isNew)
	count(&s.Ended, (then || isNew) && !owed)
	count(&s.Reopened, !then && !isNew && owed)
	for _, e := range events {
		count(&s.Answered, e.Action == ActAnswer || e.Action == ActSchedule || e.Action == ActExplain)
		count(&s.Resolved, e.Action == ActResolve)
	}
	if owed {
		s.Oldest = opened
		s.Ages[k.band] = 1
	}
	return s
}

// times is the sum of n that are alike.
func (s RecommendationSum) times(n int) RecommendationSum {
	r := RecommendationSum{Total: n * s.Total, Owed: n * s.Owed, Late: n * s.Late, Linked: n * s.Linked, Then: n * s.Then, Added: n * s.Added, Ended: n * s.Ended,
		Reopened: n * s.Reopened, Answered: n * s.Answered, Resolved: n * s.Resolved, Oldest: s.Oldest, States: map[State]int{}, Ages: make([]int, len(s.Ages))}
	for k, m := range s.States {
		r.States[k] = n * m
	}
	for i, m := range s.Ages {
		r.Ages[i] = n * m
	}
	return r
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
	Units  []string // codes, "" last
	Cells  map[string]map[string]MapCell
	Rows   map[string]MapCell // by unit
	Fields map[string]MapCell
	Sum    MapCell
	Whole  MapCell
}

// MapOf makes the map of counts by unit and field, and of those of the whole, where each recommendation counts once.
func MapOf(list, whole []AskedCount) RecommendationMap {
	m := RecommendationMap{Cells: map[string]map[string]MapCell{}, Rows: map[string]MapCell{}, Fields: map[string]MapCell{}}
	add := func(c MapCell, a AskedCount) MapCell {
		c.Total += a.N
		if a.Owed {
			c.Owed += a.N
		}
		return c
	}
	for _, a := range list {
		if m.Cells[a.Unit] == nil {
			m.Cells[a.Unit] = map[string]MapCell{}
			m.Units = append(m.Units, a.Unit)
		}
		m.Cells[a.Unit][a.Field] = add(m.Cells[a.Unit][a.Field], a)
		m.Rows[a.Unit] = add(m.Rows[a.Unit], a)
		m.Fields[a.Field] = add(m.Fields[a.Field], a)
		m.Sum = add(m.Sum, a)
	}
	for _, a := range whole {
		m.Whole = add(m.Whole, a)
	}
	slices.SortFunc(m.Units, func(a, b string) int {
		return cmp.Or(cmp.Compare(bit(a == ""), bit(b == "")), cmp.Compare(a, b))
	})
	return m
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// DayStart is the first instant of a day in Viet Nam.
func DayStart(d Day) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, string(d), Zone)
	return t
}
