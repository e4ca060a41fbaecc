package extract

import (
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"
)

const maxParagraphDepth = 32 // paragraphs within paragraphs: text boxes

// fromDOCX makes the layer of a Word document whose text is in the part main.
func fromDOCX(a *archive, main string) (Layer, error) {
	dir := path.Dir(main)
	var styles wordStyles
	if err := a.optional(dir+"/styles.xml", styles.reader()); err != nil {
		return Layer{}, err
	}
	d, text, err := a.body(dir, main, document{styles: &styles, old: &oldRuns{}})
	if err != nil {
		return Layer{}, err
	}
	if convert := d.old.decide(); convert != nil {
		old := &oldRuns{convert: convert, done: map[oldFont]bool{}}
		if d, text, err = a.body(dir, main, document{styles: &styles, old: old}); err != nil {
			return Layer{}, err
		}
	}
	l := Layer{Format: DOCX, Text: text}
	heads, err := a.runningHeads(dir, document{styles: &styles, old: d.old})
	if err != nil {
		return Layer{}, err
	}
	l.Converted = strings.Join(d.old.names(), "+")
	l.Margins = append(heads, d.beside()...)
	l.Title, err = a.title()
	return l, err
}

// body reads the document's main part.
func (a *archive) body(dir, main string, d document) (*document, string, error) {
	d.numbering = numbering{}
	if err := a.optional(dir+"/numbering.xml", d.numbering.reader()); err != nil {
		return nil, "", err
	}
	if err := a.xml(main, d.token); err == errNoPart {
		return nil, "", invalid("error.docx_broken")
	} else if err != nil {
		return nil, "", err
	}
	text, err := d.finish()
	return &d, text, err
}

// optional reads a part that a document need not have.
func (a *archive) optional(name string, visit func(xml.Token) error) error {
	if err := a.xml(name, visit); err != errNoPart {
		return err
	}
	return nil
}

// runningHeads gives the text of all heads and feet of pages, each read as the fresh document.
func (a *archive) runningHeads(dir string, fresh document) ([]string, error) {
	var names []string
	for name := range a.files {
		base := strings.TrimPrefix(name, dir+"/")
		if path.Ext(name) == ".xml" && (strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer")) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var texts []string
	for _, name := range names {
		d := fresh
		if err := a.xml(name, d.token); err != nil {
			return nil, err
		}
		text, err := d.finish()
		if err != nil {
			return nil, err
		}
		if text != "" {
			texts = append(texts, text)
		}
	}
	return texts, nil
}

func (a *archive) title() (string, error) {
	var title strings.Builder
	open := false
	err := a.optional("docProps/core.xml", func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			open = t.Name.Local == "title"
		case xml.EndElement:
			open = false
		case xml.CharData:
			if open && title.Len() < 1000 {
				title.Write(t)
			}
		}
		return nil
	})
	return title.String(), err
}

// A document is WordprocessingML while it is read. Of the markup it knows what makes lines: paragraphs, tables, breaks and list markers.
type document struct {
	lines
	numbering numbering
	styles    *wordStyles
	old       *oldRuns
	open      []*wordParagraph // a text box stands inside the paragraph that it hangs on
	inText    bool
	skip      string // the element that is left out
	skipped   int    // how many of its kind are open
}

type wordParagraph struct {
	text         []*stretch
	size         int
	style        string
	run          wordRun
	list         string // number of the list that it belongs to
	level        int
	inProperties bool
}

// A wordRun is what a stretch of a paragraph says of its font.
type wordRun struct{ font, style string }

// leftOut are elements whose text is not on the page, or is there a second time.
var leftOut = map[string]bool{
	"Fallback": true, // of mc:AlternateContent: the same text box for older programs
	"moveFrom": true, "del": true, "rPrChange": true, "pPrChange": true,
}

