package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Vietnamese text of before Unicode is a text in Latin-1 whose fonts show other letters in the places of Latin-1's own. Two such
// fashions are still met in offices: TCVN3 (the fonts .VnTime, .VnArial…), which has one place for each small letter and shows capitals
// by fonts of their own (.VnTimeH), and VNI (VNI-Times…), which writes a letter as its base and one more sign for its marks. A file
// that a newer program saved holds the stand-ins as Unicode: it says "Céng hßa" or "Coäng hoøa" where the page says "Cộng hòa".
type oldFont int

const (
	notOld oldFont = iota
	tcvn3
	tcvn3Capitals // a font that shows small letters as capitals
	vni
)

func (f oldFont) String() string {
	return [...]string{"", "tcvn3", "tcvn3", "vni"}[f]
}

// The places of TCVN3, letter by letter (TCVN 5712:1993, VN3). Capitals with a tone have none.
const (
	tcvnLetters = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
	tcvnPlaces  = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
)

// vniLetters has each small letter before what VNI writes for it.
const vniLetters = `á aù à aø ả aû ã aõ ạ aï ă aê ắ aé ằ aè ẳ aú ẵ aü ặ aë â aâ ấ aá ầ aà ẩ aå ẫ aã ậ aä đ ñ é eù è eø ẻ eû ẽ eõ ẹ eï
	ê eâ ế eá ề eà ể eå ễ eã ệ eä í í ì ì ỉ æ ĩ ó ị ò ó où ò oø ỏ oû õ oõ ọ oï ô oâ ố oá ồ oà ổ oå ỗ oã ộ oä
	ơ ô ớ ôù ờ ôø ở ôû ỡ ôõ ợ ôï ú uù ù uø ủ uû ũ uõ ụ uï ư ö ứ öù ừ öø ử öû ữ öõ ự öï ý yù ỳ yø ỷ yû ỹ yõ ỵ î`

var tcvnTable = func() map[rune]rune {
	m := map[rune]rune{}
	places := []rune(tcvnPlaces)
	for i, letter := range []rune(tcvnLetters) {
		m[places[i]] = letter
	}
	return m
}()

// vniTable maps a base and the sign after it, 0 where there is none, to the letter. The base tells the case: people wrote "Aù" as
// well as "AÙ".
var vniTable = func() map[[2]rune]rune {
	m := map[[2]rune]rune{}
	fields := strings.Fields(vniLetters)
	for i := 0; i < len(fields); i += 2 {
		letter, _ := utf8.DecodeRuneInString(fields[i])
		signs := []rune(fields[i+1] + "\x00")
		base, sign := signs[0], signs[1]
		for _, s := range []rune{sign, unicode.ToUpper(sign)} {
			m[[2]rune{base, s}] = letter
			m[[2]rune{unicode.ToUpper(base), s}] = unicode.ToUpper(letter)
		}
	}
	return m
}()

// unicode gives what a text shows that was typed for the font.
func (f oldFont) unicode(s string) string {
	switch f {
	case tcvn3:
		lines := strings.SplitAfter(s, "\n")
		for i, line := range lines {
			lines[i] = fromTCVN3(line)
		}
		return strings.Join(lines, "")
	case tcvn3Capitals:
		return strings.ToUpper(strings.Map(tcvnLetter, s))
	case vni:
		return fromVNI(s)
	}
	return s
}

func tcvnLetter(r rune) rune {
	if letter, ok := tcvnTable[r]; ok {
		return letter
	}
	return r
}

func fromVNI(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var base rune // waits for its sign
	put := func(r rune) {
		if letter, ok := vniTable[[2]rune{r, 0}]; ok {
			r = letter
		}
		b.WriteRune(r)
	}
	for _, r := range s {
		if base != 0 {
			letter, ok := vniTable[[2]rune{base, r}]
			if ok {
				b.WriteRune(letter)
				base = 0
				continue
			}
			put(base)
		}
		if base = 0; strings.ContainsRune("aeiouyôöAEIOUYÔÖ", r) {
			base = r
			continue
		}
		put(r)
	}
	if base != 0 {
		put(base)
	}
	return b.String()
}

// fromTCVN3 converts a line. TCVN3 does not tell the case of letters with a tone; it follows from the letters beside them: a word whose
// other letters are capitals, and not only the first, is one in capitals (CéNG is CỘNG), and so is every word of a line that has such a
// word and no small letter.
func fromTCVN3(line string) string {
	out := []rune(line)
	for i, r := range out {
		out[i] = tcvnLetter(r)
	}
	original := []rune(line)
	sure, small := false, false
	words(original, func(from, to int) {
		capitals, lower := casesOf(original[from:to])
		sure, small = sure || capitals, small || lower
	})
	words(original, func(from, to int) {
		if capitals, _ := casesOf(original[from:to]); capitals || sure && !small {
			for i := from; i < to; i++ {
				out[i] = unicode.ToUpper(out[i])
			}
		}
	})
	return string(out)
}

// casesOf reports whether a word in TCVN3 is one in capitals, and whether it has a small letter for certain.
func casesOf(word []rune) (capitals, small bool) {
	for i, r := range word {
		switch {
		case 'a' <= r && r <= 'z', '¨' <= r && r <= '®': // ă … đ
			small = true
		case 'A' <= r && r <= 'Z', '¡' <= r && r <= '§': // Ă … Đ
			capitals = capitals || i > 0
		}
	}
	return capitals && !small, small
}

