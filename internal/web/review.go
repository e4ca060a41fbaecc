package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// reviewRoutes are the rows of the page "Duyệt bản đọc". Which form of the page is open stands in its address (?edit=, ?split=,
// ?add=, ?head=1); each form ends in a redirect to the next card. A script that sends the header X-Part gets, instead of pages and
// redirects, the changed parts alone: elements that each replace the one with its id.
func (s *server) reviewRoutes() []route {
	return []route{
		{pattern: "GET /reviews/{id}", needs: access.DocumentsRead, do: s.review},
		{pattern: "POST /reviews/{id}/head", needs: access.ReviewsEdit, do: s.settleHead},
		{pattern: "POST /reviews/{id}/sure", needs: access.ReviewsEdit, do: s.acceptSure},
		{pattern: "POST /reviews/{id}/drafts", needs: access.ReviewsEdit, do: s.addDraft},
		{pattern: "POST /reviews/{id}/drafts/{draft}/settle", needs: access.ReviewsEdit, do: s.settleDraft},
		{pattern: "POST /reviews/{id}/drafts/{draft}/edit", needs: access.ReviewsEdit, do: s.editDraft},
		{pattern: "POST /reviews/{id}/drafts/{draft}/split", needs: access.ReviewsEdit, do: s.splitDraft},
		{pattern: "POST /reviews/{id}/drafts/{draft}/merge", needs: access.ReviewsEdit, do: s.mergeDrafts},
		{pattern: "GET /reviews/{id}/confirm", needs: access.DocumentsRead, do: s.confirmPage},
		{pattern: "POST /reviews/{id}/confirm", needs: access.ReviewsConfirm, do: s.confirm},
		{pattern: "POST /documents/{id}/review", needs: access.ReviewsEdit, do: s.reviewAgain, cost: reading},
	}
}

// ReviewPage is the page "Duyệt bản đọc".
type ReviewPage struct {
	ui.Frame
	View   app.ReviewView
	Cards  []card
	Doubts []gov.Check // those that touch no card
	Open   opened
	Edits  bool // the person may decide and change drafts now
	Joins  bool // cards stand beside records that the books hold already
}

// opened says which form of the page is open, with what was typed into it and why it was not taken.
type opened struct {
	Edit, Split gov.ID
	Head        bool
	Add         *text.Span // the sentence to add from
	Draft       *draftForm // of Edit; nil: as the draft is
	HeadForm    *headForm  // of Head
	Added       *addForm   // of Add
	Trouble     string     // a sentence
	At          string     // id of the element that the trouble belongs to
	Learned     string     // what the dictionary was taught by Edit's form, as a sentence
}

// partial reports whether a script asks for the changed parts only.
func partial(r *http.Request) bool { return r.Header.Get("X-Part") != "" }

func reviewID(r *http.Request) gov.ID { return gov.ID(r.PathValue("id")) }
func draftID(r *http.Request) gov.ID  { return gov.ID(r.PathValue("draft")) }

