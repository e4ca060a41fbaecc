package extract

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"haicap/internal/gov"
	"haicap/internal/samples"
)

// smallLetters are the 67 letters that Vietnamese has beyond ASCII.
const smallLetters = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

// typed gives what people typed for an old font to see s. For TCVN3 capitals with a tone become small letters.
func typed(f oldFont, s string) string {
	back := map[rune]string{}
	switch f.fashion() {
	case tcvn3:
		for place, letter := range tcvnTable {
			back[letter] = string(place)
		}
		for _, r := range smallLetters {
			if up := unicode.ToUpper(r); back[up] == "" {
				back[up] = back[r]
			}
		}
	case vni:
		for signs, letter := range vniTable {
			s := strings.TrimRight(string(signs[:]), "\x00")
			if old := back[letter]; old == "" || unicode.IsUpper(letter) == (s == strings.ToUpper(s)) {
				back[letter] = s
			}
		}
	}
	var b strings.Builder
	for _, r := range s {
		if c, ok := back[r]; ok {
			b.WriteString(c)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func bytesOf(t *testing.T, cm *charmap.Charmap, s string) []byte {
	t.Helper()
	out, err := cm.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

// windows1258 writes letters as that encoding has them: with a circumflex, breve or horn as one byte, the tone as another.
func windows1258(t *testing.T, s string) []byte {
	var b strings.Builder
	for _, r := range s {
		if _, ok := charmap.Windows1258.EncodeRune(r); ok {
			b.WriteRune(r)
			continue
		}
		bare, tone := "", ""
		for _, m := range norm.NFD.String(string(r)) {
			if strings.ContainsRune(toneMarks, m) {
				tone = string(m)
			} else {
				bare += string(m)
			}
		}
		b.WriteString(norm.NFC.String(bare) + tone)
	}
	return bytesOf(t, charmap.Windows1258, b.String())
}

// Every letter comes back, each in both cases and within a word.
func TestOldLetters(t *testing.T) {
	t.Parallel()
	if n := len([]rune(smallLetters)); n != 67 {
		t.Fatalf("%d letters", n)
	}
	for _, small := range smallLetters {
		for _, r := range []rune{small, unicode.ToUpper(small)} {
			s := string(r)
			if got := vni.unicode(typed(vni, s)); got != s {
				t.Errorf("VNI: %s is typed %s and read %s", s, typed(vni, s), got)
			}
			if got := tcvn3Capitals.unicode(typed(tcvn3, s)); got != strings.ToUpper(s) {
				t.Errorf("TCVN3, capitals: %s is typed %q and read %s", s, typed(tcvn3, s), got)
			}
			word := "t" + string(small) + "n"
			if unicode.IsUpper(r) {
				word = strings.ToUpper(word)
			}
			for _, f := range []oldFont{tcvn3, vni} {
				if got := f.unicode(typed(f, word)); got != word {
					t.Errorf("%v: %s is typed %q and read %s", f, word, typed(f, word), got)
				}
			}
			if got := string(windows1258(t, s)); len(got) > 2 {
				t.Errorf("1258: %s is %q", s, got)
			}
		}
	}
}

func TestOldWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		font        oldFont
		typed, want string
	}{
		{tcvn3, "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"},
		{tcvn3, "®\u00adîc n\u00adíc §¶ng ñy ¢u", "được nước Đảng ủy Âu"},
		{tcvn3, "CéNG HßA X· HéI Vµ NH¢N D¢N", "CỘNG HÒA XÃ HỘI VÀ NHÂN DÂN"},
		{tcvn3, "Vµ UBND tØnh, Ý", "Và UBND tỉnh, í"}, // Ý (U+00DD) is the place of í
		{tcvn3, "366,3 tû ®ång (93%)\r\n“trÝch”", "366,3 tỷ đồng (93%)\r\n“trích”"},
		{tcvn3Capitals, "Céng hßa Nam", "CỘNG HÒA NAM"},
		{vni, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"},
		{vni, "ñoäc laäp – töï do – haïnh phuùc", "độc lập – tự do – hạnh phúc"},
		{vni, "ÑOÄC LAÄP TÖÏ DO Aùnh Aâu", "ĐỘC LẬP TỰ DO Ánh Âu"},
		{vni, "ñöôøng phoá, thò xaõ, khuyeán khích, nguoàn nöôùc, thuûy lôïi, baõo, maïnh meõ, kyõ, ñòa", "đường phố, thị xã, khuyến khích, nguồn nước, thủy lợi, bão, mạnh mẽ, kỹ, địa"},
	} {
		if got := c.font.unicode(c.typed); got != c.want {
			t.Errorf("%v: %q is read\n%q, want\n%q", c.font, c.typed, got, c.want)
		}
	}
}

// Whole documents in each of the old encodings, as bytes and as what a newer program makes of them, have the layer of the original.
func TestOldDocuments(t *testing.T) {
	t.Parallel()
	for _, doc := range samples.All() {
		want := string(doc.Data)
		for _, c := range []struct {
			what, converted string
			data            []byte
			loose           bool // the case of letters is not told
		}{
			{"TCVN3", "tcvn3", []byte(typed(tcvn3, want)), true},
			{"VNI", "vni", []byte(typed(vni, want)), false},
			{"TCVN3, bytes", "tcvn3", bytesOf(t, charmap.Windows1252, typed(tcvn3, latinOnly(want))), true},
			{"VNI, bytes", "vni", bytesOf(t, charmap.Windows1252, typed(vni, latinOnly(want))), false},
			{"1258, bytes", "windows-1258", windows1258(t, latinOnly(want)), false},
			{"a page in TCVN3", "tcvn3", []byte("<html><body><pre>" + typed(tcvn3, want)), true},
			{"a page in VNI, bytes", "vni", bytesOf(t, charmap.Windows1252, "<html><body><pre>"+typed(vni, latinOnly(want))), false},
		} {
			l, err := Extract("", c.data)
			expect := want
			if strings.Contains(c.what, "bytes") {
				expect = latinOnly(want)
			}
			got := l.Text
			if l.Format == HTML {
				got, expect = strings.Join(strings.Fields(got), " "), strings.Join(strings.Fields(expect), " ")
			}
			if err != nil || l.Converted != c.converted {
				t.Errorf("%s, %s: converted %q, %v", doc.Name, c.what, l.Converted, err)
				continue
			}
			if c.loose {
				got, expect = strings.ToLower(got), strings.ToLower(expect)
			}
			if got != expect {
				t.Errorf("%s, %s: %s", doc.Name, c.what, difference(got, expect))
			}
		}
		// The document itself, in either normal form, is not touched.
		for _, s := range []string{want, norm.NFD.String(want), strings.ToUpper(want)} {
			if l, err := Extract("", []byte(s)); err != nil || l.Text != s || l.Converted != "" {
				t.Errorf("%s: converted %q, %v", doc.Name, l.Converted, err)
			}
		}
	}
}

// latinOnly replaces the signs that windows-1252 has not.
func latinOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := charmap.Windows1252.EncodeRune(r); ok || unicode.IsLetter(r) {
			return r
		}
		return '?'
	}, norm.NFC.String(s))
}

