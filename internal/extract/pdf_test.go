package extract

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestPDF(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ what, content, want string }{
		{"words by place", "BT /F1 10 Tf 100 700 Td (Thu) Tj 40 0 Td (chi) Tj 0 -14 Td (hai) Tj ET", "Thu\tchi\nhai\n"},
		{"order on the page", "BT /F1 10 Tf 100 600 Td (sau) Tj ET BT /F1 10 Tf 100 700 Td (truoc) Tj ET", "truoc\nsau\n"},
		{"letters by name", "BT /F1 10 Tf 100 700 Td (\\001\\002\\003) Tj ET", "độạ\n"},
		{"kerning", "BT /F1 10 Tf 100 700 Td [(Ph) 20 (u) -600 (Tho)] TJ ET", "Phu Tho\n"},
		{"lines by leading", "BT /F1 10 Tf 12 TL 100 700 Td (a) Tj T* (b) Tj (c) ' 1 2 (d) \" ET", "a\nb\nc\nd\n"},
		{"scaled and moved", "q 2 0 0 2 10 10 cm BT /F1 5 Tf 1 0 0 1 50 300 Tm (to) Tj ET Q BT /F1 10 Tf 100 590 Td (nho) Tj ET", "to\nnho\n"},
		{"drawn twice", "BT /F1 10 Tf 100 700 Td (a) Tj 0.4 0 Td (a) Tj ET", "a\n"},
		{"an inline image", "BI /W 1 /H 1 ID (\x01]]>> EI BT /F1 10 Tf 100 700 Td (x) Tj ET", "x\n"},
		{"escapes", "BT /F1 10 Tf 100 700 Td (\\(a\\)\\\\\\\n(b)) Tj <6364> Tj ET", "(a)\\(b)cd\n"},
		{"nonsense between", "1 2 3 >> foo ] ) BT /F1 10 Tf 100 700 Td (x) Tj ET Q Q EMC", "x\n"},
		{"a running head", "/Artifact BMC BT /F1 10 Tf 100 800 Td (dau trang) Tj ET EMC BT /F1 10 Tf 100 700 Td (x) Tj ET", "x\n"},
	} {
		for _, compress := range []bool{false, true} {
			l, err := Extract("a.pdf", onePage(c.content, compress))
			if err != nil || l.Text != c.want {
				t.Errorf("%s: %q, %v; want %q", c.what, l.Text, err, c.want)
			}
		}
	}
}

// Running heads and page numbers are beside the text.
func TestPDFMargins(t *testing.T) {
	t.Parallel()
	show := func(y int, s string) string { return fmt.Sprintf("BT /F1 10 Tf 100 %d Td (%s) Tj ET\n", y, s) }
	data := pdf("", "<</Type /Catalog /Pages 2 0 R>>", "<</Kids [3 0 R 4 0 R] /Resources <</Font <</F1 7 0 R>>>>>>", "<</Contents 5 0 R>>", "<</Contents 6 0 R>>",
		stream("", "/Artifact <</Type /Pagination>> BDC "+show(800, "dau trang")+"EMC "+show(700, "mot.")+show(690, "12"), false),
		stream("", show(800, "- 2 -")+show(700, "hai")+show(690, "2 xa"), true), "<</Subtype /Type1>>")
	l, err := Extract("a.pdf", data)
	if err != nil || l.Text != "mot.\n12\nhai\n2 xa\n" || strings.Join(l.Margins, "|") != "dau trang|- 2 -" {
		t.Errorf("%+v, %v", l, err)
	}
}

// Lines that fill the column are one paragraph; an indent, a marker, a short line before or a gap begins another.
func TestPDFParagraphs(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("mot dong day chu ", 4)
	show := func(x, y int, s string) string { return fmt.Sprintf("BT /F1 10 Tf %d %d Td (%s) Tj ET\n", x, y, s) }
	content := show(80, 700, "Dau "+full) + show(60, 686, full+"aa") + show(60, 672, "het doan.") + show(80, 658, "Doan "+full) +
		show(60, 644, "- "+full) + show(60, 610, "cach xa")
	l, err := Extract("a.pdf", onePage(content, false))
	full = strings.TrimSpace(full)
	want := "Dau " + full + " " + full + " aa het doan.\nDoan " + full + "\n- " + full + "\ncach xa\n"
	if err != nil || l.Text != want {
		t.Errorf("%v\n%s\nwant\n%s", err, l.Text, want)
	}
}

func TestPDFToUnicode(t *testing.T) {
	t.Parallel()
	cmap := `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange
		2 beginbfchar <0001> <1ED9> <0002> <00660066> endbfchar 2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0111> <0110>] endbfrange endcmap`
	data := pdf("/Info 7 0 R",
		"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
		"<</Type /Page /Contents [4 0 R] /Rotate 90 /Resources <</Font <</F1 5 0 R>>>>>>",
		stream("", "BT /F1 10 Tf 0 1 -1 0 100 700 Tm <00010002001000110012002000210099> Tj ET", true),
		"<</Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<</DW 600 /W [1 [500 500] 16 18 700]>>]>>",
		stream("", cmap, true), "<</Title <FEFF1ED900610301>>>")
	l, err := Extract("", data)
	if err != nil || l.Text != "ộffabcđĐ\ufffd\n" || l.Title != "ộa\u0301" && l.Title != "ộá" {
		t.Errorf("%+v, %v", l, err)
	}
}

