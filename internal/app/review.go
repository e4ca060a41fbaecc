package app

import (
	"context"
	"errors"
	"slices"
	"sort"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/reader"
	"haicap/internal/text"
)

// openReview writes a review of a reading, with one draft for each thing that the reader found.
func (a *App) openReview(ctx context.Context, tx gov.Tx, d gov.Document, rd gov.Reading, s gov.Stamp) (gov.ID, error) {
	v := gov.Review{Realm: d.Realm, ID: gov.NewID(s.At), Document: d.ID, State: gov.ReviewOpen, Reading: rd, Started: s, Version: 1}
	units, err := a.units()
	if err != nil {
		return "", err
	}
	v.Session = sessionHead(units, rd)
	return v.ID, tx.CreateReview(ctx, v, draftsOf(v))
}

// headBytes is how far into a text the units stand that the session is about: its title and first paragraphs.
const headBytes = 2000

// sessionHead proposes the head of the session from a reading; a person settles it. The units are the communes (failing them, the
// districts or provinces) in force on the day that the text names in its head.
func sessionHead(units gov.Units, rd gov.Reading) gov.Session {
	s := gov.Session{Kind: rd.Document.Kind, Title: rd.Document.Title, Day: rd.Document.Date, Place: rd.Document.Place, Programme: rd.Document.Programme}
	for _, level := range []gov.UnitLevel{gov.CommuneLevel, gov.DistrictLevel, gov.ProvinceLevel} {
		for _, m := range rd.Units {
			u, err := units.Get(m.Key())
			if err == nil && u.Level() == level && m.Span[0] < headBytes && (s.Day == "" || u.On(s.Day)) && !slices.Contains(s.Units, u.UnitKey) {
				s.Units = append(s.Units, u.UnitKey)
			}
		}
		if len(s.Units) > 0 {
			break
		}
	}
	for _, p := range rd.People {
		if p.Title != "" && !slices.Contains(s.Offices, p.Title) {
			s.Offices = append(s.Offices, p.Title)
		}
	}
	return s
}

// draftsOf makes the cards of a review, in the order of the text.
func draftsOf(v gov.Review) []gov.Draft {
	var list []gov.Draft
	for _, f := range v.Reading.Figures {
		list = append(list, gov.Draft{Kind: gov.DraftFigure, Figure: &f})
	}
	for kind, items := range map[gov.DraftKind][]gov.ItemDraft{gov.DraftDifficulty: v.Reading.Difficulties,
		gov.DraftRecommendation: v.Reading.Recommendations, gov.DraftDirective: v.Reading.Directives, gov.DraftCommitment: v.Reading.Commitments} {
		for _, it := range items {
			list = append(list, gov.Draft{Kind: kind, Item: &it, Task: kind == gov.DraftDirective && it.ProposesTask()})
		}
	}
	sort.SliceStable(list, func(i, j int) bool {
		a, b := spanOf(list[i]), spanOf(list[j])
		if a != b {
			return a[0] < b[0] || a[0] == b[0] && a[1] > b[1]
		}
		return list[i].Kind < list[j].Kind
	})
	ids := gov.IDsFrom(v.Started.At)
	for i := range list {
		list[i].Realm, list[i].Review, list[i].ID = v.Realm, v.ID, ids.Next()
		list[i].Seq, list[i].State, list[i].Version = (i+1)*seqStep, gov.DraftPending, 1
	}
	return list
}

// seqStep leaves room between drafts for those that a person adds or splits off.
const seqStep = 1000

func spanOf(d gov.Draft) text.Span {
	if d.Figure != nil {
		return d.Figure.Span
	}
	return d.Item.Span
}

// ReviewAgain opens a new review of a document that was confirmed; confirming it supersedes what the first one wrote. Where a
// review is still open, that one comes back.
func (a *App) ReviewAgain(ctx context.Context, p access.Principal, document gov.ID) (gov.ID, error) {
	d, original, err := a.original(ctx, p, document)
	if err != nil {
		return "", err
	}
	layer, err := a.textOf(d)
	if err != nil {
		return "", err
	}
	rd, err := a.read(ctx, p, reader.Source{Name: d.FileName, SHA256: d.Blob, Bytes: len(original), Text: layer, Recognised: d.Recognised()})
	if err != nil {
		return "", err
	}
	var review gov.ID
	err = a.update(ctx, p, access.ReviewsEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
		reviews, err := tx.ReviewsOf(ctx, d.Realm, d.ID)
		if err != nil {
			return act{}, err
		}
		if len(reviews) > 0 && reviews[0].State == gov.ReviewOpen {
			review = reviews[0].ID
			return act{"review.resume", "review", review}, nil
		}
		review, err = a.openReview(ctx, tx, d, rd, s)
		return act{"review.open", "review", review}, err
	})
	return review, err
}

