package cli

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestDemoInBrowser does what the demo invites to: log in, open the review that was left open, print a brief. Where HAICAP_PICTURES
// names a folder, it leaves the pictures of the documentation there (make pictures).
func TestDemoInBrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s := serve(t, nil, "demo", "--listen", "127.0.0.1:0")
	login := demoLogins(s)["chuyenvien"]
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		for i, step := range steps {
			if err := chromedp.Do(ctx, step); err != nil {
				t.Fatalf("step %d: %v", i+1, err)
			}
		}
	}
	text := func() string {
		t.Helper()
		words, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.querySelector('main').innerText"))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(strings.Fields(words), " ")
	}
	do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(s.url+"/login"),
		chromedp.SendKeys(chromedp.CSS("#login"), "chuyenvien"), chromedp.SendKeys(chromedp.CSS("#password"), login),
		chromedp.Click(chromedp.CSS("main button.main")), chromedp.WaitReady(chromedp.CSS(`main a[href^="/reviews/"]`)))
	do(chromedp.Click(chromedp.CSS(`main a[href^="/reviews/"]`)), chromedp.WaitReady(chromedp.CSS(".keyed")))
	do(chromedp.Click(chromedp.CSS(".onward")), chromedp.WaitReady(chromedp.CSS(".paper mark.lit")))
	if got := text(); !strings.Contains(got, "18,6 tỷ đồng") || !strings.Contains(got, "Thịnh Minh") {
		t.Errorf("the open review shows %.400s", got)
	}
	picture(t, ctx, "review")
	do(chromedp.Navigate(s.url+"/units/07909/brief"), chromedp.WaitReady(chromedp.CSS("main h1")))
	for _, want := range []string{"410,6 tỷ đồng", "366,3 tỷ đồng", "phường Tiên Cát"} {
		if got := text(); !strings.Contains(got, want) {
			t.Errorf("the brief lacks %q: %.400s", want, got)
		}
	}
	picture(t, ctx, "brief")
	if t.Failed() {
		t.Log(s.log)
	}
}

// browser starts Debian's Chromium with a fresh profile.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("skipped: Chromium not found (make deps)")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 800),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "vi")}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, _ = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil { // waits until the browser has left its profile
			t.Logf("browser: %v", err)
		}
	})
	return ctx
}

func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("HAICAP_PICTURES")
	if dir == "" {
		return
	}
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
