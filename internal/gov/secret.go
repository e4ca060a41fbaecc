package gov

import (
	"regexp"
	"strings"
	"unicode"

	"haicap/internal/text"
)

// RefuseSecret returns an error of code Secret where the document bears a mark of secrecy, in its number or in one of its texts
// (the text layer, and whatever stands beside it on the page: running heads, text boxes). Ask before anything of the document
// is kept: of a secret one no bytes, hash, name or text may stay anywhere. The error itself holds nothing of the document.
func RefuseSecret(number string, texts ...string) error {
	secret := secretNumber(number)
	for _, t := range texts {
		secret = secret || SecretMarked(t)
	}
	if secret {
		return Errorf(Secret, "error.secret_document")
	}
	return nil
}

// secretLines is how many lines, blank ones not counted, can bear the mark of secrecy: it stands at the head of a document.
const secretLines = 20

// secretWidth is how much of a line, in bytes, is looked at; the mark's line is short.
const secretWidth = 4096

// SecretMarked reports whether the head of a text bears a mark of secrecy:
//
//   - a line, or a cell of a line, that is nothing but MẬT, TỐI MẬT or TUYỆT MẬT, in brackets or stars or not, letters spaced or
//     not, with a degree of urgency or the copy's number beside it or not;
//   - "Độ mật:" with anything but "Không", "Thường" or the like after it;
//   - a line that gives the number, with the degree in it: "Số: 12/BC-UBND (Mật)".
//
// The words in prose (bí mật nhà nước, mật độ, mật khẩu) are no mark. In small letters a lone "mật" counts as well, except
// where the line above breaks off in the middle of a sentence: then it is the sentence's last word.
func SecretMarked(s string) bool {
	lines := headLines(s, secretLines+1) // one more: what follows an empty "Độ mật:"
	for i, line := range lines {
		if i == secretLines {
			break
		}
		prev, next := "", ""
		if i > 0 {
			prev = lines[i-1]
		}
		if i+1 < len(lines) {
			next = lines[i+1]
		}
		if secretLine(line, prev, next) {
			return true
		}
	}
	return false
}

func secretLine(line, prev, next string) bool {
	if onlyDegree(line, prev) || secretNumberLine(line) {
		return true
	}
	cells := cellBreak.Split(line, -1)
	for i, cell := range cells {
		after := next
		if i+1 < len(cells) {
			after = cells[i+1]
		}
		if onlyDegree(cell, prev) || secretDegree(cell, after) || secretNumberLine(cell) {
			return true
		}
	}
	return false
}

func secretNumberLine(s string) bool {
	s, _, _ = strings.Cut(strings.TrimLeft(s, "\t"), "\t")
	m := numberLabel.FindStringIndex(strings.ToLower(s))
	return m != nil && secretNumber(strings.ToLower(s)[m[1]:])
}

var (
	// cellBreak parts the cells of a table row and the two halves of a letterhead.
	cellBreak = regexp.MustCompile(`\t|\|| {3,}`)
	// degreeLabel begins a statement of the degree: at the start of a line, or after a stop in it.
	degreeLabel = regexp.MustCompile(`(?:^[^\p{L}\p{N}]*|[;,.(–—-]\s*)(?:mức |cấp )?độ mật\s*[:=]`)
	// notSecret is a degree that says there is none.
	notSecret = regexp.MustCompile(`^[^\p{L}\p{N}]*(?:không|thường|bình thường|công khai|0(?:\D|$))`)
	// numberLabel begins the line that gives a document's number and symbol; it ends before the number.
	numberLabel = regexp.MustCompile(`^[^\p{L}\p{N}]*(?:số|số hiệu|số[,/ và]+k[ýí] hiệu|k[ýí] hiệu)(?:\s*[:.]|\s+[\d/…._])`)
	// degreeAlone is a line of nothing but the degree, in small letters.
	degreeAlone = regexp.MustCompile(`^(?:(?:tài liệu|văn bản|hồ sơ) )?(?:` + urgency + `[\s\p{P}]+)*(?:tuyệt mật|tối mật|mật)` +
		`(?:[\s\p{P}]+` + urgency + `)*(?:[\s\p{P}]+bản số[\s\p{P}\d]*)?$`)
	degreeWords = regexp.MustCompile(`(?:độ )?(?:tuyệt|tối) mật`)
	spaces      = regexp.MustCompile(`\s+`)
)

