package app

import (
	"context"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// Confirm writes what a review kept into the books, in one transaction, once: the session, figures, targets, difficulties,
// recommendations, directives with the tasks that they give rise to, and commitments, each with its words. What a joined session
// holds already gains a source; what changed supersedes; what an earlier review of the same document wrote and this one does not
// keep is dropped. It gives the session. version is the review's version that the person saw.
func (a *App) Confirm(ctx context.Context, p access.Principal, review gov.ID, version int) (gov.ID, error) {
	var session gov.ID
	err := a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.ReviewsConfirm, func(tx gov.Tx, s gov.Stamp) (act, error) {
			w, err := a.newWriter(ctx, tx, p, units, review, s)
			if err != nil {
				return act{}, err
			}
			w.review.Version = version
			if err := w.write(); err != nil {
				return act{}, err
			}
			session = w.session.ID
			return act{"review.confirm", "review", review}, nil
		})
	})
	return session, err
}

// A writer carries one confirmation.
type writer struct {
	*builder
	app     *App
	stamp   gov.Stamp
	ids     *gov.IDs
	review  gov.Review
	doc     gov.Document
	layer   string
	session gov.Session
	drafts  []gov.Draft
	old     heldRecords
	pairs   map[gov.ID]gov.Pair
	resolve func(string) gov.UnitKey
	asks    []gov.Matter // recommendations of the session, which directives may answer
	reach   gov.Reach    // of whoever confirms
}

func (a *App) newWriter(ctx context.Context, tx gov.Tx, p access.Principal, units gov.Units, review gov.ID, s gov.Stamp) (*writer, error) {
	v, err := openReviewOf(ctx, tx, p, review)
	if err != nil {
		return nil, err
	}
	w := &writer{builder: a.builder(ctx, tx, p, units), app: a, stamp: s, ids: gov.IDsFrom(s.At), review: v, resolve: nameResolver(units, v)}
	if w.reach, err = a.reach(p, access.ReviewsConfirm); err != nil {
		return nil, err
	}
	if w.drafts, err = tx.Drafts(ctx, v.Realm, v.ID); err != nil {
		return nil, err
	}
	if w.doc, err = tx.Document(ctx, v.Realm, v.Document); err != nil {
		return nil, err
	}
	if w.layer, err = a.textOf(w.doc); err != nil {
		return nil, err
	}
	if w.old, err = w.held(v); err != nil {
		return nil, err
	}
	w.pairs = gov.PairDrafts(w.drafts, unitResolver(units, v), w.old.figures, w.old.targets, w.old.matters)
	return w, w.ready()
}

// ready refuses a confirmation that would leave something undecided.
func (w *writer) ready() error {
	pending := 0
	for _, d := range w.drafts {
		if !d.Decided() {
			pending++
		}
	}
	switch {
	case pending > 0:
		return gov.Errorf(gov.Invalid, "error.review_pending", pending)
	case w.review.Session.Day == "":
		return gov.Errorf(gov.Invalid, "error.review_no_day")
	case len(w.review.Session.Units) == 0:
		return gov.Errorf(gov.Invalid, "error.review_no_unit")
	case len(nearUnits(w.reach, w.review.Session.Units)) == 0:
		return gov.Errorf(gov.Invalid, "error.review_beyond")
	}
	return nil
}

func (w *writer) write() error {
	if err := w.writeSession(); err != nil {
		return err
	}
	kept := map[gov.ID]bool{}
	// Recommendations first: directives may answer them.
	order := slices.Clone(w.drafts)
	slices.SortStableFunc(order, func(a, b gov.Draft) int { return firstAsks(a) - firstAsks(b) })
	for _, d := range order {
		if !d.Kept() || w.beyond(d) {
			continue
		}
		if pair, ok := w.pairs[d.ID]; ok {
			kept[pair.Record] = true
		}
		if err := w.writeDraft(d); err != nil {
			return err
		}
	}
	if err := w.dropRest(kept); err != nil {
		return err
	}
	return w.close()
}

func firstAsks(d gov.Draft) int {
	if d.Kind == gov.DraftRecommendation {
		return 0
	}
	return 1
}

