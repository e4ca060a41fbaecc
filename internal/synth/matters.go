package synth

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A body is an office that leads tasks, with its habits: most are in time, a few bring most of what is late.
type body struct {
	party gov.Party
	who   gov.ID  // the account that acts for it; empty: none
	late  float64 // how likely a task of it ends late
	slow  float64 // by how many days, in the middle
}

// bodies are the offices of the realm by name.
type bodies struct {
	by   map[string]body
	said map[gov.UnitKey][]asked // what each unit asked lately
}

// asked is a recommendation that may be raised again.
type asked struct {
	id     gov.ID
	topic  int
	thing  string
	opened gov.Day
	solved bool
}

// prepareBodies finds the agencies of the units and of the province, makes the departments that are missing, and draws everybody's habits.
func (m *maker) prepareBodies(ctx context.Context, nodes []node, from gov.Day) error {
	m.bodies = bodies{by: map[string]body{}, said: map[gov.UnitKey][]asked{}}
	return m.Store.Update(ctx, func(tx gov.Tx) error {
		for i, d := range departments() {
			if d.to != "" && from >= d.to {
				continue
			}
			a := m.department(d)
			if err := m.haveAgency(ctx, tx, &a); err != nil {
				return err
			}
			m.habits(d.name, gov.Party{Name: d.name, Agency: a.ID}, m.actsFor(a), i%5 == 2)
		}
		for i, n := range nodes {
			id, err := m.agencyThere(ctx, tx, n)
			if err != nil {
				return err
			}
			m.habits(officeOf(n)+string(n.unit.From), gov.Party{Name: officeOf(n), Unit: n.unit.UnitKey, Agency: id}, m.accountOf(n, string(confirms)), i%9 == 4)
		}
		return nil
	})
}

// agencyThere is the agency of this version of a unit; empty where there is none.
func (m *maker) agencyThere(ctx context.Context, tx gov.Tx, n node) (gov.ID, error) {
	found, err := tx.Agency(ctx, m.Holding.Realm, m.agencyID(n))
	if gov.IsNotFound(err) {
		found, err = tx.AgencyByName(ctx, m.Holding.Realm, officeOf(n), n.unit.Code)
	}
	if gov.IsNotFound(err) || err == nil && found.Unit != n.unit.UnitKey {
		return "", nil
	}
	return found.ID, err
}

// A department is an office of the province, with the day from which there is none of its name.
type department struct {
	name string
	to   gov.Day
}

// departments lists those of the fields of work, of today and before the reform, and the others.
func departments() []department {
	var list []department
	add := func(name string, to gov.Day) {
		if name != "" && !slices.ContainsFunc(list, func(d department) bool { return d.name == name }) {
			list = append(list, department{name, to})
		}
	}
	for _, t := range topics {
		add(t.lead, "")
	}
	for _, o := range provinceOffices {
		add(o, "")
	}
	for _, t := range topics {
		add(t.before, reformed)
	}
	return list
}

// lineOf is where an office of a province stands.
func lineOf(name string) gov.Line {
	switch {
	case strings.Contains(name, "Tỉnh ủy"):
		return gov.LineParty
	case strings.Contains(name, "MTTQ"):
		return gov.LineFront
	case strings.Contains(name, "Công an"):
		return gov.LineCentral
	}
	return gov.LineGovernment
}

// haveAgency makes an agency of the province unless there is one of the name.
func (m *maker) haveAgency(ctx context.Context, tx gov.Tx, a *gov.Agency) error {
	found, err := tx.AgencyByName(ctx, a.Realm, a.Name, a.Unit.Code)
	switch {
	case err == nil:
		a.ID = found.ID
		return nil
	case !gov.IsNotFound(err):
		return err
	}
	return tx.CreateAgency(ctx, *a)
}

// habits draws how late an office is.
func (m *maker) habits(key string, p gov.Party, who gov.ID, slack bool) {
	r := m.random(key, "habits", 0)
	b := body{party: p, who: who, late: 0.03 + 0.09*r.Float64(), slow: 4 + 8*r.Float64()}
	if slack {
		b.late, b.slow = 0.4+0.3*r.Float64(), 20+30*r.Float64()
	}
	m.bodies.by[key] = b
}

// office is the body of a unit.
func (m *maker) office(n node) body { return m.bodies.by[officeOf(n)+string(n.unit.From)] }