func (d *document) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		switch {
		case d.skipped > 0:
			d.skipped += one(t.Name.Local == d.skip)
		case leftOut[t.Name.Local]:
			d.skip, d.skipped = t.Name.Local, 1
		default:
			d.start(t)
		}
	case xml.EndElement:
		if d.skipped > 0 {
			d.skipped -= one(t.Name.Local == d.skip)
		} else {
			d.end(t.Name.Local)
		}
	case xml.CharData:
		if d.inText && d.skipped == 0 {
			d.write(string(t))
		}
	}
	return d.err
}

func (d *document) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		if len(d.open) == maxParagraphDepth {
			d.err = errBomb()
			return
		}
		d.open = append(d.open, &wordParagraph{})
	case "t":
		d.inText = true
	case "softHyphen":
		// Word's own form of U+00AD, the place of ư in TCVN3.
		if p := d.paragraphOpen(); p != nil && d.font(p) == tcvn3 {
			d.write("\u00ad")
		}
	case "tab", "ptab":
		// The same element inside the properties defines a tab stop.
		if p := d.paragraphOpen(); p != nil && !p.inProperties {
			d.write("\t")
		}
	case "textpath": // a watermark
		d.paragraph(attr(e, "string"))
	case "br", "cr":
		d.write("\n")
	case "noBreakHyphen":
		d.write("-")
	case "tbl":
		d.beginTable()
	case "tr":
		d.beginRow()
	case "tc":
		d.beginCell(1)
	case "gridSpan":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil {
			d.widen(n)
		}
	default:
		d.property(e)
	}
}

// property reads what the properties of a paragraph or run say about its list or font. A paragraph's properties hold those of
// its mark, which are none of its text.
func (d *document) property(e xml.StartElement) {
	p := d.paragraphOpen()
	if p == nil {
		return
	}
	switch e.Name.Local {
	case "pPr":
		p.inProperties = true
	case "numId":
		p.list = attr(e, "val")
	case "ilvl":
		p.level, _ = strconv.Atoi(attr(e, "val"))
	case "pStyle":
		p.style = attr(e, "val")
	case "r":
		p.run = wordRun{}
	case "rStyle":
		if !p.inProperties {
			p.run.style = attr(e, "val")
		}
	case "rFonts":
		if font := fontOf(e); font != "" && !p.inProperties {
			p.run.font = font
		}
	}
}

// font is the old font in which the open run is set.
func (d *document) font(p *wordParagraph) oldFont {
	return oldFontNamed(d.styles.font(p.run.font, p.run.style, p.style))
}

func (d *document) end(name string) {
	switch name {
	case "t":
		d.inText = false
	case "pPr":
		if p := d.paragraphOpen(); p != nil {
			p.inProperties = false
		}
	case "p":
		d.endParagraph()
	case "tc":
		d.endCell()
	case "tbl":
		d.endTable()
	}
}

func (d *document) paragraphOpen() *wordParagraph {
	if len(d.open) == 0 {
		return nil
	}
	return d.open[len(d.open)-1]
}

func (d *document) write(s string) {
	p := d.paragraphOpen()
	if p == nil {
		return
	}
	if p.size += len(s); p.size > MaxTextBytes {
		d.err = errTextTooLarge()
		return
	}
	font, n := d.font(p), len(p.text)
	if n == 0 || p.text[n-1].font != font {
		p.text = append(p.text, &stretch{font: font})
		n++
	}
	p.text[n-1].text.WriteString(s)
}

func (d *document) endParagraph() {
	p := d.paragraphOpen()
	if p == nil {
		return
	}
	d.open = d.open[:len(d.open)-1]
	text := strings.TrimFunc(d.old.text(p.text), edge)
	if text == "" {
		return
	}
	if marker := d.numbering.next(p.list, p.level); marker != "" {
		text = marker + " " + text
	}
	for _, line := range strings.Split(text, "\n") {
		d.paragraph(strings.ReplaceAll(line, "\u00a0", " "))
	}
}
