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
	plain, moves := normState(s)
	if plain && !moves {
		return s
	}
	if !plain {
		s = lowerNFC(s)
	}
	return Tones(s)
}

// normState reports whether s is in lower case, NFC and singly spaced already, and whether a tone mark may have to move. Most
// strings that are asked for are names in the reader's own forms.
func normState(s string) (plain, moves bool) {
	var prev rune
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if r == ' ' && (i == 0 || prev == ' ' || i == len(s)-1) || r < ' ' || 'A' <= r && r <= 'Z' {
				return false, false
			}
		case !lowerViet(r):
			return false, false
		}
		moves = moves || (prev == 'o' || prev == 'u') && tonedSecond(r)
		prev = r
	}
	return true, moves
}

// lowerViet reports whether r is one of the precomposed lower-case letters of Vietnamese, or a sign that Norm leaves alone.
func lowerViet(r rune) bool {
	switch {
	case 0x1EA0 <= r && r <= 0x1EF9:
		return r&1 == 1
	case 0xE0 <= r && r <= 0xFD:
		return r != '÷'
	}
	switch r {
	case 'ă', 'đ', 'ĩ', 'ũ', 'ơ', 'ư', '–', '—', '“', '”', '‘', '’', '…', '²', '³':
		return true
	}
	return false
}

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
