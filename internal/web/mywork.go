package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/notify"
	"haicap/internal/web/ui"
)

// followRoutes are what somebody's offices owe, what he is told by mail, and his calendar.
func (s *server) followRoutes() []route {
	return []route{
		{pattern: "GET /my-work", needs: access.BooksRead, do: s.myWork},
		{pattern: "POST /my-work", needs: access.MattersReport, do: s.bulk},
		{pattern: "POST /account/notices", needs: access.LoggedIn, do: s.chooseNotices},
		{pattern: "POST /account/feed", needs: access.LoggedIn, do: s.makeFeed},
		{pattern: "POST /account/feed/revoke", needs: access.LoggedIn, do: s.revokeFeed},
		{pattern: "GET /admin/mail", needs: access.AccountsManage, do: s.mail},
		{pattern: "POST /admin/mail/{id}", needs: access.AccountsManage, do: s.mailAgain},
	}
}

// MyWorkPage is the page "Việc của tôi".
type MyWorkPage struct {
	ui.Frame
	View    app.MyWorkView
	Trouble string
	Day     gov.Day // as typed in the form that was refused
	Note    string
}

func (s *server) myWork(w http.ResponseWriter, r *http.Request) error { return s.showWork(w, r, nil) }

func (s *server) showWork(w http.ResponseWriter, r *http.Request, why error) error {
	v, err := s.app.MyWork(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := MyWorkPage{Frame: s.frame(r, "mywork", langOf(r).T("web.mywork.title")), View: v}
	page.Path, page.Styles = "/my-work", []string{"mywork.css"}
	status, words := s.trouble(r, why)
	if page.Trouble = words; why != nil {
		page.Day, page.Note = gov.Day(r.PostForm.Get("day")), r.PostForm.Get("note")
	}
	return s.render(w, r, status, MyWork(page))
}

// BulkPage says what came of each row that was ticked.
type BulkPage struct {
	ui.Frame
	Action  gov.Action
	Results []app.BulkResult
	Words   []string // why a row was refused
	Done    int
	Back    string
}

// bulk takes one step with all rows that were ticked: each for itself, or all or none.
func (s *server) bulk(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	in := app.ActInput{Action: gov.Action(r.PostForm.Get("action")), StepInput: gov.StepInput{Day: gov.Day(r.PostForm.Get("day")), Note: r.PostForm.Get("note")}}
	do := s.app.ActEach
	if r.PostForm.Get("how") == "all" {
		do = s.app.ActAll
	}
	rows, err := bulkRows(r.PostForm["row"])
	if err != nil {
		return err
	}
	results, err := do(r.Context(), who(r), rows, in)
	if gov.CodeOf(err) == gov.Invalid {
		return s.showWork(w, r, err)
	} else if err != nil {
		return err
	}
	page := BulkPage{Frame: s.frame(r, "mywork", langOf(r).T("web.bulk.title")), Action: in.Action, Results: results, Back: samePath(r.PostForm.Get("back"))}
	if page.Back == "/" {
		page.Back = "/my-work"
	}
	for _, row := range results {
		words := ""
		if row.Err == nil {
			page.Done++
		} else {
			_, words = s.words(r, row.Err)
		}
		page.Words = append(page.Words, words)
	}
	return s.ok(w, r, Bulk(page))
}

// bulkRows reads the ticked rows: id and version of each.
func bulkRows(values []string) ([]app.BulkRow, error) {
	var rows []app.BulkRow
	for _, v := range values {
		id, version, _ := strings.Cut(v, ":")
		n, err := strconv.Atoi(version)
		if err != nil {
			return nil, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
		}
		if !slices.ContainsFunc(rows, func(o app.BulkRow) bool { return o.Matter == gov.ID(id) }) { // one matter may stand in two parts
			rows = append(rows, app.BulkRow{Matter: gov.ID(id), Version: n})
		}
	}
	return rows, nil
}

// rowValue is a row as its box sends it.
func rowValue(m app.MatterLine) string { return string(m.ID) + ":" + strconv.Itoa(m.Version) }

func (s *server) chooseNotices(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	f := r.PostForm
	in := app.NoticeInput{Email: f.Get("email"), Reminders: f.Get("reminders") != "", Digest: f.Get("digest") != ""}
	return s.account303(w, r, "notices", s.app.ChooseNotices(r.Context(), who(r), in))
}

// FeedPage shows the secret address of a calendar, once.
type FeedPage struct {
	ui.Frame
	Address string
}

func (s *server) makeFeed(w http.ResponseWriter, r *http.Request) error {
	token, err := s.app.MakeFeed(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := FeedPage{Frame: s.frame(r, "account", langOf(r).T("web.feed.title")), Address: s.site(r) + "/feed/" + url.PathEscape(token) + ".ics"}
	page.Styles = []string{"account.css"}
	return s.ok(w, r, Feed(page))
}

func (s *server) revokeFeed(w http.ResponseWriter, r *http.Request) error {
	return s.account303(w, r, "feed_revoked", s.app.RevokeFeed(r.Context(), who(r)))
}

// feed answers whoever has the secret address of a calendar. Nothing of the address is logged.
func (s *server) feed(w http.ResponseWriter, r *http.Request) error {
	token, ok := strings.CutSuffix(r.PathValue("token"), ".ics")
	if !ok {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	v, err := s.app.FeedOf(r.Context(), token)
	if err != nil {
		return err
	}
	l := langOf(r)
	var events []notify.Event
	for i, line := range v.Lines {
		events = append(events, notify.Event{UID: "matter-" + string(line.ID) + "@haicap", Sequence: v.Made[i].Version, Day: line.Due, Summary: line.Text,
			Detail: line.Lead, Link: s.site(r) + ui.MatterHref(line.ID), Changed: v.Made[i].At})
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	_, err = w.Write(notify.Feed(l.T("web.mywork.title"), events))
	return err
}

// MailPage is what whoever keeps the program sees of its mail.
type MailPage struct {
	ui.Frame
	View app.MailView
}

func (s *server) mail(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Mail(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := MailPage{Frame: s.frame(r, "mail", langOf(r).T("web.nav.mail")), View: v}
	page.Styles = []string{"account.css"}
	return s.ok(w, r, Mail(page))
}

func (s *server) mailAgain(w http.ResponseWriter, r *http.Request) error {
	if err := s.app.MailAgain(r.Context(), who(r), gov.ID(r.PathValue("id"))); err != nil {
		return err
	}
	return see(w, r, "/admin/mail?done=mail_again")
}

// letterLook draws the states of letters.
func letterLook(s gov.LetterState) ui.Look {
	switch s {
	case gov.LetterFailed:
		return ui.Look{Class: "late", Shape: "▲"}
	case gov.LetterUnclear:
		return ui.Look{Class: "watch", Shape: "▲"}
	case gov.LetterSent:
		return ui.Look{Class: "ok", Shape: "●"}
	case gov.LetterWaiting, gov.LetterSending:
		return ui.Look{Class: "info", Shape: "◐"}
	}
	return ui.Look{Class: "plain", Shape: "–"}
}

// partHref is where the rest of a part is listed; empty where no list knows it.
func partHref(key string) string {
	switch key {
	case app.PartOverdue, app.PartGiven:
		return "/matters?kind=task&when=overdue&sort=due"
	case app.PartToday, app.PartWeek:
		return "/matters?kind=task&when=week&sort=due"
	case app.PartReturned:
		return "/matters?kind=task&state=returned"
	case app.PartConfirm:
		return "/matters?kind=task&state=submitted"
	case app.PartAsked:
		return "/matters?kind=recommendation&state=open"
	}
	return "/matters?kind=task&sort=due"
}

// canTick reports whether the rows of a part can be ticked: what the office gave or follows.
func canTick(f ui.Frame, key string) bool {
	return (key == app.PartGiven || key == app.PartMonitor) && f.May(access.MattersSettle)
}

// ticks reports whether a page has rows that can be ticked.
func ticks(p MyWorkPage) bool {
	return slices.ContainsFunc(p.View.Parts, func(part app.WorkPart) bool { return part.Count > 0 && canTick(p.Frame, part.Key) })
}

// clockWords says in a line how much time is left, until when, and which days off were counted out.
func clockWords(f ui.Frame, m gov.Matter, c *app.ClockView) string {
	day := f.Date(m.Due)
	words := f.T("clock.left", c.Left, day)
	switch {
	case c.Left < 0:
		words = f.T("clock.late", -c.Left, day)
	case m.Due < f.Today: // days off have passed since
		words = f.T("clock.past", day)
	case m.Due == f.Today:
		words = f.T("clock.today", day)
	}
	if len(c.Off) > 0 {
		var days []string
		for _, o := range c.Off {
			days = append(days, f.Date(gov.Day(o.Day.String())))
		}
		words += ", " + f.T("clock.off", strings.Join(days, ", "))
	}
	return words
}

// mayUrge reports whether the reader can urge the matter now.
func mayUrge(p MatterPage) bool {
	return p.May(access.MattersReport) && slices.ContainsFunc(p.View.Steps, func(st gov.Step) bool { return st.Action == gov.ActUrge })
}