// review shows the page, with the form open that the address names.
func (s *server) review(w http.ResponseWriter, r *http.Request) error {
	p, err := s.reviewPage(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	if p.Edits {
		p.Open = opened{Edit: gov.ID(q.Get("edit")), Split: gov.ID(q.Get("split")), Head: q.Get("head") != ""}
		if span, ok := spanIn(q.Get("add"), p.View.Text); ok {
			p.Open.Add = &span
		}
	}
	if !partial(r) {
		return s.ok(w, r, Review(p))
	}
	one := cmpOr(q.Get("edit"), q.Get("split"), q.Get("card"))
	if i := p.index(gov.ID(one)); one != "" && i >= 0 {
		return s.parts(w, r, http.StatusOK, "", reviewCard(p, p.Cards[i]))
	}
	if q.Get("head") != "" || q.Get("part") == "head" {
		return s.parts(w, r, http.StatusOK, "", reviewHead(p))
	}
	return s.parts(w, r, http.StatusOK, "", reviewHead(p), reviewBar(p), reviewWork(p))
}

// cmpOr is the first string that is not empty.
func cmpOr(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// reviewPage asks for the review and lays out its cards.
func (s *server) reviewPage(r *http.Request) (ReviewPage, error) {
	v, err := s.app.Review(r.Context(), who(r), reviewID(r))
	if err != nil {
		return ReviewPage{}, err
	}
	f := s.frame(r, "documents", langOf(r).T("review.title"))
	f.Path = ui.ReviewHref(v.Review.ID)
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.documents"), Href: "/documents"}, {Text: v.Document.Title, Href: ui.DocumentHref(v.Document.ID)}}
	f.Styles, f.Scripts = []string{"review.css"}, []string{"review.js"}
	p := ReviewPage{Frame: f, View: v, Edits: v.Review.State == gov.ReviewOpen && who(r).May(access.ReviewsEdit), Joins: v.Review.Join != ""}
	p.Cards, p.Doubts = cardsOf(v)
	for _, c := range p.Cards {
		p.Joins = p.Joins || c.Match != nil
	}
	p.Joins = p.Joins && v.Review.State == gov.ReviewOpen // once it is written, a review only meets its own records
	return p, nil
}

// index is where a draft stands among the cards, -1 where it is none of them.
func (p ReviewPage) index(id gov.ID) int {
	return slices.IndexFunc(p.Cards, func(c card) bool { return c.ID == id })
}

// next is the id of the element to go on with after a draft was decided: the next card that is not, else the first such card, else
// the way to the books.
func (p ReviewPage) next(after gov.ID) string {
	from := p.index(after) + 1
	for i := range p.Cards {
		if c := p.Cards[(from+i)%len(p.Cards)]; !c.Decided() {
			return c.Anchor()
		}
	}
	return "review-confirm"
}

// parts answers a script with elements, and says which one to focus.
func (s *server) parts(w http.ResponseWriter, r *http.Request, status int, focus string, parts ...templ.Component) error {
	if focus != "" {
		w.Header().Set("X-Focus", focus)
	}
	return s.render(w, r, status, templ.Join(parts...))
}

// refuse shows the page again with what the person typed and the sentence that says why it was not taken. Only what the person can
// mend is shown so; every other error goes the way of all errors.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, why error, open opened) error {
	code := gov.CodeOf(why)
	if code != gov.Invalid && code != gov.Conflict && code != gov.NotFound {
		return why
	}
	p, err := s.reviewPage(r)
	if err != nil {
		return err
	}
	if _, open.Trouble = s.words(r, why); !p.Edits {
		open = opened{Trouble: open.Trouble}
	}
	if at, isCard := strings.CutPrefix(open.At, anchor("")); open.At == "" || isCard && p.index(gov.ID(at)) < 0 {
		open.At = "review-head"
	}
	p.Open = open
	if partial(r) {
		return s.parts(w, r, statusOf(code), open.At, reviewHead(p), reviewBar(p), reviewWork(p))
	}
	return s.render(w, r, statusOf(code), Review(p))
}

// done goes on after a change: the redirect of a plain form, or the parts that changed. next chooses the element to go on with; one
// names the only card that changed, where the rest of the page stays as it is.
func (s *server) done(w http.ResponseWriter, r *http.Request, one gov.ID, next func(ReviewPage) string) error {
	p, err := s.reviewPage(r)
	if err != nil {
		return err
	}
	to := next(p)
	if !partial(r) {
		return see(w, r, ui.ReviewHref(p.View.Review.ID)+"#"+to)
	}
	if i := p.index(one); i >= 0 {
		return s.parts(w, r, http.StatusOK, to, reviewBar(p), reviewCard(p, p.Cards[i]))
	}
	return s.parts(w, r, http.StatusOK, to, reviewHead(p), reviewBar(p), reviewWork(p))
}

func (s *server) settleDraft(w http.ResponseWriter, r *http.Request) error {
	f, err := form(r)
	if err != nil {
		return err
	}
	state, id := gov.DraftState(f.Get("state")), draftID(r)
	if state != gov.DraftAccepted && state != gov.DraftRejected && state != gov.DraftPending {
		return gov.Errorf(gov.Invalid, "error.kind_unknown", string(state))
	}
	if err := s.app.SettleDraft(r.Context(), who(r), reviewID(r), id, state, number(f, "version")); err != nil {
		return s.refuse(w, r, err, opened{At: anchor(id)})
	}
	return s.done(w, r, id, func(p ReviewPage) string {
		if state == gov.DraftPending {
			return anchor(id)
		}
		return p.next(id)
	})
}

func (s *server) editDraft(w http.ResponseWriter, r *http.Request) error {
	f, err := form(r)
	if err != nil {
		return err
	}
	if f.Has("learn") {
		return s.learn(w, r, f)
	}
	p, err := s.reviewPage(r)
	if err != nil {
		return err
	}
	i := p.index(draftID(r))
	if i < 0 {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	typed := draftFormOf(f)
	in, err := typed.input(p.View.Text, p.View.Indicators, p.Cards[i])
	if err == nil {
		err = s.app.EditDraft(r.Context(), who(r), reviewID(r), draftID(r), in)
	}
	if err != nil {
		return s.refuse(w, r, err, opened{Edit: draftID(r), Draft: &typed, At: anchor(draftID(r))})
	}
	return s.done(w, r, "", func(p ReviewPage) string { return p.next(draftID(r)) })
}

func (s *server) addDraft(w http.ResponseWriter, r *http.Request) error {
	f, err := form(r)
	if err != nil {
		return err
	}
	p, err := s.reviewPage(r)
	if err != nil {
		return err
	}
	typed := addForm{Kind: gov.DraftKind(f.Get("kind")), Words: f.Get("words")}
	span, ok := spanIn(f.Get("span"), p.View.Text)
	if !ok {
		return s.refuse(w, r, gov.Errorf(gov.Invalid, "error.span_invalid"), opened{At: "add"})
	}
	at := span
	if f.Has("words") {
		if at, ok = findWords(p.View.Text, span, typed.Words, span.Start()); !ok {
			return s.refuse(w, r, gov.Errorf(gov.Invalid, "error.words_elsewhere"), opened{Add: &span, Added: &typed, At: "add"})
		}
	}
	id, err := s.app.AddDraft(r.Context(), who(r), reviewID(r), typed.Kind, trimSpan(p.View.Text, at))
	if err != nil {
		return s.refuse(w, r, err, opened{Add: &span, Added: &typed, At: "add"})
	}
	return s.done(w, r, "", func(ReviewPage) string { return anchor(id) })
}

func (s *server) splitDraft(w http.ResponseWriter, r *http.Request) error {
	f, err := form(r)
	if err != nil {
		return err
	}
	err = s.app.SplitDraft(r.Context(), who(r), reviewID(r), draftID(r), number(f, "at"), number(f, "version"))
	if err != nil {
		return s.refuse(w, r, err, opened{Split: draftID(r), At: anchor(draftID(r))})
	}
	return s.done(w, r, "", func(ReviewPage) string { return anchor(draftID(r)) })
}

func (s *server) mergeDrafts(w http.ResponseWriter, r *http.Request) error {
	f, err := form(r)
	if err != nil {
		return err
	}
	err = s.app.MergeDrafts(r.Context(), who(r), reviewID(r), draftID(r), gov.ID(f.Get("with")), number(f, "version"))
	if err != nil {
		return s.refuse(w, r, err, opened{At: anchor(draftID(r))})
	}
	return s.done(w, r, "", func(ReviewPage) string { return anchor(draftID(r)) })
}

func (s *server) settleHead(w http.ResponseWriter, r *http.Request) error {
	f, err := form(r)
	if err != nil {
		return err
	}
	typed := headFormOf(f)
	in, err := typed.input()
	if err == nil {
		err = s.app.SettleHead(r.Context(), who(r), reviewID(r), in)
	}
	if err != nil {
		return s.refuse(w, r, err, opened{Head: true, HeadForm: &typed, At: "review-head"})
	}
	return s.done(w, r, "", func(ReviewPage) string { return "review-head" })
}

func (s *server) acceptSure(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.app.AcceptSure(r.Context(), who(r), reviewID(r)); err != nil {
		return s.refuse(w, r, err, opened{})
	}
	return s.done(w, r, "", func(p ReviewPage) string { return p.next("") })
}

// A ConfirmPage shows once more what will be written where.
type ConfirmPage struct {
	ReviewPage
	Trouble string
}

func (s *server) confirmPage(w http.ResponseWriter, r *http.Request) error {
	p, err := s.reviewPage(r)
	if err != nil {
		return err
	}
	if p.View.Review.State != gov.ReviewOpen {
		return see(w, r, ui.ReviewHref(p.View.Review.ID))
	}
	return s.ok(w, r, ConfirmReview(p.confirming("")))
}

// confirming is the page before the books, a step further down than the review.
func (p ReviewPage) confirming(trouble string) ConfirmPage {
	p.Crumbs = append(p.Crumbs, ui.Link{Text: p.T("review.title"), Href: ui.ReviewHref(p.View.Review.ID)})
	p.Title = p.T("review.confirm.title")
	return ConfirmPage{ReviewPage: p, Trouble: trouble}
}

func (s *server) confirm(w http.ResponseWriter, r *http.Request) error {
	f, err := form(r)
	if err != nil {
		return err
	}
	session, err := s.app.Confirm(r.Context(), who(r), reviewID(r), number(f, "version"))
	if c := gov.CodeOf(err); c == gov.Invalid || c == gov.Conflict {
		p, again := s.reviewPage(r)
		if again != nil {
			return again
		}
		_, words := s.words(r, err)
		if p.View.Review.State != gov.ReviewOpen {
			return s.refuse(w, r, err, opened{})
		}
		return s.render(w, r, statusOf(c), ConfirmReview(p.confirming(words)))
	}
	if err != nil {
		return err
	}
	if p, err := s.reviewPage(r); err == nil && p.View.Beyond > 0 { // the page says how many were not written
		return see(w, r, ui.ReviewHref(p.View.Review.ID)+"?done=review_confirmed")
	}
	return see(w, r, ui.SessionHref(session)+"?done=review_confirmed")
}

// reviewAgain reads a document anew and opens a review of it.
func (s *server) reviewAgain(w http.ResponseWriter, r *http.Request) error {
	id, err := s.app.ReviewAgain(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return see(w, r, ui.ReviewHref(id))
}

// spanIn reads "120-245", a stretch of whole letters of the layer.
func spanIn(s, layer string) (text.Span, bool) {
	span := parseSpan(s)
	if span.Empty() || span.End() > len(layer) || !utf8.RuneStart(layer[span.Start()]) {
		return text.Span{}, false
	}
	return span, span.End() == len(layer) || utf8.RuneStart(layer[span.End()])
}
