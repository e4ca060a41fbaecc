package extract

import (
	"archive/zip"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// sound checks what holds for every file: a whole layer within the limits, or a refusal.
func sound(t *testing.T, name string, data []byte) {
	t.Helper()
	l, err := Extract(name, data)
	var refusal *Error
	switch {
	case err != nil && !errors.As(err, &refusal):
		t.Errorf("the error is no refusal: %v", err)
	case err == nil && (len(l.Text) > MaxTextBytes || !utf8.ValidString(l.Text) || strings.TrimFunc(l.Text, blank) == ""):
		t.Errorf("no layer: %d bytes, %.100q", len(l.Text), l.Text)
	case err == nil && l.Format == TXT && l.Converted == "" && l.Text != string(data):
		t.Errorf("plain text was changed")
	}
}

func FuzzExtract(f *testing.F) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if !file.IsDir() {
			f.Add(file.Name(), sample(f, file.Name()))
		}
	}
	f.Add("", []byte("\xff\xfeX\x00\xe3\x1e"))
	f.Add("a.htm", []byte("<table><tr><td colspan=9>a<table><td>b</table><pre>\n<nav>"))
	for _, s := range []string{"Céng hßa x· héi", "Coäng hoøa xaõ hoäi", "C\xe9ng h\xdfa \x81", "\xd0\xfd\xf5\xccng ph\xf4\xec", "®\u00adîc MËT\n"} {
		f.Add("", []byte(strings.Repeat(s+" ", 20)))
	}
	f.Add("", []byte(typed(tcvn3, smallLetters+" "+strings.Repeat("Ủy ban nhân dân tỉnh đề nghị các sở, ngành báo cáo. ", 9))))
	f.Add("a.png", []byte("\x89PNG\r\n\x1a\n"))
	f.Add("a.pdf", onePage("BT /F1 10 Tf 100 700 Td [(x) -200 (y)] TJ ET", false))
	f.Fuzz(func(t *testing.T, name string, data []byte) { sound(t, name, data) })
}

// FuzzDOCX varies the markup, which in a file stands behind check sums.
func FuzzDOCX(f *testing.F) {
	f.Add("<w:p>"+run(".VnTime", "Céng h")+run(".VnTimeH", "ßa")+run("VNI-Times", "xaõ")+`<w:r><w:rPr><w:rStyle w:val="a"/></w:rPr><w:softHyphen/></w:r></w:p>`,
		`<w:styles><w:style w:styleId="a" w:type="paragraph" w:default="1"><w:basedOn w:val="a"/><w:rFonts w:hAnsi=".VnTime"/></w:style></w:styles>`)
	f.Add("<w:tbl>"+row("a", "<w:tbl>"+row("b", "c")+"</w:tbl>")+"</w:tbl>"+par("x"), "<w:numbering/>")
	f.Add(`<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t><w:br/><w:tab/></w:r></w:p>`,
		`<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:start w:val="2"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>`+
			`<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="4"/></w:lvlOverride></w:num></w:numbering>`)
	f.Add(`<mc:AlternateContent><mc:Fallback>`+par("y")+`</mc:Fallback></mc:AlternateContent><w:tc><w:gridSpan w:val="3"/>`+par("z"), "")
	f.Fuzz(func(t *testing.T, body, numbering string) {
		sound(t, "a.docx", zipBy(t, zip.Store, map[string]string{"[Content_Types].xml": contentTypes, "word/numbering.xml": numbering, "word/styles.xml": numbering,
			"word/document.xml": `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`}))
	})
}

// FuzzHTML varies the markup of a page, whose parser follows the rules of browsers and repairs everything.
func FuzzHTML(f *testing.F) {
	f.Add("<table><tr><td colspan=9>a<table><td>b</table><pre>\n<nav><p>c")
	f.Add("<meta charset=windows-1258><title>a</title><ul><li>b<ol start=3><li>c</ol></ul><aside>d</aside><svg><title>e</title></svg><template>f</template>")
	f.Add(strings.Repeat("<div>", 300) + "x" + strings.Repeat("<b><p>", 50))
	f.Fuzz(func(t *testing.T, markup string) { sound(t, "a.html", []byte("<!doctype html>"+markup)) })
}

// FuzzOldFont: a text with the letters of Unicode is never converted, and what is converted is a text.
func FuzzOldFont(f *testing.F) {
	f.Add("Céng hßa x· héi chñ nghÜa ViÖt Nam")
	f.Add("COÄNG HOØA\n\u00adíc ô ö Ô")
	f.Fuzz(func(t *testing.T, s string) {
		font, doubt := typedFor("Cộng hòa xã hội chủ nghĩa Việt Nam\n" + s)
		if len(s) < 100 && (font != notOld || doubt) {
			t.Errorf("taken for %v, doubt %v", font, doubt)
		}
		for _, f := range []oldFont{tcvn3, tcvn3Capitals, vni} {
			if got := f.convert(s); utf8.ValidString(s) && (!utf8.ValidString(got) || strings.Count(got, "\n") != strings.Count(s, "\n")) {
				t.Errorf("%v: %q", f, got)
			}
		}
	})
}

// FuzzPDF varies the content of a page, a font and its table, which in a file are compressed.
func FuzzPDF(f *testing.F) {
	f.Add("BT /F1 10 Tf 100 700 Td [(x) -200 <0102>] TJ T* (a) ' ET q 1 0 0 1 2 3 cm Q /A BMC EMC BI ID x EI /X Do",
		"<</Type /Font /Subtype /Type0 /ToUnicode 6 0 R /DescendantFonts [<</W [1 [500] 2 9 300]>>]>>",
		"2 beginbfchar <01> <1ED9> <0002> <0066> endbfchar 1 beginbfrange <10> <12> <0061> <20> <21> [<0111>] endbfrange")
	f.Add("BT /F1 1 Tf (\\101\\\n\\)) Tj", "<</Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /Widths [1 2] /Encoding <</Differences [65 /uni1ED9 /a.x]>>>>", "")
	f.Fuzz(func(t *testing.T, content, font, table string) {
		sound(t, "a.pdf", pdf("", "<</Type /Catalog /Pages 2 0 R>>", "<</Kids [3 0 R] /Resources <</Font <</F1 5 0 R>> /XObject <</X 4 0 R>>>>>>",
			"<</Contents 4 0 R>>", stream("/Subtype /Form", content, true), font, stream("", table, true)))
	})
}
