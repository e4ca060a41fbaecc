package gov

import (
	"slices"
	"strings"
)

// A StepInput is what a person gives with a step; a step says which of it it needs.
type StepInput struct {
	Note    string
	Number  string // of the assigning document
	Day     Day
	Cause   Cause
	Level   Level
	Field   string  // for ActClassify: the key of a MatterField; empty changes nothing
	Funding Funding // for ActClassify; empty changes nothing
	Lead    Party   // for ActSettle: who leads, a zero one changes nothing; for ActDelegate: who does what is given on
	Bodies  []Party // for ActDivide
	Product string
	Today   Day
	// HandedIn is the day on which the result was handed in that ActConfirm accepts; empty: today.
	HandedIn Day
}

// wholeActions are what can be done with a task that has parts; the rest is done with its parts, and its state follows from theirs.
var wholeActions = []Action{ActReport, ActUrge, ActWithdraw, ActAttachDocument}

// Allows reports whether an action is for the matter itself and not for its parts.
func (m Matter) Allows(a Action) bool {
	if a == ActDivide && m.Lead() != "" {
		return false
	}
	return m.Parts == 0 || slices.Contains(wholeActions, a)
}

// Take moves the matter by a step: the matter as it is then, and the event that stays. Nothing is overwritten: an extension keeps the first day, and
// the event says from which day to which. Invalid where the step lacks something; the matter is as it was then.
func (m Matter) Take(st Step, in StepInput, s Stamp) (Matter, MatterEvent, error) {
	in.Note, in.Number, in.Product = strings.TrimSpace(in.Note), strings.TrimSpace(in.Number), strings.TrimSpace(in.Product)
	e := MatterEvent{Realm: m.Realm, Matter: m.ID, At: s.At, By: s.By, Action: st.Action, From: m.State, To: st.To, Note: in.Note}
	if err := m.ready(st, in); err != nil {
		return m, e, err
	}
	was := m.Due
	m.State = st.To
	switch st.Action {
	case ActAttachDocument:
		m.AssignedBy = in.Number
		e.Note = strings.TrimSpace(in.Number + " " + in.Note)
	case ActExtend, ActSchedule:
		m.moveDue(in.Day)
	case ActResume:
		if in.Day != "" {
			m.moveDue(in.Day)
		}
	case ActAskExtension:
		e.DueFrom, e.DueTo = m.Due, in.Day
	case ActSettle:
		m.settle(in)
		e.Note = strings.TrimSpace(strings.Join([]string{in.Lead.Name, in.Product, in.Note}, " "))
	case ActDelegate:
		e.Note, e.DueTo = in.Lead.Name+": "+in.Note, in.Day
	case ActDivide:
		names := make([]string, len(in.Bodies))
		for i, b := range in.Bodies {
			names[i] = b.Name
		}
		e.Note = strings.Join(names, ", ")
	case ActConfirm:
		m.Finished = in.HandedIn
		if m.Finished == "" {
			m.Finished = in.Today
		}
	case ActReopen:
		m.Finished = ""
	case ActCause:
		m.Cause = in.Cause
	case ActRoute:
		m.Level = in.Level
	case ActClassify:
		if in.Field != "" {
			m.Field = in.Field
		}
		if in.Funding != "" {
			m.Funding = in.Funding
		}
	}
	if m.Due != was {
		e.DueFrom, e.DueTo = was, m.Due
	}
	return m, e, nil
}

// ready refuses a step that lacks what it needs.
func (m Matter) ready(st Step, in StepInput) error {
	switch {
	case m.SupersededBy != "":
		return Errorf(Conflict, "error.stale")
	case st.Action == ActDivide && m.Lead() != "":
		return Errorf(Invalid, "error.divide_led", m.Lead())
	case !m.Allows(st.Action):
		return Errorf(Invalid, "error.step_of_parts", m.Parts)
	case st.Need.Lacking(in) != nil:
		return st.Need.Lacking(in)
	case st.Action == ActResume && in.Day != "" && !in.Day.Valid():
		return Errorf(Invalid, "error.day_needed")
	case st.Action == ActResume && in.Day != "" && in.Day < m.Due:
		return Errorf(Invalid, "error.day_not_later")
	case st.Need.Has(NeedDay) && in.Day < in.Today:
		return Errorf(Invalid, "error.day_past")
	case (st.Action == ActExtend || st.Action == ActAskExtension) && in.Day <= m.Due:
		return Errorf(Invalid, "error.day_not_later")
	case st.Action == ActSettle && in.Day != "" && (!in.Day.Valid() || m.Due != ""):
		return Errorf(Invalid, "error.day_settled")
	case (st.Action == ActSettle || st.Action == ActDelegate) && in.Lead.Name != "" && IsGroup(in.Lead.Name),
		slices.ContainsFunc(in.Bodies, func(p Party) bool { return IsGroup(p.Name) }):
		return Errorf(Invalid, "error.lead_group")
	case st.Action == ActDelegate && !m.HoldsInner(in.Day, in.Today):
		return Errorf(Invalid, "error.inner_day", string(m.Due))
	}
	return nil
}

// moveDue sets the due day; the first one that was ever set stays.
func (m *Matter) moveDue(d Day) {
	if m.FirstDue == "" {
		m.FirstDue = m.Due
	}
	if m.FirstDue == "" {
		m.FirstDue = d
	}
	m.Due = d
}

// settle fills gaps. There is exactly one lead: who led before coordinates now.
func (m *Matter) settle(in StepInput) {
	if in.Day != "" {
		m.moveDue(in.Day)
	}
	if in.Product != "" {
		m.Product = in.Product
	}
	if in.Lead.Name == "" {
		return
	}
	lead := in.Lead
	lead.Role = RoleLead
	ps := []Party{}
	for _, p := range m.Parties {
		switch {
		case p.Name == lead.Name && (p.Role == RoleLead || p.Role == RoleCoordinator):
			continue
		case p.Role == RoleLead:
			p.Role = RoleCoordinator
		}
		ps = append(ps, p)
	}
	m.Parties = append(ps, lead)
}
