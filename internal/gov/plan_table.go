package gov

import (
	"slices"
	"strconv"
)

// A PlanTable is an action programme by years and items, with how far each task is. Each year's sums add up: its planned tasks are those that were
// made, in the eight cells of a Tally, those that are beyond the reader's reach, and those whose year was not opened yet.
type PlanTable struct {
	Years  []int
	Rows   []PlanRow
	Sums   []PlanSum // by year
	Whole  PlanSum
	Open   []PlanItem // items that name no year
	Behind []PlanBehind
}

// A PlanRow is an item with its cells, one a year. An item that the current version no longer has keeps its row, with the words of its task.
type PlanRow struct {
	Item  PlanItem
	Gone  bool
	Cells []PlanCell
}

// A PlanCell is an item in a year.
type PlanCell struct {
	Planned bool    // there is, or is to be, a task
	Made    bool    // it was made
	Task    *Matter // nil: not made, or beyond reach
}

// A PlanSum counts the tasks of a year, or of all.
type PlanSum struct {
	Tally  Tally
	Hidden int // made, but beyond reach
	Unmade int // planned, and not made yet
}

// Total is the number of the planned tasks.
func (s PlanSum) Total() int { return s.Tally.Total() + s.Hidden + s.Unmade }

func (s *PlanSum) add(c PlanCell, today Day) {
	switch {
	case c.Task != nil:
		s.Tally.Add(c.Task.CellOn(today, ByGranted), c.Task.State, 1)
	case c.Made:
		s.Hidden++
	case c.Planned:
		s.Unmade++
	}
}

// A PlanBehind is what a programme is behind with: a task that is overdue, or one whose year has begun and that was not made.
type PlanBehind struct {
	Item PlanItem
	Year int
	Task *Matter // nil: not made
}

// Table lays out a programme. tasks are its tasks in force, matters those of them that are within reach.
func (p Plan) Table(tasks []PlanTask, matters map[ID]Matter, today Day) PlanTable {
	made := map[string]map[int]PlanTask{}
	t := PlanTable{}
	year := func(y int) {
		if y > 0 && !slices.Contains(t.Years, y) {
			t.Years = append(t.Years, y)
		}
	}
	for _, it := range p.Items {
		for _, y := range it.When.Years() {
			year(y)
		}
		if len(it.When.Years()) == 0 {
			t.Open = append(t.Open, it)
		}
	}
	var gone []PlanItem
	for _, k := range tasks {
		y, err := strconv.Atoi(k.Period)
		if err != nil || k.Gone || k.Matter == "" {
			continue
		}
		year(y)
		if made[k.Item] == nil {
			made[k.Item] = map[int]PlanTask{}
		}
		made[k.Item][y] = k
		if _, there := p.Item(k.Item); !there && !slices.ContainsFunc(gone, func(o PlanItem) bool { return o.Key == k.Item }) {
			gone = append(gone, PlanItem{Key: k.Item, Text: matters[k.Matter].Text})
		}
	}
	slices.Sort(t.Years)
	t.Sums = make([]PlanSum, len(t.Years))
	for _, it := range p.Items {
		if len(it.When.Years()) > 0 || len(made[it.Key]) > 0 {
			t.row(PlanRow{Item: it}, made[it.Key], matters, today)
		}
	}
	for _, it := range gone {
		t.row(PlanRow{Item: it, Gone: true}, made[it.Key], matters, today)
	}
	return t
}

// row adds the row of an item.
func (t *PlanTable) row(r PlanRow, made map[int]PlanTask, matters map[ID]Matter, today Day) {
	for i, y := range t.Years {
		k, has := made[y]
		c := PlanCell{Planned: has || slices.Contains(r.Item.When.Years(), y), Made: has}
		if m, ok := matters[k.Matter]; has && ok {
			c.Task = &m
		}
		r.Cells = append(r.Cells, c)
		t.Sums[i].add(c, today)
		t.Whole.add(c, today)
		overdue := c.Task != nil && c.Task.CellOn(today, ByGranted) == Overdue
		if overdue || c.Planned && !c.Made && y <= today.Year() {
			t.Behind = append(t.Behind, PlanBehind{r.Item, y, c.Task})
		}
	}
	t.Rows = append(t.Rows, r)
}

// TallyOn counts tasks by cell.
func TallyOn(matters []Matter, today Day) Tally {
	var t Tally
	for _, m := range matters {
		t.Add(m.CellOn(today, ByGranted), m.State, 1)
	}
	return t
}
