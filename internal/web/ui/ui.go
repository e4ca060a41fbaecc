// Package ui holds the parts that every page is made of: the frame around it, tables, status words, links to units and to
// sentences, forms, pager, the empty and the error page.
//
// It wraps templ: pages of package web call these components and hand them a Frame, which says in which language, for whom and
// where the page is shown. A component never asks a use case; what it shows is in its arguments.
package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
)

// A Frame is what all pages share. Each page struct embeds one.
type Frame struct {
	Lang    lang.Lang
	Who     access.Principal
	Today   gov.Day
	Holding app.UnitRef // the unit that the person works for; zero where nobody is logged in
	Title   string      // of the page, for the window
	Path    string      // path and query, for coming back after a change of language
	Section string      // the entry of the navigation that is current, "" for none
	Words   string      // what stands in the search box
	Waiting int         // how much waits for the person's offices: the number in the top bar
	Done    string      // key of a short message about what was just done
	Crumbs  []Link      // the way up, only inside a record
	Styles  []string    // further style sheets of the page, by file name
	Scripts []string    // further scripts (ES modules) of the page, by file name
	Asset   func(name string) string
}

// A Link is a word that leads somewhere.
type Link struct{ Text, Href string }

// T is the text for a key of the catalogue.
func (f Frame) T(key string, args ...any) string { return f.Lang.T(key, args...) }

// Has reports whether the catalogue knows the key.
func (f Frame) Has(key string) bool { return lang.Has(key) }

// Person writes a person's name, or that it was erased.
func (f Frame) Person(name string) string {
	if name == gov.ErasedName {
		return f.T("person.erased")
	}
	return name
}

// Date writes a day; an unknown one is empty.
func (f Frame) Date(d gov.Day) string { return f.Lang.Date(string(d)) }

// Time writes an instant in the time of Viet Nam.
func (f Frame) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return f.Lang.Time(t.In(gov.Zone))
}

// Int writes a count.
func (f Frame) Int(n int) string { return f.Lang.Int(n) }

// Number writes a value with the digits that it has.
func (f Frame) Number(v float64) string { return f.Lang.Number(v) }

// Period writes a period of the books.
func (f Frame) Period(p gov.Period) string { return f.Lang.Period(string(p)) }

// May reports whether the person may do something, so that a page offers only what works.
func (f Frame) May(p access.Permission) bool { return f.Who.May(p) }

// Name is the name of an indicator in the language of the page.
func (f Frame) Name(in gov.Indicator) string {
	if f.Lang == lang.EN && in.NameEN != "" {
		return in.NameEN
	}
	return in.NameVI
}

// WhoWords are the roles of whoever reads the page, and for whom he stands in.
func WhoWords(f Frame) string {
	var words []string
	for _, r := range f.Who.Roles() {
		words = append(words, f.T("role."+string(r)))
	}
	for _, name := range f.Who.InPlaceOf() {
		words = append(words, f.T("web.in_place_of", name))
	}
	return strings.Join(words, " · ")
}

// Age writes a number of days as people say it: "hôm nay", "12 ngày", "5 tháng", "2 năm".
func (f Frame) Age(days int) string {
	switch {
	case days <= 0:
		return f.T("web.age.today")
	case days < 60:
		return f.T("web.age.days", days)
	case days < 730:
		return f.T("web.age.months", days/30)
	}
	return f.T("web.age.years", days/365)
}

// A NavEntry is one entry of the navigation.
type NavEntry struct {
	Group   string
	Section string
	Href    string
	Needs   access.Permission
}

// Nav is the navigation in its order; an entry's word is "web.nav.SECTION". The books with several pages are groups, whose word is
// "web.nav.group.GROUP".
var Nav = []NavEntry{
	{"", "home", "/", access.LoggedIn},
	{"", "sessions", "/sessions", access.BooksRead},
	{"", "documents", "/documents", access.DocumentsRead},
	{"", "units", "/units", access.BooksRead},
	{"figures", "scorecard", "/scorecard", access.BooksRead},
	{"figures", "indicators", "/indicators", access.BooksRead},
	{"figures", "reports", "/reports", access.BooksRead},
	{"figures", "targets", "/targets", access.BooksRead},
	{"figures", "plausibility", "/plausibility", access.BooksRead},
	{"figures", "catalogue", "/catalogue", access.CatalogueEdit},
	{"matters", "recommendation", "/recommendations", access.BooksRead},
	{"matters", "task", "/matters?kind=task", access.BooksRead},
	{"matters", "matters", "/matters", access.BooksRead},
	{"matters", "plans", "/plans", access.BooksRead},
	{"admin", "accounts", "/admin/accounts", access.AccountsManage},
	{"admin", "personal", "/admin/personal", access.AccountsManage},
	{"admin", "mail", "/admin/mail", access.AccountsManage},
	{"admin", "audit", "/audit", access.AuditRead},
}

