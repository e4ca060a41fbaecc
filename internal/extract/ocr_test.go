package extract

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"haicap/internal/gov"
)

// installed gives the programs, or skips the test.
func installed(t *testing.T) OCR {
	t.Helper()
	o := FindOCR()
	if o.tesseract == "" {
		t.Skip("skipped: tesseract not found (make deps)")
	}
	if o.pdftoppm == "" {
		t.Skip("skipped: pdftoppm not found (make deps)")
	}
	return o
}

func picturedPage(t *testing.T) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(sample(t, "bao-cao-quet.png")))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// turned gives a picture turned by degrees about its middle, at a scale, blurred by the scaling and with noise of the given strength.
func turned(m image.Image, degrees, scale, noise float64) *image.Gray {
	w, h := float64(m.Bounds().Dx()), float64(m.Bounds().Dy())
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	ow, oh := scale*(w*math.Abs(cos)+h*math.Abs(sin)), scale*(w*math.Abs(sin)+h*math.Abs(cos))
	out := image.NewGray(image.Rect(0, 0, int(ow), int(oh)))
	random := rand.New(rand.NewPCG(1, 2))
	at := func(x, y int) float64 {
		if !(image.Pt(x, y).In(m.Bounds())) {
			return 255
		}
		return float64(color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y)
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			dx, dy := (float64(x)-ow/2)/scale, (float64(y)-oh/2)/scale
			sx, sy := dx*cos+dy*sin+w/2, dy*cos-dx*sin+h/2
			x0, y0 := math.Floor(sx), math.Floor(sy)
			fx, fy := sx-x0, sy-y0
			v := (at(int(x0), int(y0))*(1-fx)+at(int(x0)+1, int(y0))*fx)*(1-fy) + (at(int(x0), int(y0)+1)*(1-fx)+at(int(x0)+1, int(y0)+1)*fx)*fy
			v = 30 + v*0.8 + noise*random.NormFloat64() // grey ink on grey paper
			out.Pix[out.PixOffset(x, y)] = uint8(min(max(v, 0), 255))
		}
	}
	return out
}

func jpegOf(t *testing.T, m image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tiffOf writes pictures as the pages of a TIFF, not compressed.
func tiffOf(pages ...*image.Gray) []byte {
	le := binary.LittleEndian
	b := []byte("II*\x00\x00\x00\x00\x00")
	link := 4
	for _, m := range pages {
		pixels := len(b)
		b = append(b, m.Pix...)
		if len(b)%2 == 1 {
			b = append(b, 0)
		}
		le.PutUint32(b[link:], uint32(len(b)))
		entries := [][3]int{{256, 4, m.Rect.Dx()}, {257, 4, m.Rect.Dy()}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}, {273, 4, pixels}, {277, 3, 1},
			{278, 4, m.Rect.Dy()}, {279, 4, len(m.Pix)}}
		b = le.AppendUint16(b, uint16(len(entries)))
		for _, e := range entries {
			b = le.AppendUint16(b, uint16(e[0]))
			b = le.AppendUint16(b, uint16(e[1]))
			b = le.AppendUint32(b, 1)
			b = le.AppendUint32(b, uint32(e[2]))
		}
		link = len(b)
		b = le.AppendUint32(b, 0)
	}
	return b
}

// accuracy is the share of letters that are right, white space drawn together: one less the edits for each letter of want.
func accuracy(got, want string) float64 {
	a, b := []rune(strings.Join(strings.Fields(got), " ")), []rune(strings.Join(strings.Fields(want), " "))
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		corner := row[0]
		row[0] = i + 1
		for j := range b {
			edit := corner
			if a[i] != b[j] {
				edit++
			}
			corner = row[j+1]
			row[j+1] = min(edit, row[j]+1, row[j+1]+1)
		}
	}
	return 1 - float64(row[len(b)])/float64(len(b))
}

