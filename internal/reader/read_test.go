package reader

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/text"
)

var update = flag.Bool("update", false, "write what the reader gives as the expected readings")

// valid reports what is wrong with a reading, whatever the text: spans that do not slice to their text, lists that are missing,
// values outside of the contract's vocabulary.
func valid(t testing.TB, src string, r gov.Reading) {
	t.Helper()
	for _, f := range r.Figures {
		if f.Span.Of(src) != f.Text || f.Text == "" || !f.Sentence.Contains(f.Span) {
			t.Errorf("figure %q: span %v, sentence %v", f.Text, f.Span, f.Sentence)
		}
		if f.Kind == "" || f.Comparator == "" || f.Confidence == "" || f.Rule == "" {
			t.Errorf("figure %q is not whole: %+v", f.Text, f)
		}
		if f.Indicator != "" {
			if _, err := gov.IndicatorByKey(f.Indicator); err != nil {
				t.Errorf("figure %q: %v", f.Text, err)
			}
		}
	}
	for _, list := range [][]gov.ItemDraft{r.Difficulties, r.Recommendations, r.Directives, r.Commitments} {
		for _, it := range list {
			if it.Span.Of(src) != it.Text || it.Text == "" {
				t.Errorf("item %q: span %v", it.Text, it.Span)
			}
			if it.TopicSpan != nil && it.TopicSpan.Of(src) != it.Topic {
				t.Errorf("topic %q: span %v", it.Topic, *it.TopicSpan)
			}
		}
	}
	in := func(what string, s text.Span) {
		if s[0] < 0 || s[1] <= s[0] || s[1] > len(src) {
			t.Errorf("%s: span %v in %d bytes", what, s, len(src))
		}
	}
	for _, u := range r.Units {
		in("unit "+u.Name, u.Span)
	}
	for _, p := range r.People {
		in("person "+p.Name, p.Span)
	}
	for _, c := range r.Checks {
		for _, s := range c.Spans {
			in("check "+c.Rule, s)
		}
		if c.Message == "" || len(c.Spans) == 0 {
			t.Errorf("check %+v is not whole", c)
		}
	}
	if r.Units == nil || r.People == nil || r.Figures == nil || r.Difficulties == nil || r.Recommendations == nil || r.Directives == nil || r.Commitments == nil || r.Checks == nil {
		t.Error("a list is missing: JSON would show null")
	}
}

// TestReadGolden reads the texts of testdata and compares head, figures and checks with what stands beside them (-update
// writes that).
func TestReadGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts in testdata: %v", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := New(nil).Read(Source{Name: filepath.Base(file), Text: string(src)})
		valid(t, string(src), r)
		got, err := json.MarshalIndent(map[string]any{"document": r.Document, "figures": r.Figures, "checks": r.Checks}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, '\n')
		path := strings.TrimSuffix(file, ".txt") + ".figures.json"
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: the reading is not the expected one; look at the difference of go test -update", file)
		}
	}
}

// TestReadIsDeterministic reads a hundred times, with any number of processors, several texts in turn and at the same time: what a
// reading leaves behind must not show in the next.
func TestReadIsDeterministic(t *testing.T) {
	r := New(small())
	texts := []string{article, "", nasty[len(nasty)-1], strings.Repeat(strings.Join(nasty, " "), 3), article + article}
	read := func(s string) string {
		b, err := json.Marshal(r.Read(Source{Name: "a.txt", Text: s, Explain: true}))
		if err != nil {
			t.Error(err)
		}
		return string(b)
	}
	var want []string
	for _, s := range texts {
		want = append(want, read(s))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, processors := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(processors)
		var wait sync.WaitGroup
		for worker := range 7 {
			wait.Go(func() {
				for i := range 5 * len(texts) {
					if k := (worker + i) % len(texts); read(texts[k]) != want[k] {
						t.Errorf("two readings of text %d differ", k)
					}
				}
			})
		}
		wait.Wait()
	}
}

// TestReadSource: the text layer is named, and the original where it is another file.
func TestReadSource(t *testing.T) {
	t.Parallel()
	r := New(nil).Read(Source{Name: "a.txt", Text: "abc"})
	const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if r.Source.SHA256 != sum || r.Source.Bytes != 3 || r.Source.Text.SHA256 != sum || r.Source.Text.Bytes != 3 || r.Schema != gov.ReadingSchema {
		t.Errorf("source %+v, text %+v", r.Source, r.Source.Text)
	}
	r = New(nil).Read(Source{Name: "a.docx", SHA256: "12", Bytes: 99, Text: "abc"})
	if r.Source.SHA256 != "12" || r.Source.Bytes != 99 || r.Source.Text.SHA256 != sum {
		t.Errorf("source %+v, text %+v", r.Source, r.Source.Text)
	}
}

// longestFuzzed bounds the texts that FuzzRead reads: what short ones cannot break, long ones hardly do, and short ones are read by the
// hundred.
const longestFuzzed = 1 << 12

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil {
			for line := range strings.Lines(string(b)) {
				f.Add(line)
			}
		}
	}
	for _, s := range nasty {
		f.Add(s + s)
	}
	for _, s := range []string{"", "\t\t1\t%", "date 2025-13-45 X", "1/1/1/1-1-1%", "a\tb\nĐVT\tchỉ tiêu\t2025\n1\tx\t≥ 5", "12/0 hộ, đạt 5%", "từ 1.1.1.1 đến \xff 2 hộ (", "I. 5 hộ:"} {
		f.Add(s)
	}
	r := New(small())
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > longestFuzzed {
			t.Skip("too long")
		}
		valid(t, s, r.Read(Source{Name: "f.txt", Text: s, Explain: true}))
	})
}