// come makes what comes of a visit: what is difficult, what is asked, what is concluded, who does it by when, and what the units promise.
func (m *maker) come(v *visit) {
	r := v.r
	var asks []gov.Matter
	var about []int
	v.section("I. KHÓ KHĂN, KIẾN NGHỊ CỦA CƠ SỞ")
	for range 2 + r.IntN(3) {
		n := v.units[r.IntN(len(v.units))]
		k, thing := pickThing(r)
		t := topics[k]
		if r.IntN(3) > 0 {
			m.note(v, gov.Difficulty, n, t, opened(t.sentence(r, t.troubles, thing)))
		}
		ask, again := m.ask(v, n, k, thing)
		asks, about = append(asks, ask), append(about, again)
	}
	v.section("II. KẾT LUẬN, CHỈ ĐẠO")
	for i := range 1 + len(asks) {
		k, thing, answers := 0, "", -1
		if i < len(asks) && r.IntN(3) > 0 {
			k, answers = about[i], i
			thing = topics[k].things[r.IntN(len(topics[k].things))]
		} else {
			k, thing = pickThing(r)
		}
		m.conclude(v, k, thing, asks, answers)
	}
	v.section("III. Ý KIẾN TIẾP THU, CAM KẾT CỦA CƠ SỞ")
	for range r.IntN(3) {
		n := v.units[r.IntN(len(v.units))]
		k, thing := pickThing(r)
		m.note(v, gov.Commitment, n, topics[k], opened(topics[k].sentence(r, topics[k].promises, thing)))
	}
}

func pickThing(r *rand.Rand) (int, string) {
	// The first fields are spoken of most.
	k := min(r.IntN(len(topics)), r.IntN(len(topics)))
	return k, topics[k].things[r.IntN(len(topics[k].things))]
}

// matter begins one of the visit.
func (m *maker) matter(v *visit, k gov.MatterKind, t topic, words string) gov.Matter {
	d := v.session.Day
	s := m.byProvince(began(v.noticed))
	return gov.Matter{Realm: m.Holding.Realm, ID: makeID(s.At, v.r), Kind: k, Session: v.session.ID, Text: words, Topic: opened(t.field), Field: t.field,
		Source: gov.Source{Sentence: words, Span: text.Span{}, Day: d}, State: gov.FirstState(k, true), Opened: d, Created: s, Version: 1}
}

// keep puts a matter with its steps into the visit.
func (v *visit) keep(m gov.Matter, steps []gov.MatterEvent) {
	v.made.Matters = append(v.made.Matters, m)
	v.made.Events = append(v.made.Events, steps...)
}

func unitParty(n node) gov.Party {
	return gov.Party{Role: gov.RoleUnit, Name: n.unit.Full(), Unit: n.unit.UnitKey}
}

func (v *visit) unitParties() []gov.Party {
	ps := make([]gov.Party, len(v.units))
	for i, n := range v.units {
		ps[i] = unitParty(n)
	}
	return ps
}

func as(role gov.Role, b body) gov.Party {
	p := b.party
	p.Role = role
	return p
}

// note makes what is only noted.
func (m *maker) note(v *visit, k gov.MatterKind, n node, t topic, words string) {
	x := m.matter(v, k, t, words)
	v.say(&x)
	x.By, x.Parties = officeOf(n), []gov.Party{unitParty(n)}
	if k == gov.Commitment {
		x.DueWords = "trong năm " + string(v.session.Day[:4])
	}
	v.keep(x, begin(x).steps)
}

// ask makes a recommendation of a unit. What it asked long ago and did not get is raised again.
func (m *maker) ask(v *visit, n node, k int, thing string) (gov.Matter, int) {
	r, unit := v.r, n.unit.UnitKey
	old, again := asked{}, false
	for _, a := range m.bodies.said[unit] {
		if !a.solved && v.session.Day.DaysSince(a.opened) > 120 && r.IntN(3) == 0 {
			old, again, k, thing = a, true, a.topic, a.thing
			break
		}
	}
	t := topics[k]
	head := "Đề nghị tỉnh "
	x := m.matter(v, gov.Recommendation, t, "")
	x.Level = gov.LevelProvince
	to := m.bodies.by[t.body(v.session.Day)]
	switch r.IntN(12) {
	case 0:
		x.Level, head, to = gov.LevelCentral, "Đề nghị tỉnh báo cáo Trung ương ", m.bodies.by["Văn phòng UBND tỉnh"]
	case 1, 2:
		x.Level, head = gov.LevelOpen, "Đề nghị cấp có thẩm quyền "
	case 3, 4, 5:
		head = "Đề nghị " + to.party.Name + " "
	}
	x.Text = head + t.sentence(r, t.asks, thing)
	x.By = officeOf(n)
	v.say(&x)
	x.Parties = []gov.Party{unitParty(n), as(gov.RoleAddressee, to), m.assigner()}
	l := begin(x)
	l.who = map[gov.Doer]gov.ID{gov.DoneByCompetent: to.who, gov.DoneByRaiser: m.office(n).who}
	l.recommend(r, m.until(), to)
	v.keep(l.m, l.steps)
	if again {
		v.made.Links = append(v.made.Links, gov.Link{Realm: x.Realm, From: x.ID, To: old.id, Kind: gov.LinkRepeats})
	}
	list := append(m.bodies.said[unit], asked{x.ID, k, thing, x.Opened, l.m.State == gov.Resolved || l.m.State == gov.Explained})
	list = slices.DeleteFunc(list, func(a asked) bool { return again && a.id == old.id })
	m.bodies.said[unit] = list[max(0, len(list)-6):]
	return l.m, k
}

