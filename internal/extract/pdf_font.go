package extract

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"haicap/internal/text"
)

// unread stands in the text for a glyph whose letter the file does not tell.
const unread = utf8.RuneError

// A pdfFont tells the letters of the codes in a page's strings, and how wide they are.
type pdfFont struct {
	wide    bool // codes of two bytes
	letters map[int]string
	ranges  []pdfRange // of codes, by low; asked after letters
	latin   [256]rune  // of codes of one byte; asked last
	widths  map[int]float64
	width   float64 // of the codes that widths leaves out
	old     oldFont // for which the text was typed
}

type pdfRange struct {
	low, high int
	first     rune
}

const maxPDFLetters = 1 << 17 // in the table of one font

func (f *pdfFile) font(v any) *pdfFont {
	d := f.dict(v)
	font := &pdfFont{letters: map[int]string{}, widths: map[int]float64{}, width: 500}
	if f.name(d["Subtype"]) == "Type0" {
		font.wide = true
		font.cidWidths(f, f.dict(first(f.array(d["DescendantFonts"]))))
	} else {
		font.simpleWidths(f, d)
		font.encoding(f, d["Encoding"])
	}
	if s, ok := f.get(d["ToUnicode"]).(*pdfStream); ok {
		if data, err := f.expand(s); err == nil {
			font.toUnicode(data)
		} else if err == errPDFBomb {
			f.err = err
		}
	}
	// What a PDF shows in a font is drawn by that font, so its name is proof, unless the table has the letters as they look.
	_, name, tagged := strings.Cut(string(f.name(d["BaseFont"])), "+")
	if !tagged {
		name = string(f.name(d["BaseFont"]))
	}
	if font.old = oldFontNamed(name); font.old != notOld && font.modern() {
		font.old = notOld
	}
	return font
}

// modern reports whether the font's table has letters that Latin-1 has not.
func (p *pdfFont) modern() bool {
	for _, s := range p.letters {
		if strings.IndexFunc(s, ownLetter) >= 0 {
			return true
		}
	}
	for _, r := range p.ranges {
		if ownLetter(r.first) {
			return true
		}
	}
	return false
}

func first(a pdfArray) any {
	if len(a) == 0 {
		return nil
	}
	return a[0]
}

func (p *pdfFont) simpleWidths(f *pdfFile, d pdfDict) {
	code := int(f.number(d["FirstChar"]))
	for i, w := range f.array(d["Widths"]) {
		if !f.tick() {
			return
		}
		p.widths[code+i] = f.number(w)
	}
	if w := f.number(f.dict(d["FontDescriptor"])["MissingWidth"]); w > 0 {
		p.width = w
	}
	if m := f.array(d["FontMatrix"]); len(m) == 6 && f.number(m[0]) > 0 {
		// Type 3 fonts have a scale of their own.
		scale := f.number(m[0]) * 1000
		for code := range p.widths {
			p.widths[code] *= scale
		}
	}
}

