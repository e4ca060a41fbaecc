package app

import (
	"context"
	"errors"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// The parts of "Việc của tôi", by the keys under which the catalogue has their words.
const (
	PartOverdue  = "overdue"
	PartToday    = "today"
	PartWeek     = "week"
	PartReturned = "returned" // came back: the result was not accepted
	PartConfirm  = "confirm"  // waits for the confirmation of the office
	PartAsked    = "asked"    // recommendations that the office has to answer
	PartGiven    = "given"    // assigned by the office, and overdue
	PartMonitor  = "monitor"  // that the office follows
	PartUnit     = "unit"     // of the unit, whoever leads
)

// A WorkPart is a part of somebody's work.
type WorkPart struct {
	Key   string
	Count int
	Lines []MatterLine // the first of them
	// Reminded is the last reminder of the lines' due days, where there was one.
	Reminded map[gov.ID]gov.Reminder
}

// MyWorkView is the page "Việc của tôi".
type MyWorkView struct {
	Today   gov.Day
	Offices []string // for whom the reader works
	Parts   []WorkPart
	Reviews []ReviewLine
	Leader  *LeaderView // for a leader
	Count   int         // what the top bar says
}

// LeaderView is what a leader looks at: some lines of words, then the table.
type LeaderView struct {
	Overdue, OverdueBodies int // tasks, and by how many bodies they are led
	Week                   int // due within seven days
	Submitted, Returned    int
	Recommendations, Mute  int // not resolved, and not even answered
	Waiting, NoDue         int // for their document; without a due day
	League                 LeagueView
}

// A followUp finds what the offices of a principal owe, gave and follow.
type followUp struct {
	ctx    context.Context
	tx     gov.Tx
	realm  gov.Realm
	today  gov.Day
	places []string // agencies, by id and by name
	names  []string // of the agencies
	codes  []string // of units, but not the one that the realm serves: that is everything
	leader bool
}

// offices finds for whom the principal works: his own grants and those of whom he stands in for.
func (f *followUp) offices(p access.Principal) error {
	for _, g := range p.With(access.BooksRead) {
		f.leader = f.leader || g.Role == access.Leader
		if g.Agency != "" && !slices.Contains(f.places, g.Agency) {
			agency, err := f.tx.Agency(f.ctx, f.realm, gov.ID(g.Agency))
			if err != nil && !gov.IsNotFound(err) {
				return err
			}
			f.places = append(f.places, g.Agency)
			if agency.Name != "" {
				f.places, f.names = append(f.places, agency.Name), append(f.names, agency.Name)
			}
		}
		if g.Code != "" && !g.All && !slices.Contains(f.codes, g.Code) {
			f.codes = append(f.codes, g.Code)
		}
	}
	return nil
}

// A workQuery is a part with the question that finds it.
type workQuery struct {
	Key   string
	Mine  bool // counts in the top bar: somebody here has to do something
	Query gov.OwedQuery
}

// doing are the states in which the work lies with the body that leads and nothing came back.
var doing = []gov.State{gov.StateOpen, gov.AwaitingDocument}

// weekDays is how many days after today "this week" holds.
const weekDays = 7

// parts lists the parts with their questions, in the order of the page.
func (f *followUp) parts() []workQuery {
	lead := gov.OwedQuery{Kind: gov.Task, Roles: []gov.Role{gov.RoleLead, gov.RoleAssignee}, Places: f.places, States: doing}
	overdue, today, week, back := lead, lead, lead, lead
	overdue.Until = f.today.AddDays(-1)
	today.From, today.Until = f.today, f.today
	week.From, week.Until = f.today.AddDays(1), f.today.AddDays(weekDays)
	back.States = []gov.State{gov.Returned}
	given := gov.OwedQuery{Kind: gov.Task, Roles: []gov.Role{gov.RoleAssigner}, Places: f.places, Until: f.today.AddDays(-1), States: remindedStates}
	confirm := given
	confirm.Roles, confirm.Until, confirm.States = []gov.Role{gov.RoleAssigner, gov.RoleMonitor}, "", []gov.State{gov.Submitted}
	monitor := confirm
	monitor.Roles, monitor.States = []gov.Role{gov.RoleMonitor}, []gov.State{gov.StateOpen, gov.AwaitingDocument, gov.Returned}
	asked := gov.OwedQuery{Kind: gov.Recommendation, Roles: []gov.Role{gov.RoleAddressee}, Places: f.places, States: []gov.State{gov.StateOpen}}
	list := []workQuery{{PartOverdue, true, overdue}, {PartToday, true, today}, {PartWeek, true, week}, {PartReturned, true, back}, {PartConfirm, true, confirm},
		{PartAsked, true, asked}, {PartGiven, false, given}, {PartMonitor, false, monitor}}
	if len(f.codes) > 0 {
		list = append(list, workQuery{PartUnit, false, gov.OwedQuery{Kind: gov.Task, Roles: []gov.Role{gov.RoleUnit}, Places: f.codes,
			States: []gov.State{gov.StateOpen, gov.AwaitingDocument, gov.Returned}}})
	}
	return list
}

func (f *followUp) list(q workQuery, limit int) ([]gov.Matter, error) {
	q.Query.Limit = limit
	return f.tx.OwedMatters(f.ctx, f.realm, q.Query)
}

// countMost is the most that a part is counted to.
const countMost = 1000

func (f *followUp) count(q workQuery) (int, error) {
	q.Query.Limit = countMost
	return f.tx.CountOwed(f.ctx, f.realm, q.Query)
}

// WorkLines is how many matters a part of "Việc của tôi" shows; FirstLines how many of them stand on the first page.
const (
	WorkLines  = 25
	FirstLines = 5
)

// MyWork gives the page "Việc của tôi".
func (a *App) MyWork(ctx context.Context, p access.Principal) (v MyWorkView, err error) {
	err = a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			v, err = b.work(p, WorkLines)
			if err == nil {
				err = b.reminded(&v)
			}
			if err == nil && p.May(access.DocumentsRead) {
				home := HomeView{}
				err = b.openReviews(&home)
				v.Reviews = home.Reviews
			}
			return err
		})
	})
	return v, err
}