// The table of docs/formats.md: go test -v -run OCRAccuracy ./internal/extract.
func TestOCRAccuracy(t *testing.T) {
	o := installed(t)
	page := picturedPage(t)
	want := string(sample(t, "bao-cao-quet.txt"))
	for _, c := range []struct {
		what   string
		name   string
		data   []byte
		format string
		least  float64
	}{
		{"PNG, black and white, 200 dpi", "a.png", sample(t, "bao-cao-quet.png"), PNG, 0.98},
		{"scanned PDF, black and white, 150 dpi", "a.pdf", sample(t, "bao-cao-quet.pdf"), PDF, 0.97},
		{"JPEG, grey, slanted by 1°, a little noise", "a.jpg", jpegOf(t, turned(page, 1, 1, 8), 75), JPEG, 0.95},
		{"JPEG, grey, slanted by 2°, much noise, strongly compressed", "a.jpg", jpegOf(t, turned(page, 2, 1, 25), 40), JPEG, 0.93},
		{"TIFF, upside down", "a.tif", tiffOf(turned(page, 180, 1, 4)), TIFF, 0.97},
		{"JPEG, lying on its side", "a.jpg", jpegOf(t, turned(page, 90, 1, 4), 80), JPEG, 0.97},
		{"JPEG, on its other side", "a.jpg", jpegOf(t, turned(page, 270, 1, 4), 80), JPEG, 0.97},
		{"JPEG, grey, 120 dpi", "a.jpg", jpegOf(t, turned(page, 0, 0.6, 4), 75), JPEG, 0.90},
		{"JPEG, grey, 100 dpi", "a.jpg", jpegOf(t, turned(page, 0, 0.5, 4), 75), JPEG, 0.80},
	} {
		began := time.Now()
		l, err := o.Extract(context.Background(), c.name, c.data)
		if err != nil || l.Format != c.format || l.Converted != "ocr" {
			t.Errorf("%s: format %q, converted %q, %v", c.what, l.Format, l.Converted, err)
			continue
		}
		right := accuracy(l.Text, want)
		lines, same := strings.Split(want, "\n"), 0
		for _, line := range lines {
			if strings.Contains("\n"+l.Text, "\n"+line+"\n") {
				same++
			}
		}
		t.Logf("| %s | %.1f%% | %d of %d | %.1f s |", c.what, 100*right, same, len(lines), time.Since(began).Seconds())
		if right < c.least {
			t.Errorf("%s: %.3f of the letters are right, %.2f expected\n%s", c.what, right, c.least, l.Text)
		}
	}
}

