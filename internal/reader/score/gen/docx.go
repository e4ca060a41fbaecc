package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// pageWidth is what the margins of 30 and 15 mm leave of A4, in twentieths of a point.
const pageWidth = 9355

// write makes the Word file; with its tags in the text where they are asked for. The same source gives the same bytes: parts in one
// order, stored without compression and without a time.
func (d *document) write(tagged bool) ([]byte, error) {
	var body strings.Builder
	for _, b := range d.blocks {
		if b.rows != nil {
			writeTable(&body, b, tagged)
		} else {
			writeParagraph(&body, b.style, b.text, tagged)
		}
	}
	parts := []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", relations},
		{"docProps/core.xml", fmt.Sprintf(coreProperties, escape(d.meta["title"]))},
		{"word/document.xml", fmt.Sprintf(documentPart, body.String())},
		{"word/_rels/document.xml.rels", documentRelations},
		{"word/styles.xml", styles},
		{"word/numbering.xml", numberingPart},
		{"word/header1.xml", headerPart},
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

func escape(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a Buffer's writes do not fail
	return b.String()
}

// paragraphStyles are the properties of paragraphs, and what their runs have unless they say otherwise.
var paragraphStyles = map[string]struct{ properties, run string }{
	"body":       {`<w:spacing w:before="60" w:after="60" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>`, ""},
	"bullet":     {`<w:spacing w:before="60" w:after="60" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>`, ""},
	"autobullet": {`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:before="60" w:after="60" w:line="276" w:lineRule="auto"/><w:jc w:val="both"/>`, ""},
	"title":      {`<w:spacing w:before="60" w:after="0"/><w:jc w:val="center"/>`, `<w:b/>`},
	"centre":     {`<w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>`, ""},
	"heading":    {`<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>`, `<w:b/>`},
	"subheading": {`<w:keepNext/><w:spacing w:before="60" w:after="60"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>`, `<w:b/><w:i/>`},
	"italic":     {`<w:spacing w:before="60" w:after="60" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>`, `<w:i/>`},
	"head":       {`<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>`, `<w:sz w:val="24"/>`},
	"notes":      {`<w:spacing w:before="0" w:after="0"/>`, `<w:sz w:val="22"/>`},
	"cell":       {`<w:spacing w:before="20" w:after="20"/>`, `<w:sz w:val="24"/>`},
	"cellcentre": {`<w:spacing w:before="20" w:after="20"/><w:jc w:val="center"/>`, `<w:sz w:val="24"/>`},
	"cellhead":   {`<w:spacing w:before="20" w:after="20"/><w:jc w:val="center"/>`, `<w:b/><w:sz w:val="24"/>`},
}

func writeParagraph(w *strings.Builder, style, text string, tagged bool) {
	if !tagged {
		text = anyTag.ReplaceAllString(text, "")
	}
	s := paragraphStyles[style]
	fmt.Fprintf(w, "<w:p><w:pPr>%s</w:pPr>", s.properties)
	bold, italic := false, false
	for text != "" {
		i := strings.Index(text, "**")
		if j := strings.Index(text, "//"); i < 0 || j >= 0 && j < i {
			i = j
		}
		run := text
		if i >= 0 {
			run = text[:i]
		}
		if run != "" {
			properties := s.run
			if bold && !strings.Contains(properties, "<w:b/>") {
				properties = "<w:b/>" + properties
			}
			if italic && !strings.Contains(properties, "<w:i/>") {
				properties = strings.Replace("<w:i/>"+properties, "<w:i/><w:b/>", "<w:b/><w:i/>", 1)
			}
			fmt.Fprintf(w, `<w:r><w:rPr>%s</w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, properties, escape(run))
		}
		if i < 0 {
			break
		}
		if text[i] == '*' {
			bold = !bold
		} else {
			italic = !italic
		}
		text = text[i+2:]
	}
	w.WriteString("</w:p>")
}

const gridLines = `<w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/>` +
	`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders>`

func writeTable(w *strings.Builder, b block, tagged bool) {
	borders := ""
	if b.style == "grid" {
		borders = gridLines
	}
	fmt.Fprintf(w, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>%s<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, pageWidth, borders)
	for _, c := range b.width {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, pageWidth*c/100)
	}
	w.WriteString("</w:tblGrid>")
	for i, row := range b.rows {
		w.WriteString("<w:tr>")
		if i < b.heads {
			w.WriteString("<w:trPr><w:tblHeader/></w:trPr>")
		} else {
			w.WriteString("<w:trPr><w:cantSplit/></w:trPr>") // no page break within a row or a signature block
		}
		for j, c := range row {
			fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, pageWidth*b.width[j]/100)
			style := cellStyle(b, i, j, row)
			for _, text := range c {
				writeParagraph(w, style, text, tagged)
			}
			if len(c) == 0 {
				writeParagraph(w, style, "", tagged)
			}
			w.WriteString("</w:tc>")
		}
		w.WriteString("</w:tr>")
	}
	w.WriteString("</w:tbl>")
	writeParagraph(w, "cell", "", tagged) // Word wants a paragraph after a table
}

// cellStyle is the style of a cell's paragraphs: numbers and signs stand in the middle of their columns.
func cellStyle(b block, i, j int, row []cell) string {
	switch {
	case b.style == "sign" && j == 0:
		return "notes"
	case b.style != "grid":
		return "head"
	case i < b.heads:
		return "cellhead"
	case j == 0 || len(row[j]) == 1 && len([]rune(bare(row[j][0]))) < 13:
		return "cellcentre"
	}
	return "cell"
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

const contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const relations = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const documentRelations = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>` +
	`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>`

const coreProperties = xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
	`<dc:title>%s</dc:title></cp:coreProperties>`

const documentPart = xmlHead + `<w:document ` + wordSpace + `><w:body>%s<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>` +
	`<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>`

const styles = xmlHead + `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>` +
	`<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`

const numberingPart = xmlHead + `<w:numbering ` + wordSpace + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/>` +
	`<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

const headerPart = xmlHead + `<w:hdr ` + wordSpace + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>` +
	`<w:r><w:instrText xml:space="preserve">PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`
