package web

import (
	"slices"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// A card is a draft as the page shows it.
type card struct {
	app.DraftCard
	Doubts []string // what the reader doubts about the words
	Merge  gov.ID   // the next card, where it can be joined to this one
	Prev   string   // anchors of the neighbours; empty at the ends
	Next   string
}

// anchor is the id of a draft's card, markID that of its words in the text.
func anchor(id gov.ID) string { return "d-" + string(id) }
func markID(id gov.ID) string { return "m-" + string(id) }

// Anchor is the id of the card.
func (c card) Anchor() string { return anchor(c.ID) }

// Span is where the words of the draft stand.
func (c card) Span() text.Span {
	if c.Figure != nil {
		return c.Figure.Span
	}
	return c.Item.Span
}

// Confidence is how sure the reader is.
func (c card) Confidence() gov.Confidence {
	switch {
	case c.ByHand:
		return ""
	case c.Figure != nil:
		return c.Figure.Confidence
	}
	return c.Item.Confidence
}

// Sure reports whether "accept what is sure" takes the card.
func (c card) Sure() bool { return !c.Decided() && c.Confidence() == gov.Sure && !c.ByHand }

// phase is how a mark is drawn: what is still to do stands out, what is done recedes.
func (c card) phase() string {
	switch {
	case c.State == gov.DraftRejected:
		return "off"
	case c.Decided():
		return "done"
	}
	return "todo"
}

// cardsOf lays out the cards of a review with their doubts and neighbours, and gives the doubts that touch none of them.
func cardsOf(v app.ReviewView) (cards []card, rest []gov.Check) {
	cards = make([]card, len(v.Cards))
	for i, c := range v.Cards {
		cards[i] = card{DraftCard: c}
	}
	for i := range cards {
		if i > 0 {
			cards[i].Prev = cards[i-1].Anchor()
		}
		if i+1 < len(cards) {
			cards[i].Next = cards[i+1].Anchor()
		}
		cards[i].Merge = mergeWith(cards, i)
	}
	for _, check := range v.Checks {
		if !doubt(cards, check) {
			rest = append(rest, check)
		}
	}
	return cards, rest
}

// mergeWith is the next item of the same kind that is still wanted; figures that stand inside are passed over.
func mergeWith(cards []card, i int) gov.ID {
	if cards[i].Item == nil || cards[i].State == gov.DraftRejected {
		return ""
	}
	for _, c := range cards[i+1:] {
		switch {
		case c.Item == nil || c.State == gov.DraftRejected:
		case c.Kind == cards[i].Kind:
			return c.ID
		default:
			return ""
		}
	}
	return ""
}

// doubt puts the check's sentence on the cards whose words it is about.
func doubt(cards []card, check gov.Check) bool {
	found := false
	for i := range cards {
		for _, s := range check.Spans {
			// An item around a doubtful figure is not itself doubtful where the figure has its own card.
			if own := cards[i].Span(); own.Overlaps(s) && (cards[i].Figure != nil || s.Contains(own)) {
				cards[i].Doubts = append(cards[i].Doubts, check.Message)
				found = true
				break
			}
		}
	}
	return found
}

// kindShapes are the shapes before the words of the kinds, so that they are told apart on a photocopy.
var kindShapes = map[gov.DraftKind]string{gov.DraftFigure: "■", gov.DraftDifficulty: "△", gov.DraftRecommendation: "◇",
	gov.DraftDirective: "▶", gov.DraftCommitment: "◎"}

func kindLook(k gov.DraftKind) ui.Look { return ui.Look{Class: "kind", Shape: kindShapes[k]} }

func draftLook(s gov.DraftState) ui.Look {
	switch s {
	case gov.DraftAccepted, gov.DraftEdited:
		return ui.Look{Class: "ok", Shape: "●"}
	case gov.DraftRejected:
		return ui.Look{Class: "plain", Shape: "–"}
	}
	return ui.Look{Class: "plain", Shape: "○"}
}

func confidenceLook(c gov.Confidence) ui.Look {
	switch c {
	case gov.Sure:
		return ui.Look{Class: "faint", Shape: "●"}
	case gov.Likely:
		return ui.Look{Class: "faint", Shape: "◐"}
	}
	return ui.Look{Class: "faint", Shape: "○"}
}

// A fact is one field of a card: its name and what it holds.
type fact struct{ Name, Value string }

// facts are the fields of a card that hold something, in the order in which people ask. What is open stands in the gaps.
func (p ReviewPage) facts(c card) []fact {
	var list []fact
	add := func(key, value string) {
		if strings.TrimSpace(value) != "" {
			list = append(list, fact{p.T("review.fact." + key), value})
		}
	}
	if f := c.Figure; f != nil {
		if in, ok := p.indicator(f.Indicator); ok {
			add("indicator", p.Name(in))
		}
		if f.Period != "" {
			add("period", p.Period(f.Period))
		}
		if f.Scope != gov.ScopeOpen {
			add("scope", p.T("scope."+string(f.Scope)))
		}
		add("unit", c.Unit.Name)
		add("figure_kind", p.T("figure_kind."+string(f.Kind)))
		return list
	}
	it := c.Item
	add("topic", it.Topic)
	add("by", it.By)
	add("to", it.To)
	if c.Kind == gov.DraftDirective {
		add("assignees", strings.Join(it.Assignees, "; "))
		add("lead", it.Lead)
		add("coordinators", strings.Join(it.Coordinators, "; "))
		add("due", it.Due)
		if it.Strength != "" {
			add("strength", p.T("strength."+string(it.Strength)))
		}
		add("answers", it.Answers)
	}
	return list
}

// amount is a figure as it will be written: "từ 366,3 tỷ đồng trở lên" is "≥ 366,3 tỷ đồng", "12/14 chỉ tiêu" as it is.
func amount(l lang.Lang, f gov.FigureDraft) string {
	s := map[gov.Comparator]string{gov.AtLeast: "≥ ", gov.AtMost: "≤ ", gov.About: "≈ "}[f.Comparator] + l.Number(f.Value)
	if f.Of != nil {
		s += "/" + l.Number(*f.Of)
	}
	if f.Measure == "%" {
		return s + "%"
	}
	return strings.TrimSpace(s + " " + f.Measure)
}

// indicator gives the indicator of the office's catalogue with the key, or of which the key names a part.
func (p ReviewPage) indicator(key string) (gov.Indicator, bool) {
	base, _ := gov.CutPart(key)
	i := slices.IndexFunc(p.View.Indicators, func(in gov.Indicator) bool { return in.Key == base })
	if i < 0 {
		return gov.Indicator{}, false
	}
	return p.View.Indicators[i], true
}

// measured is what a figure is filed under: the indicator, else the words of the text.
func (p ReviewPage) measured(c card) string {
	if in, ok := p.indicator(c.Figure.Indicator); ok {
		return p.Name(in)
	}
	return c.Figure.Label
}

// whenWhose is the period and the unit of a figure, as far as they are known.
func (p ReviewPage) whenWhose(c card) string {
	if c.Figure.Period == "" {
		return c.Unit.Name
	}
	return strings.TrimSuffix(p.Period(c.Figure.Period)+" · "+c.Unit.Name, " · ")
}

// asWritten reports whether the words of the text say no more than the amount.
func asWritten(f gov.FigureDraft) bool {
	return text.Norm(squeeze(f.Text)) == text.Norm(amount(lang.VI, f))
}

// around is the sentence of a card in three parts: before its words, the words, after them.
func (p ReviewPage) around(c card) (before, words, after string) {
	s := c.Span()
	sentence := c.sentence()
	if !sentence.Contains(s) || sentence.End() > len(p.View.Text) {
		return "", c.Text, ""
	}
	return p.View.Text[sentence.Start():s.Start()], s.Of(p.View.Text), p.View.Text[s.End():sentence.End()]
}

func (c card) sentence() text.Span {
	if c.Figure != nil {
		return c.Figure.Sentence
	}
	return c.Item.Sentence
}

// A cut is a place at which an item can be split, with the words on both sides.
type cut struct {
	At          int // byte of the text layer
	Left, Right string
}

// cuts lists the places at which a clause usually falls apart: semicolons, commas, "và", "đồng thời".
func (c card) cuts() []cut {
	var list []cut
	start, words := c.Span().Start(), c.Text
	for i := range words {
		rest := words[i:]
		at := -1
		switch {
		case strings.HasPrefix(rest, "; "), strings.HasPrefix(rest, ", "):
			at = i + 1
		case strings.HasPrefix(rest, " và "), strings.HasPrefix(rest, " đồng thời "):
			at = i
		}
		if at > 0 && strings.TrimSpace(words[at:]) != "" {
			list = append(list, cut{start + at, lastWords(words[:at], 7), firstWords(words[at:], 7)})
		}
	}
	return list
}

func firstWords(s string, n int) string {
	if w := strings.Fields(s); len(w) > n {
		return strings.Join(w[:n], " ") + " …"
	}
	return strings.TrimSpace(s)
}

func lastWords(s string, n int) string {
	if w := strings.Fields(s); len(w) > n {
		return "… " + strings.Join(w[len(w)-n:], " ")
	}
	return strings.TrimSpace(s)
}

// sure counts the cards that "accept what is sure" takes.
func (p ReviewPage) sure() int {
	n := 0
	for _, c := range p.Cards {
		if c.Sure() {
			n++
		}
	}
	return n
}

// firstPending and firstGap are where to go from the bar; empty: there is none.
func (p ReviewPage) firstPending() string {
	for _, c := range p.Cards {
		if !c.Decided() {
			return c.Anchor()
		}
	}
	return ""
}

func (p ReviewPage) firstGap() string {
	done := ""
	for _, c := range p.Cards {
		if len(c.Gaps) == 0 || c.State == gov.DraftRejected {
			continue
		}
		if !c.Decided() {
			return c.Anchor()
		}
		if done == "" {
			done = c.Anchor()
		}
	}
	return done
}

// kept are the cards of a kind that confirming writes; targets are figures of their own kind.
func (p ReviewPage) kept(k gov.DraftKind, target bool) []card {
	var list []card
	for _, c := range p.Cards {
		if c.Kind == k && c.Kept() && (c.Figure == nil || (c.Figure.Kind == gov.TargetFig) == target) {
			list = append(list, c)
		}
	}
	return list
}

// href is the address of the page with one form open.
func (p ReviewPage) href(name string, id gov.ID) string {
	return ui.ReviewHref(p.View.Review.ID) + "?" + name + "=" + string(id) + "#" + anchor(id)
}

// action is the address of a form of the page.
func (p ReviewPage) action(steps ...string) string {
	return ui.ReviewHref(p.View.Review.ID) + "/" + strings.Join(steps, "/")
}