// A scan with the note of a digital signature, a photograph among pages of text, a font that does not tell its letters.
func TestPDFWithScans(t *testing.T) {
	o := installed(t)
	scan := jpegOf(t, turned(picturedPage(t), 0, 1, 2), 80)
	photo := jpegOf(t, turned(image.NewGray(image.Rect(0, 0, 300, 400)), 0, 1, 60), 80)
	file := func(contents []string, images ...[]byte) []byte {
		objects := []string{"<</Type /Catalog /Pages 2 0 R>>", "", "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"}
		resources := "<</Font <</F1 3 0 R>> /XObject <<"
		for i, data := range images {
			c, _, err := image.DecodeConfig(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			objects = append(objects, stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode", c.Width, c.Height), string(data), false))
			resources += fmt.Sprintf("/Im%d %d 0 R ", i+1, len(objects))
		}
		kids := ""
		for _, content := range contents {
			objects = append(objects, stream("", content, false), fmt.Sprintf("<</Type /Page /Parent 2 0 R /Contents %d 0 R>>", len(objects)+1))
			kids += fmt.Sprintf("%d 0 R ", len(objects))
		}
		objects[1] = fmt.Sprintf("<</Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] /Resources %s>>>>>>", kids, len(contents), resources)
		return pdf("", objects...)
	}
	full := func(i int) string { return fmt.Sprintf("q 595 0 0 842 0 0 cm /Im%d Do Q ", i) }
	signed := "BT /F1 6 Tf 400 820 Td (Nguoi ky: UBND phuong) Tj ET"
	prose := "BT /F1 10 Tf 50 700 Td (" + strings.Repeat("mot hai ba ", 8) + ") Tj ET"
	for _, c := range []struct {
		what      string
		data      []byte
		has       []string
		converted string
	}{
		{"signed scan", file([]string{full(1) + signed}, scan), []string{"Toàn phường còn 7 hộ nghèo với 21 khẩu"}, "ocr"},
		{"text and a scan", file([]string{prose, prose, full(1)}, scan), []string{"mot hai ba", "Toàn phường còn 7 hộ nghèo với 21 khẩu"}, "ocr"},
		{"text and a photograph", file([]string{prose, prose, full(1)}, photo), []string{"mot hai ba"}, "ocr"},
		{"text on a small picture", file([]string{prose + "q 100 0 0 100 0 0 cm /Im1 Do Q"}, photo), []string{"mot hai ba"}, ""},
	} {
		l, err := o.Extract(context.Background(), "a.pdf", c.data)
		if err != nil || l.Format != PDF || l.Converted != c.converted {
			t.Errorf("%s: %+v, %v", c.what, l, err)
		}
		for _, s := range c.has {
			if !strings.Contains(l.Text, s) {
				t.Errorf("%s: no %q in %q", c.what, s, l.Text)
			}
		}
	}
	refuses(t, "signed scan without the programs", "a.pdf", file([]string{full(1) + signed}, scan), "error.pdf_scanned")
	if l, err := Extract("a.pdf", file([]string{prose, prose, full(1)}, scan)); err != nil || l.Converted != "" {
		t.Errorf("text and one picture without the programs: %+v, %v", l, err)
	}
	refusesWith(t, o, "a photograph", "a.jpg", photo, "error.ocr_poor")
	refusesWith(t, o, "a PDF of nothing", "a.pdf", file([]string{""}), "error.ocr_poor")
	refusesWith(t, o, "a picture that is cut", "a.png", sample(t, "bao-cao-quet.png")[:3000], "error.ocr_failed")
}

func refusesWith(t *testing.T, o OCR, what, name string, data []byte, key string) {
	t.Helper()
	_, err := o.Extract(context.Background(), name, data)
	refusedWith(t, what, err, key)
}

// Nothing of a document is written where programs keep what they need for a while.
func TestOCRLeavesNoTrace(t *testing.T) {
	o := installed(t)
	files := map[string][]byte{}
	for _, name := range []string{"bao-cao-quet.png", "bao-cao-quet.pdf"} {
		files[name] = sample(t, name)
	}
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Chdir(t.TempDir())
	for name, data := range files {
		if _, err := o.Extract(context.Background(), name, data); err != nil {
			t.Error(err)
		}
	}
	for _, d := range []string{dir, "."} {
		left, err := os.ReadDir(d)
		if err != nil || len(left) > 0 {
			t.Errorf("left in %s: %v, %v", d, left, err)
		}
	}
}

// The programs' failures are refusals.
func TestOCRPrograms(t *testing.T) {
	t.Parallel()
	picture := sample(t, "bao-cao-quet.png")
	dir := t.TempDir()
	script := func(name, body string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body), 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct{ what, body, key string }{
		{"no Vietnamese", "echo \"Failed loading language 'vie'\" >&2; exit 1", "error.ocr_no_vietnamese"},
		{"a crash", "exit 3", "error.ocr_failed"},
		{"output without end", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", "error.file_bomb"},
		{"nothing", "cat > /dev/null", "error.ocr_poor"},
		{"nonsense", "cat > /dev/null; echo hello", "error.ocr_poor"},
		{"a page that cannot be relied on", "cat > /dev/null; printf '1\\t1\\t0\\t0\\t0\\t0\\t0\\t0\\t100\\t100\\t-1\\t\\n5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t9\\t9\\t20\\t" + strings.Repeat("x", 200) + "\\n'", "error.ocr_poor"},
	} {
		refusesWith(t, OCR{tesseract: script(strings.ReplaceAll(c.what, " ", "-"), c.body)}, c.what, "a.png", picture, c.key)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, name := range []string{"bao-cao-quet.png", "bao-cao-quet.pdf"} {
		_, err := OCR{tesseract: script("sleeps", "exec sleep 100"), pdftoppm: script("sleeps", "exec sleep 100")}.Extract(ctx, name, sample(t, name))
		refusedWith(t, "given up", err, "error.ocr_time")
	}
	refuses(t, "no programs, a picture", "a.png", picture, "error.file_image")
	refuses(t, "no programs, a scan", "a.pdf", sample(t, "bao-cao-quet.pdf"), "error.pdf_scanned")
	many := []string{"<</Type /Catalog /Pages 2 0 R>>", "", "<</Type /Page>>"}
	kids := ""
	for i := range maxOCRPages + 1 {
		kids += fmt.Sprintf("%d 0 R ", i+4)
		many = append(many, "<</Type /Page>>")
	}
	many[1] = "<</Type /Pages /Kids [" + kids + "]>>"
	refusesWith(t, OCR{tesseract: "x", pdftoppm: "x"}, "many pages", "a.pdf", pdf("", many...), "error.ocr_pages")
}

func TestPictures(t *testing.T) {
	t.Parallel()
	o := OCR{tesseract: "/nowhere"}
	small := image.NewGray(image.Rect(0, 0, 3, 3))
	huge := func(w, h uint32) []byte {
		data := bytes.Clone(sample(t, "bao-cao-quet.png"))
		binary.BigEndian.PutUint32(data[16:], w)
		binary.BigEndian.PutUint32(data[20:], h)
		binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
		return data
	}
	loop := tiffOf(small)
	copy(loop[len(loop)-4:], loop[4:8])
	wide := tiffOf(&image.Gray{Pix: make([]byte, 9), Stride: 3, Rect: image.Rect(0, 0, 30000, 30000)})
	for _, c := range []struct {
		what string
		data []byte
		key  string
	}{
		{"PNG of nothing", []byte("\x89PNG\r\n\x1a\n...."), "error.image_broken"},
		{"JPEG of nothing", []byte("\xff\xd8\xff\xe0...."), "error.image_broken"},
		{"TIFF of nothing", []byte("II*\x00"), "error.image_broken"},
		{"TIFF that points outside", []byte("MM\x00*\xff\xff\xff\xff"), "error.image_broken"},
		{"TIFF that goes round", loop, "error.image_broken"},
		{"TIFF of many pages", tiffOf(bytesTimes(small, maxOCRPages+1)...), "error.ocr_pages"},
		{"huge TIFF", wide, "error.image_too_large"},
		{"huge PNG", huge(8000, 8000), "error.image_too_large"},
		{"very wide PNG", huge(40000, 1), "error.image_too_large"},
		{"PNG whose program is gone", sample(t, "bao-cao-quet.png"), "error.ocr_failed"},
	} {
		refusesWith(t, o, c.what, "", c.data, c.key)
	}
	if got := tiffSizes(tiffOf(small, small)); len(got) != 2 || got[1] != image.Pt(3, 3) {
		t.Errorf("sizes of a TIFF: %v", got)
	}
}

func bytesTimes(m *image.Gray, n int) []*image.Gray {
	out := make([]*image.Gray, n)
	for i := range out {
		out[i] = m
	}
	return out
}

// tsvOf writes what tesseract would; each word is "line x y width height sure text".
func tsvOf(width, height int, words ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "level\tpage_num\n1\t1\t0\t0\t0\t0\t0\t0\t%d\t%d\t-1\t\n", width, height)
	for _, w := range words {
		f := strings.SplitN(w, " ", 7)
		fmt.Fprintf(&b, "5\t1\t1\t1\t%s\t1\t%s\n", f[0], strings.Join(f[1:], "\t"))
	}
	return b.String()
}

func TestOCRLayout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, tsv, want string
		margins         string
	}{
		{"words and cells", tsvOf(1000, 1000, "1 100 100 80 20 95 Thu", "1 190 100 80 20 95 chi", "2 600 103 80 20 95 2026", "3 100 140 80 20 95 Hai"), "Thu chi\t2026\nHai\n", ""},
		{"a stamp", tsvOf(1000, 1000, "1 100 100 80 20 95 UBND", "2 100 140 80 20 20 MÂT", "3 100 180 80 20 95 tỉnh"), "UBND\ntỉnh\n", "MẬT|MÂT"},
		{"a stamp that is read well", tsvOf(1000, 1000, "1 100 140 80 20 90 TUYET", "1 190 140 80 20 90 MẶT"), "TUYET MẶT\n", "TUYỆT MẬT"},
		{"a name that is none", tsvOf(1000, 1000, "1 100 140 80 20 90 Mạt", "2 100 190 80 20 90 MATXA"), "Mạt\nMATXA\n", ""},
		{"upside down", tsvOf(1000, 1000, "1 820 880 80 20 95 Thu", "1 730 880 80 20 95 chi", "2 820 840 80 20 95 Hai", "2 730 840 80 20 95 ba"), "Thu chi\nHai ba\n", ""},
		{"turned clockwise", tsvOf(1000, 800, "1 680 100 20 80 95 Thu", "1 680 190 20 80 95 chi", "2 640 100 20 80 95 Hai", "2 640 190 20 80 95 ba"), "Thu chi\nHai ba\n", ""},
		{"turned the other way", tsvOf(1000, 800, "1 100 620 20 80 95 Thu", "1 100 530 20 80 95 chi", "2 140 620 20 80 95 Hai", "2 140 530 20 80 95 ba"), "Thu chi\nHai ba\n", ""},
		{"control characters", tsvOf(1000, 1000, "1 100 100 80 20 95 a\u200bb\x01", "1 190 100 80 20 95 \u00ad"), "ab\n", ""},
		{"lines of a table", tsvOf(1000, 1000, "1 100 100 80 20 95 |", "1 190 100 80 20 95 |400", "1 280 100 80 20 95 tỷ|"), "400 tỷ\n", ""},
	} {
		pages := ocrPages(c.tsv)
		var w pdfWriter
		for i, p := range pages {
			w.page(p.pieces, i+1, len(pages))
		}
		if got := w.finish(); len(pages) != 1 || got != c.want || strings.Join(pages[0].margins, "|") != c.margins {
			t.Errorf("%s: %d pages, %q, want %q; margins %q", c.what, len(pages), got, c.want, pages[0].margins)
		}
	}
	p := ocrPages(tsvOf(1000, 1000, "1 100 140 80 20 90 TUYET", "1 190 140 80 20 90 MẶT"))[0]
	if gov.RefuseSecret("", p.margins...) == nil {
		t.Error("the stamp was not seen")
	}
}

// Whatever the programs write, a page is laid out.
func FuzzOCRPages(f *testing.F) {
	f.Add(tsvOf(1000, 1000, "1 100 100 80 20 95 Thu", "1 190 100 80 20 95 chi", "2 600 103 80 20 95 2026"))
	f.Add(tsvOf(10, 10, "1 NaN Inf -1 1e300 x y", "1 0 0 0 0 0 z"))
	f.Fuzz(func(t *testing.T, tsv string) {
		for _, p := range ocrPages(tsv) {
			var w pdfWriter
			w.page(p.pieces, 1, 1)
			if s := w.finish(); strings.ContainsAny(s, "\x00\r") {
				t.Errorf("%q", s)
			}
		}
	})
}

// FuzzTIFF varies directories.
func FuzzTIFF(f *testing.F) {
	small := image.NewGray(image.Rect(0, 0, 3, 3))
	f.Add(tiffOf(small, small))
	f.Add([]byte("MM\x00*\x00\x00\x00\x08\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if n := len(tiffSizes(data)); n > maxOCRPages+1 {
			t.Errorf("%d pages", n)
		}
	})
}
