package reader

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A Reader reads documents. It is safe for concurrent use.
type Reader struct {
	units     gov.Units // may be nil: then units are named but never settled
	own       dictionary
	catalogue *catalogue
	begin     func() *beginnings
	memo      memo
}

// New makes a reader that settles units by the register; without one (nil) it leaves their codes empty.
func New(units gov.Units, options ...Option) *Reader {
	r := &Reader{units: units}
	for _, o := range options {
		o(r)
	}
	if r.catalogue == nil {
		r.catalogue = starting()
	}
	r.begin = sync.OnceValue(r.beginnings)
	return r
}

// A Source is one document to read. Text is its text layer (UTF-8), which all spans point into.
type Source struct {
	Name    string // file name, without folders
	SHA256  string // of the original bytes, hex; empty: the text layer is the original
	Bytes   int    // of the original
	Text    string
	Explain bool // adds Why to figures and items
	// Recognised says that the letters were recognised in a picture: a digit may be wrong, so nothing is sure.
	Recognised bool
}

// Read reads one document. It never fails: a text that says nothing gives an empty reading.
func (r *Reader) Read(src Source) gov.Reading {
	d := newDoc(r, src)
	d.readClasses()
	d.readHead()
	d.readUnits()
	d.readPeople()
	d.readTimes()
	d.readFigures()
	d.readItems()
	d.readChecks()
	d.readReasons()
	d.readOwnNames()
	if src.Recognised {
		d.doubtAll()
	}
	return d.finish()
}

// doubtAll takes back the surety of every draft.
func (d *doc) doubtAll() {
	for i := range d.out.Figures {
		d.out.Figures[i].Confidence = atMostLikely(d.out.Figures[i].Confidence)
	}
	for _, items := range [][]gov.ItemDraft{d.out.Difficulties, d.out.Recommendations, d.out.Directives, d.out.Commitments} {
		for i := range items {
			items[i].Confidence = atMostLikely(items[i].Confidence)
		}
	}
}

func atMostLikely(c gov.Confidence) gov.Confidence {
	if c == gov.Sure {
		return gov.Likely
	}
	return c
}

// A doc is one document while it is read. Stages read and extend it; none of them changes text or layout.
type doc struct {
	*text.Layout
	reader  *Reader
	begin   *beginnings
	explain bool

	paras    []para     // as Layout.Paragraphs, with what the reader knows of each
	mentions []mention  // units and agencies wherever they are named, in the order of the text (readUnits)
	times    []timeRef  // years, quarters, months, terms and days, in the order of the text (readTimes)
	numbers  []quantity // of out.Figures, in the same order (readFigures)
	out      gov.Reading

	titleYear int // the only year that the title names, or 0 (readTimes)

	found   // what the stages of units, people and items keep for each other
	scratch // tables of single stages
}

func newDoc(r *Reader, src Source) *doc {
	d := docs.Get().(*doc)
	d.reader, d.begin, d.explain = r, r.begin(), src.Explain
	d.Split(src.Text)
	sum := sha256.Sum256([]byte(src.Text))
	layer := gov.TextLayer{SHA256: hex.EncodeToString(sum[:]), Bytes: len(src.Text)}
	d.out.Schema = gov.ReadingSchema
	d.out.Source = gov.ReadingSource{Name: src.Name, SHA256: src.SHA256, Bytes: src.Bytes, Text: &layer}
	if src.SHA256 == "" {
		d.out.Source.SHA256, d.out.Source.Bytes = layer.SHA256, layer.Bytes
	}
	for _, p := range d.Paragraphs {
		d.paras = append(d.paras, para{Paragraph: p, Body: d.Sentences[p.First].First, Lead: -1})
	}
	return d
}

// A class says what a paragraph is for.
type class uint8

const (
	body     class = iota // running text
	dateline              // "date YYYY-MM-DD TITLE", the first line of a crawled article
	title                 // the title of the document, or its first words in capitals
	caption               // what stands under a picture
	byline                // author, source of a picture
	frame                 // letterhead, number, place and date, Căn cứ, Nơi nhận, signer
	heading               // a line that heads what follows: "I. Mục tiêu", "Về kinh tế:"
	listItem              // a line with a marker: "1.", "a)", "-"
	tableRow              // cells separated by tabs
)

// silent reports whether a paragraph of the class holds neither figures nor items.
func (c class) silent() bool {
	return c == dateline || c == title || c == caption || c == byline || c == frame
}

// A para is one paragraph with what the reader knows of it.
type para struct {
	text.Paragraph
	Class  class
	Marker string // "1", "a", "-" where the line begins with a marker of a list, else empty
	Level  int    // depth of the marker: I. 1, 1. 2, a) 3, - 4; 0 without one
	Body   int    // first token after the marker
	Lead   int    // paragraph that leads into this one (its heading, or the line that ends with a colon), or -1
}

// End is the token after the paragraph's last one.
func (d *doc) end(p para) int { return d.Sentences[p.Last-1].Last }

// A mention is one place that names a unit or an agency whose figures and items there may be.
type mention struct {
	First, Last int    // tokens [First, Last)
	Name        string // as figures and items give it: "phường Thanh Miếu", "Đảng bộ UBND tỉnh"
	Unit        bool   // an administrative unit, not an agency
}

// span is the bytes of the tokens [first, last).
func (d *doc) span(first, last int) text.Span {
	if first >= last {
		return text.Span{}
	}
	return text.Span{d.Tokens[first].Span[0], d.Tokens[last-1].Span[1]}
}

// words is what the tokens [first, last) say, as written.
func (d *doc) words(first, last int) string { return d.span(first, last).Of(d.Text) }

// norm is words for exact comparison.
func (d *doc) norm(first, last int) string {
	if last == first+1 {
		return d.Tokens[first].Norm
	}
	return text.Norm(d.words(first, last))
}

// is reports whether the tokens from i on are the words, which are given in Norm form and separated by single spaces.
func (d *doc) is(i int, words string) bool {
	for ; i >= 0 && i < len(d.Tokens); i++ {
		word := d.Tokens[i].Norm
		if !strings.HasPrefix(words, word) {
			return false
		}
		if len(words) == len(word) {
			return true
		}
		if words[len(word)] != ' ' {
			return false
		}
		words = words[len(word)+1:]
	}
	return false
}

// glued reports whether no white space stands between token i and the one before it.
func (d *doc) glued(i int) bool {
	return i > 0 && i < len(d.Tokens) && d.Tokens[i].Span[0] == d.Tokens[i-1].Span[1]
}