// assigner is the office that follows what the leaders conclude.
func (m *maker) assigner() gov.Party {
	return gov.Party{Role: gov.RoleAssigner, Name: "Văn phòng Tỉnh ủy", Agency: m.bodies.by["Văn phòng Tỉnh ủy"].party.Agency}
}

// conclude makes a directive and, mostly, the task that it gives rise to.
func (m *maker) conclude(v *visit, k int, thing string, asks []gov.Matter, answers int) {
	r, t := v.r, topics[k]
	x := m.matter(v, gov.Directive, t, "")
	x.By, x.Strength = v.speaker, gov.Orientation
	x.Parties = v.unitParties()
	if answers >= 0 {
		x.Answers = asks[answers].Text
		v.made.Links = append(v.made.Links, gov.Link{Realm: x.Realm, From: x.ID, To: asks[answers].ID, Kind: gov.LinkAnswers})
	}
	if r.IntN(5) == 0 {
		x.Text = opened(t.sentence(r, t.orders, thing))
		v.say(&x)
		v.keep(x, begin(x).steps)
		return
	}
	x.Strength = gov.Assigned
	leads := m.leads(v, t)
	names := make([]string, len(leads))
	for i, b := range leads {
		names[i] = b.party.Name
	}
	x.Text = "Giao " + strings.Join(names, ", ") + " "
	if len(leads) == 1 {
		x.Text += "chủ trì "
	}
	x.Text += t.sentence(r, t.orders, thing)
	v.say(&x)
	for _, b := range leads {
		role := gov.RoleLead
		if len(leads) > 1 {
			role = gov.RoleAssignee
		}
		x.Parties = append(x.Parties, as(role, b))
	}
	for range r.IntN(3) {
		if b := m.bodies.by[topics[r.IntN(len(topics))].body(v.session.Day)]; !slices.ContainsFunc(x.Parties, func(p gov.Party) bool { return p.Name == b.party.Name }) {
			x.Parties = append(x.Parties, as(gov.RoleCoordinator, b))
		}
	}
	if r.IntN(8) > 0 {
		x.Due = v.noticed.AddDays(terms[r.IntN(len(terms))])
		x.FirstDue, x.DueWords = x.Due, "trước ngày "+dayWords(x.Due.AddDays(1))
	}
	v.keep(x, begin(x).steps)
	m.assign(v, x, t, leads)
}

// terms are the days that tasks are given.
var terms = []int{10, 15, 20, 30, 30, 30, 45, 60, 60, 90, 120, 180}

// dayWords writes a day as offices do.
func dayWords(d gov.Day) string { return string(d[8:10]) + "/" + string(d[5:7]) + "/" + string(d[:4]) }

// leads are who is to do it: the department of the field, a unit's own office, or several bodies without a lead.
func (m *maker) leads(v *visit, t topic) []body {
	r := v.r
	department := m.bodies.by[t.body(v.session.Day)]
	if r.IntN(14) == 0 {
		list := []body{department}
		for _, n := range v.units {
			list = append(list, m.office(n))
		}
		return list
	}
	if r.IntN(9) < 4 {
		return []body{m.office(v.units[r.IntN(len(v.units))])}
	}
	return []body{department}
}

// acting are the accounts that take the steps of a task.
func (m *maker) acting(lead body) map[gov.Doer]gov.ID {
	return map[gov.Doer]gov.ID{gov.DoneByLead: lead.who, gov.DoneByInvolved: lead.who, gov.DoneByAssigner: m.bodies.by["Văn phòng Tỉnh ủy"].who}
}

// assign makes the task of a directive, with a part for each body where there are several, and lives their lives.
func (m *maker) assign(v *visit, directive gov.Matter, t topic, leads []body) {
	r := v.r
	s := m.byProvince(began(v.noticed))
	task := gov.TaskOf(directive, gov.Document{Kind: gov.KindConclusionNotice, Number: v.number}, makeID(s.At, r), s)
	task.Parties = append(task.Parties, m.assigner())
	if r.IntN(4) == 0 {
		task.Parties = append(task.Parties, as(gov.RoleMonitor, m.bodies.by["Văn phòng UBND tỉnh"]))
	}
	if r.IntN(5) > 0 {
		task.Product = t.products[r.IntN(len(t.products))]
	}
	parts := gov.PartsOf(task, func() gov.ID { return makeID(s.At, r) }, s, v.unitParties())
	for i, p := range parts {
		l := begin(p)
		l.who = m.acting(leads[min(i, len(leads)-1)])
		l.task(r, m.until(), leads[min(i, len(leads)-1)])
		l.settle(r)
		parts[i] = l.m
		v.keep(l.m, l.steps)
	}
	l := begin(task)
	if len(parts) > 0 {
		l.m = gov.WholeOf(task, parts)
	} else {
		l.who = m.acting(leads[0])
		l.task(r, m.until(), leads[0])
		l.settle(r)
	}
	v.keep(l.m, l.steps)
}

// errFlow says that a made history would leave the flow: a defect.
var errFlow = errors.New("synth: a step that the flow does not have")
