package extract

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dropped are the elements whose text is not what a reader of the page reads.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true,
	atom.Nav: true, atom.Aside: true, atom.Footer: true, atom.Select: true, atom.Button: true, atom.Textarea: true, atom.Svg: true,
}

// blocks are the elements that begin and end a line.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Blockquote: true, atom.Pre: true,
	atom.Article: true, atom.Section: true, atom.Header: true, atom.Main: true, atom.Figure: true, atom.Figcaption: true,
	atom.Address: true, atom.Form: true, atom.Fieldset: true, atom.Legend: true, atom.Hr: true, atom.Body: true, atom.Html: true,
	atom.Caption: true, atom.Center: true, atom.Details: true, atom.Summary: true, atom.Br: true,
}

// fromHTML makes the layer of a page.
func fromHTML(s string) (Layer, error) {
	p := page{dropping: true}
	text, err := p.read(s)
	if err != nil {
		return Layer{}, err
	}
	if p.unclosed() {
		// An element that is dropped never ends, so the rest of the page would go with it: take everything instead.
		p = page{}
		if text, err = p.read(s); err != nil {
			return Layer{}, err
		}
	}
	title := strings.TrimSpace(p.heading.String())
	if title == "" {
		title = p.title.String()
	}
	return Layer{Format: HTML, Text: text, Title: title, Margins: p.beside()}, nil
}

// A page is an HTML page while it is read, token by token: a tree of a hostile page could be far larger than the page.
type page struct {
	lines
	line     strings.Builder // of the block that is open
	space    bool            // white space is due before the next word
	pre      int             // open elements that keep line ends
	dropping bool
	drop     atom.Atom // the dropped element that is open
	depth    int       // how many of its kind are open
	inTitle  bool
	title    strings.Builder
	inH1     bool
	heading  strings.Builder // the first h1
	headed   bool
}

func (p *page) unclosed() bool { return p.depth > 0 }

func (p *page) read(s string) (string, error) {
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(MaxTextBytes)
	for p.err == nil {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); errors.Is(err, html.ErrBufferExceeded) {
				return "", errTextTooLarge()
			} else if err != io.EOF {
				return "", invalid("error.file_encoding").because(err)
			}
			p.flush()
			return p.finish()
		case html.TextToken:
			p.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			p.start(atom.Lookup(name), z, more)
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(atom.Lookup(name))
		}
	}
	return "", p.err
}

func (p *page) start(a atom.Atom, z *html.Tokenizer, more bool) {
	if p.depth > 0 {
		if a == p.drop {
			p.depth++
		}
		return
	}
	switch {
	case dropped[a] && p.dropping:
		p.drop, p.depth = a, 1
	case a == atom.Title:
		p.inTitle = true
	case a == atom.Table:
		p.flush()
		p.beginTable()
	case a == atom.Tr:
		p.flush()
		p.beginRow()
	case a == atom.Td, a == atom.Th:
		p.flush()
		p.beginCell(columns(z, more))
	case blocks[a]:
		p.flush()
		p.pre += one(a == atom.Pre)
		if a == atom.H1 {
			p.inH1 = !p.headed
		}
	}
}

func (p *page) end(a atom.Atom) {
	if p.depth > 0 {
		p.depth -= one(a == p.drop)
		return
	}
	switch {
	case a == atom.Title:
		p.inTitle = false
	case a == atom.Table:
		p.flush()
		p.endTable()
	case a == atom.Td, a == atom.Th, a == atom.Tr:
		p.flush()
		p.endCell()
	case blocks[a]:
		p.flush()
		if a == atom.Pre && p.pre > 0 {
			p.pre--
		}
		if a == atom.H1 {
			p.inH1, p.headed = false, p.headed || p.heading.Len() > 0
		}
	}
}

// columns reads how many columns a cell covers.
func columns(z *html.Tokenizer, more bool) int {
	span := 1
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if string(key) == "colspan" {
			if n, err := strconv.Atoi(string(value)); err == nil {
				span = n
			}
		}
	}
	return span
}

func (p *page) text(s string) {
	switch {
	case p.depth > 0:
	case p.inTitle:
		p.title.WriteString(s)
	case p.pre > 0:
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				p.flush()
			}
			p.line.WriteString(strings.TrimRight(line, "\r"))
		}
	default:
		p.words(s)
	}
}

// words adds text with its white space drawn together, as a browser shows it.
func (p *page) words(s string) {
	for len(s) > 0 {
		word := strings.TrimLeft(s, " \t\r\n\f")
		if len(word) < len(s) {
			p.space = true
		}
		end := strings.IndexAny(word, " \t\r\n\f")
		if end < 0 {
			end = len(word)
		}
		if s = word[end:]; end == 0 {
			continue
		}
		if p.space && p.line.Len() > 0 {
			p.line.WriteByte(' ')
		}
		p.space = false
		p.line.WriteString(word[:end])
		if p.line.Len() > MaxTextBytes {
			p.err = errTextTooLarge()
			return
		}
	}
}

// flush ends the line.
func (p *page) flush() {
	if p.line.Len() > 0 {
		s := p.line.String()
		if p.inH1 && p.heading.Len() < 1000 {
			p.heading.WriteString(s + " ")
		}
		p.paragraph(strings.ReplaceAll(s, "\u00a0", " "))
	}
	p.line.Reset()
	p.space = false
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
