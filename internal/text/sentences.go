package text

// A Sentence is a stretch of a paragraph with its tokens [First, Last).
type Sentence struct {
	Span        Span
	First, Last int
	Paragraph   int
}

// A Paragraph is one line that is not empty, with its sentences [First, Last).
type Paragraph struct {
	Span        Span
	First, Last int
}

// A Layout is a text cut into paragraphs, sentences and tokens, all in the order of the text. Spans point into the text itself.
type Layout struct {
	Text       string
	Tokens     []Token
	Sentences  []Sentence
	Paragraphs []Paragraph
}

// Split cuts a text in one pass. A paragraph is a line; in it a sentence ends at a full stop, a question or exclamation mark or
// an ellipsis with what closes it (quotes, brackets), and at a tab, which separates the cells of a table. The dots of
// abbreviations, initials, addresses and markers of lists end none, nor does a stop before a word in lower case.
func Split(s string) *Layout {
	l := &Layout{}
	l.Split(s)
	return l
}

// Split cuts another text in the memory of the layout: what stood in it is lost.
func (l *Layout) Split(s string) {
	l.Text, l.Tokens, l.Sentences, l.Paragraphs = s, l.Tokens[:0], l.Sentences[:0], l.Paragraphs[:0]
	if cap(l.Tokens) < len(s)/6 {
		l.Tokens = make([]Token, 0, len(s)/5+8) // a token has five bytes, give or take
	}
	table := recentPool.Get().(*recent)
	defer recentPool.Put(table)
	lex := lexer{src: s, recent: table}
	for lex.at < len(s) {
		l.paragraph(&lex)
	}
}

// paragraph adds the next line, cell by cell.
func (l *Layout) paragraph(lex *lexer) {
	p := Paragraph{First: len(l.Sentences)}
	for end := tab; end == tab; {
		first := len(l.Tokens)
		var stops bool
		l.Tokens, end, stops = lex.next(l.Tokens)
		l.cell(first, stops)
	}
	p.Last = len(l.Sentences)
	if p.Last > p.First {
		p.Span = Span{l.Sentences[p.First].Span[0], l.Sentences[p.Last-1].Span[1]}
		l.Paragraphs = append(l.Paragraphs, p)
	}
}

// cell cuts the tokens from first on into sentences; stops says that one of them may end one.
func (l *Layout) cell(first int, stops bool) {
	start := first
	for k := first; stops && k < len(l.Tokens); k++ {
		if l.Tokens[k].Kind < Punct || k < start || !l.ends(k, start) {
			continue
		}
		last := k + 1
		for last < len(l.Tokens) && closes(&l.Tokens[last]) && l.Tokens[last].Span[0] == l.Tokens[last-1].Span[1] {
			last++
		}
		l.sentence(start, last)
		start = last
	}
	l.sentence(start, len(l.Tokens))
}

func (l *Layout) sentence(first, last int) {
	if first < last {
		span := Span{l.Tokens[first].Span[0], l.Tokens[last-1].Span[1]}
		l.Sentences = append(l.Sentences, Sentence{Span: span, First: first, Last: last, Paragraph: len(l.Paragraphs)})
	}
}

// ends reports whether token k ends the sentence that began with token start.
func (l *Layout) ends(k, start int) bool {
	t := &l.Tokens[k]
	stop := t.Kind == Punct && (t.Norm == "." || t.Norm == "?" || t.Norm == "!")
	if !stop && t.Kind != Ellipsis || k+1 >= len(l.Tokens) {
		return false
	}
	next := k + 1
	for next < len(l.Tokens) && closes(&l.Tokens[next]) {
		next++
	}
	if next == len(l.Tokens) {
		return false // the cell ends anyway
	}
	n := &l.Tokens[next]
	if n.Kind == Word && !n.Upper || n.Kind == Punct && !opens(n) || n.Kind == Ellipsis {
		return false
	}
	if k == start {
		return false
	}
	prev := &l.Tokens[k-1]
	near := prev.Span[1] == t.Span[0]
	if t.Norm == "." && near {
		if next == k+1 && n.Span[0] == t.Span[1] && (n.Kind == Number || prev.Caps || len(prev.Fold) < 2) {
			return false // TP.HCM, v1.2
		}
		if abbreviations[prev.Fold] && prev.Upper || prev.Kind == Word && prev.Upper && len(prev.Fold) == 1 && k-start > 1 && !l.label(k-1, start) {
			return false
		}
		if k-1 == start && (prev.Kind == Number || len(prev.Fold) <= 4 && prev.Upper && marker(prev.Fold)) {
			return false // 1. Về kinh tế, II. Mục tiêu
		}
	}
	return true
}

// label reports whether a single capital before a stop names a thing (khu A.) and is no initial: what stands before it is a
// word in lower case.
func (l *Layout) label(k, start int) bool {
	return k > start && l.Tokens[k-1].Kind == Word && !l.Tokens[k-1].Upper
}

// abbreviations are words, folded, that carry a dot inside a sentence when they begin in upper case.
var abbreviations = map[string]bool{"tp": true, "tx": true, "tt": true, "ths": true, "ts": true, "pgs": true, "gs": true, "bs": true,
	"ks": true, "ub": true, "tr": true, "q": true, "p": true, "h": true, "st": true, "mr": true, "dr": true, "cn": true, "ds": true}

func marker(s string) bool {
	for _, r := range s {
		if r != 'i' && r != 'v' && r != 'x' && r != 'a' && r != 'b' && r != 'c' && r != 'd' {
			return false
		}
	}
	return s != ""
}

func closes(t *Token) bool {
	if t.Kind != Punct {
		return false
	}
	switch t.Norm {
	case `"`, "'", "”", "’", "»", ")", "]":
		return true
	}
	return false
}

func opens(t *Token) bool {
	switch t.Norm {
	case `"`, "'", "“", "‘", "«", "(", "[", "-", "–", "+", "*", "•":
		return true
	}
	return false
}
