// Package extract turns the bytes of a file into its text layer: the UTF-8 text that a person reads in it, line by line. Spans of
// a reading are byte offsets into that layer, so the layer is made the same way every time and is kept beside the file.
//
// # What becomes of a file
//
//   - Plain text in UTF-8 is its own layer, byte for byte: line ends stay as they are, and so does a byte order mark at the start
//     (U+FEFF, three bytes, which readers skip like white space), because the spans of plain text are offsets into the file itself.
//   - UTF-16 with a byte order mark is converted; the mark goes. Layer.Converted says so.
//   - Text of before Unicode, in bytes or as the Unicode that newer programs make of it, is converted where it is recognised beyond
//     doubt: TCVN3, VNI and, in bytes, Windows-1258. Where it is doubtful, the file is refused. See oldFont.
//   - .docx: a line for each paragraph, list markers as Word counts them; a line for each row of a table with a tab between
//     cells; running heads, foot notes and deleted text are left out.
//   - .html: a line for each block; tables as in .docx; scripts, styles, menus, asides and page footers are left out.
//   - .pdf with a text layer, best effort: glyphs are put together by their place on the page into lines, a wide gap becomes a
//     tab, and lines that fill the column are joined into paragraphs. Running heads and page numbers are left out.
//   - Scanned pages of a .pdf, and .png, .jpg and .tif: recognised by tesseract where it is installed, and laid out as glyphs of a PDF
//     are. See OCR. Extract without it refuses them.
//
// A table of at most two columns and three rows with several paragraphs in a cell is there for the layout (a letterhead, a
// signature block), and so is one with a very long cell: their paragraphs are lines, cell by cell.
//
// The format is told by the content, then by the name. What stands on the page and not as a line of the layer is in Layer.Margins, so
// that a mark of secrecy in a running head or a watermark is seen: whoever asks gov.RefuseSecret gives it both.
//
// # Limits
//
// Everything happens in memory; no temporary file is made, nor by the programs of an OCR, which read and write pipes. A file may have
// MaxFileBytes and its layer MaxTextBytes, and what a compressed file expands to is counted while it is read, so a small file that
// expands to gigabytes is refused after some megabytes. No part of a file is run, and nothing that it points to is fetched. Nested
// archives are not opened.
//
// Unless it was converted, the text is as the file has it: normal form D stays, and so do no-break spaces, soft hyphens and signs without
// width in plain text; package text knows what they mean.
//
// Every refusal is an *Error with a sentence for people in the catalogue, which says what is wrong with the file and what to do.
// There is no half-read layer: either all of it or an error.
package extract

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// The limits on a file and on its text. They are the ones that the domain states for every way in.
const (
	MaxFileBytes = 32 << 20
	MaxTextBytes = 16 << 20
)

// The formats that have a text layer.
const (
	TXT  = "txt"
	DOCX = "docx"
	HTML = "html"
	PDF  = "pdf"
	PNG  = "png"
	JPEG = "jpeg"
	TIFF = "tiff"
)

// A Layer is the text of a file.
type Layer struct {
	Format    string   // TXT, DOCX, HTML, PDF, PNG, JPEG or TIFF
	Text      string   // UTF-8; spans are byte offsets into it
	Title     string   // as the file states it beside its text; often empty, never from the text of a plain file
	Converted string   // "utf-16le", "windows-1258", "tcvn3", "vni", "ocr", several with + between; empty where nothing was converted
	Margins   []string // what stands on the page and not as a line of Text: running heads, paragraphs that a table's row joins
}

// An Error is a refusal of a file. Its Code and Key are those of the domain's errors; Err is the cause, for logs.
type Error struct {
	Code string // "invalid", "unsupported" or "too_large"
	Key  string // in the catalogue
	Args []any
	Err  error
}

func (e *Error) Error() string {
	s := e.Code + ": " + e.Key
	if len(e.Args) > 0 {
		s += fmt.Sprint(" ", e.Args)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Refusal gives the error in the domain's terms: its code, the key of its sentence and what fills that in.
func (e *Error) Refusal() (code, key string, args []any) { return e.Code, e.Key, e.Args }

func invalid(key string, args ...any) *Error {
	return &Error{Code: "invalid", Key: key, Args: args}
}

func unsupported(key string, args ...any) *Error {
	return &Error{Code: "unsupported", Key: key, Args: args}
}

func tooLarge(key string, args ...any) *Error {
	return &Error{Code: "too_large", Key: key, Args: args}
}

func (e *Error) because(err error) *Error {
	e.Err = err
	return e
}

func errTextTooLarge() *Error { return tooLarge("error.text_too_large", MaxTextBytes>>20) }

// errBomb refuses a file that expands far beyond what a document needs.
func errBomb() *Error { return tooLarge("error.file_bomb") }

// Extract makes the text layer of a file. The name, which may be empty for pasted text, helps where the content does not tell
// the format. The error is an *Error. Scans and pictures are refused; OCR.Extract takes them.
func Extract(name string, data []byte) (Layer, error) {
	return OCR{}.Extract(context.Background(), name, data)
}

// checked finishes a layer.
func (l Layer) checked() (Layer, error) {
	if err := l.modernise(); err != nil {
		return Layer{}, err
	}
	l.Title = strings.Join(strings.Fields(l.Title), " ")
	switch {
	case len(l.Text) > MaxTextBytes:
		return Layer{}, errTextTooLarge()
	case strings.TrimFunc(l.Text, blank) == "" && strings.Contains(l.Converted, "ocr"):
		return Layer{}, unsupported("error.ocr_poor", 1)
	case strings.TrimFunc(l.Text, blank) == "":
		return Layer{}, invalid("error.file_no_text")
	}
	return l, nil
}

// modernise converts a layer that was typed for an old font, wherever it comes from, and refuses one that may have been.
func (l *Layer) modernise() error {
	raw := l.Converted == latin
	if raw {
		l.Converted = ""
	}
	font, doubt := typedFor(l.Text)
	switch {
	case doubt:
		return unsupported("error.file_old_font")
	case font == notOld && raw:
		return unsupported("error.file_encoding")
	case font == notOld:
		if l.Format == PDF { // where it was kept so far, because TCVN3 has a letter there
			l.Text = strings.ReplaceAll(l.Text, "\u00ad", "")
			for i, m := range l.Margins {
				l.Margins[i] = strings.ReplaceAll(m, "\u00ad", "")
			}
		}
		l.Margins = append(l.Margins, oldLines(l.Text)...)
		return nil
	}
	l.Text, l.Title = font.convert(l.Text), font.convert(l.Title)
	for i, m := range l.Margins {
		l.Margins[i] = font.convert(m)
	}
	l.Converted = strings.TrimPrefix(l.Converted+"+"+font.String(), "+")
	return nil
}

func (o OCR) extract(ctx context.Context, ext string, data []byte) (Layer, error) {
	if p, ok := pictureOf(data); ok {
		return o.fromImage(ctx, p, data)
	}
	if err := refused(ext, data); err != nil {
		return Layer{}, err
	}
	switch {
	case isPDF(ext, data):
		return o.fromPDF(ctx, data)
	case bytes.HasPrefix(data, []byte("PK")) && isZip(data):
		return fromZip(data)
	}
	text, converted, err := decode(data)
	if err != nil {
		return Layer{}, err
	}
	if isHTML(ext, text) {
		l, err := fromHTML(text)
		l.Converted = converted
		return l, err
	}
	if binaryNames[ext] {
		return Layer{}, invalid("error.file_not_as_named", ext)
	}
	return Layer{Format: TXT, Text: text, Converted: converted}, nil
}
