package oidc

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// An issuer is a small single sign-on on this machine that does everything right until a test changes something.
type issuer struct {
	*httptest.Server
	key     *rsa.PrivateKey
	change  func(claims map[string]any)      // before a token is signed
	about   func(description map[string]any) // before the description is sent
	logins  map[string]url.Values            // code → what the login began with
	posted  []url.Values                     // what came to the token address
	foreign *rsa.PrivateKey                  // signs in place of key
}

func open(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	is := &issuer{key: key, logins: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		d := map[string]any{"issuer": is.URL, "authorization_endpoint": is.URL + "/auth", "token_endpoint": is.URL + "/token", "jwks_uri": is.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}}
		if is.about != nil {
			is.about(d)
		}
		answer(w, d)
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
			"n": b64(key.N.Bytes()), "e": b64(big.NewInt(int64(key.E)).Bytes())}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		is.posted = append(is.posted, r.PostForm)
		begun, ok := is.logins[r.PostForm.Get("code")]
		sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
		if !ok || begun.Get("code_challenge_method") != "S256" || begun.Get("code_challenge") != b64(sum[:]) {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		claims := map[string]any{"iss": is.URL, "sub": "người-42", "aud": "haicap", "nonce": begun.Get("nonce"), "preferred_username": "tonghop",
			"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix()}
		if is.change != nil {
			is.change(claims)
		}
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": is.sign(t, claims)})
	})
	is.Server = httptest.NewServer(mux)
	t.Cleanup(is.Close)
	return is
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (is *issuer) sign(t *testing.T, claims map[string]any) string {
	body, err := json.Marshal(claims)
	if err != nil {
		t.Error(err)
	}
	text := b64([]byte(`{"alg":"RS256","kid":"1","typ":"JWT"}`)) + "." + b64(body)
	key := is.key
	if is.foreign != nil {
		key = is.foreign
	}
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Error(err)
	}
	return text + "." + b64(sig)
}

// login is what a browser does there: it comes with an address and leaves with a code.
func (is *issuer) login(t *testing.T, address string) (code, state string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Path != "/auth" {
		t.Fatal(address, err)
	}
	is.logins["mã-1"] = u.Query()
	return "mã-1", u.Query().Get("state")
}

func client(t *testing.T, is *issuer) *Client {
	t.Helper()
	c, err := New(Config{Issuer: is.URL, ClientID: "haicap", Secret: "bí mật"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const back = "https://haicap.example/login/sso/back"

func TestLogin(t *testing.T) {
	t.Parallel()
	is := open(t)
	c := client(t, is)
	address, secret, err := c.Begin(t.Context(), back, "trạng-thái")
	if err != nil {
		t.Fatal(err)
	}
	code, state := is.login(t, address)
	if state != "trạng-thái" || is.logins[code].Get("redirect_uri") != back || is.logins[code].Get("nonce") == "" {
		t.Errorf("the browser is sent with %v", is.logins[code])
	}
	id, err := c.Finish(t.Context(), back, code, secret)
	if err != nil || id.Subject != "người-42" || id.Login != "tonghop" {
		t.Errorf("%+v, %v", id, err)
	}
	if c.Issuer() != is.URL {
		t.Errorf("the issuer is %s", c.Issuer())
	}
	// The code with what another login began with: PKCE.
	_, other, err := c.Begin(t.Context(), back, "khác")
	if err != nil {
		t.Fatal(err)
	}
	if id, err := c.Finish(t.Context(), back, code, other); err == nil {
		t.Errorf("a stolen code is taken: %+v", id)
	}
}

func TestBadTokensAreRefused(t *testing.T) {
	t.Parallel()
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*issuer){
		"another program": func(is *issuer) { is.change = func(c map[string]any) { c["aud"] = "khác" } },
		"another issuer":  func(is *issuer) { is.change = func(c map[string]any) { c["iss"] = "https://khac.example" } },
		"another login":   func(is *issuer) { is.change = func(c map[string]any) { c["nonce"] = "khác" } },
		"no nonce":        func(is *issuer) { is.change = func(c map[string]any) { delete(c, "nonce") } },
		"too old":         func(is *issuer) { is.change = func(c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() } },
		"another key":     func(is *issuer) { is.foreign = stranger },
		"keys elsewhere": func(is *issuer) {
			is.about = func(d map[string]any) { d["jwks_uri"] = "http://169.254.169.254/keys" }
		},
		"token elsewhere": func(is *issuer) {
			is.about = func(d map[string]any) { d["token_endpoint"] = "http://127.0.0.1:1/token" }
		},
	} {
		is := open(t)
		spoil(is)
		c := client(t, is)
		address, secret, err := c.Begin(t.Context(), back, "s")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		code, _ := is.login(t, address)
		id, err := c.Finish(t.Context(), back, code, secret)
		if err == nil {
			t.Errorf("%s: taken as %+v", name, id)
		}
		if strings.Contains(name, "elsewhere") && !strings.Contains(err.Error(), ErrElsewhere.Error()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOtherHostsAreNotCalled(t *testing.T) {
	t.Parallel()
	called := false
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	t.Cleanup(inner.Close)
	is := open(t)
	is.about = func(d map[string]any) { d["authorization_endpoint"] = inner.URL + "/auth" }
	if _, _, err := client(t, is).Begin(t.Context(), back, "s"); !errors.Is(err, ErrElsewhere) {
		t.Errorf("the browser would be sent elsewhere: %v", err)
	}
	lead := httptest.NewServer(http.RedirectHandler(inner.URL, http.StatusFound))
	t.Cleanup(lead.Close)
	c, err := New(Config{Issuer: lead.URL, ClientID: "haicap"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Begin(t.Context(), back, "s"); err == nil || called {
		t.Errorf("a redirect is followed: %v, %v", err, called)
	}
}

func TestIssuers(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{"https://sso.example": true, "https://sso.example/realms/tinh": true, "http://127.0.0.1:8080": true,
		"http://localhost": true, "http://[::1]:9": true, "http://sso.example": false, "ftp://sso.example": false, "https://a@sso.example": false,
		"https://sso.example?x=1": false, "": false, "sso": false} {
		if _, err := New(Config{Issuer: address, ClientID: "x"}); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}
