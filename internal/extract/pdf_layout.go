package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"haicap/internal/text"
)

// A pdfWriter puts the glyphs of pages together into lines and the lines into paragraphs.
//
// The measures below are in the height of the letters (em), and hold for the ways in which Word, LibreOffice, browsers and
// scanners' text layers set Vietnamese: a space is about a quarter of an em wide, in a justified line hardly ever more than
// one; columns of a table and the halves of a letterhead lie further apart.
type pdfWriter struct {
	out     strings.Builder
	size    int
	last    printed // the line that a next one may go on with
	pending string  // the paragraph that is open
	margins []string
}

const (
	wordGap   = 0.17 // between letters of two words, at least
	cellGap   = 0.7  // between cells, at least, and gapFactor times what lies between the line's words
	gapFactor = 2.2
	columnGap = 2.0  // wider than this is always between cells
	sameLine  = 0.4  // how far a base line may lie from another of the same line
	fullLine  = 4.0  // how far from the right edge a line may end that goes on in the next
	shortest  = 12.0 // how long a line is at least that goes on in the next
	indented  = 0.6  // how far to the right a first line begins, at least
)

// A printed line, as it stands on the page.
type printed struct {
	text         string
	x0, x1, y    float64
	size         float64
	right        float64 // edge of the page's text
	above        float64 // distance from the line above
	page         int
	single       bool // no cells
	onlyArtifact bool
}

// page adds one page.
func (w *pdfWriter) page(pieces []piece, number, pages int) {
	lines := linesOf(pieces)
	right := 0.0
	for _, l := range lines {
		if !l.onlyArtifact {
			right = max(right, l.x1)
		}
	}
	for i, l := range lines {
		l.right, l.page = right, number
		if i > 0 {
			l.above = lines[i-1].y - l.y
		}
		if l.onlyArtifact || (i == 0 || i == len(lines)-1) && isPageNumber(l.text, number, pages) {
			w.margins = append(w.margins, l.text)
			continue
		}
		w.add(l)
	}
}

var pageNumber = regexp.MustCompile(`^[-–—\s]*(?:[Tt]rang\s+)?(\d+)(?:\s*/\s*\d+)?[-–—\s]*$`)

func isPageNumber(s string, number, pages int) bool {
	m := pageNumber.FindStringSubmatch(s)
	return m != nil && pages > 1 && m[1] == strconv.Itoa(number)
}

// add writes a line, as the rest of the paragraph before it where it looks like that.
func (w *pdfWriter) add(l printed) {
	if w.goesOn(l) {
		w.pending += " " + l.text
	} else {
		w.flush()
		w.pending = l.text
	}
	w.size += len(l.text) + 1
	w.last = l
}

func (w *pdfWriter) flush() {
	if w.pending != "" {
		w.out.WriteString(w.pending)
		w.out.WriteByte('\n')
	}
	w.pending = ""
}

func (w *pdfWriter) finish() string {
	w.flush()
	return text.NFC(w.out.String())
}

// listItem is how an item of a list begins.
var listItem = regexp.MustCompile(`^(?:[-–•+*]\s|\(?\d{1,3}[.)]\s|\(?\p{L}[.)]\s|[IVX]+[.)]\s|\d+(?:\.\d+)+\.?\s)`)

// goesOn reports whether l goes on with the paragraph of the line before: that one fills its column, and this one is neither set off
// nor indented nor an item of a list.
func (w *pdfWriter) goesOn(l printed) bool {
	prev := w.last
	if w.pending == "" || !prev.single || !l.single || listItem.MatchString(l.text) {
		return false
	}
	em := prev.size
	if l.size > em*1.15 || l.size < em*0.87 || prev.x1 < prev.right-fullLine*em || prev.x1-prev.x0 < shortest*em || l.x0 > prev.x0+indented*em {
		return false
	}
	if l.page == prev.page {
		return l.above < 2.2*em && (prev.above == 0 || l.above < 1.35*prev.above || l.above < 1.6*em)
	}
	// Over the page's end only in the middle of a sentence.
	return l.page == prev.page+1 && !strings.ContainsRune(".:;!?", rune(prev.text[len(prev.text)-1]))
}

