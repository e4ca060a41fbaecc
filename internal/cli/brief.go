package cli

import (
	"context"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"haicap/internal/app"
	"haicap/internal/gov"
)

func briefCommand() command {
	return command{name: "brief", args: "CODE", min: 1, max: 1, settings: storeSettings, flags: []flag{{"html", ""}}, run: runBrief,
		examples: []string{"haicap brief 07909", "haicap brief 07909 --html > phieu.html"}}
}

func runBrief(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	v, err := p.app.Brief(ctx, who, c.args[0])
	if err != nil {
		return err
	}
	sheet := c.sheetOf(v)
	if c.has("html") {
		return c.put(sheet.html(string(c.lang)))
	}
	return c.put(sheet.text(c.lang.T("cli.brief_sources")))
}

// A sheet is a brief as it is printed: the same lines in plain text and in HTML.
type sheet struct {
	title    string
	subtitle string
	parts    []sheetPart
}

type sheetPart struct {
	title string
	lines []sheetLine
}

// A sheetLine is one line with the sentence that it rests on.
type sheetLine struct {
	text    string
	sources []string // each sentence with its day and document
}

func (c *call) sheetOf(v app.BriefView) sheet {
	l := c.lang
	s := sheet{title: l.T("cli.brief_title"), subtitle: v.Path + " · " + l.T("cli.brief_day", l.Date(string(v.Today)))}
	part := func(key string, lines []sheetLine, more int) {
		if more > 0 {
			lines = append(lines, sheetLine{text: l.T("cli.brief_more", more)})
		}
		if len(lines) == 0 {
			lines = []sheetLine{{text: l.T("cli.brief_nothing")}}
		}
		s.parts = append(s.parts, sheetPart{l.T(key), lines})
	}
	var origins []sheetLine
	for _, o := range v.Origins {
		origins = append(origins, sheetLine{text: fmt.Sprintf("%s (%s, %s)", o.Unit.Name, l.T("extent."+string(o.Extent)), l.Date(string(o.Day)))})
	}
	part("cli.unit_origins", origins, 0)
	part("cli.brief_figures", c.figureLines(v.Figures), 0)
	part("cli.brief_recommendations", c.matterLines(v.Recommendations), v.MoreRecs)
	part("cli.brief_tasks", c.matterLines(v.Tasks), v.MoreTasks)
	part("cli.brief_orientation", c.matterLines(v.Orientation), v.MoreOrientation)
	part("cli.brief_difficulties", c.matterLines(v.Difficulties), 0)
	var sessions []sheetLine
	for _, x := range v.Sessions {
		sessions = append(sessions, sheetLine{text: fmt.Sprintf("%s: %s", l.Date(string(x.Day)), shorten(x.Title, 160))})
	}
	part("cli.brief_sessions", sessions, 0)
	if len(v.Checks) > 0 {
		var checks []sheetLine
		for _, ch := range v.Checks {
			checks = append(checks, sheetLine{ch.Message, c.sourceLine(ch.From, ch.Quote)})
		}
		part("cli.read_checks", checks, 0)
	}
	return s
}

// figureLines gives each indicator with its claims, those of one period side by side, and its targets.
func (c *call) figureLines(groups []app.IndicatorGroup) []sheetLine {
	l := c.lang
	var lines []sheetLine
	for _, g := range groups {
		for _, set := range g.Claims {
			var values, days, sources []string // the days on which each value was said
			for _, f := range set.Figures {
				words := f.Quote + ", " + strings.ToLower(l.T("figure_kind."+string(f.Kind)))
				i := slices.Index(values, words)
				if i < 0 {
					i, values, days = len(values), append(values, words), append(days, "")
				}
				days[i] += ", " + l.Date(string(f.Source.Day))
				sources = append(sources, c.sourceLine(f.From, f.Source.Sentence)...)
			}
			for i := range values {
				values[i] += " (" + strings.TrimPrefix(days[i], ", ") + ")"
			}
			text := fmt.Sprintf("%s, %s: %s", g.Name, l.Period(string(set.Period)), strings.Join(values, " / "))
			if set.Conflict {
				text += " · " + l.T("cli.brief_conflict")
			}
			if set.ScopeOpen || g.ScopeOpen {
				text += " · " + l.T("gap.scope")
			}
			lines = append(lines, sheetLine{text, sources})
		}
		for _, t := range g.Targets {
			text := l.T("cli.brief_target", g.Name, l.Period(string(t.Period)), strings.TrimSpace(comparatorSign(t.Comparator)+" "+t.Quote), l.T("baseline."+string(t.Baseline)))
			lines = append(lines, sheetLine{text, c.sourceLine(t.From, t.Source.Sentence)})
		}
	}
	return lines
}

