package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Span is a half-open range of bytes [start, end) in a UTF-8 text; in JSON it is the array [start, end].
type Span [2]int

// Start is the first byte of the span.
func (s Span) Start() int { return s[0] }

// End is the byte after the span's last one.
func (s Span) End() int { return s[1] }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s[1] - s[0] }

// Empty reports whether the span holds no bytes.
func (s Span) Empty() bool { return s[1] <= s[0] }

// Of is the slice of src that the span names; it is empty where the span does not lie inside src.
func (s Span) Of(src string) string {
	if s[0] < 0 || s[1] < s[0] || s[1] > len(src) {
		return ""
	}
	return src[s[0]:s[1]]
}

// Overlaps reports whether the two spans share a byte.
func (s Span) Overlaps(o Span) bool { return s[0] < o[1] && o[0] < s[1] }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s[0] <= o[0] && o[1] <= s[1] }

// NFC is s in Unicode normal form C, the form in which all dictionaries are kept.
func NFC(s string) string { return norm.NFC.String(s) }

// Fold is s for searching: lower case, no tone or vowel marks, đ as d, runs of white space as one space, ends trimmed.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		f := foldRune(r)
		switch {
		case f == 0:
		case f == ' ':
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(f)
		}
	}
	return b.String()
}

// foldRune gives the folded form of one rune: 0 for marks and invisible runes, ' ' for white space.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case r == ' ' || '\t' <= r && r <= '\r':
			return ' '
		case r < ' ' || r == 0x7f:
			return 0
		}
		return r
	}
	if f, ok := folded[r]; ok {
		return f
	}
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		return 0
	}
	return unicode.ToLower(r)
}

// folded maps each precomposed Vietnamese letter to its bare one. It is made from the groups below, so that a reader can check it.
var folded = func() map[rune]rune {
	m := map[rune]rune{}
	for base, letters := range map[rune]string{
		'a': "àáảãạăằắẳẵặâầấẩẫậ", 'e': "èéẻẽẹêềếểễệ", 'i': "ìíỉĩị", 'o': "òóỏõọôồốổỗộơờớởỡợ",
		'u': "ùúủũụưừứửữự", 'y': "ỳýỷỹỵ", 'd': "đ",
	} {
		for _, r := range letters {
			m[r], m[unicode.ToUpper(r)] = base, base
		}
	}
	return m
}()

// Norm is s for exact comparison: lower case, NFC, single spaces, ends trimmed, tone marks placed as in hòa, khỏe, thủy.
func Norm(s string) string {
	var room [normRoom]byte
	b, moves, ok := lowerViet(room[:0], s)
	switch {
	case !ok:
		return Tones(lowerNFC(s))
	case len(b) != len(s) || string(b) != s:
		s = string(b)
	}
	if moves {
		return Tones(s)
	}
	return s
}

// normRoom is how many bytes Norm has room for without asking for memory: most names are shorter.
const normRoom = 96

// lowerViet adds s to b in lower case and singly spaced, and reports whether a tone mark may have to move. It knows the precomposed
// letters of Vietnamese and the signs of its texts; it is not ok where s has others.
func lowerViet(b []byte, s string) (_ []byte, moves, ok bool) {
	space, back := false, false // back: an o or u stands before
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == ' ' || '\t' <= c && c <= '\r' {
			space, back = len(b) > 0, false
			continue
		}
		if space {
			b, space = append(b, ' '), false
		}
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
			fallthrough
		case c < utf8.RuneSelf:
			b, back = append(b, c), c == 'o' || c == 'u'
		case i+1 < len(s) && s[i+1]&0xC0 == 0x80 && c <= 0xC6:
			d, known := lowerSecond(c, s[i+1])
			if !known {
				return nil, false, false
			}
			moves = moves || back && c == 0xC3
			b, back = append(b, c, d), false
			i++
		case i+2 < len(s) && s[i+2]&0xC0 == 0x80 && (c == 0xE1 && (s[i+1] == 0xBA && s[i+2] >= 0xA0 || s[i+1] == 0xBB && s[i+2] <= 0xB9)):
			moves = moves || back // Ạ to ỹ: the lower ones are the odd ones
			b, back = append(b, c, s[i+1], s[i+2]|1), false
			i += 2
		case i+2 < len(s) && c == 0xE2 && s[i+1] == 0x80 && plainSigns[s[i+2]]:
			b, back = append(b, c, s[i+1], s[i+2]), false
			i += 2
		default:
			return nil, false, false
		}
	}
	return b, moves, true
}

