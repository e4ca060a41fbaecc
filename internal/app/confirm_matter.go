package app

import (
	"slices"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// writeMatter writes a difficulty, recommendation, directive or commitment, and the task that a directive gives rise to.
func (w *writer) writeMatter(d gov.Draft, pair gov.Pair) error {
	it := *d.Item
	m := gov.Matter{Realm: w.realm, ID: w.ids.Next(), Kind: gov.MatterKind(d.Kind), Session: w.session.ID, Text: it.Text, Topic: it.Topic,
		Source: w.source1(it.Span, it.Sentence), By: w.office(it.By), DueWords: it.Due, Strength: it.Strength, Past: it.Past, Answers: it.Answers,
		Opened: w.session.Day, Created: w.stamp, Version: 1}
	m.State = gov.FirstState(m.Kind, w.doc.Kind.Assigns())
	m.Parties = w.nearParties(w.parties(m.Kind, it))
	if err := w.createMatter(m, gov.ActOpen); err != nil {
		return err
	}
	var old *gov.Matter
	if pair.Record != "" {
		i := slices.IndexFunc(w.old.matters, func(o gov.Matter) bool { return o.ID == pair.Record })
		old = &w.old.matters[i]
		if err := w.replaceMatter(*old, m.ID); err != nil {
			return err
		}
	}
	switch m.Kind {
	case gov.Recommendation:
		w.asks = append(w.asks, m)
	case gov.Directive:
		if err := w.linkAnswers(m); err != nil {
			return err
		}
		if d.Task {
			return w.writeTask(m, old)
		}
	}
	return nil
}

func (w *writer) createMatter(m gov.Matter, action gov.Action) error {
	if err := w.tx.CreateMatter(w.ctx, m); err != nil {
		return err
	}
	if err := w.event(m, action, "", m.State, ""); err != nil {
		return err
	}
	return w.tx.Index(w.ctx, gov.SearchEntry{Realm: w.realm, Noun: "matter", Record: m.ID, Title: m.Text,
		Body: strings.Join(append(w.unitNames(), m.By, m.Topic, strings.Join(m.Names(gov.RoleAssignee), ", ")), "\n"), Day: m.Opened})
}

func (w *writer) event(m gov.Matter, action gov.Action, from, to gov.State, note string) error {
	return w.tx.AddEvent(w.ctx, gov.MatterEvent{Realm: w.realm, Matter: m.ID, At: w.stamp.At, By: w.stamp.By, Action: action,
		From: from, To: to, Note: note, Document: w.doc.ID})
}

// supersedeMatter replaces a matter; it stays readable with its events. Its tasks are dealt with by who replaces it.
func (w *writer) supersedeMatter(m gov.Matter, by gov.ID) error {
	if err := w.event(m, gov.ActSupersede, m.State, m.State, ""); err != nil {
		return err
	}
	m.SupersededBy = by
	if err := w.tx.UpdateMatter(w.ctx, m); err != nil {
		return err
	}
	if by != w.review.ID {
		return nil
	}
	for _, t := range w.tasksOf(m.ID) { // the directive was dropped: so is what rested on it
		if err := w.supersedeMatter(t, by); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) tasksOf(directive gov.ID) []gov.Matter {
	var tasks []gov.Matter
	for _, t := range w.old.matters {
		if t.Kind == gov.Task && t.Origin == directive && t.SupersededBy == "" {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// writeTask makes the task of a directive, with its parts. Where the directive replaces one that had a task, the new task and its parts go on in the
// state of the old ones: what was reported stays readable behind them.
func (w *writer) writeTask(directive gov.Matter, old *gov.Matter) error {
	home, err := homeOf(w.ctx, w.tx, w.realm)
	if err != nil {
		return err
	}
	made := gov.TaskOf(directive, w.doc, w.ids.Next(), w.stamp)
	if err := w.app.dueInLaw(&made); err != nil {
		return err
	}
	t, parts, err := assign(w.ctx, w.tx, made, w.doc, home, w.ids.Next)
	if err != nil {
		return err
	}
	var before []gov.Matter
	if old != nil {
		before = w.tasksOf(old.ID)
	}
	var replaced []gov.Link
	for _, b := range before {
		t = t.GoOn(b)
		replaced = append(replaced, gov.Link{From: t.ID, To: b.ID})
		for _, o := range w.tasksOf(b.ID) {
			to := t.ID
			for i, p := range parts {
				if p.Lead() == o.Lead() {
					parts[i] = p.GoOn(o)
					to = p.ID
				}
			}
			replaced = append(replaced, gov.Link{From: to, To: o.ID})
		}
	}
	for _, m := range append([]gov.Matter{gov.WholeOf(t, parts)}, parts...) {
		if err := w.createMatter(m, gov.ActOpen); err != nil {
			return err
		}
	}
	for _, l := range replaced {
		i := slices.IndexFunc(w.old.matters, func(o gov.Matter) bool { return o.ID == l.To })
		if err := w.replaceMatter(w.old.matters[i], l.From); err != nil {
			return err
		}
	}
	return nil
}

// replaceMatter supersedes a matter and ties the new one to it.
func (w *writer) replaceMatter(old gov.Matter, by gov.ID) error {
	if err := w.supersedeMatter(old, by); err != nil {
		return err
	}
	return w.tx.AddLink(w.ctx, gov.Link{Realm: w.realm, From: by, To: old.ID, Kind: gov.LinkRepeats})
}

// assignTasks gives the tasks of a directive that this document repeats the document that they waited for, where it is one that
// assigns work in law.
func (w *writer) assignTasks(directive gov.Matter) error {
	if !w.doc.Kind.Assigns() || w.doc.Number == "" {
		return nil
	}
	for _, t := range w.tasksOf(directive.ID) {
		if t.State != gov.AwaitingDocument {
			continue
		}
		if err := w.event(t, gov.ActAttachDocument, t.State, gov.StateOpen, w.doc.Number); err != nil {
			return err
		}
		t.State, t.AssignedBy = gov.StateOpen, w.doc.Number
		if err := w.tx.UpdateMatter(w.ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// office is the office of a person that the reading names, else the words as they are: the books keep no person's name.
func (w *writer) office(by string) string {
	for _, p := range w.review.Reading.People {
		if text.Norm(p.Name) == text.Norm(by) {
			return p.Title
		}
	}
	return by
}

// parties are the bodies of an item. The units on whose pages it stands are those that the bodies belong to, else those of the session.
func (w *writer) parties(kind gov.MatterKind, it gov.ItemDraft) []gov.Party {
	var ps []gov.Party
	var units []gov.UnitKey
	mark := func(k gov.UnitKey) {
		if !k.Zero() && !slices.Contains(units, k) {
			units = append(units, k)
		}
	}
	body := func(r gov.Role, name string) {
		if name != "" {
			ps = append(ps, gov.Party{Role: r, Name: name, Unit: w.resolve(name)})
		}
	}
	for _, name := range it.Assignees {
		body(gov.RoleAssignee, name)
		mark(w.ofSession(w.resolve(name)))
	}
	for _, name := range it.AssigneeUnits {
		mark(w.resolve(name))
	}
	body(gov.RoleLead, it.Lead)
	for _, name := range it.Coordinators {
		body(gov.RoleCoordinator, name)
	}
	body(gov.RoleAddressee, it.To)
	if kind != gov.Directive && kind != gov.Task {
		mark(w.ofSession(w.resolve(it.By)))
	}
	if len(units) == 0 {
		units = w.session.Units
	}
	for _, k := range units {
		ps = append(ps, gov.Party{Role: gov.RoleUnit, Name: w.unit(k, k.Code).Name, Unit: k})
	}
	return ps
}

// ofSession is the unit where the session is about it: a department of the province acts on the session's units, not on the province.
func (w *writer) ofSession(k gov.UnitKey) gov.UnitKey {
	if slices.Contains(w.session.Units, k) {
		return k
	}
	return gov.UnitKey{}
}

// linkAnswers ties a directive to the recommendations that it answers: the one whose words it names, or all of the session where it
// speaks of them together ("đối với những đề xuất, kiến nghị của các xã, phường"). Else it is tied to none.
func (w *writer) linkAnswers(directive gov.Matter) error {
	if directive.Answers == "" {
		return nil
	}
	answered := w.asks
	if i := gov.MostLike(directive.Answers, w.asks); i >= 0 {
		answered = w.asks[i : i+1]
	} else if !manyAsks(directive.Answers) {
		return nil
	}
	for _, m := range answered {
		if err := w.tx.AddLink(w.ctx, gov.Link{Realm: w.realm, From: directive.ID, To: m.ID, Kind: gov.LinkAnswers}); err != nil {
			return err
		}
	}
	return nil
}

// manyAsks reports whether words speak of recommendations in the plural, without naming one.
func manyAsks(words string) bool {
	n := " " + text.Norm(words)
	for _, plural := range []string{" các ", " những "} {
		for _, ask := range []string{"kiến nghị", "đề xuất", "đề nghị"} {
			if strings.Contains(n, plural+ask) {
				return true
			}
		}
	}
	return false
}
