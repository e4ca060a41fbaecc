package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/reader"
	"haicap/internal/text"
)

// SettleHead writes the head of a review: what the session was, when, where, about which units, and the session it joins.
func (a *App) SettleHead(ctx context.Context, p access.Principal, review gov.ID, in HeadInput) error {
	return a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.ReviewsEdit, func(tx gov.Tx, _ gov.Stamp) (act, error) {
			v, err := openReviewOf(ctx, tx, p, review)
			if err != nil {
				return act{}, err
			}
			s, err := headFrom(units, in)
			if err != nil {
				return act{}, err
			}
			if in.Join != "" {
				if _, err := tx.Session(ctx, v.Realm, in.Join); err != nil {
					return act{}, err
				}
			}
			v.Session, v.Join, v.Version = s, in.Join, in.Version
			return act{"review.head", "review", v.ID}, tx.UpdateReview(ctx, v)
		})
	})
}

func headFrom(units gov.Units, in HeadInput) (gov.Session, error) {
	s := gov.Session{Kind: in.Kind, Title: strings.TrimSpace(in.Title), Day: in.Day, Place: strings.TrimSpace(in.Place),
		Programme: strings.TrimSpace(in.Programme), Offices: lines(in.Offices)}
	if !slices.Contains(gov.DocumentKinds, in.Kind) {
		return s, gov.Errorf(gov.Invalid, "error.kind_unknown", string(in.Kind))
	}
	if s.Day != "" && !s.Day.Valid() {
		return s, gov.Errorf(gov.Invalid, "error.day_invalid", string(s.Day))
	}
	for _, name := range lines(in.Units) {
		u, err := findUnit(units, name, s.Day)
		if err != nil {
			return s, err
		}
		if !slices.Contains(s.Units, u.UnitKey) {
			s.Units = append(s.Units, u.UnitKey)
		}
	}
	return s, nil
}

// lines are the lines that hold something, trimmed.
func lines(in []string) []string {
	var out []string
	for _, s := range in {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// findUnit finds one unit by code or by name on a day. "07909 phường Thanh Miếu" counts by its code. A name that several units bear is refused
// with all of them.
func findUnit(units gov.Units, name string, on gov.Day) (gov.UnitVersion, error) {
	code, _, _ := strings.Cut(name, " ")
	if _, err := strconv.Atoi(code); err == nil {
		u, err := units.At(code, on)
		if err != nil {
			return u, gov.Errorf(gov.Invalid, "error.unit_unknown", name)
		}
		return u, nil
	}
	found := units.Find(gov.UnitQuery{Name: name, On: on, Limit: 12})
	exact := slices.DeleteFunc(slices.Clone(found), func(m gov.UnitMatch) bool { return !m.Exact })
	if len(exact) > 0 {
		found = exact
	}
	switch len(found) {
	case 0:
		return gov.UnitVersion{}, gov.Errorf(gov.Invalid, "error.unit_unknown", name)
	case 1:
		return found[0].Unit, nil
	}
	var names []string
	for _, m := range found {
		names = append(names, m.Unit.Code+" "+m.Path)
	}
	return gov.UnitVersion{}, gov.Errorf(gov.Invalid, "error.unit_ambiguous", name, strings.Join(names, "; "))
}

// findUnitOf is findUnit for whoever works within a unit: of several with the name the only one within it is meant.
func findUnitOf(units gov.Units, home gov.UnitKey, name string, on gov.Day) (gov.UnitVersion, error) {
	found := units.Find(gov.UnitQuery{Name: name, Within: home.Code, On: on, Limit: 12})
	found = slices.DeleteFunc(found, func(m gov.UnitMatch) bool { return !m.Exact })
	if len(found) == 1 {
		return found[0].Unit, nil
	}
	return findUnit(units, name, on)
}

// change runs f on one draft of an open review and writes what f made of it.
func (a *App) change(ctx context.Context, p access.Principal, review, draft gov.ID, action string,
	f func(tx gov.Tx, v gov.Review, d *gov.Draft, s gov.Stamp) error) error {
	return a.update(ctx, p, access.ReviewsEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
		v, err := openReviewOf(ctx, tx, p, review)
		if err != nil {
			return act{}, err
		}
		d, err := tx.Draft(ctx, v.Realm, review, draft)
		if err != nil {
			return act{}, err
		}
		if err := f(tx, v, &d, s); err != nil {
			return act{}, err
		}
		return act{action, "draft", d.ID}, tx.UpdateDraft(ctx, d)
	})
}

// SettleDraft accepts or rejects a draft, or takes the decision back (pending).
func (a *App) SettleDraft(ctx context.Context, p access.Principal, review, draft gov.ID, st gov.DraftState, version int) error {
	if st != gov.DraftAccepted && st != gov.DraftRejected && st != gov.DraftPending {
		return gov.Errorf(gov.Invalid, "error.kind_unknown", string(st))
	}
	return a.change(ctx, p, review, draft, "draft."+string(st), func(_ gov.Tx, _ gov.Review, d *gov.Draft, s gov.Stamp) error {
		d.State, d.Settled, d.Version = st, s, version
		if st == gov.DraftPending {
			d.Settled = gov.Stamp{}
		}
		return nil
	})
}

// AcceptSure accepts all pending drafts that the reader is sure of; it gives their number. What they leave open is written as a gap.
func (a *App) AcceptSure(ctx context.Context, p access.Principal, review gov.ID) (int, error) {
	n := 0
	err := a.update(ctx, p, access.ReviewsEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
		n = 0
		v, err := openReviewOf(ctx, tx, p, review)
		if err != nil {
			return act{}, err
		}
		drafts, err := tx.Drafts(ctx, v.Realm, v.ID)
		if err != nil {
			return act{}, err
		}
		for _, d := range drafts {
			if d.Decided() || confidence(d) != gov.Sure {
				continue
			}
			d.State, d.Settled = gov.DraftAccepted, s
			if err := tx.UpdateDraft(ctx, d); err != nil {
				return act{}, err
			}
			n++
		}
		return act{"review.accept_sure", "review", v.ID}, nil
	})
	return n, err
}

