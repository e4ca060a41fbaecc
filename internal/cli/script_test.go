package cli

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"haicap/internal/gov"
	"haicap/internal/samples"
)

// scriptStatus runs haicap and compares its exit status: status 2 read missing.txt.
func scriptStatus(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec("haicap", args[1:]...)
	want, _ := strconv.Atoi(args[0])
	got := 0
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("status %d, want %d", got, want)
	}
}

// scriptMake makes a file that a script cannot hold: make KIND PATH.
func scriptMake(ts *testscript.TestScript, _ bool, args []string) {
	var data []byte
	switch args[0] {
	case "empty":
	case "nul":
		data = []byte("Báo cáo\x00\x00 của phường")
	case "latin":
		data = []byte("B\xe1o c\xe1o k\xeft qu\xe3 c\xf4ng t\xe1c n\xfam nay\n")
	case "utf16":
		data = []byte{0xff, 0xfe}
		for _, r := range "Năm 2025, phường thu ngân sách đạt 366,3 tỷ đồng.\n" {
			data = append(data, byte(r), byte(r>>8))
		}
	case "pdf":
		data = []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog\nhỏng")
	case "bomb":
		data = zipBomb()
	case "huge":
		data = bytes.Repeat([]byte("a"), gov.MaxFileBytes+1)
	case "long":
		data = bytes.Repeat([]byte("Phường thu ngân sách. "), gov.MaxTextBytes/26+100_000)
	case "sample":
		data = samples.All()[2].Data
	default:
		ts.Fatalf("no such kind: %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o600))
}

// zipBomb is a .docx whose text is half a gigabyte of spaces.
func zipBomb() []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, head := range map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml":   `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(w, head)
		if name == "word/document.xml" {
			block := bytes.Repeat([]byte("a"), 1<<20)
			for range 512 {
				_, _ = w.Write(block)
			}
		}
	}
	_ = z.Close()
	return b.Bytes()
}

// scriptListing writes the names and sums of all files below a folder: listing DIR FILE. SQLite's index of its log is left out:
// whoever reads rewrites it.
func scriptListing(ts *testscript.TestScript, _ bool, args []string) {
	var b strings.Builder
	top := ts.MkAbs(args[0])
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(p, "-shm") || strings.HasSuffix(p, "-wal") {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(top, p)
		fmt.Fprintf(&b, "%s %x\n", rel, sha256.Sum256(data))
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o600))
}

// scriptWidth refuses lines of the last output that are longer: width 100.
func scriptWidth(ts *testscript.TestScript, _ bool, args []string) {
	limit, _ := strconv.Atoi(args[0])
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > limit {
			ts.Fatalf("%d characters: %s", n, line)
		}
	}
}

// scriptJSONL checks that the last output is as many JSON objects, one a line: jsonl 2.
func scriptJSONL(ts *testscript.TestScript, _ bool, args []string) {
	n := 0
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			ts.Fatalf("%v: %s", err, line)
		}
		n++
	}
	if strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d objects, want %s", n, args[0])
	}
}

// scriptCut takes the last byte off a file: cut PATH.
func scriptCut(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	info, err := os.Stat(path)
	ts.Check(err)
	ts.Check(os.Truncate(path, info.Size()-1))
}

// scriptSpoil writes over the first document's bytes in a data folder: spoil DIR.
func scriptSpoil(ts *testscript.TestScript, _ bool, args []string) {
	files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), blobsName, "??", "*"))
	ts.Check(err)
	ts.Check(os.WriteFile(files[0], []byte("khác"), 0o600))
}
