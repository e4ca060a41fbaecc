package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/backup"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/samples"
)

// The program is killed at random moments while it does one kind of work. What it said it keeps is there and whole, and nothing is
// there by halves. Each kind is killed four times; HAICAP_CRASH=200 (make crash) says how often in all.

// A crash is one kind of work, done by a worker until it is killed. The worker prints "kept …" after each thing that it has promised.
type crash struct {
	work  func(ctx context.Context, w crashWork) error
	check func(t *testing.T, dir string, kept map[string]bool)
}

// crashWork is what a worker knows.
type crashWork struct {
	dir   string
	round string
	p     *parts
	who   access.Principal
}

func (crashWork) kept(s string) { fmt.Println("kept", s) }

var crashes = map[string]crash{
	"confirm": {crashConfirms, checkConfirms},
	"upload":  {crashUploads, checkUploads},
	"import":  {crashImports, checkImports},
	"backup":  {crashBackups, checkBackups},
}

// idle has the folder open until its input ends.
func idle(_ context.Context, w crashWork) error {
	w.kept("open")
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// crashWorker is the program that is killed: haicap-crash KIND DIR ROUND.
func crashWorker() {
	ctx := context.Background()
	w := crashWork{dir: os.Args[2], round: os.Args[3]}
	var err error
	if w.p, err = crashParts(w.dir); err == nil {
		w.who, err = w.p.system(ctx)
	}
	if err == nil {
		work := idle
		if c, ok := crashes[os.Args[1]]; ok {
			work = c.work
		}
		err = work(ctx, w)
	}
	fmt.Println(err)
	os.Exit(1)
}

func crashParts(dir string) (*parts, error) {
	v, err := resolve(map[string]string{"data": dir}, func(string) string { return "" })
	if err != nil {
		return nil, err
	}
	return (&call{settings: v, stderr: os.Stderr}).open(context.Background())
}

// crashRounds is how often each kind is killed.
func crashRounds(t *testing.T) int {
	t.Helper()
	all := os.Getenv("HAICAP_CRASH")
	if all == "" {
		return 4
	}
	n, err := strconv.Atoi(all)
	if err != nil {
		t.Fatal(err)
	}
	return (n + len(crashes) - 1) / len(crashes)
}

func TestKilled(t *testing.T) {
	t.Parallel()
	worker, err := exec.LookPath("haicap-crash")
	if err != nil {
		t.Fatal(err)
	}
	for kind, c := range crashes {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			dir := begun(t)
			kept := map[string]bool{}
			for round := range crashRounds(t) {
				killOnce(t, exec.CommandContext(t.Context(), worker, kind, dir, fmt.Sprint(round)), kept)
				c.check(t, dir, kept)
				checkWhole(t, dir)
			}
			t.Logf("killed %d times; %d things were promised and kept", crashRounds(t), len(kept))
		})
	}
}

// killOnce starts the worker, kills it at some moment after its first promise, and gathers what it promised.
func killOnce(t *testing.T, cmd *exec.Cmd, kept map[string]bool) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	begun := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		thing, ok := strings.CutPrefix(lines.Text(), "kept ")
		if !ok {
			t.Fatal(lines.Text())
		}
		kept[thing] = true
		if !begun {
			begun = true
			time.AfterFunc(time.Duration(rand.IntN(300))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		t.Fatalf("it was not killed: %v", err)
	}
}

// checkWhole has the doctor look: database, references, audit log, names and bytes of documents.
func checkWhole(t *testing.T, dir string) {
	t.Helper()
	if status, out, errs := run(t, nil, "doctor", "--data", dir); status != 0 {
		t.Fatalf("%s%s", out, errs)
	}
}

// open is the folder of a killed program, opened again.
func reopened(t *testing.T, dir string) (*parts, access.Principal) {
	t.Helper()
	p, err := crashParts(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	who, err := p.system(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p, who
}

// crashConfirms files and confirms a sample document, each time of another day.
func crashConfirms(ctx context.Context, w crashWork) error {
	round, err := strconv.Atoi(w.round)
	if err != nil {
		return err
	}
	for i := round * 200; ; i++ {
		day := fmt.Sprintf("%d/%d/%d", i%28+1, i/28%12+1, 2000+i/28/12)
		data := strings.ReplaceAll(string(samples.All()[5].Data), "18/3/2026", day)
		_, review, err := w.p.app.FileDocument(ctx, w.who, app.FileInput{Name: "a.txt", Data: []byte(data)})
		if err != nil {
			return err
		}
		if _, err := confirmAll(ctx, w.p.app, w.who, review); err != nil {
			return err
		}
		v, err := w.p.app.Review(ctx, w.who, review)
		if err != nil {
			return err
		}
		kept, err := contents(ctx, w.p, w.who, v.Review.SessionID)
		if err != nil {
			return err
		}
		w.kept(kept)
	}
}

// contents is a session with the numbers of its records.
func contents(ctx context.Context, p *parts, who access.Principal, id gov.ID) (string, error) {
	s, err := p.app.Session(ctx, who, id)
	if err != nil {
		return "", err
	}
	// What is a target on one day is a result on another, so they are counted together.
	out := fmt.Sprintf("%s documents %d figures %d", id, len(s.Documents), len(s.Figures)+len(s.Targets))
	for _, k := range gov.MatterKinds {
		out += fmt.Sprintf(" %s %d", k, len(s.Matters[k]))
	}
	return out, nil
}

// checkConfirms: every session is as large as any other, since all are of the same text: none is there by halves.
func checkConfirms(t *testing.T, dir string, kept map[string]bool) {
	t.Helper()
	p, who := reopened(t, dir)
	want, seen := "", 0
	for page := (gov.Page{Limit: 500}); ; {
		v, err := p.app.Sessions(t.Context(), who, "", page)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range v.Lines {
			got, err := contents(t.Context(), p, who, s.ID)
			if err != nil {
				t.Fatal(err)
			}
			if kept[got] {
				seen++
			}
			_, size, _ := strings.Cut(got, " ")
			if want == "" {
				want = size
			}
			if size != want {
				t.Fatalf("one session has %s, another %s", size, want)
			}
		}
		if page.After = v.Next; v.Next == "" {
			break
		}
	}
	if seen != len(kept) {
		t.Fatalf("%d of %d confirmations are there", seen, len(kept))
	}
}

// crashUploads files one document after the other.
func crashUploads(ctx context.Context, w crashWork) error {
	for i := 0; ; i++ {
		data := []byte(fmt.Sprintf("%s\nBản số %d, lần %s.\n", samples.All()[5].Data, i, w.round))
		d, review, err := w.p.app.FileDocument(ctx, w.who, app.FileInput{Name: "a.txt", Data: data})
		if err != nil {
			return err
		}
		w.kept(fmt.Sprintf("%s %s %s", d.ID, gov.SHA256(data), review))
	}
}

func checkUploads(t *testing.T, dir string, kept map[string]bool) {
	t.Helper()
	p, who := reopened(t, dir)
	for thing := range kept {
		f := strings.Fields(thing)
		d, data, err := p.app.Original(t.Context(), who, gov.ID(f[0]))
		if err != nil || gov.SHA256(data) != f[1] || d.Blob != f[1] {
			t.Fatalf("document %s: %v", f[0], err)
		}
		if v, err := p.app.Review(t.Context(), who, gov.ID(f[2])); err != nil || len(v.Cards) == 0 {
			t.Fatalf("the review of document %s has %d drafts: %v", f[0], len(v.Cards), err)
		}
	}
}

// crashUnits are two histories of one province that an import can bring.
func crashUnits(second bool) map[string]string {
	name := "Tỉnh Một"
	if second {
		name = "Tỉnh Hai"
	}
	var units strings.Builder
	units.WriteString("code,name,type,parent_code,valid_from,valid_to\n25," + name + ",Tỉnh,,2025-07-01,\n")
	for i := range 300 {
		fmt.Fprintf(&units, "%05d,Xã Thứ %d,Xã,25,2025-07-01,\n", 10000+i, i)
	}
	return map[string]string{"units.csv": units.String(), "successions.csv": "old_code,new_code,date,kind\n"}
}

// crashImports brings one history, then the other, and so on.
func crashImports(_ context.Context, w crashWork) error {
	for i := 0; ; i++ {
		src, err := os.MkdirTemp(filepath.Dir(w.dir), "units-") // where the test clears away
		if err != nil {
			return err
		}
		for name, text := range crashUnits(i%2 == 1) {
			err = errors.Join(err, os.WriteFile(filepath.Join(src, name), []byte(text), 0o600))
		}
		if err == nil {
			_, err = register.Import(src, w.dir)
		}
		if err := errors.Join(err, os.RemoveAll(src)); err != nil {
			return err
		}
		w.kept(w.round + " " + strconv.Itoa(i))
	}
}

// checkImports: the register is the first or the second, whole.
func checkImports(t *testing.T, dir string, kept map[string]bool) {
	t.Helper()
	r, err := register.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	u, err := r.At("25", "")
	if err != nil || u.Name != "Một" && u.Name != "Hai" || len(r.Children("25", "")) != 300 || len(kept) == 0 {
		t.Fatalf("%+v with %d communes, %v", u, len(r.Children("25", "")), err)
	}
}

// crashArchives is where the archives of a folder are put.
func crashArchives(dir string) string { return dir + "-lưu" }

// crashBackups makes one archive after the other, while documents are filed.
func crashBackups(ctx context.Context, w crashWork) error {
	go func() { _ = crashUploads(ctx, crashWork{dir: w.dir, round: "b" + w.round, p: w.p, who: w.who}) }()
	for i := 0; ; i++ {
		name := fmt.Sprintf("haicap-2026%04d-%06d.tar.gz", i, time.Now().UnixNano()%1e6)
		r, err := backup.Make(ctx, backup.Source{Dir: w.dir, Store: w.p.store}, filepath.Join(crashArchives(w.dir), name), backup.Recipients{}, time.Now())
		if err != nil {
			return err
		}
		w.kept("archive " + r.Path)
	}
}

// checkBackups: what has the name of an archive is one; what was promised is there; the last one can be restored.
func checkBackups(t *testing.T, dir string, kept map[string]bool) {
	t.Helper()
	uploads := map[string]bool{}
	for thing := range kept {
		if path, ok := strings.CutPrefix(thing, "archive "); !ok {
			uploads[thing] = true
		} else if _, err := os.Stat(path); err != nil {
			t.Fatal(err)
		}
	}
	checkUploads(t, dir, uploads)
	list, err := backup.Archives(crashArchives(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range list {
		if _, err := backup.Verify(t.Context(), path, backup.Identities{}); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	if len(list) == 0 {
		return // killed before the first one was whole
	}
	to := filepath.Join(t.TempDir(), "kho")
	if status, _, errs := run(t, nil, "restore", list[len(list)-1], "--data", to); status != 0 {
		t.Fatal(errs)
	}
	checkWhole(t, to)
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	for _, path := range list { // so that a long run does not verify the same ones again and again
		delete(kept, "archive "+path)
		_ = os.Remove(path)
	}
}
