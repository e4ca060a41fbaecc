package extract

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An ocrPage is a recognised page: its words at their places, as the glyphs of a PDF are, so that the same layout makes lines,
// cells and paragraphs of them.
type ocrPage struct {
	pieces  []piece
	margins []string
	poor    bool    // most of it cannot be relied on
	slope   float64 // how far its lines go down on their way right
}

// An ocrWord is a row of tesseract's table: a word, its box with y growing downwards, how sure it is.
type ocrWord struct {
	line                [3]int // block, paragraph, line
	x, y, width, height float64
	sure                float64 // 0 to 100
	text                string
}

// What is read with less certainty than sureLine on average is a stamp, a signature or dirt and no line of the text; a page that is
// below surePage on the whole is refused, unless there are so few letters that it is no page of text.
const (
	sureLine   = 50
	surePage   = 65
	fewLetters = 100
)

// ocrPages reads tesseract's table.
func ocrPages(tsv string) []ocrPage {
	var pages []ocrPage
	var words []ocrWord
	width, height := 0.0, 0.0
	end := func() {
		if width > 0 {
			pages = append(pages, layOut(words, width, height))
		}
		words = nil
	}
	for row := range strings.Lines(tsv) {
		f := strings.SplitN(strings.TrimRight(row, "\r\n"), "\t", 12)
		if len(f) < 12 {
			continue
		}
		var n [11]float64
		for i := range n {
			n[i], _ = strconv.ParseFloat(f[i], 64)
		}
		switch f[0] {
		case "1":
			end()
			width, height = n[8], n[9]
		case "5":
			// The lines of a table are read as bars.
			if s := strings.Trim(strings.Map(wordRunes, f[11]), "|"); strings.TrimSpace(s) != "" && utf8.ValidString(s) && len(words) < maxOCRWords && placed(n[6], n[7], n[8], n[9]) {
				words = append(words, ocrWord{[3]int{int(n[2]), int(n[3]), int(n[4])}, n[6], n[7], n[8], n[9], n[10], s})
			}
		}
	}
	end()
	return pages
}

// wordRunes drops what would break a line apart.
func wordRunes(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// layOut places the words of a page.
func layOut(words []ocrWord, width, height float64) ocrPage {
	words, height = upright(words, width, height)
	slope := skew(words)
	p := ocrPage{slope: slope}
	letters, sure := 0.0, 0.0 // of all lines
	var sizes []float64
	for line := range lineGroups(words) {
		sizes = append(sizes, tallest(line))
	}
	usual := median(sizes)
	for line := range lineGroups(words) {
		s, n := certainty(line)
		said := joined(line)
		if mark := stamp(said); mark != "" {
			p.margins = append(p.margins, mark)
		}
		letters, sure = letters+n, sure+s*n
		if s < sureLine {
			p.margins = append(p.margins, said)
			continue
		}
		p.pieces = append(p.pieces, pieces(line, slope, height, usual)...)
	}
	p.poor = letters >= fewLetters && sure/letters < surePage
	return p
}

// pieces makes a line's words glyphs on one base line, with spaces between.
func pieces(line []ocrWord, slope, height, usual float64) []piece {
	var bottoms []float64
	for _, w := range line {
		bottoms = append(bottoms, w.y+w.height-slope*(w.x+w.width/2))
	}
	y, size := height-median(bottoms), tallest(line)
	if size > 0.6*usual && size < 1.5*usual {
		size = usual // boxes vary with the letters that are in them
	}
	var out []piece
	for i, w := range line {
		if i > 0 {
			out = append(out, piece{text: " ", x0: w.x, x1: w.x, y: y, size: size})
		}
		out = append(out, piece{text: w.text, x0: w.x, x1: w.x + w.width, y: y, size: size})
	}
	return out
}

// lineGroups iterates over the lines that tesseract found.
func lineGroups(words []ocrWord) func(yield func([]ocrWord) bool) {
	return func(yield func([]ocrWord) bool) {
		for from := 0; from < len(words); {
			to := from + 1
			for to < len(words) && words[to].line == words[from].line {
				to++
			}
			if !yield(words[from:to]) {
				return
			}
			from = to
		}
	}
}

func joined(line []ocrWord) string {
	var s []string
	for _, w := range line {
		s = append(s, w.text)
	}
	return strings.Join(s, " ")
}

// certainty is the mean over the letters of a line, and their number.
func certainty(line []ocrWord) (sure, letters float64) {
	for _, w := range line {
		n := float64(utf8.RuneCountInString(w.text))
		sure, letters = sure+n*w.sure, letters+n
	}
	return sure / max(letters, 1), letters
}

func tallest(line []ocrWord) float64 {
	h := 0.0
	for _, w := range line {
		h = max(h, w.height)
	}
	return h
}

func median(n []float64) float64 {
	if len(n) == 0 {
		return 0
	}
	n = slices.Clone(n)
	slices.Sort(n)
	return n[len(n)/2]
}

// upright turns the boxes of a page that lay on its side or its head: tesseract reads it turned and gives the boxes as they lay. The
// words of a line tell by the way in which they follow each other.
func upright(words []ocrWord, width, height float64) ([]ocrWord, float64) {
	right, down := 0.0, 0.0
	for i := 1; i < len(words); i++ {
		if a, b := words[i-1], words[i]; a.line == b.line {
			right += b.x + b.width/2 - a.x - a.width/2
			down += b.y + b.height/2 - a.y - a.height/2
		}
	}
	out := slices.Clone(words)
	across := math.Abs(right) >= math.Abs(down)
	if across && right >= 0 {
		return out, height
	}
	for i, w := range out {
		switch {
		case across:
			out[i].x, out[i].y = width-w.x-w.width, height-w.y-w.height
			continue
		case down > 0:
			out[i].x, out[i].y = w.y, width-w.x-w.width
		default:
			out[i].x, out[i].y = height-w.y-w.height, w.x
		}
		out[i].width, out[i].height = w.height, w.width
	}
	if !across {
		height = width
	}
	return out, height
}

// skew is how far lines go down on their way right.
func skew(words []ocrWord) float64 {
	var slopes []float64
	for line := range lineGroups(words) {
		a, b := line[0], line[len(line)-1]
		if far := b.x + b.width/2 - a.x - a.width/2; far > 8*a.height && far > 0 {
			slopes = append(slopes, (b.y+b.height/2-a.y-a.height/2)/far)
		}
	}
	if len(slopes) < 3 {
		return 0
	}
	return median(slopes)
}