// words calls visit with the bounds of each word of a text for an old font.
func words(s []rune, visit func(from, to int)) {
	from := -1
	for i, r := range s {
		switch {
		case wordRune(r):
			if from < 0 {
				from = i
			}
		case from >= 0:
			visit(from, i)
			from = -1
		}
	}
	if from >= 0 {
		visit(from, len(s))
	}
}

// wordRune reports whether r can be part of a word for an old font: a letter of ASCII, or what stands in for another.
func wordRune(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || standsIn(r) }

// standsIn reports whether r can stand in for another letter.
func standsIn(r rune) bool { return 0xA1 <= r && r <= 0xFF }

// ownLetter reports whether r is a letter or mark that Vietnamese has and Latin-1 has not: a text for an old font has none.
func ownLetter(r rune) bool {
	return 'Ạ' <= r && r <= 'ỹ' || 0x300 <= r && r <= 0x323 || r > 0xFF && strings.ContainsRune("ăĂđĐĩĨũŨơƠưƯ", r)
}

// A tally counts the words of a text that hold letters of an encoding, and how many of them are syllables before and after they are
// converted.
type tally struct {
	words, before, after int
	kinds                map[string]bool // different words that are syllables only after
}

// shares are how many in a hundred are syllables.
func (t tally) shares() (before, after int) {
	if t.words == 0 {
		return 0, 0
	}
	return 100 * t.before / t.words, 100 * t.after / t.words
}

// sure reports whether the encoding is beyond doubt: enough different words, nearly all of which it makes syllables and hardly any of
// which were before.
func (t tally) sure() bool {
	before, after := t.shares()
	return t.words >= 12 && len(t.kinds) >= 8 && after >= 85 && after-before >= 60
}

// likely reports whether the text looks like the encoding, so that it must not pass for what it says.
func (t tally) likely() bool {
	before, after := t.shares()
	return t.words >= 3 && len(t.kinds) >= 3 && after >= 60 && after-before >= 40
}

// count makes the tally of a text for an old font.
func (f oldFont) count(s string) tally {
	t := tally{kinds: map[string]bool{}}
	original := []rune(s)
	words(original, func(from, to int) {
		word := original[from:to]
		stands := 0
		for _, r := range word {
			if standsIn(r) {
				stands++
			}
		}
		if len(word) < 2 || len(word) > 16 || stands == 0 {
			return
		}
		w := string(word)
		t.add(w, f.unicode(w))
	})
	return t
}

func (t *tally) add(before, after string) {
	t.words++
	if was := syllable(before); was {
		t.before++
	}
	if syllable(after) {
		t.after++
		if before != after && len(t.kinds) < 64 {
			t.kinds[after] = true
		}
	}
}

// sampleBytes is how much of a text is counted.
const sampleBytes = 64 << 10

// sampled gives the first part of a text without the lines that are Unicode for certain, and whether these are the rule.
func sampled(s string) (string, bool) {
	if strings.IndexFunc(s, standsIn) < 0 {
		return "", false
	}
	letters, own := 0, 0
	var b strings.Builder
	for line := range strings.Lines(s) {
		mine := 0
		for _, r := range line {
			if unicode.IsLetter(r) {
				letters++
			}
			if ownLetter(r) {
				mine++
			}
		}
		if own += mine; mine == 0 && b.Len() < sampleBytes {
			b.WriteString(line[:min(len(line), sampleBytes)])
		}
	}
	return b.String(), own*20 >= letters
}

// typedFor tells for which old fonts a text was typed: notOld where it is Unicode, and with doubt where it looks like an old one but
// is too short or too mixed to be sure.
func typedFor(s string) (font oldFont, doubt bool) {
	sample, unicodeText := sampled(s)
	if sample == "" || unicodeText {
		return notOld, false
	}
	best := tally{}
	for _, f := range []oldFont{tcvn3, vni} {
		t := f.count(sample)
		doubt = doubt || t.likely()
		_, after := t.shares()
		if _, bestAfter := best.shares(); t.sure() && after > bestAfter {
			font, best = f, t
		}
	}
	return font, doubt && font == notOld
}

// convert gives the text as Unicode, except for the lines that are so already.
func (f oldFont) convert(s string) string {
	if strings.IndexFunc(s, ownLetter) < 0 {
		return f.unicode(s)
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		if strings.IndexFunc(line, ownLetter) < 0 {
			line = f.unicode(line)
		}
		b.WriteString(line)
	}
	return b.String()
}

// oldLines gives the short lines at the head of a Unicode text that read as words if they were typed for an old font, converted: a mark
// of secrecy that was pasted from an old document is one.
func oldLines(s string) []string {
	var out []string
	n := 0
	for line := range strings.Lines(s) {
		if n++; n > heading {
			break
		}
		if len(line) > 200 || strings.IndexFunc(line, standsIn) < 0 || strings.IndexFunc(line, ownLetter) >= 0 {
			continue
		}
		for _, f := range []oldFont{tcvn3, vni} {
			if t := f.count(line); t.after == t.words && t.after > t.before {
				out = append(out, f.unicode(line))
			}
		}
	}
	return out
}
