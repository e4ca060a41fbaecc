// Package oidc asks a province's single sign-on who somebody is, by OpenID Connect: the code flow with PKCE, a nonce and a state.
//
// A Client knows one issuer. It speaks to the host of that issuer and to no other, through package outgoing, whatever the issuer's own
// description says: what comes from outside cannot make the program call anywhere else. The
// description and the keys are fetched when they are first needed, so that the program starts while the single sign-on is down.
package oidc

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"haicap/internal/access"
	"haicap/internal/outgoing"
)

// Config says where the single sign-on is and who the program is there.
type Config struct {
	Issuer   string // https://…; http is taken for this machine only
	ClientID string
	Secret   string // may be empty: PKCE protects the code
	// Hosts may give the issuer's host the network in which it lies, where its address is not a public one. It adds no other host.
	Hosts []outgoing.Rule
}

// A Client asks one issuer. It is safe for concurrent use.
type Client struct {
	config Config
	http   *http.Client

	mu       sync.Mutex
	provider *oidc.Provider // nil until the issuer has answered once
}

// ErrElsewhere says that the issuer wants something to be fetched from another host.
var ErrElsewhere = outgoing.ErrHost

// New makes a client. It calls nobody yet.
func New(c Config) (*Client, error) {
	u, err := url.Parse(c.Issuer)
	if err != nil {
		return nil, fmt.Errorf("oidc: %w", err)
	}
	if u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" && (u.Scheme != "http" || !outgoing.Loopback(u.Hostname())) {
		return nil, fmt.Errorf("oidc: %q is no issuer: https://host, and nothing behind it but a path", c.Issuer)
	}
	if c.ClientID == "" {
		return nil, errors.New("oidc: no client id")
	}
	port := cmp.Or(u.Port(), map[string]string{"https": "443", "http": "80"}[u.Scheme])
	return &Client{config: c, http: outgoing.New(outgoing.For(u.Hostname(), port, c.Hosts)).Client()}, nil
}

// Issuer is the name under which subjects are kept.
func (c *Client) Issuer() string { return c.config.Issuer }

// ready fetches the issuer's description, once.
func (c *Client) ready(ctx context.Context, back string) (*oidc.Provider, *oauth2.Config, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider == nil {
		// Its keys are fetched again later, under this context, so it must not end with the request.
		p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), c.http), c.config.Issuer)
		if err != nil {
			return nil, nil, err
		}
		c.provider = p
	}
	conf := &oauth2.Config{ClientID: c.config.ClientID, ClientSecret: c.config.Secret, Endpoint: c.provider.Endpoint(), RedirectURL: back,
		Scopes: []string{oidc.ScopeOpenID, "profile"}}
	return c.provider, conf, nil
}

// kept is what has to be known when the browser comes back.
type kept struct {
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
}

// Begin gives the address to send the browser to, which will come back to back with the state, and what Finish needs.
func (c *Client) Begin(ctx context.Context, back, state string) (address, secret string, err error) {
	_, conf, err := c.ready(ctx, back)
	if err != nil {
		return "", "", err
	}
	if u, err := url.Parse(conf.Endpoint.AuthURL); err != nil || !strings.HasPrefix(conf.Endpoint.AuthURL, issuerRoot(c.config.Issuer)) {
		return "", "", fmt.Errorf("%w: %v", ErrElsewhere, u)
	}
	k := kept{Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	data, err := json.Marshal(k)
	return conf.AuthCodeURL(state, oidc.Nonce(k.Nonce), oauth2.S256ChallengeOption(k.Verifier)), string(data), err
}

// issuerRoot is scheme and host of the issuer, with the slash behind.
func issuerRoot(issuer string) string {
	u, err := url.Parse(issuer)
	if err != nil {
		return issuer
	}
	return u.Scheme + "://" + u.Host + "/"
}

// Finish turns the code that came back into who it is. The token must be signed by the issuer, for this program, now, and for the very
// login that Begin began.
func (c *Client) Finish(ctx context.Context, back, code, secret string) (access.Identity, error) {
	var k kept
	if err := json.Unmarshal([]byte(secret), &k); err != nil {
		return access.Identity{}, err
	}
	provider, conf, err := c.ready(ctx, back)
	if err != nil {
		return access.Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, c.http)
	token, err := conf.Exchange(ctx, code, oauth2.VerifierOption(k.Verifier))
	if err != nil {
		return access.Identity{}, withoutAnswer(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: c.config.ClientID}).Verify(ctx, raw)
	if err != nil {
		return access.Identity{}, err
	}
	if id.Nonce != k.Nonce || k.Nonce == "" {
		return access.Identity{}, errors.New("oidc: the token is for another login")
	}
	var claims struct {
		Login string `json:"preferred_username"`
	}
	err = id.Claims(&claims)
	return access.Identity{Subject: id.Subject, Login: claims.Login}, err
}

// withoutAnswer leaves out of an error what the issuer wrote: it may name a person, and errors are logged.
func withoutAnswer(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil {
		return fmt.Errorf("oidc: the issuer refuses the code: %s", refused.Response.Status)
	}
	return err
}
