// Command testreport reads the events of `go test -json` and prints what `go test` prints, then every test that was skipped with
// its reason. A skipped test looks like a passed one in the output of go test; here nobody has to know that to see it.
//
// It ends with status 1 where a test or a build failed.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if !report(os.Stdin, os.Stdout) {
		os.Exit(1)
	}
}

// An event is one line of go test -json (see `go doc test2json`).
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// report copies the run to w and tells whether all of it passed.
func report(r io.Reader, w io.Writer) bool {
	var (
		ok      = true
		tests   int
		skipped []string
		output  = map[string]*strings.Builder{} // of the tests that still run
	)
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil && len(line) == 0 {
			break
		}
		var e event
		if json.Unmarshal(line, &e) != nil {
			fmt.Fprintf(w, "%s", line) // not an event: the go command itself speaks
			continue
		}
		id := e.Package + " " + e.Test
		switch {
		case e.Action == "build-fail":
			ok = false
		case e.Action == "output" && e.Test == "", e.Action == "build-output":
			if e.Output != "PASS\n" {
				fmt.Fprint(w, e.Output)
			}
		case e.Action == "output":
			if output[id] == nil {
				output[id] = &strings.Builder{}
			}
			if !strings.HasPrefix(e.Output, "=== ") {
				output[id].WriteString(e.Output)
			}
		case e.Action == "pass" && e.Test != "":
			tests++
			delete(output, id)
		case e.Action == "skip" && e.Test != "":
			skipped = append(skipped, fmt.Sprintf("skipped: %s.%s: %s", e.Package, e.Test, reason(output[id])))
			delete(output, id)
		case e.Action == "fail":
			ok = false
			if output[id] != nil {
				fmt.Fprint(w, output[id].String())
				delete(output, id)
			}
		}
	}
	for _, out := range output { // tests that never ended: a panic or a killed process
		fmt.Fprint(w, out.String())
	}
	for _, s := range skipped {
		fmt.Fprintln(w, s)
	}
	if !ok {
		fmt.Fprintln(w, "FAIL")
		return false
	}
	fmt.Fprintf(w, "ok  \tall packages: %d tests passed, %d skipped\n", tests, len(skipped))
	return true
}

// reason is what the test gave to t.Skip.
func reason(out *strings.Builder) string {
	if out == nil {
		return "no reason given"
	}
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSpace(line)
		if _, words, found := strings.Cut(line, ".go:"); found {
			if _, words, found = strings.Cut(words, ": "); found {
				return strings.TrimPrefix(words, "skipped: ")
			}
		}
	}
	return "no reason given"
}
