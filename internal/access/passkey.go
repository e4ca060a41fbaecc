package access

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// A Site is the address that passkeys are tied to: a key made for it answers no other.
type Site struct {
	ID     string // host name
	Origin string // scheme, host and port
}

// SiteOf is the site of an address such as https://haicap.tinh.gov.vn. Browsers make passkeys for names over HTTPS, and for localhost;
// for anything else there is none.
func SiteOf(address string) (Site, bool) {
	u, err := url.Parse(address)
	if err != nil || net.ParseIP(strings.Trim(u.Hostname(), "[]")) != nil {
		return Site{}, false
	}
	host := strings.ToLower(u.Hostname())
	if host == "" || u.Scheme != "https" && (u.Scheme != "http" || host != "localhost") {
		return Site{}, false
	}
	return Site{ID: host, Origin: u.Scheme + "://" + u.Host}, true
}

// A Holder is an account as passkeys know it.
type Holder struct {
	Handle string   // names the account within a passkey, at most 64 bytes
	Login  string   // for people
	Name   string   // for people
	Keys   []string // the records of the passkeys that the account has
}

// WebAuthnID implements webauthn.User.
func (h Holder) WebAuthnID() []byte { return []byte(h.Handle) }

// WebAuthnName implements webauthn.User.
func (h Holder) WebAuthnName() string { return h.Login }

// WebAuthnDisplayName implements webauthn.User.
func (h Holder) WebAuthnDisplayName() string { return h.Name }

// WebAuthnCredentials implements webauthn.User.
func (h Holder) WebAuthnCredentials() []webauthn.Credential {
	var list []webauthn.Credential
	for _, k := range h.Keys {
		var c webauthn.Credential
		if json.Unmarshal([]byte(k), &c) == nil {
			list = append(list, c)
		}
	}
	return list
}

// A Key is a passkey as it is kept.
type Key struct {
	ID     string // in base64url
	Record string // JSON
}

// ErrPasskey says that an answer does not prove what it should.
var ErrPasskey = errors.New("access: the passkey's answer is not good")

func (s Site) party() (*webauthn.WebAuthn, error) {
	return webauthn.New(&webauthn.Config{RPID: s.ID, RPDisplayName: "Hai Cấp", RPOrigins: []string{s.Origin},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationRequired}})
}

// AskForKey begins the making of a passkey: options for the browser, and the state with which its answer is checked. The device
// must keep the account's handle, so that no login name is typed, and ask its owner for a finger, a face or a PIN: two factors in one.
func (s Site) AskForKey(h Holder) (options []byte, state string, err error) {
	party, err := s.party()
	if err != nil {
		return nil, "", err
	}
	var known []protocol.CredentialDescriptor
	for _, c := range h.WebAuthnCredentials() {
		known = append(known, c.Descriptor())
	}
	creation, session, err := party.BeginRegistration(h, webauthn.WithExclusions(known))
	if err != nil {
		return nil, "", err
	}
	return pack(creation.Response, session)
}

// TakeKey checks a browser's answer to AskForKey.
func (s Site) TakeKey(h Holder, state string, answer []byte) (Key, error) {
	party, session, err := s.unpack(state)
	if err != nil {
		return Key{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Key{}, errors.Join(ErrPasskey, err)
	}
	c, err := party.CreateCredential(h, session, parsed)
	if err != nil {
		return Key{}, errors.Join(ErrPasskey, err)
	}
	return keep(c)
}

// Challenge begins a login by a passkey, whosever it is.
func (s Site) Challenge() (options []byte, state string, err error) {
	party, err := s.party()
	if err != nil {
		return nil, "", err
	}
	assertion, session, err := party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", err
	}
	return pack(assertion.Response, session)
}

// Answer checks a browser's answer to Challenge; find gives the holder of a handle. It gives the handle and the passkey with its new
// counter.
func (s Site) Answer(state string, answer []byte, find func(handle string) (Holder, error)) (string, Key, error) {
	party, session, err := s.unpack(state)
	if err != nil {
		return "", Key{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", Key{}, errors.Join(ErrPasskey, err)
	}
	user, c, err := party.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) { return find(string(handle)) }, session, parsed)
	if err != nil {
		return "", Key{}, errors.Join(ErrPasskey, err)
	}
	if c.Authenticator.CloneWarning { // a counter that goes back: somebody has a copy
		return "", Key{}, ErrPasskey
	}
	k, err := keep(c)
	return string(user.WebAuthnID()), k, err
}

func pack(options any, session *webauthn.SessionData) ([]byte, string, error) {
	o, err := json.Marshal(options)
	if err != nil {
		return nil, "", err
	}
	state, err := json.Marshal(session)
	return o, string(state), err
}

func (s Site) unpack(state string) (*webauthn.WebAuthn, webauthn.SessionData, error) {
	var session webauthn.SessionData
	party, err := s.party()
	if err == nil {
		err = json.Unmarshal([]byte(state), &session)
	}
	return party, session, err
}

func keep(c *webauthn.Credential) (Key, error) {
	record, err := json.Marshal(c)
	return Key{ID: base64.RawURLEncoding.EncodeToString(c.ID), Record: string(record)}, err
}