// reminded finds what the program spoke of by itself: whoever gets no mail sees it here.
func (b *builder) reminded(v *MyWorkView) error {
	for i := range v.Parts {
		v.Parts[i].Reminded = map[gov.ID]gov.Reminder{}
		for _, m := range v.Parts[i].Lines {
			said, err := b.tx.RemindersOf(b.ctx, b.realm, m.ID)
			if err != nil {
				return err
			}
			for _, r := range said {
				if r.Due == m.Due {
					v.Parts[i].Reminded[m.ID] = r // the last one
				}
			}
		}
	}
	return nil
}

// work fills in the parts, with some lines each.
func (b *builder) work(p access.Principal, lines int) (MyWorkView, error) {
	f := followUp{ctx: b.ctx, tx: b.tx, realm: b.realm, today: b.today}
	v := MyWorkView{Today: b.today}
	if err := f.offices(p); err != nil {
		return v, err
	}
	v.Offices = f.names
	for _, q := range f.parts() {
		n, err := f.count(q)
		if err != nil {
			return v, err
		}
		if q.Mine {
			v.Count += n
		}
		part := WorkPart{Key: q.Key, Count: n}
		if n > 0 && lines > 0 {
			list, err := f.list(q, lines)
			if err != nil {
				return v, err
			}
			part.Lines = b.matters(list)
		}
		v.Parts = append(v.Parts, part)
	}
	if f.leader {
		leader, err := b.leading()
		v.Leader = &leader
		return v, err
	}
	return v, nil
}

// leading counts for a leader, all from counts that the store keeps ready.
func (b *builder) leading() (LeaderView, error) {
	var v LeaderView
	v.League = LeagueView{Kind: gov.Task, Role: gov.RoleLead, Today: b.today}
	if err := b.league(&v.League); err != nil {
		return v, err
	}
	for _, r := range v.League.Rows {
		if n := r.Granted.Cells[gov.Overdue]; n > 0 {
			v.OverdueBodies++
		}
	}
	t := v.League.Whole.Granted
	v.Overdue, v.Submitted, v.Returned, v.Waiting, v.NoDue = t.Cells[gov.Overdue], t.Submitted, t.Returned, t.Waiting, t.Cells[gov.NoDue]
	asks, err1 := b.tx.TallyMatters(b.ctx, b.realm, gov.TallyQuery{Kind: gov.Recommendation, Today: b.today})
	for _, a := range asks {
		r := a.Recommendations()
		live := r.Total - a.States[gov.Withdrawn]
		v.Recommendations, v.Mute = live-r.Resolved-r.Explained, live-r.Answered
	}
	week, err2 := b.tx.CountMatters(b.ctx, b.realm, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, Stand: gov.StandOwed, Top: true, DueFrom: b.today,
		DueUntil: b.today.AddDays(weekDays)})
	v.Week = week
	return v, errors.Join(err1, err2)
}

// WorkCount is how much waits for somebody's offices: the number in the top bar.
func (a *App) WorkCount(ctx context.Context, p access.Principal) (n int, err error) {
	err = a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
		n = 0
		f := followUp{ctx: ctx, tx: tx, realm: gov.Realm(p.Realm), today: a.Today()}
		if err := f.offices(p); err != nil {
			return err
		}
		for _, q := range f.parts() {
			if !q.Mine {
				continue
			}
			k, err := f.count(q)
			if err != nil {
				return err
			}
			n += k
		}
		return nil
	})
	return n, err
}