// writeSession makes the session, or adds to the one that the document belongs to.
func (w *writer) writeSession() error {
	head := w.review.Session
	head.Units = nearUnits(w.reach, head.Units)
	if w.old.session != "" {
		s, err := w.tx.Session(w.ctx, w.realm, w.old.session)
		if err != nil {
			return err
		}
		for _, k := range head.Units {
			if !slices.Contains(s.Units, k) {
				s.Units = append(s.Units, k)
			}
		}
		for _, o := range head.Offices {
			if !slices.Contains(s.Offices, o) {
				s.Offices = append(s.Offices, o)
			}
		}
		if w.old.again { // the same document, corrected: its head counts, but for units beyond reach
			far := slices.DeleteFunc(s.Units, w.reach.HasUnit)
			head.Units = append(head.Units, far...)
			s.Kind, s.Title, s.Day, s.Place, s.Programme, s.Units, s.Offices = head.Kind, head.Title, head.Day, head.Place, head.Programme, head.Units, head.Offices
		}
		w.session = s
		if err := w.tx.UpdateSession(w.ctx, s); err != nil {
			return err
		}
	} else {
		w.session = head
		w.session.Realm, w.session.ID, w.session.Created = w.realm, w.ids.Next(), w.stamp
		if err := w.tx.CreateSession(w.ctx, w.session); err != nil {
			return err
		}
	}
	if err := w.tx.LinkDocument(w.ctx, w.realm, w.session.ID, w.doc.ID); err != nil {
		return err
	}
	return w.tx.Index(w.ctx, gov.SearchEntry{Realm: w.realm, Noun: "session", Record: w.session.ID, Title: w.session.Title,
		Body: strings.Join(append([]string{w.session.Place, w.session.Programme}, w.unitNames()...), "\n"), Day: w.session.Day})
}

func (w *writer) unitNames() []string {
	var names []string
	for _, r := range w.unitRefs(w.session.Units) {
		names = append(names, r.Path)
	}
	return names
}

func (w *writer) writeDraft(d gov.Draft) error {
	pair, paired := w.pairs[d.ID]
	if paired && pair.Same {
		return w.sayAgain(d, pair)
	}
	switch {
	case d.Figure != nil && d.Figure.Kind == gov.TargetFig:
		return w.writeTarget(*d.Figure, pair)
	case d.Figure != nil:
		return w.writeFigure(*d.Figure, pair)
	}
	return w.writeMatter(d, pair)
}

// sayAgain adds a source to a record that the document only repeats. A task that rested on a press text is assigned by a document that
// assigns work in law.
func (w *writer) sayAgain(d gov.Draft, pair gov.Pair) error {
	src := w.source1(spanOf(d), cardSentence(d))
	if !w.restsHere(pair) {
		if err := w.tx.AddAlsoSaid(w.ctx, gov.AlsoSaid{Realm: w.realm, Noun: pair.Noun, Record: pair.Record, Source: src}); err != nil {
			return err
		}
	}
	if pair.Noun != "matter" {
		return nil
	}
	m, err := w.tx.Matter(w.ctx, w.realm, pair.Record)
	if err != nil {
		return err
	}
	if m.Kind == gov.Recommendation {
		w.asks = append(w.asks, m)
	}
	return w.assignTasks(m)
}

// restsHere reports whether the record's own source is this document already.
func (w *writer) restsHere(pair gov.Pair) bool {
	at := func(id gov.ID, s gov.Source) bool { return id == pair.Record && s.Document == w.doc.ID }
	return slices.ContainsFunc(w.old.figures, func(f gov.Figure) bool { return at(f.ID, f.Source) }) ||
		slices.ContainsFunc(w.old.targets, func(t gov.Target) bool { return at(t.ID, t.Source) }) ||
		slices.ContainsFunc(w.old.matters, func(m gov.Matter) bool { return at(m.ID, m.Source) })
}

// source1 is the source of a record that rests on this document.
func (w *writer) source1(span, sentence text.Span) gov.Source {
	words := sentence.Of(w.layer)
	if words == "" {
		words = span.Of(w.layer)
	}
	return gov.Source{Document: w.doc.ID, Span: span, Sentence: strings.TrimSpace(words), Day: w.session.Day}
}

