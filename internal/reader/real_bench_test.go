package reader

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkReadReal reads the sample documents, one after another, as they come in.
func BenchmarkReadReal(b *testing.B) {
	texts := realTexts(b)
	size := 0
	for _, s := range texts {
		size += len(s)
	}
	r := New(nil)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range texts {
			r.Read(Source{Name: "a.txt", Text: s})
		}
	}
}

// BenchmarkReadRealLong reads them as one document of ten megabytes: a byte of it must cost hardly more.
func BenchmarkReadRealLong(b *testing.B) {
	all := strings.Join(realTexts(b), "\n\n")
	s := strings.Repeat(all+"\n\n", 10<<20/len(all)+1)
	r := New(nil)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		r.Read(Source{Name: "a.txt", Text: s})
	}
}

func realTexts(b *testing.B) []string {
	root := os.Getenv("HAICAP_SAMPLES")
	if root == "" {
		b.Skip("skipped: set HAICAP_SAMPLES to a folder of sample documents")
	}
	files, err := filepath.Glob(filepath.Join(root, "dev", "*.txt"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no documents in %s: %v", root, err)
	}
	var texts []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	return texts
}
