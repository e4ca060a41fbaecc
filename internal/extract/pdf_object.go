package extract

import (
	"bytes"
	"errors"
	"strconv"
)

// The objects of a PDF, as Go values: nil, bool, float64, pdfString, pdfName, pdfArray, pdfDict, pdfRef and *pdfStream; in the
// content of a page also pdfOperator.
type (
	pdfString   string
	pdfName     string
	pdfArray    []any
	pdfDict     map[pdfName]any
	pdfRef      int // number of an object; its generation does not matter, the last definition counts
	pdfOperator string
	pdfStream   struct {
		dict pdfDict
		raw  []byte
	}
)

const (
	maxPDFDepth   = 64      // of arrays and dictionaries
	maxPDFEntries = 1 << 17 // of one array or dictionary
)

var (
	errPDFSyntax = errors.New("pdf: syntax")
	errPDFEnd    = errors.New("pdf: end of data")
)

// A pdfParser reads objects from bytes: of the file, of an object stream, or of the content of a page.
type pdfParser struct {
	data    []byte
	pos     int
	content bool // no references here, but operators
}

func isPDFSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isPDFDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// space goes past white space and comments.
func (p *pdfParser) space() {
	for p.pos < len(p.data) {
		switch c := p.data[p.pos]; {
		case isPDFSpace(c):
			p.pos++
		case c == '%':
			for p.pos < len(p.data) && p.data[p.pos] != '\n' && p.data[p.pos] != '\r' {
				p.pos++
			}
		default:
			return
		}
	}
}

// object reads the next object. Closing brackets and words that are none come back as pdfOperator.
func (p *pdfParser) object(depth int) (any, error) {
	p.space()
	if p.pos >= len(p.data) {
		return nil, errPDFEnd
	}
	if depth > maxPDFDepth {
		return nil, errPDFSyntax
	}
	switch c := p.data[p.pos]; c {
	case '/':
		p.pos++
		return p.name(), nil
	case '(':
		p.pos++
		return p.literal()
	case '[':
		p.pos++
		return p.array(depth)
	case '<':
		if bytes.HasPrefix(p.data[p.pos:], []byte("<<")) {
			p.pos += 2
			return p.dict(depth)
		}
		p.pos++
		return p.hex()
	case '>':
		if bytes.HasPrefix(p.data[p.pos:], []byte(">>")) {
			p.pos += 2
			return pdfOperator(">>"), nil
		}
		p.pos++
		return pdfOperator(">"), nil
	case ']', '{', '}', ')':
		p.pos++
		return pdfOperator(rune(c)), nil
	}
	return p.word(), nil
}

func (p *pdfParser) token() []byte {
	start := p.pos
	for p.pos < len(p.data) && !isPDFSpace(p.data[p.pos]) && !isPDFDelimiter(p.data[p.pos]) {
		p.pos++
	}
	return p.data[start:p.pos]
}

// word reads a number, a reference, a constant or an operator.
func (p *pdfParser) word() any {
	w := p.token()
	switch string(w) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	n, ok := pdfNumber(w)
	if !ok {
		return pdfOperator(w)
	}
	if !p.content {
		if num, ok := p.reference(n); ok {
			return num
		}
	}
	return n
}

func pdfNumber(w []byte) (float64, bool) {
	if len(w) == 0 || len(w) > 40 || w[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(w), 64)
	return n, err == nil && n == n && n < 1e15 && n > -1e15
}

// reference reads the rest of "12 0 R" after the 12.
func (p *pdfParser) reference(n float64) (pdfRef, bool) {
	num := pdfRef(n)
	if float64(num) != n || num < 0 || num > maxPDFObject {
		return 0, false
	}
	back := p.pos
	p.space()
	gen := p.token()
	p.space()
	if len(gen) == 0 || len(gen) > 5 || len(bytes.Trim(gen, "0123456789")) > 0 || string(p.token()) != "R" {
		p.pos = back
		return 0, false
	}
	return num, true
}

func (p *pdfParser) name() pdfName {
	w := p.token()
	if bytes.IndexByte(w, '#') < 0 {
		return pdfName(w)
	}
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			if hi, lo := unhex(w[i+1]), unhex(w[i+2]); hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, w[i])
	}
	return pdfName(out)
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (p *pdfParser) hex() (pdfString, error) {
	var out []byte
	half := -1
	for p.pos < len(p.data) {
		c := p.data[p.pos]
		p.pos++
		if c == '>' {
			if half >= 0 {
				out = append(out, byte(half<<4))
			}
			return pdfString(out), nil
		}
		d := unhex(c)
		switch {
		case d < 0:
		case half < 0:
			half = d
		default:
			out = append(out, byte(half<<4|d))
			half = -1
		}
	}
	return "", errPDFEnd
}

// escapes are the letters that stand for control characters in a literal string.
var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

func (p *pdfParser) literal() (pdfString, error) {
	var out []byte
	depth := 1
	for p.pos < len(p.data) {
		c := p.data[p.pos]
		p.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return pdfString(out), nil
			}
		case '\\':
			out = p.escape(out)
			continue
		}
		out = append(out, c)
	}
	return "", errPDFEnd
}

// escape reads what follows a backslash.
func (p *pdfParser) escape(out []byte) []byte {
	if p.pos >= len(p.data) {
		return out
	}
	c := p.data[p.pos]
	p.pos++
	if e, ok := escapes[c]; ok {
		return append(out, e)
	}
	switch {
	case '0' <= c && c <= '7':
		n := int(c - '0')
		for i := 0; i < 2 && p.pos < len(p.data) && '0' <= p.data[p.pos] && p.data[p.pos] <= '7'; i++ {
			n = n*8 + int(p.data[p.pos]-'0')
			p.pos++
		}
		return append(out, byte(n))
	case c == '\r':
		if p.pos < len(p.data) && p.data[p.pos] == '\n' {
			p.pos++
		}
		return out
	case c == '\n':
		return out
	}
	return append(out, c)
}

func (p *pdfParser) array(depth int) (pdfArray, error) {
	out := pdfArray{}
	for {
		v, err := p.object(depth + 1)
		if err != nil {
			return nil, err
		}
		if op, ok := v.(pdfOperator); ok {
			if op == "]" {
				return out, nil
			}
			return nil, errPDFSyntax
		}
		if out = append(out, v); len(out) > maxPDFEntries {
			return nil, errPDFSyntax
		}
	}
}

func (p *pdfParser) dict(depth int) (pdfDict, error) {
	out := pdfDict{}
	for {
		k, err := p.object(depth + 1)
		if err != nil {
			return nil, err
		}
		if k == pdfOperator(">>") {
			return out, nil
		}
		key, ok := k.(pdfName)
		if !ok {
			return nil, errPDFSyntax
		}
		v, err := p.object(depth + 1)
		if err != nil {
			return nil, err
		}
		if op, ok := v.(pdfOperator); ok {
			if op == ">>" { // a key without its value
				return out, nil
			}
			return nil, errPDFSyntax
		}
		if out[key] = v; len(out) > maxPDFEntries {
			return nil, errPDFSyntax
		}
	}
}
