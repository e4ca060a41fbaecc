package extract

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxPDFPages    = 4000
	maxPDFForms    = 8       // forms drawn within forms
	maxPDFOperands = 1 << 12 // of one operator
	maxPDFPieces   = 1 << 19 // on one page
)

// A pdfMatrix maps a place to another: x' = ax+cy+e, y' = bx+dy+f.
type pdfMatrix struct{ a, b, c, d, e, f float64 }

var pdfIdentity = pdfMatrix{a: 1, d: 1}

// then gives the matrix that maps by m first and by n afterwards.
func (m pdfMatrix) then(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// A piece is one glyph's letters and its place on the page: from x0 to x1 on the base line y, y growing upwards.
type piece struct {
	text      string
	x0, x1, y float64
	size      float64
	artifact  bool // marked as furniture of the page: a running head, a page number
	old       oldFont
}

// A pdfState is what q saves and Q brings back.
type pdfState struct {
	ctm                      pdfMatrix
	font                     *pdfFont
	size, leading, rise      float64
	charSpace, wordSpace, sx float64
}

// A pdfPage draws the text of one page.
type pdfPage struct {
	file   *pdfFile
	fonts  map[pdfRef]*pdfFont // of the whole file
	pieces []piece
	state  pdfState
	saved  []pdfState
	text   pdfMatrix    // of the next glyph
	line   pdfMatrix    // of the line's start
	marks  []bool       // marked content that is open: is it an artifact?
	drawn  []*pdfStream // forms that are being drawn

	pictured float64 // how much of the page images cover
}

// image counts an image; it fills the unit square of its place.
func (p *pdfPage) image() {
	m := p.state.ctm
	if a := abs64(m.a*m.d - m.b*m.c); placed(a) {
		p.pictured += a
	}
}

// read draws the page.
func (p *pdfPage) read(d pdfDict) error {
	content, err := p.file.content(d["Contents"])
	if err != nil {
		return err
	}
	if err := p.draw(content, p.file.dict(d["Resources"])); err != nil {
		return err
	}
	return p.file.err
}

// scanLetters is how many letters a scan may have beside its picture: the note of a digital signature has some.
const scanLetters = 250

// scanned reports whether the page is mainly a picture: most of it is covered, and its own text is short.
func (p *pdfPage) scanned(box pdfArray) bool {
	letters := 0
	for _, g := range p.pieces {
		letters += utf8.RuneCountInString(g.text)
	}
	area := 595.0 * 842
	if len(box) == 4 {
		n := p.file.number
		if a := abs64((n(box[2]) - n(box[0])) * (n(box[3]) - n(box[1]))); a > 0 {
			area = a
		}
	}
	return letters < scanLetters && p.pictured > area/2 || letters == 0 && p.pictured > area/10
}

// pages lists the pages in order, each with what it inherits.
func (f *pdfFile) pages() []pdfDict {
	catalogue := f.dict(f.root)
	if catalogue["Pages"] == nil {
		catalogue = f.dict(f.found)
	}
	var out []pdfDict
	seen := map[pdfRef]bool{}
	var walk func(v any, inherited pdfDict, depth int)
	walk = func(v any, inherited pdfDict, depth int) {
		if ref, ok := v.(pdfRef); ok {
			if seen[ref] {
				return
			}
			seen[ref] = true
		}
		d := f.dict(v)
		switch {
		case f.err != nil:
			return
		case d == nil, depth > maxPDFDepth:
			f.err = errPDFSyntax // a page is missing
			return
		case len(out) >= maxPDFPages:
			f.err = errPDFBomb
			return
		}
		own := pdfDict{"Resources": inherited["Resources"], "Rotate": inherited["Rotate"], "MediaBox": inherited["MediaBox"],
			"Contents": d["Contents"]}
		for _, key := range []pdfName{"Resources", "Rotate", "MediaBox"} {
			if d[key] != nil {
				own[key] = d[key]
			}
		}
		kids := f.array(d["Kids"])
		if kids == nil {
			out = append(out, own)
			return
		}
		for _, kid := range kids {
			if f.tick() {
				walk(kid, own, depth+1)
			}
		}
	}
	walk(catalogue["Pages"], pdfDict{}, 0)
	return out
}

// content joins the streams of a page.
func (f *pdfFile) content(v any) ([]byte, error) {
	parts := pdfArray{v}
	if a := f.array(v); a != nil {
		parts = a
	}
	var out [][]byte
	size := 0
	for _, part := range parts {
		s, ok := f.get(part).(*pdfStream)
		if !ok && part != nil {
			return nil, errPDFSyntax
		}
		if !ok || !f.tick() {
			continue
		}
		data, err := f.expand(s)
		if err == errPDFFilter {
			continue
		}
		if err != nil {
			return nil, err
		}
		if size += len(data); size > maxPDFExpanded {
			return nil, errPDFBomb
		}
		out = append(out, data)
	}
	return bytes.Join(out, []byte("\n")), nil
}

// rotation turns the page as it is shown, so that lines are level.
func rotation(degrees float64) pdfMatrix {
	switch math.Mod(math.Mod(degrees, 360)+360, 360) {
	case 90:
		return pdfMatrix{b: -1, c: 1}
	case 180:
		return pdfMatrix{a: -1, d: -1}
	case 270:
		return pdfMatrix{b: 1, c: -1}
	}
	return pdfIdentity
}

// draw runs the content of a page or form.
func (p *pdfPage) draw(content []byte, resources pdfDict) error {
	in := pdfParser{data: content, content: true}
	var args []any
	for {
		v, err := in.object(0)
		if err == errPDFSyntax {
			args = nil
			continue
		}
		if err != nil {
			return nil
		}
		op, ok := v.(pdfOperator)
		if !ok {
			if args = append(args, v); len(args) > maxPDFOperands {
				args = nil
			}
			continue
		}
		if !p.file.tick() {
			return p.file.err
		}
		switch op {
		case "BI":
			p.image()
			in.skipImage()
		case "Do":
			if err := p.form(args, resources); err != nil {
				return err
			}
		default:
			p.operate(op, args, resources)
		}
		args = args[:0]
	}
}

// skipImage goes past an image that stands in the content itself.
func (p *pdfParser) skipImage() {
	for {
		i := bytes.Index(p.data[p.pos:], []byte("EI"))
		if i < 0 {
			p.pos = len(p.data)
			return
		}
		before, after := p.pos+i-1, p.pos+i+2
		p.pos = after
		if isPDFSpace(p.data[before]) && (after >= len(p.data) || isPDFSpace(p.data[after])) {
			return
		}
	}
}

// form draws a form where the page says so; images have no text.
func (p *pdfPage) form(args []any, resources pdfDict) error {
	if len(args) != 1 || len(p.drawn) >= maxPDFForms {
		return nil
	}
	name, _ := args[0].(pdfName)
	s, ok := p.file.get(p.file.dict(resources["XObject"])[name]).(*pdfStream)
	if ok && p.file.name(s.dict["Subtype"]) == "Image" {
		p.image()
	}
	if !ok || p.file.name(s.dict["Subtype"]) != "Form" || slices.Contains(p.drawn, s) {
		return nil
	}
	content, err := p.file.expand(s)
	if err == errPDFFilter {
		return nil
	}
	if err != nil {
		return err
	}
	own := p.file.dict(s.dict["Resources"])
	if own == nil {
		own = resources
	}
	before, saved, marks := p.state, p.saved, p.marks
	p.saved = nil
	if m, ok := matrixOf(p.file.array(s.dict["Matrix"])); ok {
		p.state.ctm = m.then(p.state.ctm)
	}
	p.drawn = append(p.drawn, s)
	err = p.draw(content, own)
	p.drawn = p.drawn[:len(p.drawn)-1]
	p.state, p.saved, p.marks = before, saved, marks
	return err
}

func matrixOf(args []any) (pdfMatrix, bool) {
	if len(args) != 6 {
		return pdfMatrix{}, false
	}
	var n [6]float64
	for i, v := range args {
		n[i], _ = v.(float64)
	}
	return pdfMatrix{n[0], n[1], n[2], n[3], n[4], n[5]}, true
}

// operate runs one operator; those that draw no text and move none are left out.
func (p *pdfPage) operate(op pdfOperator, args []any, resources pdfDict) {
	n := func(i int) float64 {
		if i >= len(args) {
			return 0
		}
		v, _ := args[i].(float64)
		return v
	}
	s := &p.state
	switch op {
	case "q":
		if len(p.saved) < maxPDFOperands {
			p.saved = append(p.saved, *s)
		}
	case "Q":
		if k := len(p.saved); k > 0 {
			*s, p.saved = p.saved[k-1], p.saved[:k-1]
		}
	case "cm":
		if m, ok := matrixOf(args); ok {
			s.ctm = m.then(s.ctm)
		}
	case "BT":
		p.text, p.line = pdfIdentity, pdfIdentity
	case "Tf":
		if len(args) == 2 {
			name, _ := args[0].(pdfName)
			s.font, s.size = p.fontOf(p.file.dict(resources["Font"])[name]), n(1)
		}
	case "Tc":
		s.charSpace = n(0)
	case "Tw":
		s.wordSpace = n(0)
	case "Tz":
		s.sx = n(0) / 100
	case "TL":
		s.leading = n(0)
	case "Ts":
		s.rise = n(0)
	case "BMC", "BDC", "EMC":
		p.mark(op, args)
	default:
		p.move(op, args, n)
	}
}

// move runs the operators that place text and show it.
func (p *pdfPage) move(op pdfOperator, args []any, n func(int) float64) {
	s := &p.state
	next := func(x, y float64) {
		p.line = pdfMatrix{a: 1, d: 1, e: x, f: y}.then(p.line)
		p.text = p.line
	}
	switch op {
	case "Td":
		next(n(0), n(1))
	case "TD":
		s.leading = -n(1)
		next(n(0), n(1))
	case "Tm":
		if m, ok := matrixOf(args); ok {
			p.text, p.line = m, m
		}
	case "T*":
		next(0, -s.leading)
	case "Tj":
		p.show(args)
	case "'":
		next(0, -s.leading)
		p.show(args)
	case "\"":
		s.wordSpace, s.charSpace = n(0), n(1)
		next(0, -s.leading)
		p.show(args)
	case "TJ":
		if len(args) == 1 {
			list, _ := args[0].(pdfArray)
			p.show(list)
		}
	}
}

// mark keeps account of marked content: what is marked as an artifact is furniture of the page.
func (p *pdfPage) mark(op pdfOperator, args []any) {
	if op == "EMC" {
		if k := len(p.marks); k > 0 {
			p.marks = p.marks[:k-1]
		}
		return
	}
	inside := len(p.marks) > 0 && p.marks[len(p.marks)-1]
	if len(p.marks) < maxPDFOperands {
		p.marks = append(p.marks, inside || len(args) > 0 && args[0] == any(pdfName("Artifact")))
	}
}

func (p *pdfPage) fontOf(v any) *pdfFont {
	ref, ok := v.(pdfRef)
	if !ok {
		if p.file.dict(v) == nil {
			return nil
		}
		return p.file.font(v)
	}
	font := p.fonts[ref]
	if font == nil {
		font = p.file.font(ref)
		p.fonts[ref] = font
	}
	return font
}

// show draws strings; numbers between them move the next one.
func (p *pdfPage) show(args []any) {
	s := &p.state
	if s.font == nil {
		return
	}
	for _, v := range args {
		switch v := v.(type) {
		case float64:
			p.advance(-v / 1000 * s.size * s.sx)
		case pdfString:
			s.font.codes(string(v), p.glyph)
		}
	}
}

func (p *pdfPage) advance(x float64) { p.text = pdfMatrix{a: 1, d: 1, e: x}.then(p.text) }

// glyph draws one.
func (p *pdfPage) glyph(code int, letters string, width float64) {
	s := &p.state
	if !p.file.tick() {
		return
	}
	if len(p.pieces) >= maxPDFPieces {
		p.file.err = errPDFBomb
		return
	}
	from := pdfMatrix{a: s.size * s.sx, d: s.size, f: s.rise}.then(p.text).then(s.ctm)
	x := (width/1000*s.size + s.charSpace) * s.sx
	if code == ' ' && !s.font.wide {
		x += s.wordSpace * s.sx
	}
	p.advance(x)
	to := pdfMatrix{a: s.size * s.sx, d: s.size, f: s.rise}.then(p.text).then(s.ctm)
	size := math.Hypot(from.c, from.d)
	if letters == "" || !placed(from.e, from.f, to.e, size) {
		return
	}
	p.pieces = append(p.pieces, piece{
		text: letters, x0: from.e, x1: to.e, y: from.f, size: size,
		artifact: len(p.marks) > 0 && p.marks[len(p.marks)-1], old: s.font.old,
	})
	if s.font.old != notOld && strings.IndexFunc(letters, standsIn) >= 0 {
		p.file.old.done[s.font.old.fashion()] = true
	}
}

// placed reports whether all numbers are such as a page can have.
func placed(numbers ...float64) bool {
	for _, n := range numbers {
		if math.IsNaN(n) || math.Abs(n) > 1e7 {
			return false
		}
	}
	return true
}
