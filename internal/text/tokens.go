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
	forms  map[string]*Form        // of this text alone: numbers, signs, rare words
	recent *[recentWords]*keptWord // words met of late, by their hash
}

// next gives the first token that begins in src[i:end], and false where only white space is left.
func (l *lexer) next(i, end int) (Token, bool) {
	for i < end {
		r, n := l.rune(i)
		if isSpace(r) {
			i += n
			continue
		}
		j, kind := i+n, Punct
		switch {
		case isDigit(r):
			j, kind = l.number(j, end), Number
		case isLetter(r):
			j, kind = l.word(j, end), Word
		case r == '…':
			kind = Ellipsis
		case r == '.':
			for j < end && l.src[j] == '.' {
				j++
			}
			if j > i+1 {
				kind = Ellipsis
			}
		}
		f := l.form(l.src[i:j], kind)
		return Token{Form: f, Span: Span{i, j}, Hash: f.Hash, Kind: f.Kind, Upper: f.Upper, Caps: f.Caps}, true
	}
	return Token{}, false
}

func (l *lexer) rune(i int) (rune, int) {
	if b := l.src[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(l.src[i:])
}

func (l *lexer) word(i, end int) int {
	for i < end {
		r, n := l.rune(i)
		if !isLetter(r) && !isDigit(r) && !isMark(r) && !(isJoint(r) && l.goesOn(i+n, end)) {
			break
		}
		i += n
	}
	return i
}

// goesOn reports whether a word goes on with a letter at i.
func (l *lexer) goesOn(i, end int) bool {
	if i >= end {
		return false
	}
	r, _ := l.rune(i)
	return isLetter(r) || isMark(r)
}

func (l *lexer) number(i, end int) int {
	for i < end {
		b := l.src[i]
		if isDigit(rune(b)) || (b == '.' || b == ',') && i+1 < end && isDigit(rune(l.src[i+1])) {
			i++
			continue
		}
		break
	}
	return i
}

func (l *lexer) form(s string, kind Kind) *Form {
	if kind != Word || len(s) > maxCommonWord {
		return l.own(s, kind)
	}
	e := &l.recent[hash(s)%recentWords]
	if *e != nil && (*e).word == s {
		return &(*e).form
	}
	c := commonWord(s)
	if c == nil {
		return l.own(s, kind)
	}
	*e = c
	return &c.form
}

// own gives the form of a token that only this text keeps.
func (l *lexer) own(s string, kind Kind) *Form {
	if f := l.forms[s]; f != nil {
		return f
	}
	if l.forms == nil {
		l.forms = make(map[string]*Form, min(256, len(l.src)/32+4))
	}
	f := newForm(s, kind)
	l.forms[s] = f
	return f
}

// The forms of common words are kept from text to text: a form depends on nothing but its bytes. What is kept is bounded.
var (
	common      sync.Map // string → *keptWord
	commonCount atomic.Int32
	recentPool  = sync.Pool{New: func() any { return new([recentWords]*keptWord) }}
)

const (
	maxCommon     = 1 << 15
	maxCommonWord = 24 // bytes
	recentWords   = 1 << 11
)

// A keptWord is a word of its own memory, so that it does not hold the text in which it stood.
type keptWord struct {
	word string
	form Form
}

// commonWord gives a kept word, or nil where no more are kept.
func commonWord(s string) *keptWord {
	if c, ok := common.Load(s); ok {
		return c.(*keptWord)
	}
	if commonCount.Load() >= maxCommon {
		return nil
	}
	s = strings.Clone(s)
	c, old := common.LoadOrStore(s, &keptWord{s, *newForm(s, Word)})
	if !old {
		commonCount.Add(1)
	}
	return c.(*keptWord)
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