// A newer PDF keeps its objects in compressed streams and has no trailer.
func TestPDFObjectStreams(t *testing.T) {
	t.Parallel()
	inside := []string{"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R]>>",
		"<</Type /Page /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>"}
	var index, objects strings.Builder
	for i, o := range inside {
		fmt.Fprintf(&index, "%d %d ", i+1, objects.Len())
		objects.WriteString(o + " ")
	}
	data := "%PDF-2.0\n" +
		"4 0 obj " + stream("", "BT /F1 10 Tf 100 700 Td (x) Tj ET", true) + " endobj\n" +
		"5 0 obj <</Type /Font /Subtype /TrueType>> endobj\n" +
		"6 0 obj " + stream(fmt.Sprintf("/Type /ObjStm /N 3 /First %d", index.Len()), index.String()+objects.String(), true) + " endobj\n" +
		"7 0 obj " + stream("/Type /XRef /Root 1 0 R", "", true) + " endobj\nstartxref\n0\n%%EOF"
	if l, err := Extract("a.pdf", []byte(data)); err != nil || l.Text != "x\n" {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestPDFRefusals(t *testing.T) {
	t.Parallel()
	good := onePage("BT /F1 10 Tf 100 700 Td (x) Tj ET", true)
	shown := func(content string) []byte { return onePage(content, true) }
	zeros := strings.Repeat("\x00", maxPDFExpanded+1)
	nested := strings.Repeat("[", 1<<20)
	form := pdf("", "<</Type /Catalog /Pages 2 0 R>>", "<</Kids [3 0 R]>>", "<</Contents 4 0 R /Resources <</XObject <</X 4 0 R>>>>>>",
		stream("/Subtype /Form /Resources <</XObject <</X 5 0 R>>>>", strings.Repeat("/X Do ", 1000), true),
		stream("/Subtype /Form /Resources <</XObject <</X 6 0 R>>>>", strings.Repeat("/X Do ", 1000), true),
		stream("/Subtype /Form", "/X Do", true))
	loop := pdf("", "<</Type /Catalog /Pages 2 0 R>>", "<</Kids [2 0 R 2 0 R 3 0 R]>>", "<</Kids [2 0 R]>>")
	deep := []string{"<</Type /Catalog /Pages 2 0 R>>"}
	for i := range 200 {
		deep = append(deep, fmt.Sprintf("<</Kids [%d 0 R]>>", i+3))
	}
	for what, c := range map[string]struct {
		data []byte
		key  string
	}{
		"cut before the fonts":   {good[:bytes.Index(good, []byte("4 0 obj"))], "error.pdf_broken"},
		"cut in the content":     {good[:bytes.Index(good, []byte("endstream"))-6], "error.pdf_broken"},
		"no page":                {pdf("", "<</Type /Catalog /Pages 2 0 R>>", "<</Kids []>>"), "error.pdf_broken"},
		"a page that is missing": {pdf("", "<</Type /Catalog /Pages 2 0 R>>", "<</Kids [3 0 R 9 0 R]>>", "<</Type /Page>>"), "error.pdf_broken"},
		"pages that go round":    {loop, "error.pdf_broken"},
		"pages without end":      {pdf("", deep...), "error.pdf_broken"},
		"locked":                 {pdf("/Encrypt 9 0 R", "<</Type /Catalog /Pages 2 0 R>>"), "error.file_locked"},
		"a scan":                 {shown("q 500 0 0 700 0 0 cm /Im1 Do Q"), "error.pdf_scanned"},
		"a font without letters": {shown("BT /F1 10 Tf (" + strings.Repeat("\x81\x8d", 50) + ") Tj ET"), "error.pdf_font"},
		"a bomb":                 {shown(zeros), "error.file_bomb"},
		"forms in forms":         {form, "error.file_bomb"},
		"much on one page":       {shown("BT /F1 10 Tf (" + strings.Repeat("a ", maxPDFPieces) + ") Tj ET"), "error.file_bomb"},
		"operators without end":  {shown(strings.Repeat("]", maxPDFTicks+1)), "error.file_bomb"},
		"arrays in arrays":       {pdf("", "<</Type /Catalog /Pages 2 0 R>>", nested), "error.pdf_broken"},
		"objects in objects":     {[]byte("%PDF-1.4 " + strings.Repeat("1 0 obj (", 1<<17)), "error.pdf_broken"},
	} {
		refuses(t, what, "a.pdf", c.data, c.key)
	}
	if l, err := Extract("a.pdf", shown(nested+" BT /F1 10 Tf 100 700 Td (x) Tj ET")); err != nil && l.Text != "" {
		t.Errorf("arrays in the content: %+v, %v", l, err)
	}
}

func TestGlyphLetter(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a": "a", "acircumflexdotbelow": "ậ", "ohornhookabove": "ở", "Uhorn": "Ư", "dcroat": "đ", "uni1EBF": "ế", "u1EBF": "ế", "space": " ",
		"A.sc": "A", "ecircumflexacute": "ế", "abrevetilde": "ẵ", "g123": "", "": "", ".notdef": "", "alpha": "",
	} {
		if got := glyphLetter(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