// heldReview gives a review of a document that the principal's agency holds.
func heldReview(ctx context.Context, tx gov.Tx, p access.Principal, id gov.ID) (gov.Review, gov.Document, error) {
	v, err := tx.Review(ctx, gov.Realm(p.Realm), id)
	if err != nil {
		return gov.Review{}, gov.Document{}, err
	}
	d, err := heldDocument(ctx, tx, p, v.Document)
	return v, d, err
}

// openReviewOf is heldReview for a change: a closed review is a Conflict.
func openReviewOf(ctx context.Context, tx gov.Tx, p access.Principal, id gov.ID) (gov.Review, error) {
	v, _, err := heldReview(ctx, tx, p, id)
	if err == nil && v.State != gov.ReviewOpen {
		return v, gov.Errorf(gov.Conflict, "error.review_closed")
	}
	return v, err
}

// Review gives a review with its cards, each beside what the books hold already.
func (a *App) Review(ctx context.Context, p access.Principal, id gov.ID) (ReviewView, error) {
	var v ReviewView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.DocumentsRead, func(tx gov.Tx) error {
			rv, d, err := heldReview(ctx, tx, p, id)
			if err != nil {
				return err
			}
			drafts, err := tx.Drafts(ctx, rv.Realm, rv.ID)
			if err != nil {
				return err
			}
			b := a.builder(ctx, tx, p, units)
			v = ReviewView{Review: rv, Document: d, Progress: gov.ProgressOf(drafts), Units: b.unitRefs(rv.Session.Units),
				Checks: rv.Reading.Checks, Indicators: b.catalogue().On(a.Today()), CanConfirm: p.May(access.ReviewsConfirm) && rv.State == gov.ReviewOpen}
			old, err := b.held(rv)
			if err != nil {
				return err
			}
			if v.Candidates, err = b.candidates(rv); err != nil {
				return err
			}
			pairs := gov.PairDrafts(drafts, unitResolver(units, rv), old.figures, old.targets, old.matters)
			v.Cards = b.cards(rv, drafts, pairs, old)
			if p.May(access.ReviewsConfirm) {
				r, err := a.reach(p, access.ReviewsConfirm)
				if err != nil {
					return err
				}
				drafts, v.Beyond = b.nearDrafts(rv, drafts, r)
			}
			v.Writes = countWrites(drafts, pairs)
			return nil
		})
	})
	if err != nil {
		return ReviewView{}, err
	}
	if v.Text, err = a.openText(ctx, p, v.Document); err != nil {
		return ReviewView{}, err
	}
	for i, c := range v.Cards {
		v.Cards[i].Sentence = cardSentence(c.Draft).Of(v.Text)
	}
	return v, nil
}

func cardSentence(d gov.Draft) text.Span {
	if d.Figure != nil {
		return d.Figure.Sentence
	}
	return d.Item.Sentence
}

// cards lays each draft beside what the books hold.
func (b *builder) cards(rv gov.Review, drafts []gov.Draft, pairs map[gov.ID]gov.Pair, old heldRecords) []DraftCard {
	unitOf := unitResolver(b.units, rv)
	cards := make([]DraftCard, len(drafts))
	for i, d := range drafts {
		c := DraftCard{Draft: d, Gaps: d.Gaps()}
		if d.Figure != nil {
			c.Text = d.Figure.Text
			c.Unit = b.unit(unitOf(*d.Figure), d.Figure.Unit)
		} else {
			c.Text = d.Item.Text
		}
		if pair, ok := pairs[d.ID]; ok {
			m := Matched{Same: pair.Same, Record: pair.Record, Noun: pair.Noun}
			m.Text, m.State = old.words(pair)
			c.Match = &m
		}
		cards[i] = c
	}
	return cards
}

// A heldRecords is what the books hold from the session that a review joins, or from earlier reviews of its document.
type heldRecords struct {
	figures []gov.Figure
	targets []gov.Target
	matters []gov.Matter
	session gov.ID // the session that confirming writes to; empty: a new one
	again   bool   // the document was confirmed before: what is not kept now is dropped
}

func (h heldRecords) words(p gov.Pair) (string, gov.State) {
	for _, f := range h.figures {
		if f.ID == p.Record {
			return f.Label + ": " + f.Quote, ""
		}
	}
	for _, t := range h.targets {
		if t.ID == p.Record {
			return t.Label + ": " + t.Quote, ""
		}
	}
	for _, m := range h.matters {
		if m.ID == p.Record {
			return m.Text, m.State
		}
	}
	return "", ""
}

