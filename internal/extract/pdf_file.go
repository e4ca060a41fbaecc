package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"io"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

const (
	maxPDFObject   = 1 << 23   // the highest object number, as the format allows
	maxPDFObjects  = 1 << 18   // in one file
	maxPDFExpanded = 32 << 20  // of one stream
	maxPDFTotal    = 128 << 20 // of all streams
	maxPDFLoaded   = 8 << 20   // of objects that are looked at, streams' contents not counted
	maxPDFRow      = 1 << 20   // of the rows in which a stream was filtered
	maxPDFTicks    = 1 << 24   // steps in one file
)

var (
	errPDFBomb   = errors.New("pdf: expands beyond all measure")
	errPDFFilter = errors.New("pdf: a filter that holds no text")
	errPDFFont   = errors.New("pdf: fonts that do not tell their letters")
	errPDFLocked = errors.New("pdf: encrypted")
)

// A pdfFile finds the objects of a PDF. It does not use the file's table of offsets, which is broken in many files and can send a
// reader anywhere: it goes through the bytes once and notes where each object begins. Of two definitions of one object the
// later counts, as in a file that was saved again.
type pdfFile struct {
	data    []byte
	at      map[pdfRef]pdfPlace
	cache   map[pdfRef]any
	streams map[pdfRef][]byte // object streams, expanded
	root    any               // the catalogue's reference
	found   any               // a catalogue that the scan came by, for files whose trailer is lost
	info    any
	total   int64 // bytes that were expanded
	work    int64 // bytes that were parsed
	loaded  int   // bytes whose objects are in the cache
	ticks   int   // steps that were taken: operators, glyphs, entries of tables
	old     oldRuns
	err     error // a limit or a gap that was met on the way; whoever goes on checks it
}

// A pdfPlace is where an object stands: at an offset of the file, or of an object stream.
type pdfPlace struct {
	in     pdfRef // object stream, 0 for the file
	offset int
}

func openPDF(data []byte) (*pdfFile, error) {
	f := &pdfFile{data: data, at: map[pdfRef]pdfPlace{}, cache: map[pdfRef]any{}, streams: map[pdfRef][]byte{},
		old: oldRuns{done: map[oldFont]bool{}}}
	for pos := 0; ; {
		next, err := f.scan(pos)
		if err != nil {
			return nil, err
		}
		if next < 0 {
			return f, nil
		}
		pos = next
	}
}

// scan finds the next object or trailer at or after pos and gives the offset behind it, -1 where there is none.
func (f *pdfFile) scan(pos int) (int, error) {
	i, word := nextWord(f.data, pos)
	if i < 0 {
		return -1, nil
	}
	after := i + len(word)
	if word == "trailer" {
		p := pdfParser{data: f.data, pos: after}
		v, err := p.object(0)
		if f.worked(p.pos - after); f.work > f.allowed() {
			return 0, errPDFSyntax
		}
		if err != nil {
			return after, nil
		}
		d, _ := v.(pdfDict)
		return p.pos, f.trailer(d)
	}
	num, ok := numberBefore(f.data, i)
	if !ok {
		return after, nil
	}
	v, end, err := f.parseAt(after)
	if f.work > f.allowed() {
		return 0, errPDFSyntax
	}
	if err != nil {
		return after, nil
	}
	f.at[num] = pdfPlace{offset: after}
	if len(f.at) > maxPDFObjects {
		return 0, errPDFBomb
	}
	if d, ok := v.(pdfDict); ok && d["Type"] == pdfName("Catalog") {
		f.found = num
	}
	if s, ok := v.(*pdfStream); ok {
		switch s.dict["Type"] {
		case pdfName("XRef"):
			return end, f.trailer(s.dict)
		case pdfName("ObjStm"):
			return end, f.container(num, s)
		}
	}
	return end, nil
}

// tick counts a step and reports whether more are allowed.
func (f *pdfFile) tick() bool {
	if f.ticks++; f.ticks > maxPDFTicks && f.err == nil {
		f.err = errPDFBomb
	}
	return f.err == nil
}

// worked counts parsed bytes: what is parsed again and again, by objects that begin inside each other, adds up.
func (f *pdfFile) worked(n int) { f.work += int64(n) }

func (f *pdfFile) allowed() int64 { return 64<<20 + 4*int64(len(f.data)) }

// nextWord finds "obj" (not "endobj") or "trailer".
func nextWord(data []byte, pos int) (int, string) {
	for pos < len(data) {
		i := bytes.IndexAny(data[pos:], "ot")
		if i < 0 {
			return -1, ""
		}
		pos += i
		switch {
		case bytes.HasPrefix(data[pos:], []byte("obj")) && pos > 0 && (isPDFSpace(data[pos-1]) || '0' <= data[pos-1] && data[pos-1] <= '9'):
			return pos, "obj"
		case bytes.HasPrefix(data[pos:], []byte("trailer")):
			return pos, "trailer"
		}
		pos++
	}
	return -1, ""
}

