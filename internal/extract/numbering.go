package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"
)

const (
	maxLevels = 9     // of a list, as in Word
	maxLists  = 10000 // in one document
)

// numbering holds the lists of a Word document by number, and counts their items.
type numbering map[string]*list

// A list is one use of a definition. Uses of one definition count on together, except where one says that it starts anew.
type list struct {
	*definition
	restart [maxLevels]bool
	starts  [maxLevels]int
}

type definition struct {
	levels [maxLevels]level
	counts [maxLevels]int
}

type level struct {
	text, format string
	start        int
}

// reader gives the function that takes in numbering.xml.
func (n numbering) reader() func(xml.Token) error {
	definitions := map[string]*definition{}
	var def *definition
	var use *list
	at, overridden := 0, false
	return func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		value := attr(e, "val")
		switch e.Name.Local {
		case "abstractNum":
			def, use, at, overridden = &definition{}, nil, 0, false
			definitions[attr(e, "abstractNumId")] = def
		case "num":
			use, def = &list{}, nil
			n[attr(e, "numId")] = use
		case "abstractNumId":
			if use != nil {
				use.definition = definitions[value]
			}
		case "lvlOverride":
			overridden = true
			at = levelOf(attr(e, "ilvl"))
		case "lvl":
			at = levelOf(attr(e, "ilvl"))
		case "startOverride":
			if use != nil && overridden {
				use.restart[at], use.starts[at] = true, number(value)
			}
		case "start", "numFmt", "lvlText":
			if def != nil {
				def.levels[at].set(e.Name.Local, value)
			}
		}
		if len(definitions) > maxLists || len(n) > maxLists {
			return errBomb()
		}
		return nil
	}
}

func (l *level) set(property, value string) {
	switch property {
	case "start":
		l.start = number(value)
	case "numFmt":
		l.format = value
	case "lvlText":
		if len(value) <= 100 {
			l.text = value
		}
	}
}

func levelOf(s string) int { return min(number(s), maxLevels-1) }

// number reads a count; what is no count is 0.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1<<20 {
		return 0
	}
	return n
}

// next counts one more item of a list and gives its marker, empty where the paragraph is in no list.
func (n numbering) next(id string, at int) string {
	use := n[id]
	if use == nil || use.definition == nil || at < 0 || at >= maxLevels {
		return ""
	}
	if use.restart[at] {
		use.counts[at], use.restart[at] = max(use.starts[at], 1)-1, false
		clear(use.counts[at+1:])
	}
	if use.counts[at] == 0 {
		use.counts[at] = max(use.levels[at].start, 1) - 1
	}
	use.counts[at]++
	clear(use.counts[at+1:])
	lv := use.levels[at]
	switch lv.format {
	case "none":
		return ""
	case "bullet":
		return bullet(lv.text)
	}
	text := lv.text
	for i := range at + 1 {
		count := use.counts[i]
		if i < at && count == 0 {
			count = max(use.levels[i].start, 1)
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), counted(count, use.levels[i].format))
	}
	return text
}

// bullet gives a sign that can be read: Word takes most of its bullets from the private letters of a symbol font.
func bullet(s string) string {
	for _, r := range s {
		if r == '-' || r == '+' || r == '*' || r == '–' || r == '•' || unicode.IsLetter(r) && !unicode.Is(unicode.Co, r) && r > 'z' {
			return string(r)
		}
	}
	return "-"
}

// counted writes n as a list does.
func counted(n int, format string) string {
	switch format {
	case "lowerLetter", "upperLetter":
		// a … z, aa, bb …
		if n < 1 || n > 26*20 {
			break
		}
		s := strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
		if format == "upperLetter" {
			s = strings.ToUpper(s)
		}
		return s
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"},
		{5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for n >= d.value {
			b.WriteString(d.sign)
			n -= d.value
		}
	}
	return b.String()
}