func difference(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(0, i-40)
	return fmt.Sprintf("at byte %d %q, want %q", i, got[from:min(len(got), i+40)], want[from:min(len(want), i+40)])
}

// How much of a legacy text is needed: half a line is refused, three lines are converted, and nothing between passes as it stands.
func TestHowMuchOldText(t *testing.T) {
	t.Parallel()
	text := string(samples.All()[0].Data)
	words := strings.Fields(text)
	for _, f := range []oldFont{tcvn3, vni} {
		refused, converted := 0, 0
		for n := 6; n < 60; n++ {
			s := typed(f, strings.Join(words[100:100+n], " "))
			l, err := Extract("", []byte(s))
			switch {
			case err != nil:
				refused++
			case l.Converted == f.String():
				converted++
			default:
				t.Errorf("%v, %d words pass as Unicode: %q", f, n, s)
			}
		}
		t.Logf("%v: of passages of 6 to 59 words %d are refused and %d converted", f, refused, converted)
		if refused == 0 || converted < 20 {
			t.Errorf("%v: %d refused, %d converted", f, refused, converted)
		}
	}
}

// Writing of other languages, and Vietnamese that happens to use letters of Latin-1 only, is not taken for an old font.
func TestNotOldFonts(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"The quick brown fox jumps over the lazy dog.",
		"Où êtes-vous allés l'été passé ? À la forêt, près du château, où j'ai dîné à côté d'une bête. Ça ! Voilà : « c'est là ».",
		"Die Größe der Straße ist für Fußgänger überraschend; Öl, Übung, Mädchen, schön, größer, Äpfel, König, fünf.",
		"El niño comió una piña en la mañana; ¿qué más quería el señor? ¡Ojalá! Canción, corazón, así, también, después, aquí.",
		"Não há maçãs; as mães são irmãs. Opções, ações, você, três, avô, avó, pá, pé, só, à noite, coração, português.",
		"Það er gott að þú ert hér. Ég á lítið hús við ána. Þór, Óðinn, æska, öl, úr, ís, ó, á, é.",
		"Hän söi älyttömästi päärynöitä; yö, työ, sää, jää, pää, hätä, äiti, pöytä, öljy, työtä, tänään, älä.",
		"Å være på øya så lenge; ål, år, få, gå, sjø, rød, grønn, blå, æra, øl, når, også, må, to, små.",
		"Cộng hòa xã hội chủ nghĩa Việt Nam © 2025 ®",
		"CONG HOA XA HOI CHU NGHIA VIET NAM",
		"Bà là cô giáo, có ba má già và hai bé; ông nghèo, nhà xa, ta đi.",
		"là và có bà cô ý già hè nhà xé lá má cá tí tô hô hà bò cò mò sò tò vò lò dò dù cù tù mù lù",
		"Diện tích 30 m² × 40 m² ± 5%; §5; 3½ giờ; 20°C; «trích dẫn»; µ; ¼; ½; ¾; ©; ®; 5¢; ¥; £",
		"3×4 §5 ©®™ ½ ¼ «» µm m² cm³ n° 1ª 2º",
		strings.Repeat("Microsoft® Windows® Intel® Core® café résumé naïve façade über El Niño ", 3),
	} {
		for _, s := range []string{s, strings.Repeat(s+" ", 20), strings.ToUpper(s)} {
			if l, err := Extract("", []byte(s)); err != nil || l.Converted != "" {
				t.Errorf("%.60q: converted %q, %v", s, l.Converted, err)
			}
		}
		if data, err := charmap.Windows1252.NewEncoder().String(s); err == nil && data != s {
			refuses(t, s, "a.txt", []byte(strings.Repeat(data+" ", 20)), "error.file_encoding")
		}
	}
}