const urgency = `(?:thượng khẩn|khẩn|h[ỏo][ảa] tốc(?: hẹn giờ)?)`

// onlyDegree reports whether cell is nothing but the degree of secrecy.
func onlyDegree(cell, prev string) bool {
	core := strings.TrimFunc(cell, notWord)
	if core == "" || len(core) > 200 {
		return false
	}
	if spaced := strings.ReplaceAll(core, " ", ""); spaced == strings.ToUpper(spaced) {
		switch spaced { // M Ậ T, spaced as on a stamp
		case "MẬT", "TỐIMẬT", "TUYỆTMẬT":
			return true
		}
	}
	lower := strings.ToLower(spaces.ReplaceAllString(core, " "))
	if !degreeAlone.MatchString(lower) {
		return false
	}
	bracketed := core != strings.TrimSpace(cell)
	return bracketed || core != strings.ToLower(core) || !breaksOff(prev)
}

// breaksOff reports whether a line ends inside a sentence: in a word of small letters or a comma.
func breaksOff(line string) bool {
	fields := strings.Fields(line)
	if len(fields) < 4 {
		return false
	}
	last := fields[len(fields)-1]
	return strings.HasSuffix(last, ",") || strings.IndexFunc(last, unicode.IsLetter) >= 0 && last == strings.ToLower(last) && !strings.ContainsAny(last, ".:;!?")
}

// secretDegree reports whether s states a degree of secrecy ("Độ mật: Tối mật"). Where nothing follows, the next line says it.
func secretDegree(s, next string) bool {
	lower := strings.ToLower(s)
	m := degreeLabel.FindStringIndex(lower)
	if m == nil {
		return false
	}
	value := lower[m[1]:]
	if strings.TrimFunc(value, notWord) == "" {
		value = strings.ToLower(next)
	}
	if !notSecret.MatchString(value) {
		return true
	}
	for _, w := range strings.FieldsFunc(strings.ReplaceAll(value, "không mật", ""), notWord) {
		if w == "mật" {
			return true
		}
	}
	return false
}

// secretNumber reports whether a number and symbol ("12/BC-UBND (Mật)", "05-Mật/TU") holds the degree as a part of its own.
func secretNumber(s string) bool {
	if i := strings.IndexAny(s, "\n\r"); i >= 0 {
		s = s[:i]
	}
	if len(s) > secretWidth {
		return false
	}
	s = strings.ToLower(clean(s))
	if m := degreeLabel.FindStringIndex(s); m != nil && secretDegree(s[m[0]:], "") {
		return true
	}
	s = degreeWords.ReplaceAllString(s, "mật")
	s = strings.NewReplacer("( ", "(", "[ ", "[", " )", ")", " ]", "]").Replace(s)
	fields := strings.Fields(s)
	for i, f := range fields {
		parts := strings.FieldsFunc(f, notWord)
		for _, p := range parts {
			if p != "mật" {
				continue
			}
			if len(parts) > 1 || strings.IndexFunc(f, isBracket) >= 0 {
				return true
			}
			// A word by itself: the last one, right after the symbol.
			if i == len(fields)-1 && (i == 0 || strings.ContainsAny(fields[i-1], "/-–—0123456789")) {
				return true
			}
		}
	}
	return false
}

func isBracket(r rune) bool { return strings.ContainsRune("()[]{}", r) }

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

// headLines gives the first n lines of s that are not blank, each cut to secretWidth and cleaned.
func headLines(s string, n int) []string {
	var lines []string
	for len(s) > 0 && len(lines) < n {
		i := strings.IndexAny(s, "\n\r\v\f\u0085\u2028\u2029")
		line := s
		if i < 0 {
			s = ""
		} else {
			line, s = s[:i], s[i+1:]
		}
		if len(line) > secretWidth {
			line = line[:secretWidth]
		}
		if line = clean(line); strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// clean brings s to one Unicode form, without invisible characters, every kind of space but the tab as a plain one.
func clean(s string) string {
	return text.NFC(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s))
}