func (w *writer) claim(f gov.FigureDraft) gov.Claim {
	return gov.Claim{Indicator: f.Indicator, Label: f.Label, Unit: w.resolve(f.Unit), UnitName: f.Unit, Period: f.Period, Scope: f.Scope,
		Comparator: f.Comparator, Value: f.Value, Of: f.Of, Measure: f.Measure, Quote: f.Text, Doubt: w.doubt(f.Span),
		Source: w.source1(f.Span, f.Sentence)}
}

// doubt is what the reader's checks say about the bytes of a figure.
func (w *writer) doubt(span text.Span) string {
	for _, c := range w.review.Reading.Checks {
		for _, s := range c.Spans {
			if s.Overlaps(span) {
				return c.Message
			}
		}
	}
	return ""
}

func (w *writer) writeFigure(fd gov.FigureDraft, pair gov.Pair) error {
	f := gov.Figure{Realm: w.realm, ID: w.ids.Next(), Session: w.session.ID, Kind: fd.Kind, Claim: w.claim(fd), Entered: w.stamp} // entered; the unit's leader confirms
	if fd.Kind == gov.Estimate {
		f.Vintage = gov.Estimated
	}
	if err := w.tx.CreateFigure(w.ctx, f); err != nil {
		return err
	}
	if pair.Record != "" {
		if err := w.tx.SupersedeFigure(w.ctx, w.realm, pair.Record, f.ID); err != nil {
			return err
		}
	}
	return w.indexClaim("figure", f.ID, f.Claim)
}

func (w *writer) writeTarget(fd gov.FigureDraft, pair gov.Pair) error {
	t := gov.Target{Realm: w.realm, ID: w.ids.Next(), Session: w.session.ID, Claim: w.claim(fd), Entered: w.stamp}
	if w.session.Kind == gov.KindCongress {
		t.Baseline = gov.BaselineCongress
	}
	if err := w.tx.CreateTarget(w.ctx, t); err != nil {
		return err
	}
	if pair.Record != "" {
		if err := w.tx.SupersedeTarget(w.ctx, w.realm, pair.Record, t.ID); err != nil {
			return err
		}
	}
	return w.indexClaim("target", t.ID, t.Claim)
}

func (w *writer) indexClaim(noun string, id gov.ID, c gov.Claim) error {
	return w.tx.Index(w.ctx, gov.SearchEntry{Realm: w.realm, Noun: noun, Record: id, Title: w.nameOf(c) + ": " + c.Quote,
		Body: strings.Join([]string{c.Label, w.unit(c.Unit, c.UnitName).Path, c.Source.Sentence}, "\n"), Day: c.Source.Day})
}

// dropRest supersedes what an earlier review of this document wrote and this one does not keep.
func (w *writer) dropRest(kept map[gov.ID]bool) error {
	if !w.old.again {
		return nil
	}
	for _, f := range w.old.figures {
		if f.Source.Document == w.doc.ID && !kept[f.ID] {
			if err := w.tx.SupersedeFigure(w.ctx, w.realm, f.ID, w.review.ID); err != nil {
				return err
			}
		}
	}
	for _, t := range w.old.targets {
		if t.Source.Document == w.doc.ID && !kept[t.ID] {
			if err := w.tx.SupersedeTarget(w.ctx, w.realm, t.ID, w.review.ID); err != nil {
				return err
			}
		}
	}
	for _, m := range w.old.matters {
		if m.Source.Document == w.doc.ID && m.Kind != gov.Task && !kept[m.ID] {
			if err := w.supersedeMatter(m, w.review.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// close ends the review and those before it.
func (w *writer) close() error {
	earlier, err := w.tx.ReviewsOf(w.ctx, w.realm, w.doc.ID)
	if err != nil {
		return err
	}
	for _, v := range earlier {
		if v.ID != w.review.ID && v.State == gov.ReviewConfirmed {
			v.State = gov.ReviewSuperseded
			if err := w.tx.UpdateReview(w.ctx, v); err != nil {
				return err
			}
		}
	}
	w.review.State, w.review.SessionID, w.review.Confirmed = gov.ReviewConfirmed, w.session.ID, w.stamp
	if err := w.tx.UpdateReview(w.ctx, w.review); err != nil {
		return err
	}
	head := w.doc
	head.Kind, head.Title, head.Date = w.review.Session.Kind, w.review.Session.Title, w.review.Session.Day
	return w.tx.UpdateDocument(w.ctx, head)
}
