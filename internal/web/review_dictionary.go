package web

import (
	"net/http"
	"net/url"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// The form of a card can teach the reader one of the office's own words: "luôn hiểu … là …". It is a part of the card's form with a button
// of its own, so that nothing that was typed elsewhere in the form is lost; the draft itself is not saved by it.

// learns is the kind of entry that a card can teach, and the words that it begins with; no kind: none.
func (c card) learns() (gov.DictionaryKind, string) {
	switch {
	case c.Figure != nil:
		return gov.DictIndicator, c.Figure.Label
	case c.Kind == gov.DraftDirective && len(c.Item.Assignees) > 0:
		return gov.DictAgency, c.Item.Assignees[0]
	case c.Kind == gov.DraftDirective:
		return gov.DictAgency, ""
	}
	return "", ""
}

// learn adds the entry and shows the form again, as it was typed, with the meaning filled in where it belongs.
func (s *server) learn(w http.ResponseWriter, r *http.Request, f url.Values) error {
	p, err := s.reviewPage(r)
	if err != nil {
		return err
	}
	i := p.index(draftID(r))
	if i < 0 {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	c, typed := p.Cards[i], draftFormOf(f)
	open := opened{Edit: c.ID, Draft: &typed, At: c.Anchor()}
	kind, _ := c.learns()
	e, err := s.app.AddDictionaryEntry(r.Context(), who(r), gov.DictionaryEntry{Kind: kind, Phrase: typed.Phrase, Meaning: typed.Meaning})
	if err != nil {
		return s.refuse(w, r, err, open)
	}
	if in, ok := p.indicator(e.Meaning); kind == gov.DictIndicator && ok {
		e.Meaning = p.Name(in)
		typed.Indicator = e.Meaning
	} else {
		typed.Assignees = replaceLine(typed.Assignees, e.Phrase, e.Meaning)
	}
	open.At, open.Learned = "", p.T("review.learn.done", e.Phrase, e.Meaning)
	p.Open = open
	if partial(r) {
		return s.parts(w, r, http.StatusOK, c.Anchor(), reviewCard(p, c))
	}
	return s.ok(w, r, Review(p))
}

// replaceLine puts another line in the place of those that say the same as old.
func replaceLine(lines, old, by string) string {
	list := strings.Split(lines, "\n")
	for i, l := range list {
		if text.Norm(l) == text.Norm(old) {
			list[i] = by
		}
	}
	return strings.Join(list, "\n")
}
