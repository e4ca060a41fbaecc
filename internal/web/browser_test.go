package web_test

import (
	"context"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"haicap/internal/gov"
)

// A screen is one tab of a real browser, logged in.
type screen struct {
	t       *testing.T
	ctx     context.Context
	console *console
}

// browse starts Debian's Chromium with a fresh profile and logs in; without a browser the test is skipped.
func browse(t *testing.T, d *desk, login string) screen {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("skipped: Chromium not found (make deps)")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1440, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-dev-shm-usage", true),
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
	s := screen{t: t, ctx: ctx, console: &console{}}
	go s.console.listen(chromedp.Console(ctx))
	s.do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate(d.url+"/login"),
		chromedp.SendKeys(chromedp.CSS("#login"), login), chromedp.SendKeys(chromedp.CSS("#password"), d.logins[login]),
		chromedp.Click(chromedp.CSS("main button.main")), chromedp.WaitReady(chromedp.CSS("#nav")))
	return s
}

func (s screen) do(steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	for i, step := range steps {
		if err := chromedp.Do(s.ctx, step); err != nil {
			s.t.Fatalf("step %d: %v", i+1, err)
		}
	}
}

// until waits for an expression to be true.
func (s screen) until(expression string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, 10*time.Second)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+expression+")"))
	for err != nil && ctx.Err() == nil && (strings.Contains(err.Error(), "navigated") || strings.Contains(err.Error(), "context with")) { // the page was left while it was asked
		_, err = chromedp.Run(ctx, chromedp.Poll[bool]("!!("+expression+")"))
	}
	if err != nil {
		text, _ := chromedp.Run(s.ctx, chromedp.Evaluate[string]("document.activeElement?.outerHTML.slice(0, 200) + ' | ' + document.body.innerText.slice(0, 400)"))
		s.t.Fatalf("never true: %s: %v\n%s", expression, err, text)
	}
}

func (s screen) eval(expression string) string {
	s.t.Helper()
	v, err := chromedp.Run(s.ctx, chromedp.Evaluate[string](expression))
	must(s.t, err)
	return v
}

func (s screen) key(keys string) { s.t.Helper(); s.do(chromedp.KeyEvent(keys)) }

// picture keeps what the tab shows where HAICAP_PICTURES names a folder.
func (s screen) picture(name string) {
	s.t.Helper()
	dir := os.Getenv("HAICAP_PICTURES")
	if dir == "" {
		return
	}
	data, err := chromedp.Run(s.ctx, chromedp.CaptureScreenshot())
	must(s.t, err)
	must(s.t, os.MkdirAll(dir, 0o755))
	must(s.t, os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644))
}

// look emulates colours ("dark"), or paper ("print"); "" for both is the screen in light.
func (s screen) look(scheme, media string) {
	s.t.Helper()
	p := emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	_, err := chromedp.Call(s.ctx, emulation.SetEmulatedMedia, p)
	must(s.t, err)
}

// size is the viewport; mobile ones have touch.
func (s screen) size(width, height int64) {
	s.t.Helper()
	if width < 600 {
		s.do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch))
		return
	}
	s.do(chromedp.EmulateViewport(width, height))
}

// fits fails where the page is wider than the screen.
func (s screen) fits(name string) {
	s.t.Helper()
	if got := s.eval(`document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll("main *")].filter((n) => n.getBoundingClientRect().right > innerWidth + 1).map((n) => n.tagName + "." + n.className).slice(0, 5).join(" ") || "?" : ""`); got != "" {
		s.t.Errorf("%s is wider than the screen: %s", name, got)
	}
}

// active is the id of the card that has the focus.
const active = `document.activeElement?.closest(".card")?.id`

