package extract

import (
	"context"
	"errors"
	"strings"
)

// fromPDF makes the layer of a PDF. Pages that are pictures are recognised; where that cannot be done, a file of which they are
// the most is refused.
func (o OCR) fromPDF(ctx context.Context, data []byte) (Layer, error) {
	l, pages, err := readPDF(data, nil)
	able := o.tesseract != "" && o.pdftoppm != ""
	var scans []int
	for i, scan := range pages {
		if scan || err == errPDFFont {
			scans = append(scans, i+1)
		}
	}
	switch {
	case err == errPDFFont && !able:
		return Layer{}, unsupported("error.pdf_font")
	case err != nil && err != errPDFFont:
		return Layer{}, refusedPDF(err)
	case len(scans) == 0 || !able && 2*len(scans) <= len(pages):
		return l, nil
	case !able:
		return Layer{}, unsupported("error.pdf_scanned")
	}
	read, err := o.scans(ctx, data, scans)
	if err != nil {
		return Layer{}, err
	}
	for _, n := range scans {
		switch {
		case !read[n].poor:
		case 2*len(scans) > len(pages):
			return Layer{}, unsupported("error.ocr_poor", n)
		default:
			delete(read, n) // a photograph among pages of text
		}
	}
	if l, _, err = readPDF(data, read); err != nil {
		return Layer{}, refusedPDF(err)
	}
	l.Converted = strings.TrimPrefix(l.Converted+"+ocr", "+")
	return l, nil
}

func refusedPDF(err error) error {
	switch {
	case errors.Is(err, errPDFLocked):
		return unsupported("error.file_locked")
	case errors.Is(err, errPDFBomb):
		return errBomb()
	case errors.Is(err, errPDFFont):
		return unsupported("error.pdf_font")
	case errors.Is(err, errPDFSyntax), errors.Is(err, errPDFEnd):
		return invalid("error.pdf_broken").because(err)
	}
	return err
}

// readPDF makes the layer, with the pages that were recognised taken as they were, and tells which pages are pictures of text.
func readPDF(data []byte, recognised map[int]ocrPage) (Layer, []bool, error) {
	f, err := openPDF(data)
	if err != nil {
		return Layer{}, nil, err
	}
	pages := f.pages()
	if f.err != nil {
		return Layer{}, nil, f.err
	}
	if len(pages) == 0 {
		return Layer{}, nil, errPDFSyntax
	}
	fonts := map[pdfRef]*pdfFont{}
	scans := make([]bool, len(pages))
	var w pdfWriter
	for i, d := range pages {
		if page, ok := recognised[i+1]; ok {
			w.page(page.pieces, i+1, len(pages))
			w.margins = append(w.margins, page.margins...)
			continue
		}
		p := pdfPage{file: f, fonts: fonts, state: pdfState{ctm: rotation(f.number(d["Rotate"])), sx: 1}}
		if err := p.read(d); err != nil {
			return Layer{}, nil, err
		}
		scans[i] = p.scanned(f.array(d["MediaBox"]))
		w.page(p.pieces, i+1, len(pages))
		if w.size > MaxTextBytes {
			return Layer{}, nil, errTextTooLarge()
		}
	}
	l := Layer{Format: PDF, Text: w.finish(), Margins: w.margins, Converted: strings.Join(f.old.names(), "+")}
	if n := strings.Count(l.Text, string(unread)); n*10 > len([]rune(l.Text)) {
		return Layer{}, scans, errPDFFont
	}
	if strings.TrimFunc(l.Text, blank) == "" && recognised == nil {
		for i := range scans { // letters drawn as lines are pictures too
			scans[i] = true
		}
	}
	if title := f.text(f.dict(f.info)["Title"]); !strings.HasPrefix(title, "Microsoft Word - ") {
		l.Title = title
	}
	return l, scans, nil
}