// numberBefore reads the object number of "12 0 obj", backwards from the word.
func numberBefore(data []byte, end int) (pdfRef, bool) {
	digits := func() (int, bool) {
		for end > 0 && isPDFSpace(data[end-1]) {
			end--
		}
		n, scale, start := 0, 1, end
		for end > 0 && '0' <= data[end-1] && data[end-1] <= '9' && start-end < 8 {
			end--
			n += int(data[end]-'0') * scale
			scale *= 10
		}
		return n, end < start
	}
	if _, ok := digits(); !ok {
		return 0, false
	}
	n, ok := digits()
	return pdfRef(n), ok && n <= maxPDFObject
}

// parseAt reads the object at an offset of the file, a stream with its bytes, and gives the offset behind it.
func (f *pdfFile) parseAt(offset int) (any, int, error) {
	p := pdfParser{data: f.data, pos: offset}
	v, err := p.object(0)
	f.worked(p.pos - offset)
	if err != nil {
		return nil, 0, err
	}
	d, ok := v.(pdfDict)
	if !ok {
		return v, p.pos, nil
	}
	end := p.pos
	p.space()
	if !bytes.HasPrefix(f.data[p.pos:], []byte("stream")) {
		return v, end, nil
	}
	start := p.pos + len("stream")
	if bytes.HasPrefix(f.data[start:], []byte("\r\n")) {
		start += 2
	} else if start < len(f.data) && (f.data[start] == '\n' || f.data[start] == '\r') {
		start++
	}
	// The stated length counts where the stream ends there; often it stands in another object, or is wrong.
	if n, ok := d["Length"].(float64); ok && n >= 0 && start+int(n) <= len(f.data) {
		rest := bytes.TrimLeft(f.data[start+int(n):min(start+int(n)+16, len(f.data))], "\r\n ")
		if bytes.HasPrefix(rest, []byte("endstr")) {
			return &pdfStream{d, f.data[start : start+int(n)]}, start + int(n), nil
		}
	}
	n := bytes.Index(f.data[start:], []byte("endstream"))
	if n < 0 {
		n = len(f.data) - start
	}
	f.worked(n)
	return &pdfStream{d, f.data[start : start+n]}, start + n, nil
}

// trailer takes in where the catalogue is, from a trailer or a cross-reference stream.
func (f *pdfFile) trailer(d pdfDict) error {
	if d["Encrypt"] != nil {
		return errPDFLocked
	}
	if d["Root"] != nil {
		f.root = d["Root"]
	}
	if d["Info"] != nil {
		f.info = d["Info"]
	}
	return nil
}

// container notes the objects that stand in an object stream.
func (f *pdfFile) container(num pdfRef, s *pdfStream) error {
	data, err := f.expand(s)
	if err != nil {
		if errors.Is(err, errPDFBomb) {
			return err
		}
		return nil // a damaged one; what it held is missing
	}
	count, _ := s.dict["N"].(float64)
	first, _ := s.dict["First"].(float64)
	if first < 0 {
		return nil
	}
	p := pdfParser{data: data, content: true}
	for range min(int(count), maxPDFObjects) {
		id, err1 := p.object(0)
		offset, err2 := p.object(0)
		n, ok1 := id.(float64)
		o, ok2 := offset.(float64)
		if err1 != nil || err2 != nil || !ok1 || !ok2 || n < 0 || n > maxPDFObject || o < 0 || first+o > float64(len(data)) {
			return nil
		}
		f.at[pdfRef(n)] = pdfPlace{in: num, offset: int(first + o)}
		if len(f.at) > maxPDFObjects {
			return errPDFBomb
		}
	}
	f.streams[num] = data
	return nil
}

// get follows references to the object itself; nil for what is missing or damaged.
func (f *pdfFile) get(v any) any {
	for range 16 {
		ref, ok := v.(pdfRef)
		if !ok {
			return v
		}
		cached, ok := f.cache[ref]
		if !ok {
			cached = f.load(ref)
			f.cache[ref] = cached
		}
		v = cached
	}
	return nil
}

func (f *pdfFile) load(ref pdfRef) any {
	place, ok := f.at[ref]
	if !ok || f.err != nil {
		return nil
	}
	var v any
	var err error
	var size int
	if place.in == 0 {
		v, size, err = f.parseAt(place.offset)
		size -= place.offset
	} else {
		p := pdfParser{data: f.streams[place.in], pos: place.offset}
		v, err = p.object(0)
		size = p.pos - place.offset
	}
	if s, ok := v.(*pdfStream); ok {
		size -= len(s.raw)
	}
	if err != nil {
		return nil
	}
	if f.loaded += size; f.loaded > maxPDFLoaded {
		f.err = errPDFBomb
		return nil
	}
	return v
}

