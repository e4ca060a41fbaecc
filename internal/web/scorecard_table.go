package web

import (
	"bytes"
	"context"
	"html"
	"io"
	"math"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// verdictLook draws the verdicts; the shapes of the cells of the scorecard stand in scorecard.css under the same classes.
func verdictLook(v gov.Verdict) ui.Look {
	switch v {
	case gov.Exceeded:
		return ui.Look{Class: "ok", Shape: "◆"}
	case gov.Met:
		return ui.Look{Class: "ok", Shape: "●"}
	case gov.AtRisk:
		return ui.Look{Class: "watch", Shape: "◐"}
	case gov.NotMet:
		return ui.Look{Class: "late", Shape: "▲"}
	}
	return ui.Look{Class: "plain", Shape: "○"}
}

// cellClasses are the classes of the cells: short, since a page has thousands of them.
var cellClasses = map[gov.Verdict]string{gov.Exceeded: "x", gov.Met: "o", gov.AtRisk: "w", gov.NotMet: "k", gov.NotAssessed: "c"}

// tidy rounds a number that was worked out: as many digits as an eye compares.
func tidy(v float64) float64 {
	digits := 2.0
	switch a := math.Abs(v); {
	case a >= 10000:
		digits = 0
	case a >= 100:
		digits = 1
	}
	unit := math.Pow(10, digits)
	return math.Round(v*unit) / unit
}

// scoreTable writes the table by hand: thousands of cells, each a few bytes. The ends of cells and rows may be left out in HTML, and are.
func scoreTable(p ScorecardPage) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		t := scoreWriter{p: p, words: map[gov.Verdict]string{}}
		for _, v := range gov.Verdicts {
			t.words[v] = html.EscapeString(p.T("web.scorecard.short." + string(v)))
		}
		t.href = html.EscapeString("?" + p.Query.values().Encode() + "&cell=")
		t.head()
		for i := range p.View.Rows {
			t.row(&p.View.Rows[i])
		}
		t.foot()
		_, err := w.Write(t.b.Bytes())
		return err
	})
}

type scoreWriter struct {
	p     ScorecardPage
	b     bytes.Buffer
	words map[gov.Verdict]string
	href  string // of a cell, without the cell itself
}

func (t *scoreWriter) put(parts ...string) {
	for _, s := range parts {
		t.b.WriteString(s)
	}
}

func (t *scoreWriter) head() {
	p := t.p
	t.put(`<table class=score><caption class=hidden>`, html.EscapeString(p.Title), `</caption><thead><tr><th scope=col>`, html.EscapeString(p.T("web.matter.unit")),
		`<th scope=col>`, html.EscapeString(p.T("web.scorecard.reached")))
	for _, in := range p.View.Indicators {
		t.put(`<th scope=col><a href="`, html.EscapeString(ui.With(ui.IndicatorHref(in.Key), url.Values{"period": {string(p.View.Period)}})), `">`,
			html.EscapeString(p.Name(in)), `</a> <small>`, html.EscapeString(in.Measure), `</small>`)
	}
	t.put(`<tbody>`)
}

func (t *scoreWriter) row(r *app.ScoreRow) {
	p := t.p
	t.put(`<tr><th scope=row><a href="`, html.EscapeString(ui.UnitHref(r.Unit.Key)), `">`, html.EscapeString(r.Unit.Name), `</a><td class=n>`, t.counts(r.Counts))
	code := url.QueryEscape(r.Unit.Key.Code) + "."
	for i := range r.Cells {
		c := &r.Cells[i]
		key := p.View.Indicators[i].Key
		switch {
		case c.Targets == 0 && c.Figure.Claims == 0:
			t.put(`<td>–`)
		case c.Targets == 0:
			t.put(`<td><a href="`, t.href, code, key, `">`, t.value(c, p.View.Indicators[i]), `</a>`)
		default:
			t.put(`<td class=`, cellClasses[c.Assessment.Verdict], `><a href="`, t.href, code, key, `">`, t.words[c.Assessment.Verdict], `</a>`, t.value(c, p.View.Indicators[i]))
		}
		if c.Figure.Conflict {
			t.put(`<b>`, html.EscapeString(p.T("web.scorecard.conflict")), `</b>`)
		}
	}
}

// value is the number of a cell: of the whole period, else what the shorter ones come to so far.
func (t *scoreWriter) value(c *app.ScoreCell, in gov.Indicator) string {
	v, of := c.Figure.Value, c.Figure.Of
	if c.Figure.Claims == 0 {
		if c.Assessment.Actual == nil {
			return "–"
		}
		v, of = *c.Assessment.Actual, c.Assessment.ActualOf
	}
	if in.Better == gov.YesNo {
		return html.EscapeString(t.p.T("web.yes_no." + map[bool]string{true: "yes", false: "no"}[v != 0]))
	}
	s := t.p.Number(v)
	if of != nil {
		s += "/" + t.p.Number(*of)
	}
	return s
}

// counts is "đạt và vượt" in one number and told apart, with the remainder named.
func (t *scoreWriter) counts(c gov.VerdictCount) string {
	if c.Total() == 0 {
		return "–"
	}
	return "<strong>" + t.p.Int(c.Reached()) + "/" + t.p.Int(c.Total()) + "</strong> " + html.EscapeString(splitWords(t.p.Frame, c))
}

// splitWords tells "đạt và vượt" apart and names what it leaves over.
func splitWords(f ui.Frame, c gov.VerdictCount) string {
	var parts []string
	for _, v := range []gov.Verdict{gov.Exceeded, gov.Met, gov.NotMet, gov.AtRisk, gov.NotAssessed} {
		if c[v] > 0 {
			parts = append(parts, f.Int(c[v])+" "+f.T("web.scorecard.short."+string(v)))
		}
	}
	return strings.Join(parts, ", ")
}

func (t *scoreWriter) foot() {
	p := t.p
	t.put(`<tfoot><tr><th scope=row>`, html.EscapeString(p.T("web.scorecard.total")), `<td class=n>`, t.counts(p.View.Counts))
	for i, total := range p.View.Totals {
		t.put(`<td>`)
		if total.WhyNot == "" {
			t.put(`<strong>`, rolledWords(p.Frame, total.Rolled, p.View.Indicators[i]), `</strong> `)
		} else {
			t.put(`<span class=why>`, html.EscapeString(p.T("why_not_added."+string(total.WhyNot))), `</span> `)
		}
		t.put(`<small>`, html.EscapeString(p.T("web.scorecard.coverage", p.Int(total.Known), p.Int(total.Units))), `</small>`)
		if n := total.Counts.Total(); n > 0 {
			t.put(` <small>`, html.EscapeString(p.T("web.scorecard.reached_of", p.Int(total.Counts.Reached()), p.Int(n))), `</small>`)
		}
	}
	t.put(`</table>`)
}

// rolledWords is what figures of several units come to, without its measure.
func rolledWords(f ui.Frame, r gov.Rolled, in gov.Indicator) string {
	s := f.Number(tidy(r.Value))
	if r.Of != nil {
		s += "/" + f.Number(tidy(*r.Of))
	}
	if in.Better == gov.YesNo {
		s += " " + f.T("web.yes_no.yes")
	}
	return s
}
