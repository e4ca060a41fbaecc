package main

import (
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	t.Parallel()
	passed := `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:3: chatter\n"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestB","Output":"    b_test.go:12: skipped: no browser (make deps)\n"}
{"Action":"skip","Package":"p","Test":"TestB"}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.1s\n"}
{"Action":"pass","Package":"p"}
`
	failed := `{"Action":"output","Package":"q","Test":"TestC","Output":"    c_test.go:9: got 1, want 2\n"}
{"Action":"output","Package":"q","Test":"TestC","Output":"--- FAIL: TestC (0.00s)\n"}
{"Action":"fail","Package":"q","Test":"TestC"}
{"Action":"output","Package":"q","Output":"FAIL\tq\t0.1s\n"}
{"Action":"fail","Package":"q"}
`
	hung := `{"Action":"output","Package":"r","Test":"TestD","Output":"panic: out of time\n"}
{"Action":"fail","Package":"r"}
`
	for _, c := range []struct {
		name, in, want string
		ok             bool
	}{
		{"passed", passed, "ok  \tp\t0.1s\nskipped: p.TestB: no browser (make deps)\nok  \tall packages: 1 tests passed, 1 skipped\n", true},
		{"failed", failed, "    c_test.go:9: got 1, want 2\n--- FAIL: TestC (0.00s)\nFAIL\tq\t0.1s\nFAIL\n", false},
		{"hung", hung, "panic: out of time\nFAIL\n", false},
		{"build", `{"Action":"build-output","Output":"x.go:1: no\n"}` + "\n" + `{"Action":"build-fail"}` + "\n", "x.go:1: no\nFAIL\n", false},
		{"not JSON", "go: no such tool\n", "go: no such tool\nok  \tall packages: 0 tests passed, 0 skipped\n", true},
	} {
		var out strings.Builder
		if ok := report(strings.NewReader(c.in), &out); ok != c.ok || out.String() != c.want {
			t.Errorf("%s: %v\n%s\nwant %v\n%s", c.name, ok, out.String(), c.ok, c.want)
		}
	}
}
