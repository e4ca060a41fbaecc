package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// DoubtsPage is the queue of what looks wrong in a period.
type DoubtsPage struct {
	ui.Frame
	Query   app.DoubtQuery
	View    app.DoubtsView
	Periods []gov.Period
	Trouble string
}

// doubtRules are the rules by which the queue can be narrowed.
var doubtRules = []string{"documents", "entry", "ratio", "whole", "range", "slip", "jump", "outlier"}

func (s *server) doubts(w http.ResponseWriter, r *http.Request) error {
	return s.doubtsPage(w, r, http.StatusOK, r.URL.Query(), "")
}

func (s *server) doubtsPage(w http.ResponseWriter, r *http.Request, status int, q url.Values, trouble string) error {
	p := DoubtsPage{Frame: s.frame(r, "plausibility", langOf(r).T("web.nav.plausibility")), Trouble: trouble,
		Query: app.DoubtQuery{Period: gov.Period(q.Get("period")), Unit: strings.TrimSpace(q.Get("unit")), Rule: q.Get("rule")}}
	p.Styles = []string{"report.css"}
	var err error
	if p.Query.Period == "" {
		if p.Query.Period, err = s.app.LatestYear(r.Context(), who(r)); err != nil {
			return err
		}
	}
	if p.View, err = s.app.Doubts(r.Context(), who(r), p.Query); err != nil {
		return err
	}
	p.Periods = offeredPeriods(p.Today, p.Query.Period)
	return s.render(w, r, status, Doubts(p))
}

// resolveDoubt settles a doubt; both claims stay.
func (s *server) resolveDoubt(w http.ResponseWriter, r *http.Request) error {
	q := url.Values{}
	for _, name := range []string{"period", "unit", "rule"} {
		if v := r.PostFormValue(name); v != "" {
			q.Set(name, v)
		}
	}
	err := s.app.ResolveDoubt(r.Context(), who(r), r.PostFormValue("doubt"), text.NFC(r.PostFormValue("reason")))
	switch code := gov.CodeOf(err); code {
	case "":
		q.Set("done", "doubt")
		return see(w, r, ui.With("/plausibility", q))
	case gov.Invalid:
		_, words := s.words(r, err)
		return s.doubtsPage(w, r, statusOf(code), q, words)
	}
	return err
}

// ApportionPage lists shares of units that went on in parts, and takes them.
type ApportionPage struct {
	ui.Frame
	List    []gov.Apportionment
	Trouble string
	Typed   url.Values
}

func (s *server) apportionments(w http.ResponseWriter, r *http.Request) error {
	return s.apportionPage(w, r, http.StatusOK, ApportionPage{Typed: url.Values{}})
}

func (s *server) apportionPage(w http.ResponseWriter, r *http.Request, status int, p ApportionPage) error {
	var err error
	if p.List, err = s.app.Apportionments(r.Context(), who(r)); err != nil {
		return err
	}
	p.Frame = s.frame(r, "plausibility", langOf(r).T("web.apportion.title"))
	p.Styles, p.Crumbs = []string{"report.css"}, []ui.Link{{Text: p.T("web.nav.plausibility"), Href: "/plausibility"}}
	return s.render(w, r, status, Apportionments(p))
}

// setApportionment enters a share with its source, or withdraws it.
func (s *server) setApportionment(w http.ResponseWriter, r *http.Request) error {
	day := gov.Day(r.PostFormValue("day"))
	in := gov.Apportionment{Day: day, Indicator: strings.TrimSpace(r.PostFormValue("indicator")), Source: text.NFC(strings.TrimSpace(r.PostFormValue("source")))}
	share, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(r.PostFormValue("share")), ",", "."), 64)
	switch {
	case !day.Valid():
		err = gov.Errorf(gov.Invalid, "error.on_invalid", string(day))
	case err != nil || share < 0 || share > 100:
		err = gov.Errorf(gov.Invalid, "error.apportion_percent", r.PostFormValue("share"))
	default:
		in.Share = share / 100
		if in.Old, err = s.app.UnitKey(r.Context(), who(r), strings.TrimSpace(r.PostFormValue("old")), day.AddDays(-1)); err == nil {
			in.New, err = s.app.UnitKey(r.Context(), who(r), strings.TrimSpace(r.PostFormValue("new")), day)
		}
	}
	if r.PostFormValue("do") == "withdraw" {
		in.Share = -1
	}
	if err == nil {
		err = s.app.SetApportionment(r.Context(), who(r), in, in.Source)
	}
	switch code := gov.CodeOf(err); code {
	case "":
		return see(w, r, "/plausibility/apportionments?done=apportion")
	case gov.Invalid, gov.NotFound:
		_, words := s.words(r, err)
		return s.apportionPage(w, r, statusOf(code), ApportionPage{Trouble: words, Typed: r.PostForm})
	}
	return err
}
