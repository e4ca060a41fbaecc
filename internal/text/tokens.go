package text

import (
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// A Kind says what a token is.
type Kind uint8

// The kinds of tokens. White space is no token.
const (
	Word     Kind = iota + 1 // letters, with digits after the first letter: "hộ", "m2", "UBND"
	Number                   // digits with single points or commas between them: "4.496", "0,21", "1.1.2025"
	Punct                    // any other single rune
	Ellipsis                 // "…" or two dots and more
)

// A Form is what all tokens with the same bytes share. Forms are interned, one for each distinct token of a text.
type Form struct {
	Kind  Kind
	Upper bool   // the first letter is upper case
	Caps  bool   // at least two letters, all upper case
	Norm  string // for exact comparison
	Fold  string // for comparison without marks
	Hash  uint32 // of Norm: equal words have equal hashes, in every text
}

// A Token is a word, a number or a sign with its place in the source. What readers ask of every token stands in it once more, so
// that a walk over the tokens need not visit their forms.
type Token struct {
	*Form
	Span  Span
	Hash  uint32
	Kind  Kind
	Upper bool
	Caps  bool
}

// A lexer cuts a text into tokens in one pass. Its tables keep it from folding a word twice.
type lexer struct {
	src    string
	at     int              // the next byte to read
	forms  map[string]*Form // of this text alone: long tokens, rare words
	recent *recent
}

// What a byte can begin.
const (
	sign    uint8 = iota // a token of its own
	blank                // nothing
	tab                  // the next cell
	newline              // the next paragraph
	digit
	letter
	dot
	wide // a rune of several bytes
)

var begins = func() (table [256]uint8) {
	for b := range table {
		switch r := rune(b); {
		case b >= utf8.RuneSelf:
			table[b] = wide
		case b == '\t':
			table[b] = tab
		case '\n' <= b && b <= '\r':
			table[b] = newline
		case isSpace(r):
			table[b] = blank
		case isDigit(r):
			table[b] = digit
		case isLetter(r):
			table[b] = letter
		case b == '.':
			table[b] = dot
		}
	}
	return table
}()

// next adds the tokens up to the end of the cell and gives what ends it: tab, newline, or blank at the end of the text. It reports
// whether one of the tokens may end a sentence.
func (l *lexer) next(toks []Token) (_ []Token, end uint8, stops bool) {
	for l.at < len(l.src) {
		i := l.at
		c := begins[l.src[i]]
		kind, j := Punct, i+1
		switch c {
		case blank:
			l.at++
			continue
		case tab, newline:
			l.at++
			return toks, c, stops
		case letter:
			kind, j = Word, l.word(j)
		case digit:
			kind, j = Number, l.number(j)
		case sign:
			stops = stops || l.src[i] == '?' || l.src[i] == '!'
		case dot:
			stops = true
			for j < len(l.src) && l.src[j] == '.' {
				j++
			}
			if j > i+1 {
				kind = Ellipsis
			}
		case wide:
			r, n := utf8.DecodeRuneInString(l.src[i:])
			j = i + n
			switch {
			case isLetter(r):
				kind, j = Word, l.word(j)
			case isSpace(r):
				l.at = j
				continue
			case r == '…':
				kind, stops = Ellipsis, true
			}
		}
		f := l.form(i, j, kind)
		toks = append(toks, Token{Form: f, Span: Span{i, j}, Hash: f.Hash, Kind: kind, Upper: f.Upper, Caps: f.Caps})
		l.at = j
	}
	return toks, blank, stops
}

// word gives the end of the word that goes on at i.
func (l *lexer) word(i int) int {
	s := l.src
	for i < len(s) {
		b := s[i]
		if c := begins[b]; c == letter || c == digit {
			i++
			continue
		} else if c != wide {
			break
		}
		if 0xC3 <= b && b < 0xC9 && i+1 < len(s) && s[i+1]&0xC0 == 0x80 && (b != 0xC3 || s[i+1]&0x9F != 0x97) { // À to ȿ without × and ÷
			i += 2
			continue
		}
		if b == 0xE1 && i+2 < len(s) && s[i+1]&0xFC == 0xB8 && s[i+2]&0xC0 == 0x80 { // Ḁ to ỿ
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isLetter(r) && !isMark(r) && !(isJoint(r) && l.goesOn(i+n)) {
			break
		}
		i += n
	}
	return i
}

// goesOn reports whether a word goes on with a letter at i.
func (l *lexer) goesOn(i int) bool {
	r, _ := utf8.DecodeRuneInString(l.src[i:])
	return isLetter(r) || isMark(r)
}

func (l *lexer) number(i int) int {
	for i < len(l.src) {
		b := l.src[i]
		if isDigit(rune(b)) || (b == '.' || b == ',') && i+1 < len(l.src) && isDigit(rune(l.src[i+1])) {
			i++
			continue
		}
		break
	}
	return i
}

// A recent table holds the forms of short tokens that were met of late, each in the place that its bytes say. It goes from text to text,
// so that its forms have memory of their own.
type recent [1 << recentBits]struct {
	low, high uint64 // the bytes of the token; no token has a zero byte
	form      *Form
}

const (
	recentBits = 12
	shortToken = 16 // bytes
)

var recentPool = sync.Pool{New: func() any { return new(recent) }}

// form gives the form of the token src[i:j].
func (l *lexer) form(i, j int, kind Kind) *Form {
	if j-i > shortToken {
		return l.own(l.src[i:j], kind)
	}
	low, high := l.bytes(i, j)
	e := &l.recent[(low^high*0x9E3779B97F4A7C15)*0xD6E8FEB86659FD93>>(64-recentBits)]
	if e.low == low && e.high == high {
		return e.form
	}
	f := l.shortForm(l.src[i:j], kind)
	e.low, e.high, e.form = low, high, f
	return f
}

func (l *lexer) shortForm(s string, kind Kind) *Form {
	if kind == Word {
		if f := commonWord(s); f != nil {
			return f
		}
	}
	return newForm(strings.Clone(s), kind)
}

// bytes gives the bytes of src[i:j], sixteen at most.
func (l *lexer) bytes(i, j int) (low, high uint64) {
	if i+shortToken > len(l.src) {
		for k := j - 1; k >= i; k-- {
			low, high = low<<8|uint64(l.src[k]), high<<8|low>>56
		}
		return low, high
	}
	low = eight(l.src[i : i+8])
	if n := j - i; n <= 8 {
		return low & (1<<(8*n) - 1), 0
	} else {
		return low, eight(l.src[i+8:i+16]) & (1<<(8*(n-8)) - 1)
	}
}

func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// own gives the form of a token that only this text keeps.
func (l *lexer) own(s string, kind Kind) *Form {
	if f := l.forms[s]; f != nil {
		return f
	}
	if l.forms == nil {
		l.forms = map[string]*Form{}
	}
	f := newForm(s, kind)
	l.forms[s] = f
	return f
}

// The forms of common words are kept from text to text: a form depends on nothing but its bytes. What is kept is bounded.
var (
	common      sync.Map // string → *Form
	commonCount atomic.Int32
)

// maxCommon is how many words are kept.
const maxCommon = 1 << 15

// commonWord gives the kept form of a word, or nil where no more are kept. A kept word has memory of its own, so that it does not hold
// the text in which it stood.
func commonWord(s string) *Form {
	if f, ok := common.Load(s); ok {
		return f.(*Form)
	}
	if commonCount.Load() >= maxCommon {
		return nil
	}
	s = strings.Clone(s)
	f, old := common.LoadOrStore(s, newForm(s, Word))
	if !old {
		commonCount.Add(1)
	}
	return f.(*Form)
}

func newForm(s string, kind Kind) *Form {
	f := &Form{Kind: kind, Norm: s, Fold: s}
	if kind == Word {
		f.Norm, f.Fold = Norm(strings.Map(withoutJoints, s)), Fold(s)
		f.Upper, f.Caps = casing(s)
	}
	f.Hash = hash(f.Norm)
	return f
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func casing(s string) (upper, caps bool) {
	letters := 0
	caps = true
	for i, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		up := unicode.IsUpper(r)
		upper = upper || i == 0 && up
		caps = caps && up
	}
	return upper, caps && letters > 1
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isLetter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	case 0xC0 <= r && r <= 0x24F || 0x1E00 <= r && r <= 0x1EFF:
		return r != '×' && r != '÷'
	}
	return r != utf8.RuneError && unicode.IsLetter(r)
}

// isJoint holds for what stands inside a word and is not seen: the soft hyphen and the joiners. The zero-width space ends a word.
func isJoint(r rune) bool {
	return r == 0xAD || r == 0x200C || r == 0x200D || r == 0x2060 || r == 0xFEFF
}

func withoutJoints(r rune) rune {
	if isJoint(r) {
		return -1
	}
	return r
}

func isMark(r rune) bool { return 0x300 <= r && r <= 0x36F || r > 0x36F && unicode.Is(unicode.Mn, r) }

// isSpace also holds for control and format runes: they separate and mean nothing.
func isSpace(r rune) bool {
	switch {
	case r <= ' ' || r == 0x7f:
		return true
	case r < utf8.RuneSelf:
		return false
	}
	return r == 0xA0 || r == 0xAD || r >= 0x1680 && unicode.In(r, unicode.Z, unicode.Cf) || 0x80 <= r && r < 0xA0
}
