package report

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// The parts of a document that are always the same: A4 lying on its side, Times New Roman, the page's number below.
const (
	docxTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`
	docxRelations = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	docxParts = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`
	docxSpace  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	docxStyles = xml.Header + `<w:styles ` + docxSpace + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`
	docxFooter = xml.Header + `<w:ftr ` + docxSpace + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r>` +
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`
	// 297 × 210 mm with edges of 20 and 15 mm, in twentieths of a point.
	docxEnd = `<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>` +
		`<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`
	docxWidth = 16838 - 850 - 1134
)

// zipDay is the day of all parts, so that the same values make the same file.
var zipDay = time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)

// ListingDOCX writes a listing as a document on A4 lying on its side: title, notes, a table whose head stands on each page. Its rows go out as they come.
func ListingDOCX(w io.Writer, l Listing) error {
	z := zip.NewWriter(w)
	for _, part := range [][2]string{{"[Content_Types].xml", docxTypes}, {"_rels/.rels", docxRelations}, {"word/_rels/document.xml.rels", docxParts},
		{"word/styles.xml", docxStyles}, {"word/footer1.xml", fmt.Sprintf(docxFooter, escaped(l.Page+" "))}} {
		out, err := docxPart(z, part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(out, part[1]); err != nil {
			return err
		}
	}
	out, err := docxPart(z, "word/document.xml")
	if err != nil {
		return err
	}
	b := bufio.NewWriter(out)
	if err := docxBody(b, l); err != nil {
		return err
	}
	return errors.Join(b.Flush(), z.Close())
}

func docxPart(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipDay})
}

// docxBody writes the document itself. Writing into a buffer fails at its end, where Flush says so.
func docxBody(b *bufio.Writer, l Listing) error {
	_, _ = b.WriteString(xml.Header + `<w:document ` + docxSpace + `><w:body>`)
	docxParagraph(b, l.Title, "center", true, 28)
	for _, n := range l.Notes {
		docxParagraph(b, n, "center", false, 24)
	}
	docxParagraph(b, "", "left", false, 12)
	all := 0
	for _, c := range l.Columns {
		all += c.Width
	}
	_, _ = fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, docxWidth)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		_, _ = fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="808080"/>`, side)
	}
	_, _ = b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	widths := make([]int, len(l.Columns))
	heads := make([]any, len(l.Columns))
	for i, c := range l.Columns {
		widths[i], heads[i] = docxWidth*c.Width/max(all, 1), c.Head
		_, _ = fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, widths[i])
	}
	_, _ = b.WriteString(`</w:tblGrid>`)
	docxRow(b, l.Columns, widths, heads, true, true)
	for {
		row, err := l.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		docxRow(b, l.Columns, widths, row, false, l.Bold != nil && l.Bold(row))
	}
	_, err := b.WriteString(`</w:tbl><w:p/>` + docxEnd)
	return err
}

// docxRow writes a row; a head is repeated on each page, and no row is parted by a page's end.
func docxRow(b *bufio.Writer, columns []Column, widths []int, row []any, head, bold bool) {
	_, _ = b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if head {
		_, _ = b.WriteString(`<w:tblHeader/>`)
	}
	_, _ = b.WriteString(`</w:trPr>`)
	for i, c := range columns {
		_, _ = fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, widths[i])
		if head {
			_, _ = b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/><w:vAlign w:val="center"/>`)
		}
		_, _ = b.WriteString(`</w:tcPr>`)
		align, s := "left", ""
		if i < len(row) {
			s = cellText(row[i])
		}
		switch {
		case head:
			align = "center"
		case c.Right:
			align = "right"
		}
		docxParagraph(b, s, align, bold, 20)
		_, _ = b.WriteString(`</w:tc>`)
	}
	_, _ = b.WriteString(`</w:tr>`)
}

// docxParagraph writes one paragraph; size is in half points.
func docxParagraph(b *bufio.Writer, s, align string, bold bool, size int) {
	weight := ""
	if bold {
		weight = "<w:b/>"
	}
	_, _ = fmt.Fprintf(b, `<w:p><w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="%s"/></w:pPr><w:r><w:rPr>%s<w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`,
		align, weight, size, escaped(s))
}

func cellText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// escaped is a text within XML; what XML cannot hold becomes a sign of its own.
func escaped(s string) string {
	var b textBuffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return string(b)
}

type textBuffer []byte

func (b *textBuffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

func itoa(n int) string { return strconv.Itoa(n) }