// linesOf sorts the glyphs of a page into its lines, from top to bottom.
func linesOf(pieces []piece) []printed {
	slices.SortStableFunc(pieces, func(a, b piece) int { return compare(b.y, a.y) })
	var lines []printed
	for len(pieces) > 0 {
		// A line is what lies near the base line of its first glyph; marks and indices are set a little off.
		n := 1
		y, size := pieces[0].y, pieces[0].size
		for n < len(pieces) && y-pieces[n].y < sameLine*max(size, pieces[n].size) {
			if pieces[n].size > size*1.3 {
				y, size = pieces[n].y, pieces[n].size
			}
			n++
		}
		if l, ok := lineOf(pieces[:n]); ok {
			lines = append(lines, l)
		}
		pieces = pieces[n:]
	}
	return lines
}

func lineOf(pieces []piece) (printed, bool) {
	slices.SortStableFunc(pieces, func(a, b piece) int { return compare(a.x0, b.x0) })
	words := wordsOf(pieces)
	if len(words) == 0 {
		return printed{}, false
	}
	wide := cellsApart(words)
	l := printed{x0: words[0].x0, single: true, onlyArtifact: true}
	var b strings.Builder
	for i, w := range words {
		switch {
		case i == 0:
		case w.x0-words[i-1].x1 > wide*w.size:
			b.WriteByte('\t')
			l.single = false
		default:
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
		l.x1, l.size, l.y = max(l.x1, w.x1), max(l.size, w.size), w.y
		l.onlyArtifact = l.onlyArtifact && w.artifact
	}
	l.text = strings.TrimFunc(strings.Map(printable, b.String()), edge)
	return l, l.text != ""
}

// wordsOf joins the glyphs of a line, which come from left to right, into words.
func wordsOf(pieces []piece) []piece {
	var words []piece
	var word strings.Builder // of the last word, as far as it is in one kind of font
	var before piece         // the last glyph of the word
	space := true
	stretch := func() {
		if word.Len() > 0 {
			words[len(words)-1].text += before.old.unicode(word.String())
			word.Reset()
		}
	}
	for _, p := range pieces {
		if strings.TrimFunc(p.text, unicode.IsSpace) == "" {
			space = true
			continue
		}
		if word.Len() > 0 && p.text == before.text && p.x0-before.x0 < 0.1*p.size && abs64(p.y-before.y) < 0.1*p.size {
			continue // drawn twice, to look bold
		}
		if space || word.Len() == 0 || p.x0-before.x1 > wordGap*p.size {
			stretch()
			words = append(words, piece{x0: p.x0, x1: p.x1, y: p.y, size: p.size, artifact: p.artifact})
		} else if p.old != before.old {
			stretch()
		}
		w := &words[len(words)-1]
		w.x1, w.size, w.artifact = max(w.x1, p.x1), max(w.size, p.size), w.artifact && p.artifact
		word.WriteString(p.text)
		space, before = false, p
	}
	stretch()
	return words
}

// cellsApart is the gap, in em, beyond which two words of the line stand in two cells. It follows the line's own spaces, because those
// of a justified line are stretched.
func cellsApart(words []piece) float64 {
	var gaps []float64
	for i := 1; i < len(words); i++ {
		gaps = append(gaps, (words[i].x0-words[i-1].x1)/max(words[i].size, 0.1))
	}
	if len(gaps) == 0 {
		return columnGap
	}
	slices.Sort(gaps)
	return min(max(gapFactor*gaps[len(gaps)/2], cellGap), columnGap)
}

// printable drops control characters, which some fonts give for signs of their own.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Cf, r) && r != '\u00ad' {
		return -1
	}
	return r
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func abs64(f float64) float64 { return max(f, -f) }