func confidence(d gov.Draft) gov.Confidence {
	if d.Figure != nil {
		return d.Figure.Confidence
	}
	return d.Item.Confidence
}

// EditDraft writes a person's corrections; the draft counts as accepted with changes.
func (a *App) EditDraft(ctx context.Context, p access.Principal, review, draft gov.ID, in DraftInput) error {
	return a.change(ctx, p, review, draft, "draft.edit", func(tx gov.Tx, v gov.Review, d *gov.Draft, s gov.Stamp) error {
		layer, err := a.layerOf(ctx, tx, v)
		if err != nil {
			return err
		}
		d.State, d.Settled, d.Version = gov.DraftEdited, s, in.Version
		if d.Figure != nil {
			f := *d.Figure
			d.Figure = &f
			c, err := catalogueIn(ctx, tx, v.Realm)
			if err != nil {
				return err
			}
			return editFigure(&f, in, c)
		}
		it := *d.Item
		d.Item = &it
		return editItem(d, in, layer)
	})
}

func (a *App) layerOf(ctx context.Context, tx gov.Tx, v gov.Review) (string, error) {
	d, err := tx.Document(ctx, v.Realm, v.Document)
	if err != nil {
		return "", err
	}
	return a.textOf(d)
}

func editFigure(f *gov.FigureDraft, in DraftInput, catalogue gov.Catalogue) error {
	if s := strings.TrimSpace(in.Value); s != "" {
		v, err := parseNumber(s)
		if err != nil {
			return err
		}
		f.Value = v
	}
	f.Of = nil
	if s := strings.TrimSpace(in.Of); s != "" {
		v, err := parseNumber(s)
		if err != nil {
			return err
		}
		f.Of = &v
	}
	if in.Indicator != "" {
		if base, _ := gov.CutPart(in.Indicator); len(catalogue.Versions(base)) == 0 {
			return gov.Errorf(gov.Invalid, "error.indicator_unknown", in.Indicator)
		}
	}
	if !slices.Contains(gov.FigureKinds, in.FigureKind) {
		return gov.Errorf(gov.Invalid, "error.kind_unknown", string(in.FigureKind))
	}
	f.Measure, f.Kind, f.Comparator = strings.TrimSpace(in.Measure), in.FigureKind, in.Comparator
	f.Label, f.Indicator, f.Unit = strings.TrimSpace(in.Label), in.Indicator, strings.TrimSpace(in.Unit)
	f.Period, f.Scope = gov.Period(strings.TrimSpace(in.Period)), in.Scope
	if !slices.Contains(gov.Comparators, f.Comparator) {
		f.Comparator = gov.Equal
	}
	return nil
}