func run(font, s string) string {
	return `<w:r><w:rPr><w:rFonts w:ascii="` + font + `" w:hAnsi="` + font + `"/></w:rPr><w:t xml:space="preserve">` + s + `</w:t></w:r>`
}

func TestOldFontsInDOCX(t *testing.T) {
	t.Parallel()
	p := func(s string) string { return "<w:p>" + s + "</w:p>" }
	const styles = `<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/></w:rPr></w:rPrDefault></w:docDefaults>
		<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="Head"><w:basedOn w:val="Normal"/><w:pPr><w:rPr><w:rFonts w:hAnsi="Arial"/></w:rPr></w:pPr><w:rPr><w:rFonts w:hAnsi=".VnTimeH"/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Head"/></w:style>
		<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>
		<w:style w:type="character" w:styleId="New"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr></w:style></w:styles>`
	for _, c := range []struct{ what, body, styles, want, converted string }{
		{"runs", p(run(".VnTime", "Céng h") + run(".VnArial", "ßa x· ") + run("Times New Roman", "hội") + run(".VnTime", " chñ")), "", "Cộng hòa xã hội chủ\n", "tcvn3"},
		{"capitals", p(run(".VnTimeH", "Céng hßa")+run("Arial", " café")) + p(run(".VnTime", "ViÖt")), "", "CỘNG HÒA café\nViệt\n", "tcvn3"},
		{"a letter over two runs", p(run("VNI-Times", "Co")+run("VNI-Helve", "äng ")+run("VNI-Times", "hoøa")) + p(run("Arial", "ñ là ñ")), "", "Cộng hòa\nñ là ñ\n", "vni"},
		{"both", p(run("VNI-Times", "Coäng hoøa")) + p(run(".VnTime", "Céng hßa")), "", "Cộng hòa\nCộng hòa\n", "tcvn3+vni"},
		{"soft hyphens", p(run(".VnTime", "®")+`<w:r><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr><w:softHyphen/><w:t>îc n</w:t><w:softHyphen/><w:t>íc</w:t></w:r>`) +
			p(run(".VnTime", "\u00adíc")) + p(`<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t></w:r>`), "", "được nước\nước\nab\n", "tcvn3"},
		{"styles", par("ViÖt Nam ®éc lËp") + p(`<w:pPr><w:pStyle w:val="Sub"/></w:pPr><w:r><w:t>Céng hßa</w:t></w:r>`) +
			p(`<w:r><w:rPr><w:rStyle w:val="New"/></w:rPr><w:t>là é</w:t></w:r>`) + p(`<w:pPr><w:pStyle w:val="Round"/></w:pPr><w:r><w:t>là é</w:t></w:r>`),
			styles, "Việt Nam độc lập\nCỘNG HÒA\nlà é\nlà é\n", "tcvn3"},
		{"Unicode under an old font's name", p(run(".VnTime", "Cộng hòa ")+run(".VnTime", "là ")+run(".VnTimeH", "nhà báo")) +
			p(run(".VnTime", "ý là các bé có xét")), "", "Cộng hòa là nhà báo\ný là các bé có xét\n", ""},
		{"both under one name", p(run(".VnTime", "Cộng hòa xã é")) + p(run(".VnTime", "Céng hßa x· héi")), "", "Cộng hòa xã é\nCộng hòa xã hội\n", "tcvn3"},
		{"table", "<w:tbl>" + row(p(run(".VnTime", "ChØ tiªu")), p(run("Arial", "Chỉ tiêu")), p(run(".VnTime", "Thu ng©n s¸ch"))) + "</w:tbl>", "", "Chỉ tiêu\tChỉ tiêu\tThu ngân sách\n", "tcvn3"},
	} {
		var parts []string
		if c.styles != "" {
			parts = []string{"word/styles.xml", c.styles}
		}
		l, err := Extract("a.docx", docx(t, c.body, parts...))
		if err != nil || l.Text != c.want || l.Converted != c.converted {
			t.Errorf("%s: %q, converted %q, %v; want %q", c.what, l.Text, l.Converted, err, c.want)
		}
	}
}

