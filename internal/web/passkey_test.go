package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"haicap/internal/access"
)

// TestPasskeyInBrowser registers a passkey with an authenticator that the browser plays, and then does without the password.
func TestPasskeyInBrowser(t *testing.T) {
	t.Parallel()
	d := sit(t)
	d.url = strings.Replace(d.url, "127.0.0.1", "localhost", 1)
	s := browse(t, d, "tonghop")
	_, err := chromedp.Call(s.ctx, webauthn.Enable, webauthn.EnableParams{})
	must(t, err)
	device, err := chromedp.Call(s.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true,
		IsUserVerified: true, AutomaticPresenceSimulation: true}})
	must(t, err)

	s.do(chromedp.Navigate(d.url+"/account"), chromedp.WaitVisible(chromedp.CSS("[data-passkey=add]")))
	s.size(390, 844)
	s.fits("the account with passkeys on a phone")
	s.picture("passkeys-390")
	s.size(1280, 900)
	s.picture("passkeys")
	s.do(chromedp.SendKeys(chromedp.CSS("#passkey-name"), "Khóa USB"), chromedp.Click(chromedp.CSS("[data-passkey=add]")))
	s.until(`location.search === "?done=passkey_added" && document.querySelector("#passkey-name")`)
	if text := s.eval(`document.querySelector("main").innerText`); !strings.Contains(text, "Khóa USB") || !strings.Contains(text, "Đã thêm passkey") {
		t.Errorf("the page says %s", text)
	}
	s.picture("passkeys-added")

	// In once more, without name and password, and to where one wanted to go.
	s.do(chromedp.Click(chromedp.CSS(`form[action="/logout"] button`)), chromedp.WaitReady(chromedp.CSS("#login")))
	s.do(chromedp.Navigate(d.url+"/units"), chromedp.WaitVisible(chromedp.CSS("[data-passkey=login]")))
	s.size(390, 844)
	s.picture("login-passkey-390")
	s.size(1280, 900)
	s.do(chromedp.Click(chromedp.CSS("[data-passkey=login]")))
	s.until(`location.pathname === "/units" && document.querySelector("#nav")`)
	s.do(chromedp.Navigate(d.url+"/account/prove?to=/units"), chromedp.WaitVisible(chromedp.CSS("[data-passkey=prove]")), chromedp.Click(chromedp.CSS("[data-passkey=prove]")))
	s.until(`location.pathname === "/units"`)

	// A device whose owner does not show himself is not enough.
	_, err = chromedp.Call(s.ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: device.AuthenticatorID, IsUserVerified: false})
	must(t, err)
	s.do(chromedp.Click(chromedp.CSS(`form[action="/logout"] button`)), chromedp.WaitVisible(chromedp.CSS("[data-passkey=login]")),
		chromedp.Click(chromedp.CSS("[data-passkey=login]")), chromedp.WaitVisible(chromedp.CSS("#passkey-trouble-login")))
	if at := s.eval(`location.pathname`); at != "/login" {
		t.Errorf("without a finger: at %s", at)
	}
	s.picture("login-passkey-refused")
	s.quiet()
}

func TestPasskeysNeedASite(t *testing.T) {
	t.Parallel()
	d := sit(t) // at 127.0.0.1, for which no browser makes a passkey
	v := d.visitor(t, "tonghop")
	if p := v.get("/account"); len(p.all("[data-passkey]")) != 0 {
		t.Error("a passkey is offered where none can be")
	}
	if p := v.post("/account/passkeys/options"); p.status != 415 {
		t.Errorf("options without a site: %d", p.status)
	}
	for address, want := range map[string]string{"https://Haicap.tinh.gov.vn": "haicap.tinh.gov.vn", "http://localhost:8080": "localhost",
		"https://haicap.vn:8443": "haicap.vn", "http://haicap.vn": "", "https://192.0.2.1": "", "https://[::1]": "", "http://127.0.0.1": "", "": ""} {
		if s, ok := access.SiteOf(address); s.ID != want || ok != (want != "") {
			t.Errorf("%q: %+v", address, s)
		}
	}
}