// held gathers the records that a review may repeat.
func (b *builder) held(rv gov.Review) (heldRecords, error) {
	var h heldRecords
	h.session = rv.Join
	ids, err := b.tx.SessionsOfDocument(b.ctx, b.realm, rv.Document)
	if err != nil {
		return h, err
	}
	if len(ids) > 0 {
		h.session, h.again = ids[0], true
	}
	if h.session == "" {
		return h, nil
	}
	var err1, err2, err3 error
	h.figures, err1 = b.tx.Figures(b.ctx, b.realm, gov.FigureQuery{Session: h.session})
	h.targets, err2 = b.tx.Targets(b.ctx, b.realm, gov.FigureQuery{Session: h.session})
	h.matters, err3 = everyMatter(b.ctx, b.tx, b.realm, gov.MatterQuery{Session: h.session})
	return h, errors.Join(err1, err2, err3)
}

// candidates lists the sessions that the document may belong to: same day, a unit in common.
func (b *builder) candidates(rv gov.Review) ([]SessionMatch, error) {
	if rv.State != gov.ReviewOpen || rv.Session.Day == "" || len(rv.Session.Units) == 0 {
		return nil, nil
	}
	codes := make([]string, len(rv.Session.Units))
	for i, k := range rv.Session.Units {
		codes[i] = k.Code
	}
	list, err := b.tx.SessionsOn(b.ctx, b.realm, rv.Session.Day, codes)
	if err != nil {
		return nil, err
	}
	own, err := b.tx.SessionsOfDocument(b.ctx, b.realm, rv.Document)
	if err != nil {
		return nil, err
	}
	var matches []SessionMatch
	for _, s := range list {
		if slices.Contains(own, s.ID) { // reviewed again: it belongs there already
			continue
		}
		matches = append(matches, SessionMatch{Session: s, Units: b.unitRefs(s.Units), Chosen: s.ID == rv.Join})
	}
	return matches, nil
}

func countWrites(drafts []gov.Draft, pairs map[gov.ID]gov.Pair) WriteCounts {
	var w WriteCounts
	for _, d := range drafts {
		switch {
		case d.State == gov.DraftRejected:
			w.Rejected++
			continue
		case !d.Decided():
			w.Pending++
			continue
		}
		if pair, ok := pairs[d.ID]; ok {
			if pair.Same {
				w.Same++
				continue
			}
			w.Changed++
		}
		switch d.Kind {
		case gov.DraftFigure:
			if d.Figure.Kind == gov.TargetFig {
				w.Targets++
			} else {
				w.Figures++
			}
		case gov.DraftDifficulty:
			w.Difficulties++
		case gov.DraftRecommendation:
			w.Recommendations++
		case gov.DraftDirective:
			w.Directives++
			if d.Task {
				w.Tasks++
			}
		case gov.DraftCommitment:
			w.Commitments++
		}
	}
	return w
}

// unitResolver gives the unit that a figure's words name: by the reading's units, then by the session's, else none.
func unitResolver(units gov.Units, rv gov.Review) func(gov.FigureDraft) gov.UnitKey {
	resolve := nameResolver(units, rv)
	return func(f gov.FigureDraft) gov.UnitKey { return resolve(f.Unit) }
}

// nameResolver finds the unit that a name or the name of a body means: "phường Thanh Miếu", "Cấp ủy phường Thanh Miếu". Bare type
// words ("phường", "Đảng bộ phường") mean the session's unit where it has only one of that type. What is open stays open.
func nameResolver(units gov.Units, rv gov.Review) func(string) gov.UnitKey {
	type named struct {
		norm string
		key  gov.UnitKey
	}
	var names []named
	add := func(name string, k gov.UnitKey) {
		if !k.Zero() {
			names = append(names, named{text.Norm(name), k})
		}
	}
	for _, m := range rv.Reading.Units {
		add(m.Name, m.Key())
	}
	byType := map[string][]gov.UnitKey{}
	for _, k := range rv.Session.Units {
		if u, err := units.Get(k); err == nil {
			add(u.Full(), k)
			byType[string(u.Type)] = append(byType[string(u.Type)], k)
		}
	}
	return func(name string) gov.UnitKey {
		n := text.Norm(name)
		var best named
		for _, x := range names {
			if (n == x.norm || strings.HasSuffix(n, " "+x.norm)) && len(x.norm) > len(best.norm) {
				best = x
			}
		}
		if !best.key.Zero() || n == "" {
			return best.key
		}
		longest := "" // "thị xã" ends in "xã", too
		for t := range byType {
			if (n == t || strings.HasSuffix(n, " "+t)) && len(t) > len(longest) {
				longest = t
			}
		}
		if keys := byType[longest]; len(keys) == 1 {
			return keys[0]
		}
		return gov.UnitKey{}
	}
}