func (f *pdfFile) dict(v any) pdfDict {
	switch v := f.get(v).(type) {
	case pdfDict:
		return v
	case *pdfStream:
		return v.dict
	}
	return nil
}

func (f *pdfFile) array(v any) pdfArray { a, _ := f.get(v).(pdfArray); return a }

func (f *pdfFile) name(v any) pdfName { n, _ := f.get(v).(pdfName); return n }

func (f *pdfFile) number(v any) float64 { n, _ := f.get(v).(float64); return n }

// text is a string of the file's own data (its title): UTF-16 with a mark, UTF-8 with a mark, or Latin.
func (f *pdfFile) text(v any) string {
	s, _ := f.get(v).(pdfString)
	switch {
	case len(s) >= 2 && s[:2] == "\xfe\xff":
		return utf16BE(string(s[2:]))
	case len(s) >= 3 && s[:3] == "\xef\xbb\xbf":
		return string(bytes.ToValidUTF8([]byte(s[3:]), nil))
	}
	latin, _ := charmap.Windows1252.NewDecoder().String(string(s))
	return latin
}

func utf16BE(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// expand gives the content of a stream without its filters.
func (f *pdfFile) expand(s *pdfStream) ([]byte, error) {
	// Each costs something, however short it is; one without a filter costs its length.
	f.total += 2048
	if s.dict["Filter"] == nil {
		f.total += int64(len(s.raw))
	}
	if f.total > maxPDFTotal {
		return nil, errPDFBomb
	}
	filters := pdfArray{s.dict["Filter"]}
	params := pdfArray{s.dict["DecodeParms"]}
	switch v := f.get(s.dict["Filter"]).(type) {
	case nil:
		filters = nil
	case pdfArray:
		filters, params = v, f.array(s.dict["DecodeParms"])
	}
	data := s.raw
	if len(filters) > 4 {
		return nil, errPDFFilter
	}
	for i, filter := range filters {
		var param any
		if i < len(params) {
			param = params[i]
		}
		var err error
		if data, err = f.decode(data, f.name(filter), f.dict(param)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (f *pdfFile) decode(data []byte, filter pdfName, param pdfDict) ([]byte, error) {
	var r io.Reader
	switch filter {
	case "FlateDecode", "Fl":
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, errPDFFilter
		}
		r = z
	case "ASCII85Decode", "A85":
		data = bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~"))
		if i := bytes.IndexByte(data, '~'); i >= 0 {
			data = data[:i]
		}
		r = ascii85.NewDecoder(bytes.NewReader(data))
	case "ASCIIHexDecode", "AHx":
		p := pdfParser{data: append(bytes.Clone(data), '>')}
		s, err := p.hex()
		return []byte(s), err
	default:
		return nil, errPDFFilter
	}
	out, err := io.ReadAll(io.LimitReader(r, maxPDFExpanded+1))
	f.total += int64(len(out))
	if len(out) > maxPDFExpanded || f.total > maxPDFTotal {
		return nil, errPDFBomb
	}
	if err != nil && !errors.Is(err, zlib.ErrChecksum) {
		return nil, errPDFSyntax
	}
	if f.number(param["Predictor"]) >= 10 {
		return unpredict(out, f, param)
	}
	return out, nil
}

// unpredict undoes the PNG filters, in which a byte is written as the difference from its neighbours.
func unpredict(data []byte, f *pdfFile, param pdfDict) ([]byte, error) {
	either := func(key pdfName, standard int) int {
		if n := int(f.number(param[key])); n > 0 && n < 1<<16 {
			return n
		}
		return standard
	}
	pixel := either("Colors", 1) * either("BitsPerComponent", 8)
	width := (pixel*either("Columns", 1) + 7) / 8
	if pixel > maxPDFRow || width > maxPDFRow {
		return nil, errPDFFilter
	}
	step := max((pixel+7)/8, 1)
	var out []byte
	above := make([]byte, width)
	for ; len(data) > width; data = data[width+1:] {
		row := bytes.Clone(data[1 : width+1])
		for i := range row {
			var left, corner byte
			if i >= step {
				left, corner = row[i-step], above[i-step]
			}
			switch data[0] {
			case 1:
				row[i] += left
			case 2:
				row[i] += above[i]
			case 3:
				row[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				row[i] += paeth(left, above[i], corner)
			}
		}
		out = append(out, row...)
		above = row
	}
	return out, nil
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(n int) int { return max(n, -n) }