func TestReviewInBrowser(t *testing.T) {
	t.Parallel()
	d := sit(t)
	s := browse(t, d, "tonghop")
	cards := d.view(t).Cards
	first, second, third := cards[0], cards[1], cards[2]

	s.do(chromedp.Navigate(d.url+"/reviews/"+string(d.review)), chromedp.WaitReady(chromedp.CSS(".keyed")))
	s.picture("review-wide")

	// The first card by the link of the bar; its words light up, and its key J goes on.
	s.do(chromedp.Click(chromedp.CSS(".onward")))
	s.until(active + ` === "d-` + string(first.ID) + `"`)
	s.until(`document.querySelector(".paper mark.lit")?.textContent === ` + quoted(first.Text))
	s.key("j")
	s.until(active + ` === "d-` + string(second.ID) + `"`)
	s.key("k")
	s.until(active + ` === "d-` + string(first.ID) + `"`)

	// A accepts and goes on to the next that is open, X drops; the page is not loaded again.
	s.do(chromedp.Click(chromedp.CSS("#d-" + string(first.ID) + " header")))
	s.eval(`String(window.stays = true)`)
	s.key("a")
	s.until(active + ` === "d-` + string(second.ID) + `"`)
	s.key("x")
	s.until(active + ` === "d-` + string(third.ID) + `"`)
	s.until(`document.querySelector("#say").textContent.startsWith("2/")`)
	if got := s.eval(`String(window.stays) + document.querySelector("#m-` + string(second.ID) + `").className`); got != "truefigure-off lit" && got != "truefigure-off" {
		t.Errorf("after A and X the page says %q", got)
	}
	s.picture("review-focus")

	// A letter of a word that is being composed is none of the keys; nor is any letter once the keys are switched off.
	for _, init := range []string{`{ key: "a", bubbles: true, isComposing: true }`, `{ key: "a", bubbles: true, keyCode: 229 }`, `{ key: "a", bubbles: true, ctrlKey: true }`} {
		s.eval(`String(document.activeElement.dispatchEvent(new KeyboardEvent("keydown", ` + init + `)))`)
	}
	s.do(chromedp.Click(chromedp.CSS("#keys-on")), chromedp.Click(chromedp.CSS("#d-"+string(third.ID)+" header")))
	s.key("a")
	s.do(chromedp.Reload(), chromedp.WaitReady(chromedp.CSS(".live"))) // the choice is remembered
	s.do(chromedp.Click(chromedp.CSS("#d-" + string(third.ID) + " header")))
	s.key("x")
	s.do(chromedp.Click(chromedp.CSS("#keys-on")), chromedp.Click(chromedp.CSS("#d-"+string(third.ID)+" header")))
	if c := d.find(t, third.Text); c.State != gov.DraftPending {
		t.Errorf("without keys the draft became %s", c.State)
	}

	// E opens the form; letters typed there are letters; Escape closes it without a change.
	s.key("e")
	s.until(`document.activeElement?.name === "value"`)
	s.picture("review-edit")
	s.key("ax")
	s.until(`document.activeElement?.value.includes("ax")`)
	s.do(chromedp.KeyEvent("\x1b"))
	s.until(`!document.querySelector("form.edit") && ` + active + ` === "d-` + string(third.ID) + `"`)
	s.key("e")
	s.until(`document.activeElement?.name === "value"`)
	s.do(chromedp.SetValue(chromedp.CSS("form.edit [name=value]"), "83,1"), chromedp.Click(chromedp.CSS("form.edit button.main")))
	s.until(`!document.querySelector("form.edit") && document.querySelector("#d-` + string(third.ID) + `").textContent.includes("83,1")`)
	if c := d.find(t, third.Text); c.Figure.Value != 83.1 || c.State != gov.DraftEdited {
		t.Errorf("the store holds %v as %s, want 83.1 as edited", c.Figure.Value, c.State)
	}

	s.selection(d)
	s.looks()

	// The text comes along: the words of the card in focus are on the screen.
	last := d.view(t).Cards[len(d.view(t).Cards)-1]
	s.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#d-` + string(last.ID) + `").focus()`))
	s.until(`((m, p) => m.top >= p.top && m.bottom <= p.bottom)(document.querySelector("#m-` + string(last.ID) + `").getBoundingClientRect(), document.querySelector("#paper").getBoundingClientRect())`)

	// What is left is accepted key by key, and then written.
	s.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".onward").click()`))
	for range len(d.view(t).Cards) {
		s.key("a")
		s.until(`!document.querySelector(".review.busy")`)
		if s.eval(`document.activeElement.id`) == "review-confirm" {
			break
		}
	}
	s.until(`document.activeElement.id === "review-confirm"`)
	s.picture("review-done")
	s.do(chromedp.KeyEvent("\r"), chromedp.WaitReady(chromedp.CSS(".confirm")))
	s.picture("review-confirm")
	s.do(chromedp.Click(chromedp.CSS(".head button.main")))
	s.until(`location.pathname.startsWith("/sessions/")`)
	if v := d.view(t); v.Review.State != gov.ReviewConfirmed {
		t.Errorf("the review is %s", v.Review.State)
	}
	s.do(chromedp.Navigate(d.url+"/reviews/"+string(d.review)), chromedp.WaitReady(chromedp.CSS(".closed")))
	s.picture("review-closed")
	s.quiet()
}

// selection adds a card from words that are selected in the text, from one piece into the next.
func (s screen) selection(d *desk) {
	s.t.Helper()
	s.do(chromedp.Evaluate[chromedp.Void](`(() => {
		const p = [...document.querySelectorAll(".paper [data-at]")].find((n) => n.textContent.includes("Sở Tài chính."));
		const r = document.createRange();
		r.setStart(p.firstChild, p.textContent.indexOf("đại diện"));
		r.setEnd(p.firstChild, p.textContent.indexOf(", Sở"));
		getSelection().removeAllRanges();
		getSelection().addRange(r);
		p.scrollIntoView({ block: "center" });
		p.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
	})()`))
	s.until(`!document.querySelector("#float").hidden`)
	s.picture("review-add")
	s.do(chromedp.Click(chromedp.CSS("#float [value=commitment]")))
	s.until(active + ` && document.activeElement.textContent.includes("đại diện lãnh đạo Văn phòng Tỉnh ủy")`)
	if c := d.find(s.t, "đại diện"); c.Text != "đại diện lãnh đạo Văn phòng Tỉnh ủy" || c.Kind != gov.DraftCommitment {
		s.t.Errorf("the selection became %s %q", c.Kind, c.Text)
	}
	s.key("x")
}

// looks takes pictures of the page on a phone, in the dark and on paper.
func (s screen) looks() {
	s.t.Helper()
	s.until(`!document.querySelector(".review.busy")`)
	s.look("dark", "")
	s.picture("review-dark")
	s.look("light", "print")
	s.picture("review-print")
	s.look("light", "")
	for width, name := range map[int64]string{390: "review-390", 320: "review-320"} {
		s.size(width, 844)
		s.fits(name)
		s.picture(name)
	}
	s.size(390, 844)
	s.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".card.is-todo .src").click()`))
	s.until(`getComputedStyle(document.querySelector("#cards")).display === "none"`)
	s.fits("the text at 390")
	s.picture("review-390-text")
	s.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".paper mark:target a").click()`))
	s.until(`getComputedStyle(document.querySelector("#cards")).display !== "none"`)
	s.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#d-" + document.querySelector(".card.k-directive").dataset.id + " [data-key=e]").click()`))
	s.until(`document.querySelector("form.edit")`)
	s.fits("the form at 390")
	s.picture("review-390-edit")
	s.do(chromedp.KeyEvent("\x1b"))
	s.until(`!document.querySelector("form.edit")`)
	s.size(1440, 900)
}

// A console gathers what the browser complains about: scripts that broke, styles that the policy refused.
type console struct {
	lock  sync.Mutex
	lines []string
}

func (c *console) listen(messages iter.Seq2[chromedp.ConsoleMessage, error]) {
	for m, err := range messages {
		if err != nil {
			return
		}
		if text := m.String(); m.IsException() || strings.Contains(text, "Content Security Policy") {
			c.lock.Lock()
			c.lines = append(c.lines, text)
			c.lock.Unlock()
		}
	}
}

// quiet fails for every complaint so far.
func (s screen) quiet() {
	s.t.Helper()
	s.console.lock.Lock()
	defer s.console.lock.Unlock()
	for _, line := range s.console.lines {
		s.t.Errorf("the browser says: %s", line)
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }
