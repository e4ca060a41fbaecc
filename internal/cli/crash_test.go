package cli

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/samples"
)

// crashWorker files and confirms documents until it is killed: haicap-crash DIR ROUND. After each confirmation, when the program
// has promised to keep it, it prints the session and what is in it.
func crashWorker() {
	ctx := context.Background()
	p, err := crashParts(os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	who, err := p.system(ctx)
	for i := 0; err == nil; i++ {
		var kept string
		if kept, err = crashConfirm(ctx, p, who, fmt.Sprintf("%d/%d/20%s6", i%28+1, i/28%12+1, os.Args[2])); err == nil {
			fmt.Println("kept", kept)
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

// crashConfirm files and confirms a sample document of another day.
func crashConfirm(ctx context.Context, p *parts, who access.Principal, day string) (string, error) {
	data := strings.ReplaceAll(string(samples.All()[5].Data), "18/3/2026", day)
	_, review, err := p.app.FileDocument(ctx, who, app.FileInput{Name: "a.txt", Data: []byte(data)})
	if err != nil {
		return "", err
	}
	if _, err := confirmAll(ctx, p.app, who, review); err != nil {
		return "", err
	}
	v, err := p.app.Review(ctx, who, review)
	if err != nil {
		return "", err
	}
	return contents(ctx, p, who, v.Review.SessionID)
}

// contents is a session with the numbers of its records.
func contents(ctx context.Context, p *parts, who access.Principal, id gov.ID) (string, error) {
	s, err := p.app.Session(ctx, who, id)
	if err != nil {
		return "", err
	}
	out := fmt.Sprintf("%s documents %d figures %d targets %d", id, len(s.Documents), len(s.Figures), len(s.Targets))
	for _, k := range gov.MatterKinds {
		out += fmt.Sprintf(" %s %d", k, len(s.Matters[k]))
	}
	return out, nil
}

func crashParts(dir string) (*parts, error) {
	v, err := resolve(map[string]string{"data": dir}, func(string) string { return "" })
	if err != nil {
		return nil, err
	}
	return (&call{settings: v, stderr: os.Stderr}).open(context.Background())
}

// TestKilledWhileConfirming kills the program at random moments; whatever it said was confirmed is there, whole.
func TestKilledWhileConfirming(t *testing.T) {
	t.Parallel()
	worker, err := exec.LookPath("haicap-crash")
	if err != nil {
		t.Fatal(err)
	}
	dir := begun(t)
	kept := map[string]bool{}
	for round := range 4 {
		cmd := exec.CommandContext(t.Context(), worker, dir, fmt.Sprint(round))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var death *time.Timer
		for lines := bufio.NewScanner(out); lines.Scan(); {
			session, ok := strings.CutPrefix(lines.Text(), "kept ")
			if !ok {
				t.Fatalf("round %d: %s", round, lines.Text())
			}
			kept[session] = true
			if death == nil {
				death = time.AfterFunc(time.Duration(rand.IntN(300))*time.Millisecond, func() { _ = cmd.Process.Kill() })
			}
		}
		if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
			t.Fatalf("round %d: it was not killed: %v", round, err)
		}
		checkKept(t, dir, kept)
	}
	t.Logf("%d confirmations were acknowledged and kept", len(kept))
}

func checkKept(t *testing.T, dir string, kept map[string]bool) {
	t.Helper()
	p, err := crashParts(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	who, err := p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for want := range kept {
		id, _, _ := strings.Cut(want, " ")
		if got, err := contents(t.Context(), p, who, gov.ID(id)); err != nil || got != want {
			t.Fatalf("%v: got %s, want %s", err, got, want)
		}
	}
	if r, err := p.app.VerifyAudit(t.Context(), who, nil); err != nil || r.Fault != "" {
		t.Fatalf("the audit log: %+v, %v", r, err)
	}
}
