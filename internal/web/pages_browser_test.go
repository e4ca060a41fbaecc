package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
	"haicap/internal/web"
	"haicap/internal/web/ui"
)

// TestPagesInBrowser looks at one page of each kind: wide, on a phone, on the narrowest screen, dark; no page may be wider than its
// screen, and the console stays quiet, so that the policy of the site breaks nothing.
func TestPagesInBrowser(t *testing.T) {
	t.Parallel()
	d := work(t)
	s := browse(t, d, "tonghop")
	v := d.visitor(t, "tonghop")
	first := func(page, selector string) string { return attr(v.get(page).all(selector)[0], "href") }
	pages := map[string]string{
		"home": "/", "documents": "/documents", "file": "/documents/new", "document": first("/units/07909", "a.src"),
		"sessions": "/sessions", "session": first("/sessions", "tbody a"), "units": "/units?q=thanh+mieu", "unit": "/units/07909",
		"province": "/units/25", "matters": "/matters", "matter": first("/matters?kind=task", "td.what a"), "indicators": "/indicators",
		"indicator": "/indicators/budget_revenue", "figure": first("/units/07909", "a.value"), "search": "/search?q=ngan+sach",
		"brief": "/units/07909/brief", "help": "/help", "missing": "/khong-co",
	}
	for name, path := range pages {
		s.size(1280, 900)
		s.look("", "")
		s.do(chromedp.Navigate(d.url + path))
		s.fits(name)
		s.picture(name)
		s.look("dark", "")
		s.picture(name + "-dark")
		s.look("", "")
		s.size(390, 844)
		s.fits(name + " on a phone")
		s.picture(name + "-390")
		s.size(320, 640)
		s.fits(name + " at 320")
	}
	s.size(390, 844)
	s.do(chromedp.Navigate(d.url+"/"), chromedp.Click(chromedp.CSS("button.menu")))
	s.until(`document.querySelector("#nav").matches(":popover-open")`)
	s.picture("menu-390")
	s.size(1280, 900)
	s.do(chromedp.Navigate(d.url + "/units"))
	s.key("/")
	s.until(`document.activeElement.id == "find"`)
	s.do(chromedp.SendKeys(chromedp.CSS("#find"), "/?"))
	s.until(`document.activeElement.value.endsWith("/?")`) // in a field they are letters
	s.do(chromedp.Navigate(d.url + "/units"))
	s.key("?")
	s.until(`location.pathname == "/help"`)
	if n := s.paper(d.url + "/units/07909/brief"); n != 1 {
		t.Errorf("the brief has %d pages", n)
	}
	s.quiet()
}

// paper is how many pages a page has when it is printed on A4.
func (s screen) paper(address string) int {
	s.t.Helper()
	s.do(chromedp.Navigate(address))
	pdf, err := chromedp.Run(s.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	must(s.t, err)
	return len(regexp.MustCompile(`/Type\s*/Page[^s]`).FindAll(pdf, -1))
}

// TestFullestBriefIsOnePage prints a brief that holds as much as there can be, all of it long.
func TestFullestBriefIsOnePage(t *testing.T) {
	t.Parallel()
	d := sit(t)
	s := browse(t, d, "tonghop")
	assets := web.New(web.Config{})
	story := http.NewServeMux()
	story.Handle("/static/", assets)
	story.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		f := ui.Frame{Lang: lang.VI, Title: "Phiếu chuẩn bị", Who: access.Principal{Account: "a", Grants: []access.Grant{{Role: access.Analyst, All: true}}}, Styles: []string{"brief.css"},
			Asset: func(name string) string { return "/static/0/" + name }}
		_ = web.Brief(web.BriefPage{Frame: f, View: fullestBrief()}).Render(r.Context(), w)
	})
	server := httptest.NewServer(story)
	t.Cleanup(server.Close)
	if n := s.paper(server.URL); n != 1 {
		t.Errorf("the fullest brief has %d pages", n)
	}
	s.look("", "print")
	s.picture("brief-fullest-print")
}

func fullestBrief() app.BriefView {
	src := app.SourceRef{Open: true, Source: gov.Source{Document: "d", Span: text.Span{1, 9}, Sentence: "…", Day: "2025-12-24"}}
	const long = "Ban Tổ chức Tỉnh ủy chủ trì, phối hợp với các cơ quan liên quan tổng hợp các kiến nghị, đề xuất, báo cáo Thường trực " +
		"Tỉnh ủy xem xét, quyết định theo thứ tự ưu tiên phù hợp với nguồn lực của tỉnh và kế hoạch đầu tư công trung hạn"
	matters := func(k gov.MatterKind, s gov.State, n int) (list []app.MatterLine) {
		for i := range n {
			m := gov.Matter{ID: gov.ID(fmt.Sprint(k, i)), Kind: k, Text: long, State: s, Parties: []gov.Party{{Role: gov.RoleLead, Name: "Đảng ủy UBND tỉnh"}}}
			list = append(list, app.MatterLine{Matter: m, AgeDays: 340, From: src})
		}
		return list
	}
	v := app.BriefView{Path: "phường Thanh Miếu, tỉnh Phú Thọ", Today: "2026-01-15",
		Unit:            gov.UnitVersion{UnitKey: gov.UnitKey{Code: "07909", From: "2025-07-01"}, Name: "Thanh Miếu", Type: gov.Ward},
		Recommendations: matters(gov.Recommendation, gov.Answered, app.BriefItems), MoreRecs: 4,
		Tasks: matters(gov.Task, gov.AwaitingDocument, app.BriefItems), MoreTasks: 9,
		Orientation: matters(gov.Directive, gov.Noted, 4), MoreOrientation: 5, Difficulties: matters(gov.Difficulty, gov.Noted, 4)}
	for range 8 {
		old := app.FigureLine{From: src, Figure: gov.Figure{Kind: gov.Result, Claim: gov.Claim{Quote: "410,6 tỷ đồng", Value: 410.6, Source: src.Source}}}
		later := old
		later.Quote, later.Value, later.Kind = "366,3 tỷ đồng", 366.3, gov.Estimate
		v.Figures = append(v.Figures, app.IndicatorGroup{Name: "Tổng vốn đầu tư toàn xã hội trên địa bàn",
			Claims:  []app.ClaimSet{{Period: "2025", Figures: []app.FigureLine{old, later}, Conflict: true}},
			Targets: []app.TargetLine{{From: src, Target: gov.Target{Claim: gov.Claim{Quote: "20.000 tỷ đồng", Period: "2030"}}}}})
	}
	for range 5 {
		v.Origins = append(v.Origins, app.SuccessionLine{Unit: app.UnitRef{Name: "phường Tiên Cát"}, Succession: gov.Succession{Extent: gov.Whole}})
		v.Checks = append(v.Checks, app.CheckLine{Check: gov.Check{Message: "Một nhãn có hai giá trị trong cùng một câu. " + long}, From: src})
	}
	for range 3 {
		v.Sessions = append(v.Sessions, app.SessionLine{Session: gov.Session{Title: long, Day: "2025-12-24"}})
	}
	return v
}
