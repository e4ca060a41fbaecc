package oidc

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"math/big"
	"net/http"
	"net/http/httptest"
	"testing"
)

// FuzzClaims: whatever an issuer signs, only a token for this very login is taken. The issuer's own answers vary as well.
func FuzzClaims(f *testing.F) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		f.Fatal(err)
	}
	var claims, rest []byte
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	f.Cleanup(server.Close)
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": server.URL, "authorization_endpoint": server.URL + "/auth", "token_endpoint": server.URL + "/token",
			"jwks_uri": server.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
			"n": b64(key.N.Bytes()), "e": b64(big.NewInt(int64(key.E)).Bytes())}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, _ *http.Request) {
		if len(rest) > 0 {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(rest)
			return
		}
		text := b64([]byte(`{"alg":"RS256","kid":"1","typ":"JWT"}`)) + "." + b64(claims)
		sum := sha256.Sum256([]byte(text))
		sig, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
		if err != nil {
			f.Error(err)
		}
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": text + "." + b64(sig)})
	})
	c, err := New(Config{Issuer: server.URL, ClientID: "haicap"})
	if err != nil {
		f.Fatal(err)
	}
	_, secret, err := c.Begin(f.Context(), back, "s")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"iss":"x","sub":"a","aud":["haicap",1],"nonce":"","exp":1e99,"preferred_username":{"a":[]}}`), []byte{}, secret)
	f.Add([]byte(`[]`), []byte{}, `{"nonce":"a","verifier":""}`)
	f.Add([]byte(``), []byte(`{"access_token":"x","token_type":"Bearer","id_token":"a.b.c","expires_in":"-1"}`), secret)
	f.Add([]byte(``), []byte(`{"access_token":1,"id_token":[]}`), `null`)
	f.Fuzz(func(t *testing.T, said, instead []byte, kept string) {
		claims, rest = said, instead
		if id, err := c.Finish(t.Context(), back, "mã", kept); err == nil {
			t.Errorf("somebody comes in: %+v", id)
		}
	})
}
