package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
)

// form reads the body of a form.
func form(r *http.Request) (url.Values, error) {
	if err := r.ParseForm(); err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	return r.PostForm, nil
}

// number is a whole number of a form that the page itself wrote there; 0 where it is none, which no version is.
func number(f url.Values, name string) int {
	n, _ := strconv.Atoi(f.Get(name))
	return n
}

// A draftForm is the form of a card as it was typed.
type draftForm struct {
	Version                   int
	Value, Of, Measure, Label string
	FigureKind                gov.FigureKind
	Comparator                gov.Comparator
	Indicator, Period, Unit   string
	Scope                     gov.Scope
	Kind                      gov.DraftKind
	Words, By, To, Lead, Due  string
	Assignees, Coordinators   string // one a line
	Strength                  gov.Strength
	Task                      bool
	Phrase, Meaning           string // what to teach the reader
}

// formOf fills a card's form with the draft as it is. Numbers are written as the office writes them in either language, because
// that is how they are read back.
func formOf(p ReviewPage, c card) draftForm {
	f := draftForm{Version: c.Version, Kind: c.Kind, Task: c.Task}
	if fig := c.Figure; fig != nil {
		f.Value, f.Measure, f.Label, f.FigureKind = lang.VI.Number(fig.Value), fig.Measure, fig.Label, fig.Kind
		f.Comparator, f.Scope, f.Unit = fig.Comparator, fig.Scope, fig.Unit
		if fig.Of != nil {
			f.Of = lang.VI.Number(*fig.Of)
		}
		if fig.Period != "" {
			f.Period = p.Period(fig.Period)
		}
		if in, ok := p.indicator(fig.Indicator); ok {
			f.Indicator = p.Name(in)
		}
		f.Phrase, f.Meaning = fig.Label, f.Indicator
		return f
	}
	it := c.Item
	f.Words, f.By, f.To, f.Lead, f.Due, f.Strength = it.Text, it.By, it.To, it.Lead, it.Due, it.Strength
	f.Assignees, f.Coordinators = strings.Join(it.Assignees, "\n"), strings.Join(it.Coordinators, "\n")
	_, f.Phrase = c.learns()
	return f
}

func draftFormOf(f url.Values) draftForm {
	return draftForm{Version: number(f, "version"), Value: f.Get("value"), Of: f.Get("of"), Measure: f.Get("measure"), Label: f.Get("label"),
		FigureKind: gov.FigureKind(f.Get("figure_kind")), Comparator: gov.Comparator(f.Get("comparator")), Indicator: f.Get("indicator"),
		Period: f.Get("period"), Unit: f.Get("unit"), Scope: gov.Scope(f.Get("scope")), Kind: gov.DraftKind(f.Get("kind")),
		Words: f.Get("words"), By: f.Get("by"), To: f.Get("to"), Lead: f.Get("lead"), Due: f.Get("due"), Assignees: f.Get("assignees"),
		Coordinators: f.Get("coordinators"), Strength: gov.Strength(f.Get("strength")), Task: f.Get("task") != "",
		Phrase: f.Get("phrase"), Meaning: f.Get("meaning")}
}

// input makes the use case's input from what was typed into the form of card c.
func (f draftForm) input(layer string, known []gov.Indicator, c card) (app.DraftInput, error) {
	in := app.DraftInput{Version: f.Version, Of: minus(f.Of), Measure: f.Measure, FigureKind: f.FigureKind, Comparator: f.Comparator,
		Label: f.Label, Scope: f.Scope, Unit: f.Unit, Kind: f.Kind, By: f.By, To: f.To, Assignees: strings.Split(f.Assignees, "\n"),
		Lead: f.Lead, Coordinators: strings.Split(f.Coordinators, "\n"), Due: f.Due, Strength: f.Strength, Task: f.Task}
	if c.Figure != nil {
		if f.Value != lang.VI.Number(c.Figure.Value) { // what was not touched keeps every digit
			in.Value = minus(f.Value)
		}
		var err error
		if in.Indicator, err = indicatorKey(known, f.Indicator); err != nil {
			return in, err
		}
		in.Period, err = parsePeriod(f.Period)
		return in, err
	}
	if squeeze(f.Words) == squeeze(c.Text) {
		return in, nil
	}
	around := paragraphAt(layer, c.Span())
	span, ok := findWords(layer, around, f.Words, c.Span().Start())
	if !ok {
		return in, gov.Errorf(gov.Invalid, "error.words_elsewhere")
	}
	span = trimSpan(layer, span)
	in.Span = &span
	return in, nil
}

func minus(s string) string { return strings.ReplaceAll(s, "−", "-") }

// indicatorKey finds an indicator by its key or its name in either language.
func indicatorKey(known []gov.Indicator, s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	want := text.Norm(s)
	for _, in := range known {
		if s == in.Key || want == text.Norm(in.NameVI) || want == text.Norm(in.NameEN) {
			return in.Key, nil
		}
	}
	return "", gov.Errorf(gov.Invalid, "error.indicator_unknown", s)
}

var (
	periodYears   = regexp.MustCompile(`^(\d{4})-(\d{4})$`)
	periodQuarter = regexp.MustCompile(`^(?:quy|quarter|q) ?(iv|iii|ii|i|[1-4])[ /]+(?:nam )?(\d{4})$|^(\d{4})-q([1-4])$`)
	periodMonth   = regexp.MustCompile(`^(?:thang |month )?(\d{1,2})/(\d{4})$|^(\d{4})-(\d{2})$`)
	periodMonths  = regexp.MustCompile(`^(?:thang |months )?(\d{1,2}) ?- ?(\d{1,2})(?:/| of )(\d{4})$|^(\d{4})-(\d{2})/(\d{4})-(\d{2})$`)
	periodYear    = regexp.MustCompile(`^(?:nam )?(\d{4})$`)
)

