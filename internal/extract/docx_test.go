package extract

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"haicap/internal/gov"
)

func TestDOCX(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ what, body, want string }{
		{"runs", `<w:p><w:r><w:t>Phường </w:t></w:r><w:r><w:t xml:space="preserve">Thanh</w:t><w:t> Miếu</w:t></w:r></w:p><w:p/>` + par("hai"), "Phường Thanh Miếu\nhai\n"},
		{"breaks and tabs", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:tab/><w:t>một</w:t><w:tab/><w:t>hai</w:t><w:br/><w:t>ba</w:t><w:noBreakHyphen/><w:t>bốn</w:t></w:r></w:p>`, "một\thai\nba-bốn\n"},
		{"changes that are tracked", `<w:p><w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom></w:p>`, "mới\n"},
		{"fields", `<w:p><w:r><w:fldChar/><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r></w:p>`, "3\n"},
		{"table", "<w:tbl>" + row("TT", "Chỉ tiêu", "2025") + row("1", par("Thu")+par("ngân sách"), "366,3") + row("", "x", "") +
			`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + par("Tổng") + `</w:tc><w:tc>` + par("9") + `</w:tc></w:tr></w:tbl>` + par("sau"),
			"TT\tChỉ tiêu\t2025\n1\tThu ngân sách\t366,3\n\tx\nTổng\t\t9\nsau\n"},
		{"letterhead", "<w:tbl>" + row(par("UBND")+par("Số: 1"), par("CỘNG HÒA")) + "</w:tbl>", "UBND\nSố: 1\nCỘNG HÒA\n"},
		{"table in a cell", "<w:tbl>" + row("a", "<w:tbl>"+row("b", "c", "d")+"</w:tbl>", "e") + "</w:tbl>", "a\tb c d\te\n"},
		{"text box", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + par("MẬT") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` +
			par("MẬT") + `</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>Báo cáo</w:t></w:r></w:p>`, "MẬT\nBáo cáo\n"},
		{"signs", par("Thu &lt; 5 &amp; chi &#7879;"), "Thu < 5 & chi ệ\n"},
	} {
		l, err := Extract("a.docx", docx(t, c.body))
		if err != nil || l.Text != c.want || l.Format != DOCX {
			t.Errorf("%s: %q, %v; want %q", c.what, l.Text, err, c.want)
		}
	}
}

func TestDOCXLists(t *testing.T) {
	t.Parallel()
	item := func(list, level int, s string) string {
		return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, list, s)
	}
	const numbering = `<w:numbering><w:abstractNum w:abstractNumId="7">
		<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
		<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
		<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>
		<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
		<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>`
	body := item(1, 0, "Một") + item(1, 1, "a") + item(1, 1, "b") + item(1, 2, "c") + item(1, 0, "Hai") + item(1, 1, "d") +
		item(2, 0, "gạch") + item(1, 0, "Ba") + item(3, 0, "Lại") + item(9, 0, "lạ") + item(0, 0, "không")
	const want = "I. Một\nI.1. a\nI.2. b\nc) c\nII. Hai\nII.1. d\n- gạch\nIII. Ba\nI. Lại\nlạ\nkhông\n"
	l, err := Extract("a.docx", docx(t, body, "word/numbering.xml", numbering))
	if err != nil || l.Text != want {
		t.Errorf("%v\n%s\nwant\n%s", err, l.Text, want)
	}
}

func TestDOCXParts(t *testing.T) {
	t.Parallel()
	data := docx(t, par("Nội dung"), "word/header1.xml", `<w:hdr><w:p><w:r><w:pict><v:textpath string="TỐI MẬT"/></w:pict></w:r></w:p></w:hdr>`,
		"word/footer2.xml", "<w:ftr>"+par("Trang 1")+"</w:ftr>", "docProps/core.xml", "<c><dc:title>Báo  cáo\nquý I</dc:title></c>")
	l, err := Extract("a.docx", data)
	if err != nil || l.Text != "Nội dung\n" || l.Title != "Báo cáo quý I" {
		t.Errorf("%+v, %v", l, err)
	}
	if strings.Join(l.Margins, "|") != "Trang 1\n|TỐI MẬT\n" {
		t.Errorf("margins are %q", l.Margins)
	}
	if gov.RefuseSecret("", append(l.Margins, l.Text)...) == nil {
		t.Error("the mark of secrecy in the running head was not seen")
	}
	elsewhere := zipOf(t, map[string]string{"_rels/.rels": `<Relationships><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>`,
		"word/document2.xml": "<w:document>" + par("Ở chỗ khác") + "</w:document>"})
	if l, err := Extract("", elsewhere); err != nil || l.Text != "Ở chỗ khác\n" {
		t.Errorf("%+v, %v", l, err)
	}
}

// A mark that stands as a paragraph of its own in a cell is seen, though the layer has the row in one line.
func TestMarkInACell(t *testing.T) {
	t.Parallel()
	head := row(par("UBND TỈNH")+par("MẬT"), "CỘNG HÒA", "x")
	l, err := Extract("a.docx", docx(t, "<w:tbl>"+head+row("a", "b", "c")+row("d", "e", "f")+row("g", "h", "i")+"</w:tbl>"))
	if err != nil || !strings.HasPrefix(l.Text, "UBND TỈNH MẬT\tCỘNG HÒA\tx\n") {
		t.Fatalf("%+v, %v", l, err)
	}
	if gov.RefuseSecret("", append(l.Margins, l.Text)...) == nil {
		t.Errorf("not seen; margins are %q", l.Margins)
	}
}

func TestDOCXRefusals(t *testing.T) {
	t.Parallel()
	good := docx(t, par(strings.Repeat("Nội dung của báo cáo. ", 1000)))
	locked := bytes.ReplaceAll(good, []byte("PK\x01\x02\x14\x00\x14\x00\x08\x00"), []byte("PK\x01\x02\x14\x00\x14\x00\x09\x00"))
	many := map[string]string{"[Content_Types].xml": contentTypes, "word/document.xml": "<a>" + par("x") + "</a>"}
	for i := range maxEntries {
		many[fmt.Sprintf("word/media/%d", i)] = ""
	}
	for what, c := range map[string]struct {
		data []byte
		key  string
	}{
		"cut short":             {good[:len(good)-200], "error.docx_broken"},
		"no document":           {zipOf(t, map[string]string{"[Content_Types].xml": contentTypes}), "error.docx_broken"},
		"unfinished XML":        {zipOf(t, map[string]string{"word/document.xml": "<a>" + par("x")}), "error.docx_broken"},
		"no XML":                {zipOf(t, map[string]string{"word/document.xml": "xin <chào"}), "error.docx_broken"},
		"unknown entity":        {docx(t, par("&bomb;")), "error.docx_broken"},
		"no text":               {docx(t, "<w:p/>"), "error.file_no_text"},
		"locked":                {locked, "error.file_locked"},
		"a workbook":            {zipOf(t, map[string]string{"[Content_Types].xml": contentTypes, "xl/workbook.xml": "<a/>"}), "error.file_table"},
		"OpenDocument":          {zipOf(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"}), "error.file_old_office"},
		"photos":                {zipOf(t, map[string]string{"a.jpg": "x"}), "error.file_archive"},
		"many files":            {zipOf(t, many), "error.file_bomb"},
		"paragraphs in them":    {docx(t, strings.Repeat("<w:p>", 100)+strings.Repeat("</w:p>", 100)), "error.file_bomb"},
		"a huge tag":            {docx(t, `<w:p a="`+strings.Repeat("b", 2*maxTokenSize)+`"/>`), "error.file_bomb"},
		"a huge text":           {docx(t, par(strings.Repeat("b", MaxTextBytes+1))), "error.text_too_large"},
		"a huge text in pieces": {docx(t, strings.Repeat(par(strings.Repeat("b", 1<<20)), 17)), "error.text_too_large"},
		"a huge running head":   {docx(t, par("x"), "word/header1.xml", "<a>"+strings.Repeat(par(strings.Repeat("b", 1<<20)), 17)+"</a>"), "error.text_too_large"},
		"a little in old fonts": {docx(t, par("Céng hßa x· héi")), "error.file_old_font"},
	} {
		refuses(t, what, "a.docx", c.data, c.key)
	}
}

// A damaged byte is noticed or harmless: there is no layer with other words.
func TestDamagedByte(t *testing.T) {
	t.Parallel()
	good := docx(t, par("Nội dung của báo cáo"))
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x55
		if l, err := Extract("a.docx", bad); err == nil && l.Text != "Nội dung của báo cáo\n" {
			t.Errorf("byte %d: %q", i, l.Text)
		}
	}
}

// A document that expands to ten gigabytes is refused after some megabytes, whatever size its header states. Not parallel: it measures
// what is allocated.
func TestBomb(t *testing.T) {
	const size = 10 << 30
	for _, c := range []struct {
		stated int64
		key    string
	}{{size, "error.file_bomb"}, {maxPartBytes, "error.docx_broken"}, {1000, "error.docx_broken"}} {
		data := bombDOCX(t, size, c.stated)
		if len(data) > MaxFileBytes {
			t.Fatalf("the bomb itself has %d bytes", len(data))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		refuses(t, fmt.Sprintf("bomb that states %d bytes", c.stated), "a.docx", data, c.key)
		runtime.ReadMemStats(&after)
		// What is allocated in all, and not only at one time, bounds the time as well.
		used := (after.TotalAlloc - before.TotalAlloc) >> 20
		if used > 1024 {
			t.Errorf("a bomb that states %d bytes: %d MiB were allocated on the way", c.stated, used)
		}
		t.Logf("%d kB that state %d bytes: %d MiB allocated", len(data)>>10, c.stated, used)
	}
}