// parseNumber reads a number as people here write it: dots for thousands, a comma for decimals; a lone dot that cannot be a
// thousands mark is a decimal point.
func parseNumber(s string) (float64, error) {
	clean := strings.ReplaceAll(strings.TrimSpace(s), " ", "")
	if strings.Contains(clean, ",") {
		clean = strings.Replace(strings.ReplaceAll(clean, ".", ""), ",", ".", 1)
	} else if parts := strings.Split(clean, "."); len(parts) > 1 && parts[0] != "0" &&
		!slices.ContainsFunc(parts[1:], func(g string) bool { return len(g) != 3 }) {
		clean = strings.Join(parts, "")
	}
	v, err := strconv.ParseFloat(clean, 64)
	if err != nil || v != v || v > 1e18 || v < -1e18 {
		return 0, gov.Errorf(gov.Invalid, "error.number_invalid", s)
	}
	return v, nil
}

func editItem(d *gov.Draft, in DraftInput, layer string) error {
	it := d.Item
	if in.Kind != "" {
		if in.Kind == gov.DraftFigure || !slices.Contains(gov.DraftKinds, in.Kind) {
			return gov.Errorf(gov.Invalid, "error.kind_unknown", string(in.Kind))
		}
		d.Kind = in.Kind
	}
	if in.Span != nil {
		if err := setSpan(it, *in.Span, layer); err != nil {
			return err
		}
	}
	it.By, it.To, it.Due = strings.TrimSpace(in.By), strings.TrimSpace(in.To), strings.TrimSpace(in.Due)
	it.Assignees, it.Coordinators, it.Lead = lines(in.Assignees), lines(in.Coordinators), strings.TrimSpace(in.Lead)
	it.Strength = ""
	d.Task = false
	if d.Kind == gov.DraftDirective {
		it.Strength, d.Task = in.Strength, in.Task
	}
	return nil
}

func setSpan(it *gov.ItemDraft, s text.Span, layer string) error {
	words := s.Of(layer)
	if strings.TrimSpace(words) == "" || !utf8.ValidString(words) {
		return gov.Errorf(gov.Invalid, "error.span_invalid")
	}
	it.Span, it.Text, it.Sentence = s, words, sentenceAt(layer, s)
	return nil
}

// AddDraft adds a card from words that a person selected. A figure takes the number that the words hold.
func (a *App) AddDraft(ctx context.Context, p access.Principal, review gov.ID, kind gov.DraftKind, span text.Span) (gov.ID, error) {
	if !slices.Contains(gov.DraftKinds, kind) {
		return "", gov.Errorf(gov.Invalid, "error.kind_unknown", string(kind))
	}
	var id gov.ID
	err := a.update(ctx, p, access.ReviewsEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
		v, err := openReviewOf(ctx, tx, p, review)
		if err != nil {
			return act{}, err
		}
		layer, err := a.layerOf(ctx, tx, v)
		if err != nil {
			return act{}, err
		}
		drafts, err := tx.Drafts(ctx, v.Realm, v.ID)
		if err != nil {
			return act{}, err
		}
		d := gov.Draft{Realm: v.Realm, Review: v.ID, ID: gov.NewID(s.At), Kind: kind, State: gov.DraftPending, ByHand: true, Version: 1,
			Seq: seqFor(drafts, span)}
		if kind == gov.DraftFigure {
			d.Figure, err = a.figureAt(ctx, tx, v.Realm, layer, span)
		} else {
			d.Item = &gov.ItemDraft{Confidence: gov.Open, Rule: "by_hand"}
			err = setSpan(d.Item, span, layer)
		}
		if err != nil {
			return act{}, err
		}
		id = d.ID
		return act{"draft.add", "draft", d.ID}, tx.CreateDraft(ctx, d)
	})
	return id, err
}

// figureAt makes a figure draft from selected words: the reader's own reading of them where it finds a number, else the words alone.
func (a *App) figureAt(ctx context.Context, tx gov.Tx, r gov.Realm, layer string, span text.Span) (*gov.FigureDraft, error) {
	words := span.Of(layer)
	if strings.TrimSpace(words) == "" || !utf8.ValidString(words) {
		return nil, gov.Errorf(gov.Invalid, "error.span_invalid")
	}
	f := gov.FigureDraft{Kind: gov.Result, Comparator: gov.Equal}
	rd, err := a.readIn(ctx, tx, r, reader.Source{Text: words})
	if err != nil {
		return nil, err
	}
	if len(rd.Figures) > 0 {
		f = rd.Figures[0]
	} else if fields := strings.Fields(words); len(fields) > 0 {
		f.Value, _ = parseNumber(fields[0])
		f.Measure = strings.ToLower(strings.Join(fields[1:], " "))
	}
	f.Text, f.Span, f.Sentence = words, span, sentenceAt(layer, span)
	f.Confidence, f.Rule, f.Why = gov.Open, "by_hand", nil
	return &f, nil
}

