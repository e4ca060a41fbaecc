package web

import (
	"net/http"
	"net/url"
	"strconv"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// BoardPage is the tasks by state, or by the month in which they are due.
type BoardPage struct {
	ui.Frame
	Columns []app.BoardColumn
	Months  []app.Month
	Filter  matterFilter
	Saved   savedViews
	Tags    []ui.Link
}

// boardPage reads what the address asks and makes the page without its numbers.
func (s *server) boardPage(r *http.Request, title string) (BoardPage, gov.MatterQuery, error) {
	filter := matterFilterOf(r.URL.Query())
	filter.State, filter.When, filter.Level = "", "", ""
	f := s.frame(r, string(gov.Task), langOf(r).T(title))
	f.Styles = []string{"looking.css"}
	f.Crumbs = []ui.Link{{Text: f.T("matter_kind.task"), Href: ui.MattersHref(gov.Task, "", true)}}
	saved, err := s.savedViews(r)
	return BoardPage{Frame: f, Filter: filter, Saved: saved, Tags: filter.tags(f, r, app.MattersView{})}, filter.query(s.app.Today()), err
}

func (s *server) board(w http.ResponseWriter, r *http.Request) error {
	p, q, err := s.boardPage(r, "web.board.title")
	if err != nil {
		return err
	}
	if p.Columns, err = s.app.Board(r.Context(), who(r), q); err != nil {
		return err
	}
	return s.ok(w, r, Board(p))
}

func (s *server) months(w http.ResponseWriter, r *http.Request) error {
	p, q, err := s.boardPage(r, "web.months.title")
	if err != nil {
		return err
	}
	if p.Months, err = s.app.Months(r.Context(), who(r), q); err != nil {
		return err
	}
	return s.ok(w, r, Months(p))
}

// listHref is the list of tasks behind a number.
func (p BoardPage) listHref(more url.Values) string {
	q := url.Values{"kind": {"task"}}
	if p.Filter.Unit != "" {
		q.Set("unit", p.Filter.Unit)
	}
	if p.Filter.Lead != "" {
		q.Set("lead", p.Filter.Lead)
	}
	for k, v := range more {
		q[k] = v
	}
	return ui.With("/matters", q)
}

// fileHref is the tasks of the page as a file, those that are due first.
func (p BoardPage) fileHref(format string, more url.Values) string {
	at, err := url.Parse(p.listHref(more))
	if err != nil {
		return ""
	}
	return fileHref("/matters/file", at.Query(), format)
}

// monthHref is the list of a row of the table.
func (p BoardPage) monthHref(m app.Month) string {
	if m.Name == "none" {
		return p.listHref(url.Values{"when": {"none"}, "all": {"1"}})
	}
	return p.listHref(url.Values{"from": {string(m.From)}, "until": {string(m.Until)}, "sort": {"due"}, "all": {"1"}})
}

func (p BoardPage) monthName(m app.Month) string {
	switch m.Name {
	case "before":
		return p.T("web.months.before", p.Date(m.Until))
	case "after":
		return p.T("web.months.after", p.Date(m.From))
	case "none":
		return p.T("web.matter.when.none")
	}
	return m.Name[5:] + "/" + m.Name[:4]
}

// sum adds up the rows.
func (p BoardPage) sum() app.Month {
	var s app.Month
	for _, m := range p.Months {
		s.Owed, s.Ended, s.Late = s.Owed+m.Owed, s.Ended+m.Ended, s.Late+m.Late
	}
	return s
}

// stretch is a part of a bar: where it begins and how long it is, of a hundred.
func (p BoardPage) stretch(from, n int) (x, width string) {
	most := 1
	for _, m := range p.Months {
		most = max(most, m.Owed+m.Ended)
	}
	part := func(n int) string { return strconv.FormatFloat(float64(n)*100/float64(most), 'f', 1, 64) }
	return part(from), part(n)
}
