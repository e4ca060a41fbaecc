package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/web/ui"
)

// auditWord begins the keys of the words for actions; what has words can be asked for.
const auditWord = "audit.action."

// auditRoutes are the rows of the audit log.
func (s *server) auditRoutes() []route {
	return []route{
		{pattern: "GET /audit", needs: access.AuditRead, do: s.audit},
		{pattern: "GET /audit/head", needs: access.AuditRead, do: s.auditHead, cost: exporting},
		{pattern: "POST /audit/verify", needs: access.AuditRead, do: s.verifyAudit, cost: exporting},
	}
}

// AuditPage is a list of the audit log.
type AuditPage struct {
	ui.Frame
	View     app.AuditView
	Query    AuditFilter
	Actions  []string
	Nouns    []string
	Narrowed bool
	Trouble  string
	Next     string
}

// AuditFilter is what narrows the list, as the address says it.
type AuditFilter struct {
	Account  string // login name
	Action   string
	Noun     string
	From, To gov.Day
}

func (s *server) audit(w http.ResponseWriter, r *http.Request) error {
	get := r.URL.Query().Get
	f := AuditFilter{Account: strings.TrimSpace(get("account")), Action: get("action"), Noun: get("noun"), From: gov.Day(get("from")), To: gov.Day(get("to"))}
	q := gov.AuditQuery{Action: f.Action, Noun: f.Noun, Page: pageOf(r)}
	var err error
	if q.From, err = beginOf(f.From); err != nil {
		return err
	}
	if f.To != "" {
		if _, err = beginOf(f.To); err != nil {
			return err
		}
		if q.Until, err = beginOf(f.To.AddDays(1)); err != nil {
			return err
		}
	}
	v, err := s.app.AuditLog(r.Context(), who(r), q, f.Account)
	if err != nil {
		return err
	}
	l := langOf(r)
	frame := s.frame(r, "audit", l.T("web.nav.audit"))
	frame.Styles = []string{"audit.css"}
	page := AuditPage{Frame: frame, View: v, Query: f, Next: nextHref(r, v.Next), Narrowed: f != AuditFilter{},
		Actions: wordsUnder(auditWord), Nouns: wordsUnder("audit.noun.")}
	if v.NoAccount {
		page.Trouble = l.T("web.audit.no_account", f.Account)
	}
	return s.ok(w, r, Audit(page))
}

// beginOf is the first instant of a day in Viet Nam; none for no day.
func beginOf(d gov.Day) (time.Time, error) {
	if d == "" {
		return time.Time{}, nil
	}
	if !d.Valid() {
		return time.Time{}, gov.Errorf(gov.Invalid, "error.on_invalid", string(d))
	}
	return time.ParseInLocation(time.DateOnly, string(d), gov.Zone)
}

// wordsUnder lists what the catalogue has words for under a prefix.
func wordsUnder(prefix string) []string {
	keys := lang.Keys(prefix)
	for i, k := range keys {
		keys[i] = strings.TrimPrefix(k, prefix)
	}
	return keys
}

// verifyAudit computes the whole log anew; the page then shows what was found.
func (s *server) verifyAudit(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.app.VerifyAudit(r.Context(), who(r), nil); err != nil {
		return err
	}
	return see(w, r, "/audit")
}

// auditHead hands out the signed head of the log as a file to keep.
func (s *server) auditHead(w http.ResponseWriter, r *http.Request) error {
	signed, h, err := s.app.AuditHead(r.Context(), who(r))
	if err != nil {
		return err
	}
	name := "haicap-" + strconv.FormatInt(int64(h.Realm), 10) + "-" + strconv.FormatInt(h.Size, 10) + ".txt"
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err = w.Write([]byte(signed))
	return err
}

// actionWords says in words what a line is about; an action that a newer program wrote shows its name.
func (p AuditPage) actionWords(action string) string {
	if key := auditWord + action; p.Has(key) {
		return p.T(key)
	}
	return action
}

func (p AuditPage) nounWords(noun string) string {
	if key := "audit.noun." + noun; p.Has(key) {
		return p.T(key)
	}
	return noun
}

// auditHref is the page of the record that a line is about, "" where there is none or it may not be opened.
func auditHref(e app.AuditEntry) string {
	if !e.About.Open {
		return ""
	}
	switch e.Noun {
	case "document":
		return ui.DocumentHref(e.Record)
	case "review":
		return ui.ReviewHref(e.Record)
	case "matter":
		return ui.MatterHref(e.Record)
	}
	return ""
}
