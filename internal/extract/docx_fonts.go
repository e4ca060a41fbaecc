package extract

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// fontSuffix is what follows a font's family in the names that PDF gives: ".VnTime,Bold", "VNI-Times-Italic".
var fontSuffix = regexp.MustCompile(`(?:,.*|-(?:Bold|Italic|BoldItalic|Oblique|BoldOblique|Regular|Normal|Roman))$`)

// oldFontNamed tells by a font's name what was typed for it.
func oldFontNamed(name string) oldFont {
	name = fontSuffix.ReplaceAllString(strings.TrimSpace(name), "")
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(lower, ".vn") && strings.HasSuffix(name, "H"):
		return tcvn3Capitals
	case strings.HasPrefix(lower, ".vn"):
		return tcvn3
	case strings.HasPrefix(lower, "vni-"):
		return vni
	}
	return notOld
}

// maxStyles is how many styles of a document are kept, and how many of them may stand upon each other.
const (
	maxStyles = 1 << 12
	maxBased  = 16
)

// A wordStyle is what a style says of fonts.
type wordStyle struct {
	font  string // empty: the one that it is based on says
	based string
}

// wordStyles tell the font of a run that names none itself.
type wordStyles struct {
	styles   map[string]wordStyle
	standard string // font of all that has no other
	normal   string // the style of paragraphs that name none
}

// reader visits styles.xml.
func (w *wordStyles) reader() func(xml.Token) error {
	w.styles = map[string]wordStyle{}
	id, defaults, paragraph := "", false, false
	return func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "docDefaults":
				defaults = true
			case "style":
				id = attr(t, "styleId")
				if attr(t, "type") == "paragraph" && attr(t, "default") == "1" {
					w.normal = id
				}
			case "basedOn":
				w.change(id, func(s *wordStyle) { s.based = attr(t, "val") })
			case "rFonts":
				if font := fontOf(t); defaults {
					w.standard = font
				} else if !paragraph {
					w.change(id, func(s *wordStyle) { s.font = font })
				}
			case "pPr":
				paragraph = true // its rPr is of the paragraph's mark
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "docDefaults":
				defaults = false
			case "style":
				id = ""
			case "pPr":
				paragraph = false
			}
		}
		return nil
	}
}

func (w *wordStyles) change(id string, f func(*wordStyle)) {
	if s, known := w.styles[id]; id != "" && (known || len(w.styles) < maxStyles) {
		f(&s)
		w.styles[id] = s
	}
}

// themeFont stands for a font that the document's theme names; none of those is old.
const themeFont = "theme"

// fontOf is the font that an element names for letters of Latin-1, empty where it names none.
func fontOf(e xml.StartElement) string {
	for _, of := range []string{"hAnsi", "ascii"} {
		if attr(e, of+"Theme") != "" {
			return themeFont
		}
		if font := attr(e, of); font != "" {
			return font
		}
	}
	return ""
}

// font is the font of a run: its own, else that of its style, its paragraph's style or the document.
func (w *wordStyles) font(run, style, paragraph string) string {
	if run != "" {
		return run
	}
	if paragraph == "" {
		paragraph = w.normal
	}
	for _, id := range []string{style, paragraph} {
		for range maxBased {
			s := w.styles[id]
			if s.font != "" {
				return s.font
			}
			if id = s.based; id == "" {
				break
			}
		}
	}
	return w.standard
}

// A stretch is text of a paragraph in one kind of font.
type stretch struct {
	font oldFont
	text strings.Builder
}

// oldRuns keeps account of what a document has in old fonts.
//
// A font's name alone is no proof: Word shows Unicode in a run that is set in .VnTime by some other font and leaves the name. So the
// document is read once with its text as it stands, and where that text in one fashion of fonts becomes syllables by being converted,
// once more.
type oldRuns struct {
	samples map[oldFont]*strings.Builder
	convert map[oldFont]bool
	done    map[oldFont]bool // fashions of which something was converted
}

// text joins the stretches of a paragraph, converted where that was decided and where they hold no letter of Unicode's own.
func (o *oldRuns) text(stretches []*stretch) string {
	if len(stretches) == 1 && stretches[0].font == notOld {
		return stretches[0].text.String()
	}
	own := map[oldFont]bool{}
	for _, s := range stretches {
		own[s.font.fashion()] = own[s.font.fashion()] || strings.IndexFunc(s.text.String(), ownLetter) >= 0
	}
	var b strings.Builder
	for _, s := range stretches {
		text, fashion := s.text.String(), s.font.fashion()
		if fashion == notOld || own[fashion] {
			b.WriteString(text)
			continue
		}
		if !o.convert[fashion] {
			o.sample(fashion, text)
			b.WriteString(text)
			continue
		}
		after := s.font.unicode(text)
		if after != text {
			o.done[fashion] = true
		}
		b.WriteString(after)
	}
	return b.String()
}

func (o *oldRuns) sample(fashion oldFont, text string) {
	if o.samples == nil {
		o.samples = map[oldFont]*strings.Builder{tcvn3: {}, vni: {}}
	}
	if b := o.samples[fashion]; b.Len() < sampleBytes {
		b.WriteString(text)
		b.WriteByte('\n')
	}
}

// decide tells which fashions are to be converted; nil where none is.
func (o *oldRuns) decide() map[oldFont]bool {
	var convert map[oldFont]bool
	for fashion, sample := range o.samples {
		t := fashion.count(sample.String())
		if before, after := t.shares(); len(t.kinds) > 0 && after >= 70 && after-before >= 40 {
			if convert == nil {
				convert = map[oldFont]bool{}
			}
			convert[fashion] = true
		}
	}
	return convert
}

// names gives the fashions that were converted, for Layer.Converted.
func (o *oldRuns) names() []string {
	var names []string
	for _, f := range []oldFont{tcvn3, vni} {
		if o.done[f] {
			names = append(names, f.String())
		}
	}
	return names
}

// fashion takes the fonts of one encoding together.
func (f oldFont) fashion() oldFont {
	if f == tcvn3Capitals {
		return tcvn3
	}
	return f
}
