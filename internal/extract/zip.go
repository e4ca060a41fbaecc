package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

const (
	maxEntries   = 4096     // files in an archive; a document of Word has some dozens
	maxPartBytes = 40 << 20 // of one part, expanded
	maxZipBytes  = 64 << 20 // of all parts that are read, expanded
	maxTokenSize = 1 << 20  // of one tag, comment or attribute in XML
)

// An archive is a zip file that is read within limits.
type archive struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be expanded
}

func openArchive(data []byte) (*archive, error) {
	// The list of files is counted before it is read: reading it takes memory for each.
	if bytes.Count(data, []byte("PK\x01\x02")) > maxEntries {
		return nil, errBomb()
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, invalid("error.docx_broken").because(err)
	}
	a := &archive{files: map[string]*zip.File{}, left: maxZipBytes}
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/")
		if _, twice := a.files[name]; twice {
			return nil, invalid("error.docx_broken")
		}
		a.files[name] = f
	}
	return a, nil
}

// errNoPart says that the archive holds no file of the name.
var errNoPart = errors.New("no such part")

// xml calls visit with each token of a part, its names without prefix. It stops at the first error.
func (a *archive) xml(name string, visit func(xml.Token) error) error {
	f := a.files[name]
	if f == nil {
		return errNoPart
	}
	if f.Flags&1 != 0 {
		return unsupported("error.file_locked")
	}
	if f.UncompressedSize64 > maxPartBytes {
		return errBomb()
	}
	r, err := f.Open()
	if err != nil {
		return invalid("error.docx_broken").because(err)
	}
	defer r.Close()
	d := xml.NewDecoder(&guard{r: r, archive: a, left: maxPartBytes})
	depth := 0
	for {
		// Raw tokens, because the parser's own check of nesting holds a record for each element that is open.
		t, err := d.RawToken()
		if err == io.EOF && depth == 0 {
			return nil
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if err == nil {
			err = visit(t)
		}
		if err != nil {
			var refusal *Error
			if errors.As(err, &refusal) {
				return refusal
			}
			return invalid("error.docx_broken").because(err)
		}
	}
}

// A guard passes XML on and stops at what a parser would have to hold in memory at once: a part that expands without end, text of
// more than a layer may have, or a tag of more than maxTokenSize.
type guard struct {
	r       io.Reader
	archive *archive
	left    int64
	inTag   bool
	run     int // bytes since the last < or >
}

func (g *guard) Read(b []byte) (int, error) {
	n, err := g.r.Read(b)
	g.left -= int64(n)
	g.archive.left -= int64(n)
	if g.left < 0 || g.archive.left < 0 {
		return 0, errBomb()
	}
	for _, c := range b[:n] {
		switch c {
		case '<', '>':
			g.inTag, g.run = c == '<', 0
		default:
			g.run++
		}
		if g.run > maxTokenSize && g.inTag {
			return 0, errBomb()
		}
		if g.run > MaxTextBytes {
			return 0, errTextTooLarge()
		}
	}
	return n, err
}

// fromZip makes the layer of a zip file that holds a document, and tells others apart.
func fromZip(data []byte) (Layer, error) {
	a, err := openArchive(data)
	if err != nil {
		return Layer{}, err
	}
	main, err := a.mainPart()
	if err != nil {
		return Layer{}, err
	}
	switch {
	case strings.HasPrefix(main, "word/"):
		return fromDOCX(a, main)
	case a.files["word/document.xml"] != nil:
		return fromDOCX(a, "word/document.xml")
	case strings.HasPrefix(main, "xl/") || a.files["xl/workbook.xml"] != nil:
		return Layer{}, unsupported("error.file_table")
	case strings.HasPrefix(main, "ppt/") || a.files["mimetype"] != nil:
		return Layer{}, unsupported("error.file_old_office")
	case a.files["[Content_Types].xml"] != nil:
		return Layer{}, invalid("error.docx_broken")
	}
	return Layer{}, unsupported("error.file_archive")
}

// mainPart is the name of the part that holds the document, as the package's relationships state it; empty where they don't.
func (a *archive) mainPart() (string, error) {
	main := ""
	err := a.xml("_rels/.rels", func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if ok && e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			main = strings.TrimPrefix(path.Clean("/"+attr(e, "Target")), "/")
		}
		return nil
	})
	if err == errNoPart {
		return main, nil
	}
	return main, err
}

// attr is the value of an attribute, its prefix left aside.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