// A mark of secrecy is seen in whatever encoding it stands.
func TestOldMarksOfSecrecy(t *testing.T) {
	t.Parallel()
	body := typed(tcvn3, string(samples.All()[0].Data))
	for what, c := range map[string]struct {
		name string
		data []byte
	}{
		"TCVN3":                  {"", []byte("TèI MËT\n" + body)},
		"TCVN3 in small letters": {"", []byte("(tuyÖt mËt)\n" + body)},
		"one line in Unicode":    {"", []byte("TỈNH ỦY PHÚ THỌ\nMËT\nBáo cáo về tình hình kinh tế và xã hội của tỉnh\n")},
		"one line, VNI":          {"", []byte("TỈNH ỦY PHÚ THỌ\nTOÁI MAÄT\nBáo cáo về tình hình kinh tế và xã hội của tỉnh\n")},
		"a running head": {"a.docx", docx(t, "<w:p>"+run(".VnTime", "ViÖt Nam ®éc lËp")+"</w:p>", "word/header1.xml",
			"<w:hdr><w:p>"+run(".VnTimeH", "MËt")+"</w:p></w:hdr>")},
		"a running head without a font": {"a.docx", docx(t, par(body), "word/header1.xml", "<w:hdr>"+par("MËT")+"</w:hdr>")},
	} {
		l, err := Extract(c.name, c.data)
		if err != nil {
			t.Errorf("%s: %v", what, err)
		} else if gov.RefuseSecret("", append(l.Margins, l.Text)...) == nil {
			t.Errorf("%s: not seen; margins are %q", what, l.Margins)
		}
	}
}

