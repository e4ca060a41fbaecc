package web

import (
	"net/http"
	"net/url"
	"slices"
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
		{pattern: "POST /my-work", needs: access.MattersReport, do: s.bulk("mywork", s.showWork)},
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
	Bulk    bulkBar
}

func (s *server) myWork(w http.ResponseWriter, r *http.Request) error { return s.showWork(w, r, nil) }

func (s *server) showWork(w http.ResponseWriter, r *http.Request, why error) error {
	v, err := s.app.MyWork(r.Context(), who(r))
	if err != nil {
		return err
	}
	page := MyWorkPage{Frame: s.frame(r, "mywork", langOf(r).T("web.mywork.title")), View: v, Bulk: bulkOf(s.frame(r, "", ""), gov.Task, nil, r.PostForm)}
	page.Path, page.Styles, page.Scripts = "/my-work", []string{"bulk.css", "mywork.css"}, []string{"bulk.js"}
	status, words := s.trouble(r, why)
	page.Trouble = words
	return s.render(w, r, status, MyWork(page))
}

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

// canTick reports whether the rows of a part can be ticked: what the office gave, is to confirm or follows.
func canTick(f ui.Frame, key string) bool {
	return (key == app.PartGiven || key == app.PartConfirm || key == app.PartMonitor) && f.May(access.MattersSettle)
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