// lowerSecond gives the second byte of the small form of a letter of two bytes.
func lowerSecond(c, d byte) (byte, bool) {
	switch c {
	case 0xC2:
		return d, d == 0xB2 || d == 0xB3 // ² ³
	case 0xC3:
		if d < 0x9F && d != 0x97 { // À to Þ, without ×
			d += 0x20
		}
		return d, true
	case 0xC4:
		return d | 1, d|1 == 0x83 || d|1 == 0x91 || d|1 == 0xA9 // ă đ ĩ
	case 0xC5:
		return d | 1, d|1 == 0xA9 // ũ
	case 0xC6:
		switch d {
		case 0xA0, 0xA1: // ơ
			return 0xA1, true
		case 0xAF, 0xB0: // ư
			return 0xB0, true
		}
	}
	return d, false
}

// plainSigns are the third bytes of – — ‘ ’ “ ” …
var plainSigns = [256]bool{0x93: true, 0x94: true, 0x98: true, 0x99: true, 0x9C: true, 0x9D: true, 0xA6: true}

func tonedSecond(r rune) bool {
	return r >= 0xC0 && strings.ContainsRune(tonedSeconds, r)
}

// lowerNFC is s in lower case, NFC, with single spaces.
func lowerNFC(s string) string {
	for _, r := range s {
		if r >= 0x300 && r < 0x1E00 || r > 0x1EFF && r != '–' {
			return strings.Join(strings.Fields(strings.ToLower(NFC(s))), " ")
		}
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == ' ' || r < utf8.RuneSelf && '\t' <= r && r <= '\r' || r == 0xA0 || r == 0x85:
			space = b.Len() > 0
			continue
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r >= utf8.RuneSelf:
			r = unicode.ToLower(r)
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Tones moves the tone mark of open oa, oe and uy to the first vowel (hoà → hòa, thuỷ → thủy), the placement that official
// registers use; quý and hoàng stay as they are. It expects NFC and keeps case.
func Tones(s string) string {
	if !mayMove(s) {
		return s
	}
	rs := []rune(s)
	for i := 1; i < len(rs); i++ {
		pair, ok := tonePairs[[2]rune{unicode.ToLower(rs[i-1]), unicode.ToLower(rs[i])}]
		if !ok || i+1 < len(rs) && unicode.IsLetter(rs[i+1]) || i >= 2 && unicode.ToLower(rs[i-2]) == 'q' {
			continue
		}
		rs[i-1], rs[i] = likeCase(rs[i-1], pair[0]), likeCase(rs[i], pair[1])
	}
	return string(rs)
}

// mayMove reports whether s has a pair that Tones may move.
func mayMove(s string) bool {
	var prev rune
	for _, r := range s {
		if r >= 0xC0 && (prev == 'o' || prev == 'u' || prev == 'O' || prev == 'U') && tonedSecond(r) {
			return true
		}
		prev = r
	}
	return false
}

func likeCase(model, r rune) rune {
	if unicode.IsUpper(model) {
		return unicode.ToUpper(r)
	}
	return r
}

// tonedSeconds are the letters that can stand second in a pair that Tones moves.
const tonedSeconds = "àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ"

var tonePairs = func() map[[2]rune][2]rune {
	m := map[[2]rune][2]rune{}
	for _, row := range []struct {
		first, second string
		bare          [2]rune
	}{
		{"òóỏõọ", "àáảãạ", [2]rune{'o', 'a'}},
		{"òóỏõọ", "èéẻẽẹ", [2]rune{'o', 'e'}},
		{"ùúủũụ", "ỳýỷỹỵ", [2]rune{'u', 'y'}},
	} {
		first, second := []rune(row.first), []rune(row.second)
		for i := range first {
			m[[2]rune{row.bare[0], second[i]}] = [2]rune{first[i], row.bare[1]}
		}
	}
	return m
}()