// nav are the entries that lead the person somewhere.
func (f Frame) nav() []NavEntry {
	return slices.DeleteFunc(slices.Clone(Nav), func(e NavEntry) bool { return !f.May(e.Needs) })
}

// beginning is a day before all versions of the register: a version whose first day is not known is in force on it.
const beginning = "1900-01-01"

// UnitHref is the address of one version of a unit.
func UnitHref(k gov.UnitKey) string {
	on := string(k.From)
	if on == "" {
		on = beginning
	}
	return "/units/" + url.PathEscape(k.Code) + "?on=" + on
}

// BriefHref is the address of a unit's brief.
func BriefHref(code string) string { return "/units/" + url.PathEscape(code) + "/brief" }

// recordHref is the address of a record of the noun.
func recordHref(noun string, id gov.ID) string { return "/" + noun + "/" + url.PathEscape(string(id)) }

// DocumentHref is the address of a document.
func DocumentHref(id gov.ID) string { return recordHref("documents", id) }

// ReviewHref is the address of a review.
func ReviewHref(id gov.ID) string { return recordHref("reviews", id) }

// SessionHref is the address of a session.
func SessionHref(id gov.ID) string { return recordHref("sessions", id) }

// MatterHref is the address of a matter.
func MatterHref(id gov.ID) string { return recordHref("matters", id) }

// FigureHref is the address of a figure.
func FigureHref(id gov.ID) string { return recordHref("figures", id) }

// TargetHref is the address of a target.
func TargetHref(id gov.ID) string { return recordHref("targets", id) }

// IndicatorHref is the address of an indicator.
func IndicatorHref(key string) string { return "/indicators/" + url.PathEscape(key) }

// MattersHref is the address of a list of matters: of a kind, of a unit, only what is not finished.
func MattersHref(k gov.MatterKind, unit string, open bool) string {
	q := url.Values{}
	if k != "" {
		q.Set("kind", string(k))
	}
	if unit != "" {
		q.Set("unit", unit)
	}
	if !open {
		q.Set("all", "1")
	}
	return With("/matters", q)
}

// SpanID is the id of a stretch of a text on its document's page.
func SpanID(s text.Span) string { return "b" + strconv.Itoa(s.Start()) + "-" + strconv.Itoa(s.End()) }

// SentenceHref opens a document at a stretch of its text: the server marks it, the browser scrolls to it.
func SentenceHref(document gov.ID, s text.Span) string {
	return DocumentHref(document) + "?at=" + strconv.Itoa(s.Start()) + "-" + strconv.Itoa(s.End()) + "#" + SpanID(s)
}

// With is path with the query, if there is one.
func With(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// A Look is how a status is drawn: a class for the colour and a shape that survives a photocopier.
type Look struct{ Class, Shape string }

// StateLook draws the states of matters.
func StateLook(s gov.State) Look {
	switch s {
	case gov.StateOpen:
		return Look{"watch", "○"}
	case gov.AwaitingDocument, gov.Returned:
		return Look{"watch", "◐"}
	case gov.Answered, gov.Submitted, gov.Scheduled:
		return Look{"info", "◐"}
	case gov.Resolved, gov.Completed, gov.Explained:
		return Look{"ok", "●"}
	}
	return Look{"plain", "–"}
}

// CellLook draws the cells in which tasks stand.
func CellLook(c gov.Cell) Look {
	switch c {
	case gov.DoneInTime, gov.DoneNoDue:
		return Look{"ok", "●"}
	case gov.DoneLate:
		return Look{"watch", "●"}
	case gov.Overdue:
		return Look{"late", "▲"}
	case gov.InTerm, gov.NoDue:
		return Look{"info", "○"}
	}
	return Look{"plain", "–"}
}

// ReviewLook draws the states of reviews.
func ReviewLook(s gov.ReviewState) Look {
	switch s {
	case gov.ReviewOpen:
		return Look{"watch", "◐"}
	case gov.ReviewConfirmed:
		return Look{"ok", "●"}
	}
	return Look{"plain", "–"}
}