// cidWidths reads the two forms of the W array: "c [w w w]" and "c c w".
func (p *pdfFont) cidWidths(f *pdfFile, d pdfDict) {
	p.width = 1000
	if d["DW"] != nil {
		p.width = f.number(d["DW"])
	}
	w := f.array(d["W"])
	for i := 0; i+1 < len(w) && f.tick(); {
		from := int(f.number(w[i]))
		if list := f.array(w[i+1]); list != nil {
			for j, width := range list {
				if !f.tick() {
					return
				}
				p.widths[from+j] = f.number(width)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			break
		}
		to, width := int(f.number(w[i+1])), f.number(w[i+2])
		for code := from; code <= min(to, 1<<16) && f.tick(); code++ {
			p.widths[code] = width
		}
		i += 3
	}
}

// encoding fills the letters of a font whose codes are single bytes.
func (p *pdfFont) encoding(f *pdfFile, v any) {
	base := charmap.Windows1252
	names := f.dict(v)
	which := f.name(v)
	if names != nil {
		which = f.name(names["BaseEncoding"])
	}
	if which == "MacRomanEncoding" {
		base = charmap.Macintosh
	}
	for i := range p.latin {
		p.latin[i] = base.DecodeByte(byte(i))
	}
	code := 0
	for _, v := range f.array(names["Differences"]) {
		if !f.tick() {
			return
		}
		switch v := f.get(v).(type) {
		case float64:
			code = int(v)
		case pdfName:
			if s := glyphLetter(string(v)); s != "" {
				p.letters[code] = s
			} else if 0 <= code && code < len(p.latin) {
				p.latin[code] = unread
			}
			code++
		}
	}
}

// toUnicode reads the table from codes to letters. It is a small PostScript program of which only the tables matter.
func (p *pdfFont) toUnicode(data []byte) {
	in := pdfParser{data: data, content: true}
	var stack []any
	for {
		v, err := in.object(0)
		if err == errPDFSyntax {
			stack = nil
			continue
		}
		if err != nil {
			break
		}
		op, ok := v.(pdfOperator)
		if !ok {
			if stack = append(stack, v); len(stack) > 1000 {
				stack = nil // the tables come in hundreds
			}
			continue
		}
		switch op {
		case "endbfchar":
			for i := 0; i+1 < len(stack); i += 2 {
				p.letter(stack[i], stack[i+1])
			}
		case "endbfrange":
			for i := 0; i+2 < len(stack); i += 3 {
				p.letterRange(stack[i], stack[i+1], stack[i+2])
			}
		}
		stack = nil // also drops the count before "beginbfchar"
	}
	sort.SliceStable(p.ranges, func(i, j int) bool { return p.ranges[i].low < p.ranges[j].low })
}

func (p *pdfFont) letter(code, letters any) {
	c, ok1 := code.(pdfString)
	s, ok2 := letters.(pdfString)
	if ok1 && ok2 && len(c) <= 2 && len(s) <= 64 && len(p.letters) < maxPDFLetters {
		p.letters[codeOf(string(c))] = utf16BE(string(s))
	}
}

func (p *pdfFont) letterRange(low, high, letters any) {
	lo, ok1 := low.(pdfString)
	hi, ok2 := high.(pdfString)
	if !ok1 || !ok2 || len(lo) > 2 || len(hi) > 2 {
		return
	}
	from, to := codeOf(string(lo)), codeOf(string(hi))
	switch v := letters.(type) {
	case pdfString:
		s := []rune(utf16BE(string(v)))
		if len(s) == 1 && len(p.ranges) < maxPDFLetters {
			p.ranges = append(p.ranges, pdfRange{from, to, s[0]})
		} else if from == to {
			p.letter(low, v)
		}
	case pdfArray:
		for i, s := range v {
			if s, ok := s.(pdfString); ok && from+i <= to && len(s) <= 64 && len(p.letters) < maxPDFLetters {
				p.letters[from+i] = utf16BE(string(s))
			}
		}
	}
}

func codeOf(s string) int {
	n := 0
	for i := range len(s) {
		n = n<<8 | int(s[i])
	}
	return n
}

// codes gives the codes of a string, each once with its letters and width.
func (p *pdfFont) codes(s string, visit func(code int, letters string, width float64)) {
	step := 1
	if p.wide {
		step = 2
	}
	for ; len(s) >= step; s = s[step:] {
		code := codeOf(s[:step])
		w, ok := p.widths[code]
		if !ok {
			w = p.width
		}
		visit(code, p.lettersOf(code), w)
	}
}

func (p *pdfFont) lettersOf(code int) string {
	if s, ok := p.letters[code]; ok {
		return s
	}
	// The last range that begins at or before the code.
	i := sort.Search(len(p.ranges), func(i int) bool { return p.ranges[i].low > code }) - 1
	if i >= 0 && code <= p.ranges[i].high {
		return string(p.ranges[i].first + rune(code-p.ranges[i].low))
	}
	if !p.wide && p.latin[code] != 0 {
		return string(p.latin[code])
	}
	return string(unread)
}

// glyphNames are the usual names of signs and of letters that are more than a base with marks.
var glyphNames = map[string]string{
	"space": " ", "nbspace": " ", "exclam": "!", "quotedbl": `"`, "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&",
	"quotesingle": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "minus": "−",
	"period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
	"eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@",
	"bracketleft": "[", "backslash": `\`, "bracketright": "]", "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|",
	"braceright": "}", "quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”", "endash": "–", "emdash": "—",
	"bullet": "•", "ellipsis": "…", "degree": "°", "fi": "fi", "fl": "fl", "section": "§", "multiply": "×", "lessequal": "≤",
	"greaterequal": "≥", "dcroat": "đ", "Dcroat": "Đ", "dmacron": "đ", "Dslash": "Đ", "dong": "₫",
	// The rest of Latin-1, where old fonts have their letters.
	"exclamdown": "¡", "cent": "¢", "sterling": "£", "currency": "¤", "yen": "¥", "brokenbar": "¦", "dieresis": "¨", "copyright": "©",
	"ordfeminine": "ª", "guillemotleft": "«", "logicalnot": "¬", "sfthyphen": "\u00ad", "softhyphen": "\u00ad", "registered": "®",
	"macron": "¯", "plusminus": "±", "twosuperior": "²", "threesuperior": "³", "acute": "´", "mu": "µ", "paragraph": "¶",
	"periodcentered": "·", "cedilla": "¸", "onesuperior": "¹", "ordmasculine": "º", "guillemotright": "»", "onequarter": "¼",
	"onehalf": "½", "threequarters": "¾", "questiondown": "¿", "AE": "Æ", "Eth": "Ð", "Oslash": "Ø", "Thorn": "Þ", "germandbls": "ß",
	"ae": "æ", "eth": "ð", "divide": "÷", "oslash": "ø", "thorn": "þ",
}

// glyphMarks are the names of marks, in the order in which they follow the letter's name ("acircumflexdotbelow").
var glyphMarks = []struct{ name, mark string }{
	{"circumflex", "\u0302"}, {"breve", "\u0306"}, {"horn", "\u031b"}, {"acute", "\u0301"}, {"grave", "\u0300"},
	{"hookabove", "\u0309"}, {"tilde", "\u0303"}, {"dotbelow", "\u0323"}, {"dieresis", "\u0308"}, {"ring", "\u030a"}, {"cedilla", "\u0327"},
}

// glyphLetter gives the letters of a glyph by its name, empty where the name does not tell.
func glyphLetter(name string) string {
	name, _, _ = strings.Cut(name, ".")
	if s := glyphNames[name]; s != "" {
		return s
	}
	for _, prefix := range []string{"uni", "u"} {
		if hex, ok := strings.CutPrefix(name, prefix); ok && len(hex) >= 4 && len(hex) <= 6 {
			if n, err := strconv.ParseUint(hex, 16, 21); err == nil && utf8.ValidRune(rune(n)) {
				return string(rune(n))
			}
		}
	}
	if name == "" {
		return ""
	}
	c := name[0]
	if (c < 'a' || 'z' < c) && (c < 'A' || 'Z' < c) {
		return ""
	}
	out, rest := string(rune(c)), name[1:]
	for rest != "" {
		found := false
		for _, m := range glyphMarks {
			if after, ok := strings.CutPrefix(rest, m.name); ok {
				out, rest, found = out+m.mark, after, true
				break
			}
		}
		if !found {
			return ""
		}
	}
	return text.NFC(out)
}