func comparatorSign(cmp gov.Comparator) string {
	switch cmp {
	case gov.AtLeast:
		return "≥"
	case gov.AtMost:
		return "≤"
	case gov.About:
		return "≈"
	}
	return ""
}

// matterLines gives each matter with its state, since when, who leads and by when.
func (c *call) matterLines(list []app.MatterLine) []sheetLine {
	l := c.lang
	var lines []sheetLine
	for _, m := range list {
		notes := []string{l.T("state." + string(m.State)), l.T("cli.brief_since", l.Date(string(m.Opened)), m.AgeDays)}
		if lead := m.Lead(); lead != "" {
			notes = append(notes, l.T("cli.read_lead", lead))
		} else if names := m.Names(gov.RoleAssignee); len(names) > 0 {
			notes = append(notes, l.T("cli.read_assignees", strings.Join(names, ", ")))
		}
		if m.DueWords != "" {
			notes = append(notes, l.T("cli.read_due", m.DueWords))
		}
		lines = append(lines, sheetLine{capital(m.Text) + " (" + strings.Join(notes, "; ") + ")", c.sourceLine(m.From, m.Source.Sentence)})
	}
	return lines
}

// capital gives s a capital first letter: a clause from inside a sentence stands on a line of its own.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// sourceLine is the sentence, after the day and title of its document where the agency holds it.
func (c *call) sourceLine(from app.SourceRef, sentence string) []string {
	if sentence == "" {
		return nil
	}
	head := c.lang.Date(string(from.Day))
	if from.Title != "" {
		head = strings.TrimPrefix(head+", "+shorten(from.Title, 90), ", ")
	}
	return []string{strings.TrimSpace(head) + ": “" + strings.Join(strings.Fields(sentence), " ") + "”"}
}

// shorten cuts s at a word, to at most n characters.
func shorten(s string, n int) string {
	if len([]rune(s)) <= n {
		return s
	}
	s = string([]rune(s)[:n])
	if i := strings.LastIndex(s, " "); i > 0 {
		s = s[:i]
	}
	return s + " …"
}

// text is the sheet in lines of at most 100 characters. Each line carries the numbers of its sentences, which stand at the end, so that
// the sheet itself stays one page.
func (s sheet) text(sources string) string {
	var b strings.Builder
	b.WriteString(strings.ToUpper(s.title) + "\n" + wrap(s.subtitle, "", 100) + "\n")
	numbers := map[string]int{}
	var notes []string
	for _, p := range s.parts {
		fmt.Fprintf(&b, "\n%s\n", p.title)
		for _, line := range p.lines {
			text := line.text
			for _, source := range line.sources {
				if numbers[source] == 0 {
					notes = append(notes, source)
					numbers[source] = len(notes)
				}
				text += fmt.Sprintf(" [%d]", numbers[source])
			}
			b.WriteString("-" + wrap(text, "  ", 100)[1:] + "\n")
		}
	}
	if len(notes) > 0 {
		b.WriteString("\n" + sources + "\n")
	}
	for i, n := range notes {
		b.WriteString(strings.Replace(wrap(n, "      ", 100), "     ", column(fmt.Sprintf("[%d]", i+1), 5), 1) + "\n")
	}
	return b.String()
}

const sheetStyle = `body{font:15px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;max-width:210mm;margin:1rem auto;padding:0 1rem;color:#1b1f23}
h1{font-size:1.3rem;margin:0}h2{font-size:1rem;margin:.9rem 0 .2rem;border-bottom:1px solid #d0d7de}ul{margin:0;padding-left:1.1rem}
summary{cursor:pointer}details p{margin:.2rem 0 .4rem;color:#57606a}@page{size:A4;margin:15mm}@media print{details p{display:none}}`

// html is the sheet as one page that needs nothing else; each line opens to its sentence.
func (s sheet) html(lang string) string {
	var b strings.Builder
	esc := html.EscapeString
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"%s\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n",
		lang, esc(s.title+": "+s.subtitle), sheetStyle)
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p>%s</p>\n", esc(s.title), esc(s.subtitle))
	for _, p := range s.parts {
		fmt.Fprintf(&b, "<h2>%s</h2>\n<ul>\n", esc(p.title))
		for _, line := range p.lines {
			if len(line.sources) == 0 {
				fmt.Fprintf(&b, "<li>%s</li>\n", esc(line.text))
				continue
			}
			fmt.Fprintf(&b, "<li><details><summary>%s</summary><p>%s</p></details></li>\n", esc(line.text), strings.ReplaceAll(esc(strings.Join(line.sources, "\n")), "\n", "<br>"))
		}
		b.WriteString("</ul>\n")
	}
	b.WriteString("</html>\n")
	return b.String()
}