func TestOldFontsInPDF(t *testing.T) {
	t.Parallel()
	page := func(content, font string, more ...string) []byte {
		objects := []string{"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Resources <</Font <</F1 5 0 R /F2 6 0 R>>>>>>",
			"<</Type /Page /Parent 2 0 R /Contents 4 0 R>>", stream("", content, false), font, "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"}
		return pdf("", append(objects, more...)...)
	}
	const winAnsi = "<</Type /Font /Subtype /TrueType /Encoding /WinAnsiEncoding /BaseFont /"
	const tcvnLine = "BT /F1 10 Tf 50 700 Td (C\xe9ng h\xdfa n\xad\xedc \xae\xad\xeec) Tj /F2 10 Tf 150 0 Td (caf\xe9) Tj ET"
	for _, c := range []struct {
		what      string
		data      []byte
		want      string
		converted string
	}{
		{"TCVN3", page(tcvnLine, winAnsi+"ABCDEF+.VnTime>>"), "Cộng hòa nước được\tcafé\n", "tcvn3"},
		{"TCVN3, escaped name", page(tcvnLine, winAnsi+"#2EVnTime,Bold>>"), "Cộng hòa nước được\tcafé\n", "tcvn3"},
		{"capitals", page(tcvnLine, winAnsi+"ABCDEF+.VnTimeH-Bold>>"), "CỘNG HÒA NƯỚC ĐƯỢC\tcafé\n", "tcvn3"},
		{"VNI", page("BT /F1 10 Tf 50 700 Td (Co) Tj (\xe4ng ho\xf8a \xf1o\xe4c) Tj ET", winAnsi+"ABCDEF+VNI-Times>>"), "Cộng hòa độc\n", "vni"},
		{"letters by name", page("BT /F1 10 Tf 50 700 Td (\x01\x02) Tj ET",
			"<</Type /Font /Subtype /Type1 /BaseFont /.VnTime /Encoding <</Differences [1 /germandbls /adieresis]>>>>"), "òọ\n", "tcvn3"},
		{"a table that has the letters", page("BT /F1 10 Tf 50 700 Td (\xe9\xe1) Tj ET", winAnsi+".VnTime /ToUnicode 7 0 R>>",
			stream("", "2 beginbfchar <E9> <1ED9> <E1> <00E9> endbfchar", false)), "ộé\n", ""},
	} {
		l, err := Extract("a.pdf", c.data)
		if err != nil || l.Text != c.want || l.Converted != c.converted {
			t.Errorf("%s: %q, converted %q, %v; want %q", c.what, l.Text, l.Converted, err, c.want)
		}
	}
	// Without a name that tells, the text itself must.
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "BT /F2 10 Tf 50 %d Td (\xad\xedc n\xad\xedc C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam, \xae\xe9c l\xcbp t\xf9 do h\xb9nh ph\xf3c.) Tj ET\n", 700-40*i)
	}
	l, err := Extract("a.pdf", page(b.String(), "<<>>"))
	want := strings.Repeat("ước nước Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập tự do hạnh phúc.\n", 12)
	if err != nil || l.Text != want || l.Converted != "tcvn3" {
		t.Errorf("no name: %q, converted %q, %v", l.Text, l.Converted, err)
	}
}

func TestSyllable(t *testing.T) {
	t.Parallel()
	for _, doc := range samples.All() {
		words, bad := 0, map[string]bool{}
		for _, w := range strings.FieldsFunc(string(doc.Data), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if strings.ToLower(w) != w || strings.IndexFunc(w, ownLetter) < 0 {
				continue
			}
			if words++; !syllable(w) {
				bad[w] = true
			}
		}
		if words < 100 || len(bad) > 0 {
			t.Errorf("%s: of %d words no syllables: %v", doc.Name, words, bad)
		}
	}
	for _, w := range []string{"céng", "hßa", "coäng", "nghia", "ngha", "kac", "cet", "các̀", "bàc", "quốc", "gì", "giếng", "", "zo", "hoáà"} {
		if got, want := syllable(w), w == "nghia" || w == "quốc" || w == "gì" || w == "giếng"; got != want {
			t.Errorf("%s: %v", w, got)
		}
	}
}
