package gov

import (
	"slices"
	"strings"
)

// PartsOf makes the parts of a task that names several bodies and no lead: one for each body, with its own lead, state and due day. The parent is
// counted once in the totals of the province, the parts in the tables of agencies. A group of units ("các xã, phường") is resolved to those of the
// session, any other ("các sở, ngành") stays a gap: it gets no part. Nil where the task needs no parts.
func PartsOf(m Matter, ids func() ID, s Stamp, session []Party) []Matter {
	if m.Kind != Task || m.Lead() != "" {
		return nil
	}
	var bodies []Party
	add := func(list ...Party) {
		for _, p := range list {
			if !slices.ContainsFunc(bodies, func(o Party) bool { return o.Name == p.Name && o.Unit == p.Unit }) {
				bodies = append(bodies, p)
			}
		}
	}
	for _, p := range m.Parties {
		switch {
		case p.Role != RoleAssignee:
		case !IsGroup(p.Name):
			add(p)
		case namesUnits(p.Name):
			add(session...)
		}
	}
	if len(bodies) < 2 {
		return nil
	}
	return m.Divided(bodies, ids, s)
}

// Divided makes the parts of a task for several bodies, one for each.
func (m Matter) Divided(bodies []Party, ids func() ID, s Stamp) []Matter {
	list := make([]Matter, 0, len(bodies))
	for _, b := range bodies {
		part := m
		part.ID, part.Parent, part.Origin, part.Parts, part.Created, part.Version = ids(), m.ID, m.ID, 0, s, 1
		part.Parties = partParties(m, b)
		list = append(list, part)
	}
	return list
}

// HoldsInner reports whether something that is given on within the task can be due on a day: not later than the task, unless that is overdue itself.
func (m Matter) HoldsInner(day, today Day) bool { return m.Due == "" || day <= m.Due || m.Due < today }

// Delegated is the task within a task that ActDelegate gives to a body: its lead gave it and says that it is done. It counts for its own body, not in
// the totals of the province, and the task that it is within goes on by itself: no part follows from it.
func (m Matter) Delegated(in StepInput, id ID, s Stamp) Matter {
	t := m
	t.ID, t.Parent, t.Origin, t.Created, t.Version = id, m.ID, m.ID, s, 1
	t.State, t.Text, t.Product, t.Due, t.FirstDue, t.DueWords, t.Cause = StateOpen, strings.TrimSpace(in.Note), strings.TrimSpace(in.Product), in.Day, in.Day, "", CauseOpen
	t.Parties = []Party{{Role: RoleLead, Name: in.Lead.Name, Unit: in.Lead.Unit, Agency: in.Lead.Agency}}
	for _, p := range m.Parties {
		switch p.Role {
		case RoleLead:
			t.By = p.Name
			t.Parties = append(t.Parties, Party{Role: RoleAssigner, Name: p.Name, Unit: p.Unit, Agency: p.Agency})
		case RoleUnit:
			t.Parties = append(t.Parties, p)
		}
	}
	return t
}

// namesUnits reports whether a group is one of administrative units.
func namesUnits(group string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(group), func(r rune) bool { return r == ' ' || r == ',' }) {
		switch w {
		case "xã", "phường", "đặc":
			return true
		}
	}
	return strings.Contains(strings.ToLower(group), "địa phương")
}

// partParties are the parties of one body's part: it leads; coordinators, monitor and assigner are those of the whole.
func partParties(m Matter, lead Party) []Party {
	ps := []Party{{Role: RoleLead, Name: lead.Name, Unit: lead.Unit, Agency: lead.Agency}}
	unit := lead.Unit
	for _, p := range m.Parties {
		switch p.Role {
		case RoleCoordinator, RoleMonitor, RoleAssigner:
			ps = append(ps, p)
		case RoleUnit:
			if unit.Zero() || p.Unit == unit {
				ps = append(ps, p)
			}
		}
	}
	return ps
}

// WholeOf works out what a task is from its parts: finished when all are, on the day of the last; late when one is; its due day is the nearest that is
// still owed. Parts that were withdrawn do not count, unless all were. Without parts the task is as it is.
func WholeOf(parent Matter, parts []Matter) Matter {
	parent.Parts = len(parts)
	live := slices.DeleteFunc(slices.Clone(parts), func(p Matter) bool { return p.State == Withdrawn })
	if len(parts) == 0 {
		return parent
	}
	if len(live) == 0 {
		parent.State, parent.Finished = Withdrawn, ""
		return parent
	}
	parent.Due, parent.FirstDue, parent.Finished, parent.PartLate = "", "", "", false
	owed := 0
	for _, p := range live {
		if p.Finished != "" {
			parent.PartLate = parent.PartLate || p.Due != "" && p.Finished > p.Due || p.PartLate
			parent.Finished = max(parent.Finished, p.Finished)
			continue
		}
		owed++
		parent.Due, parent.FirstDue = nearest(parent.Due, p.Due), nearest(parent.FirstDue, p.FirstDue)
	}
	if owed > 0 {
		parent.Finished, parent.State = "", wholeState(live)
		return parent
	}
	for _, p := range live {
		parent.Due, parent.FirstDue = max(parent.Due, p.Due), max(parent.FirstDue, p.FirstDue)
	}
	parent.State = Completed
	return parent
}

// nearest is the earlier of two days of which either may not be known.
func nearest(a, b Day) Day {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// wholeState is the state of a task some of whose parts are still owed: submitted when every part that is owed is, suspended when every one is, else
// open.
func wholeState(live []Matter) State {
	state := State("")
	for _, p := range live {
		switch {
		case p.Finished != "":
		case state == "":
			state = p.State
		case state != p.State:
			return StateOpen
		}
	}
	if state == Returned {
		return StateOpen
	}
	return state
}
