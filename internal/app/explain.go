package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
)

// An ExplanationInput asks a unit to explain a cell of a scorecard.
type ExplanationInput struct {
	CellKey
	Due  gov.Day
	Note string // what else to say in it; may be empty
}

// explanationTopic is the topic of the tasks that ask about an indicator in a period: by it a cell finds them again. What stands in the books is written in
// Vietnamese.
func explanationTopic(in gov.Indicator, p gov.Period) string {
	return lang.VI.T("task.explain.topic", in.NameVI, lang.VI.Period(string(p)))
}

// explains finds the cell that a task asks about, as explanationTopic has written it.
func (b *builder) explains(m gov.Matter) *CellKey {
	units := m.Units()
	if m.Kind != gov.Task || len(units) != 1 || m.Opened == "" {
		return nil
	}
	for _, in := range b.catalogue().On("") {
		if !strings.HasPrefix(m.Topic, lang.VI.T("task.explain.topic", in.NameVI, "")) {
			continue
		}
		for year := m.Opened.Year() + 1; year > m.Opened.Year()-explainYears; year-- {
			for _, k := range gov.ReportKinds {
				for _, p := range k.PeriodsIn(year) {
					if m.Topic == explanationTopic(in, p) {
						return &CellKey{Period: p, Indicator: in.Key, Unit: units[0]}
					}
				}
			}
		}
	}
	return nil
}

// explainYears is how far back a cell may lie that a task asks about.
const explainYears = 15

// AskExplanation makes a task for the unit to explain how it stands to its targets. The unit's own office leads, the office of whoever asks has assigned it and
// says whether it is done. While one is open, there is no second one.
func (a *App) AskExplanation(ctx context.Context, p access.Principal, in ExplanationInput) (gov.ID, error) {
	var id gov.ID
	if !in.Period.Valid() {
		return "", gov.Errorf(gov.Invalid, "error.cell_period", string(in.Period))
	}
	err := a.withRegister(func(units gov.Units) error {
		u, err := units.Get(in.Unit)
		if err != nil {
			return err
		}
		return a.update(ctx, p, access.MattersAssign, func(tx gov.Tx, s gov.Stamp) (act, error) {
			b := a.builder(ctx, tx, p, units)
			if !in.Due.Valid() || in.Due < b.today {
				return act{}, gov.Errorf(gov.Invalid, "error.explain_due")
			}
			m, err := b.explanation(in, u, s)
			if err != nil {
				return act{}, err
			}
			id = m.ID
			return act{"matter.ask_explanation", "matter", m.ID}, errors.Join(tx.CreateMatter(ctx, m),
				tx.AddEvent(ctx, gov.MatterEvent{Realm: m.Realm, Matter: m.ID, At: s.At, By: s.By, Action: gov.ActOpen, To: m.State}),
				tx.Index(ctx, gov.SearchEntry{Realm: m.Realm, Noun: "matter", Record: m.ID, Title: m.Text, Body: m.By, Day: m.Opened}))
		})
	})
	return id, err
}

// explanation is the task: what the books say now stands in its words, since they may say something else later.
func (b *builder) explanation(in ExplanationInput, u gov.UnitVersion, s gov.Stamp) (gov.Matter, error) {
	catalogue, err := catalogueIn(b.ctx, b.tx, b.realm)
	if err != nil {
		return gov.Matter{}, err
	}
	v := ScoreCellView{CellKey: in.CellKey}
	if v.Indicator, err = catalogue.At(in.Indicator, in.Period.LastDay()); err != nil {
		return gov.Matter{}, err
	}
	assessor := gov.NewAssessor(b.today, gov.Windows())
	v.Due = assessor.Due(in.Period)
	if err := errors.Join(b.cellTargets(&v, assessor), b.cellAsked(&v)); err != nil {
		return gov.Matter{}, err
	}
	if slices.ContainsFunc(v.Asked, func(m MatterLine) bool { return !m.State.Finished() }) {
		return gov.Matter{}, gov.Errorf(gov.Conflict, "error.explain_asked")
	}
	agencies, err := b.tx.Agencies(b.ctx, b.realm)
	if err != nil {
		return gov.Matter{}, err
	}
	asks := gov.Party{Role: gov.RoleAssigner}
	for _, a := range agencies {
		if a.ID == b.agency {
			asks.Name, asks.Unit, asks.Agency = a.Name, a.Unit, a.ID
		}
	}
	text := explanationText(v, u)
	if in.Note = strings.TrimSpace(in.Note); in.Note != "" {
		text += ". " + in.Note
	}
	return gov.Matter{Realm: b.realm, ID: gov.IDsFrom(s.At).Next(), Kind: gov.Task, Text: text, Topic: explanationTopic(v.Indicator, in.Period), By: asks.Name,
		Parties: []gov.Party{{Role: gov.RoleUnit, Name: u.Full(), Unit: u.UnitKey}, officeOf(agencies, u), asks},
		Due:     in.Due, FirstDue: in.Due, State: gov.FirstState(gov.Task, true), Opened: b.today, Created: s, Version: 1}, nil
}

// officeOf is the office that leads a unit's work: its people's committee where there is one, else its first agency, else the committee by name.
func officeOf(agencies []gov.Agency, u gov.UnitVersion) gov.Party {
	p := gov.Party{Role: gov.RoleLead, Name: "UBND " + u.Full(), Unit: u.UnitKey}
	var own []gov.Agency
	for _, a := range agencies {
		if a.Unit == u.UnitKey {
			own = append(own, a)
		}
	}
	i := slices.IndexFunc(own, func(a gov.Agency) bool {
		name := strings.ToLower(a.Name)
		return strings.HasPrefix(name, "ubnd") || strings.HasPrefix(name, "ủy ban nhân dân")
	})
	if i < 0 && len(own) > 0 {
		i = 0
	}
	if i >= 0 {
		p.Name, p.Agency = own[i].Name, own[i].ID
	}
	return p
}

// explanationText says what is to be explained, with the numbers as the books have them.
func explanationText(v ScoreCellView, u gov.UnitVersion) string {
	l := lang.VI
	words := l.T("task.explain.text", v.Indicator.NameVI, l.Period(string(v.CellKey.Period)), u.Full())
	for _, t := range v.Targets {
		got := l.T("task.explain.nothing")
		if a := t.Assessment.Actual; a != nil {
			got = l.Number(*a) + " " + t.Measure
		}
		words += "; " + l.T("task.explain.target", wordOf(l, "baseline", string(t.Baseline)), l.Number(t.Value)+" "+t.Measure, got, wordOf(l, "verdict", string(t.Assessment.Verdict)))
	}
	return words
}
