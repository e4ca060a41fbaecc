package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"runtime"
	"strings"
	"testing"
	"time"
)

// pngOf is the beginning of a PNG of that size, with a picture of n zero bytes packed in it.
func pngOf(t *testing.T, width, height uint32, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		_ = binary.Write(&b, binary.BigEndian, uint32(len(data)))
		b.WriteString(kind)
		b.Write(data)
		_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(append([]byte(kind), data...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunk("IHDR", append(head, 8, 0, 0, 0, 0))
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(make([]byte, n)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	chunk("IDAT", packed.Bytes())
	chunk("IEND", nil)
	return b.Bytes()
}

// deepZip is a zip in a zip in a zip …
func deepZip(t *testing.T, depth int) []byte {
	t.Helper()
	data := docx(t, par("x"))
	for range depth {
		data = zipOf(t, map[string]string{"a.docx": string(data), "b.zip": string(data)})
	}
	return data
}

// laughs is the document type that makes ten to the power of n out of one word.
func laughs(n int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">`)
	for i := 1; i <= n; i++ {
		b.WriteString(`<!ENTITY l` + string(rune('0'+i)) + ` "` + strings.Repeat("&l"+string(rune('0'+i-1))+";", 10) + `">`)
	}
	b.WriteString("]>")
	return b.String()
}

// TestBombs: files that would take all memory or time if they were believed. Not parallel: it measures what is allocated.
func TestBombs(t *testing.T) {
	document := func(xml string) []byte {
		return zipOf(t, map[string]string{"[Content_Types].xml": contentTypes, "word/document.xml": xml})
	}
	remarks := strings.Repeat("<!--"+strings.Repeat("x", maxTokenSize-100)+"-->", 38)
	for _, c := range []struct {
		what, name string
		data       []byte
		key        string
	}{
		{"zips in zips", "a.zip", deepZip(t, 6), "error.file_archive"},
		{"zips in zips, called .docx", "a.docx", deepZip(t, 6), "error.file_archive"},
		{"entities of entities", "a.docx", document(laughs(9) + "<w:document>" + par("&l9;") + "</w:document>"), "error.docx_broken"},
		{"an entity of another file", "a.docx", document(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document>` + par("&x;") + "</w:document>"), "error.docx_broken"},
		{"entities in the relationships", "a.docx", zipOf(t, map[string]string{"[Content_Types].xml": contentTypes, "word/document.xml": "<a>" + par("x") + "</a>",
			"_rels/.rels": laughs(9) + "<Relationships>&l9;</Relationships>"}), "error.docx_broken"},
		{"two parts that are too much together", "a.docx", docx(t, par("x")+remarks, "word/styles.xml", "<w:styles>"+remarks+"</w:styles>"), "error.file_bomb"},
		{"many attributes in one tag", "a.docx", docx(t, "<w:p "+strings.Repeat(`a="b" `, 1<<19)+"/>"), "error.file_bomb"},
		{"a picture as large as a province", "a.png", pngOf(t, 1<<20, 1<<20, 100), "error.image_too_large"},
		{"a picture whose size overflows", "a.png", pngOf(t, 1<<31-1, 1<<31-1, 100), "error.image_broken"},
		{"a long thin picture", "a.png", pngOf(t, maxSide+1, 1, 100), "error.image_too_large"},
		{"a picture called .pdf", "a.pdf", pngOf(t, 1<<20, 1<<20, 100), "error.image_too_large"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := time.Now()
		l, err := OCR{tesseract: "no-such-program", pdftoppm: "no-such-program"}.Extract(t.Context(), c.name, c.data)
		runtime.ReadMemStats(&after)
		if l.Text != "" {
			t.Errorf("%s: a layer of %d bytes", c.what, len(l.Text))
		}
		refusedWith(t, c.what, err, c.key)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 256 || time.Since(begun) > 30*time.Second {
			t.Errorf("%s: %d MiB allocated in %v", c.what, used, time.Since(begun))
		}
	}
}
