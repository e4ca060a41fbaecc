package extract

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const contentTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`

// docx writes a Word document whose body holds the given markup; parts are further files of the package.
func docx(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	files := map[string]string{
		"[Content_Types].xml": contentTypes,
		"word/document.xml":   `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`,
	}
	for i := 0; i < len(parts); i += 2 {
		files[parts[i]] = parts[i+1]
	}
	return zipOf(t, files)
}

func zipOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	return zipBy(t, zip.Deflate, files)
}

// zipBy packs by a method: zip.Store where thousands are made a second.
func zipBy(t testing.TB, method uint16, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = io.WriteString(w, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// par is a paragraph in one run.
func par(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }

func row(cells ...string) string {
	var b strings.Builder
	b.WriteString("<w:tr>")
	for _, c := range cells {
		if !strings.HasPrefix(c, "<") {
			c = par(c)
		}
		b.WriteString("<w:tc>" + c + "</w:tc>")
	}
	return b.String() + "</w:tr>"
}

// bombDOCX writes a document whose text expands to about size bytes, and whose header states another size. Nobody ever holds those bytes:
// a compressed block that refers to nothing before it is repeated.
func bombDOCX(t testing.TB, size, stated int64) []byte {
	t.Helper()
	const open = `<w:document xmlns:w="w"><w:body>`
	block := strings.Repeat(par("a"), 1<<15)
	var packed bytes.Buffer
	packed.Write(deflated(t, open, false))
	again := deflated(t, block, false)
	for n := int64(0); n < size; n += int64(len(block)) {
		packed.Write(again)
	}
	packed.Write(deflated(t, "</w:body></w:document>", true))
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	_, err := z.Create("[Content_Types].xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := z.CreateRaw(&zip.FileHeader{Name: "word/document.xml", Method: zip.Deflate, CompressedSize64: uint64(packed.Len()),
		UncompressedSize64: uint64(stated)})
	if err == nil {
		_, err = raw.Write(packed.Bytes())
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func deflated(t testing.TB, s string, last bool) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = io.WriteString(z, s)
	}
	if err == nil {
		err = z.Flush()
	}
	n := b.Len()
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if last {
		n = b.Len()
	}
	return b.Bytes()[:n]
}

// pdf writes a PDF with the given objects, numbered from 1; the first is the catalogue. extra goes into the trailer.
func pdf(extra string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root 1 0 R %s>>\nstartxref\n0\n%%%%EOF\n", len(objects)+1, extra)
	return b.Bytes()
}

// stream writes a stream object, compressed where filter says so.
func stream(dict, data string, compress bool) string {
	if compress {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		io.WriteString(z, data)
		z.Close()
		data = b.String()
		dict += " /Filter /FlateDecode"
	}
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// onePage writes a PDF of one page with the content, in a font of single bytes.
func onePage(content string, compress bool) []byte {
	return pdf("",
		"<</Type /Catalog /Pages 2 0 R>>",
		"<</Type /Pages /Kids [3 0 R] /Count 1 /Resources <</Font <</F1 5 0 R>>>>>>",
		"<</Type /Page /Parent 2 0 R /Contents 4 0 R>>",
		stream("", content, compress),
		"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding <</Differences [1 /dcroat /ocircumflexdotbelow /uni1EA1]>>>>")
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