// seqFor is a place for a new draft among the others, by where its words stand.
func seqFor(drafts []gov.Draft, span text.Span) int {
	before, after := 0, 0
	for _, d := range drafts {
		if s := spanOf(d); s[0] < span[0] || s[0] == span[0] && s[1] >= span[1] {
			before = max(before, d.Seq)
		}
	}
	for _, d := range drafts {
		if d.Seq > before && (after == 0 || d.Seq < after) {
			after = d.Seq
		}
	}
	if after == 0 {
		return before + seqStep
	}
	return (before + after) / 2
}

// SplitDraft cuts an item in two at a byte of the text layer; white space and a separating comma or semicolon at the cut belong to neither part.
func (a *App) SplitDraft(ctx context.Context, p access.Principal, review, draft gov.ID, at, version int) error {
	return a.change(ctx, p, review, draft, "draft.split", func(tx gov.Tx, v gov.Review, d *gov.Draft, s gov.Stamp) error {
		if d.Item == nil {
			return gov.Errorf(gov.Invalid, "error.split_point")
		}
		layer, err := a.layerOf(ctx, tx, v)
		if err != nil {
			return err
		}
		span := d.Item.Span
		if at <= span[0] || at >= span[1] {
			return gov.Errorf(gov.Invalid, "error.split_point")
		}
		left := len(strings.TrimRight(layer[span[0]:at], " \t,;"))
		right := len(layer[at:span[1]]) - len(strings.TrimLeft(layer[at:span[1]], " \t,;"))
		first, second := *d.Item, *d.Item
		if setSpan(&first, text.Span{span[0], span[0] + left}, layer) != nil || setSpan(&second, text.Span{at + right, span[1]}, layer) != nil {
			return gov.Errorf(gov.Invalid, "error.split_point")
		}
		drafts, err := tx.Drafts(ctx, v.Realm, v.ID)
		if err != nil {
			return err
		}
		second.Topic, second.TopicSpan, second.Due = "", nil, ""
		next := gov.Draft{Realm: d.Realm, Review: d.Review, ID: gov.NewID(s.At), Kind: d.Kind, State: gov.DraftPending, Item: &second,
			Task: d.Task, ByHand: true, Version: 1, Seq: seqFor(drafts, second.Span)}
		d.Item, d.State, d.Settled, d.Version = &first, gov.DraftPending, gov.Stamp{}, version
		return tx.CreateDraft(ctx, next)
	})
}

// MergeDrafts joins another item of the same kind to a draft; the words between them come along, the other is rejected.
func (a *App) MergeDrafts(ctx context.Context, p access.Principal, review, draft, with gov.ID, version int) error {
	return a.change(ctx, p, review, draft, "draft.merge", func(tx gov.Tx, v gov.Review, d *gov.Draft, s gov.Stamp) error {
		o, err := tx.Draft(ctx, v.Realm, review, with)
		if err != nil {
			return err
		}
		if d.Item == nil || o.Item == nil || d.Kind != o.Kind || d.ID == o.ID {
			return gov.Errorf(gov.Invalid, "error.merge_kinds")
		}
		layer, err := a.layerOf(ctx, tx, v)
		if err != nil {
			return err
		}
		it := *d.Item
		joined := text.Span{min(it.Span[0], o.Item.Span[0]), max(it.Span[1], o.Item.Span[1])}
		if err := setSpan(&it, joined, layer); err != nil {
			return err
		}
		for _, name := range o.Item.Assignees {
			if !slices.Contains(it.Assignees, name) {
				it.Assignees = append(slices.Clone(it.Assignees), name)
			}
		}
		d.Item, d.State, d.Settled, d.Version = &it, gov.DraftPending, gov.Stamp{}, version
		o.State, o.Settled = gov.DraftRejected, s
		return tx.UpdateDraft(ctx, o)
	})
}

// ParseDay reads a day as people write it (24/12/2025, 24-12-2025, 2025-12-24); empty stays empty.
func ParseDay(s string) (gov.Day, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	for _, layout := range []string{"2/1/2006", "2-1-2006", "2.1.2006", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return gov.DayOf(t), nil
		}
	}
	return "", gov.Errorf(gov.Invalid, "error.day_invalid", s)
}