// parsePeriod reads a period as people write it ("quý III/2025", "tháng 1–11/2025", "2025–2030") or as the books keep it.
func parsePeriod(s string) (string, error) {
	refused := gov.Errorf(gov.Invalid, "error.period_invalid", s)
	f := strings.TrimSpace(strings.NewReplacer("–", "-", "—", "-").Replace(text.Fold(s)))
	month := func(m string) (string, bool) {
		n, _ := strconv.Atoi(m)
		return "-" + strings.Repeat("0", 2-len(strconv.Itoa(n))) + strconv.Itoa(n), n >= 1 && n <= 12
	}
	if f == "" {
		return "", nil
	}
	if m := periodYear.FindStringSubmatch(f); m != nil {
		return m[1], nil
	}
	if m := periodYears.FindStringSubmatch(f); m != nil {
		if m[1] >= m[2] {
			return "", refused
		}
		return m[1] + "-" + m[2], nil
	}
	if m := periodQuarter.FindStringSubmatch(f); m != nil {
		roman := map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4"}
		return cmpOr(m[2], m[3]) + "-Q" + cmpOr(roman[m[1]], m[1], m[4]), nil
	}
	if m := periodMonth.FindStringSubmatch(f); m != nil {
		if mm, ok := month(cmpOr(m[1], m[4])); ok {
			return cmpOr(m[2], m[3]) + mm, nil
		}
	}
	if m := periodMonths.FindStringSubmatch(f); m != nil {
		a, ok1 := month(cmpOr(m[1], m[5]))
		b, ok2 := month(cmpOr(m[2], m[7]))
		from, to := cmpOr(m[3], m[4]), cmpOr(m[3], m[6])
		if ok1 && ok2 && from+a < to+b {
			return from + a + "/" + to + b, nil
		}
	}
	return "", refused
}

// A headForm is the form of the session's head as it was typed.
type headForm struct {
	Kind                      gov.DocumentKind
	Title, Day, Place         string
	Programme, Units, Offices string // units and offices one a line
	Join                      gov.ID
	Version                   int
}

func headOf(p ReviewPage) headForm {
	s := p.View.Review.Session
	f := headForm{Kind: s.Kind, Title: s.Title, Day: string(s.Day), Place: s.Place, Programme: s.Programme,
		Offices: strings.Join(s.Offices, "\n"), Join: p.View.Review.Join, Version: p.View.Review.Version}
	if s.Day.Valid() {
		f.Day = lang.VI.Date(string(s.Day))
	}
	for _, u := range p.View.Units {
		f.Units += u.Key.Code + " " + u.Name + "\n"
	}
	return f
}

func headFormOf(f url.Values) headForm {
	return headForm{Kind: gov.DocumentKind(f.Get("kind")), Title: f.Get("title"), Day: f.Get("day"), Place: f.Get("place"),
		Programme: f.Get("programme"), Units: f.Get("units"), Offices: f.Get("offices"), Join: gov.ID(f.Get("join")), Version: number(f, "version")}
}

func (f headForm) input() (app.HeadInput, error) {
	day, err := app.ParseDay(f.Day)
	return app.HeadInput{Kind: f.Kind, Title: f.Title, Day: day, Place: f.Place, Programme: f.Programme, Units: strings.Split(f.Units, "\n"),
		Offices: strings.Split(f.Offices, "\n"), Join: f.Join, Version: f.Version}, err
}

// An addForm is the form that adds a card from a sentence, as it was typed.
type addForm struct {
	Kind  gov.DraftKind
	Words string
}

// squeeze makes white space one space, as a browser's text field and a text layer need not agree in it.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// findWords finds the words in the stretch within of the layer: where they stand several times, the place nearest to near. White
// space counts alike.
func findWords(layer string, within text.Span, words string, near int) (text.Span, bool) {
	want := []rune(squeeze(words))
	var best text.Span
	found := false
	for i := within.Start(); i < within.End(); {
		if end, ok := matchAt(layer[i:within.End()], want); ok && len(want) > 0 {
			if s := (text.Span{i, i + end}); !found || abs(s.Start()-near) < abs(best.Start()-near) {
				best, found = s, true
			}
		}
		_, n := utf8.DecodeRuneInString(layer[i:])
		i += n
	}
	return best, found
}

// matchAt is how many bytes of s the words take at its start.
func matchAt(s string, want []rune) (int, bool) {
	i := 0
	for _, w := range want {
		r, n := utf8.DecodeRuneInString(s[i:])
		if n == 0 || w != r && !(w == ' ' && unicode.IsSpace(r)) {
			return 0, false
		}
		i += n
		for w == ' ' && i < len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsSpace(r) {
				break
			}
			i += n
		}
	}
	return i, true
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// trimSpan leaves white space at both ends out.
func trimSpan(layer string, s text.Span) text.Span {
	words := s.Of(layer)
	from := s.Start() + len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
	to := s.End() - len(words) + len(strings.TrimRightFunc(words, unicode.IsSpace))
	if to <= from {
		return s
	}
	return text.Span{from, to}
}

// paragraphAt is the stretch of whole lines around s.
func paragraphAt(layer string, s text.Span) text.Span {
	from := strings.LastIndexAny(layer[:s.Start()], "\r\n") + 1
	to := len(layer)
	if n := strings.IndexAny(layer[s.End():], "\r\n"); n >= 0 {
		to = s.End() + n
	}
	return text.Span{from, to}
}
