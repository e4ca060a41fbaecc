package audit

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"

	"golang.org/x/mod/sumdb/note"

	"haicap/internal/gov"
)

// A Key signs heads. One key serves all realms of a data folder; each realm has its own public key text, since the name stands in it.
type Key struct{ private ed25519.PrivateKey }

// MakeKey writes a new key into a file that only its owner may read, and leaves a key that is there already as it is.
func MakeKey(file string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		_, err = LoadKey(file)
		return err
	}
	if err != nil {
		return gov.Errorf(gov.Unavailable, "error.audit_key_file", file).Because(err)
	}
	err = errors.Join(pem.Encode(f, &pem.Block{Type: "PRIVATE KEY", Bytes: der}), f.Sync(), f.Close())
	if err != nil {
		_ = os.Remove(file)
		return gov.Errorf(gov.Unavailable, "error.audit_key_file", file).Because(err)
	}
	return nil
}

// LoadKey reads the key from its file (PKCS #8 in PEM, as other programs take it).
func LoadKey(file string) (Key, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return Key{}, gov.Errorf(gov.Unavailable, "error.audit_key_file", file).Because(err)
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return Key{}, gov.Errorf(gov.Unavailable, "error.audit_key_file", file)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	private, ok := parsed.(ed25519.PrivateKey)
	if err != nil || !ok {
		return Key{}, gov.Errorf(gov.Unavailable, "error.audit_key_file", file).Because(err)
	}
	return Key{private}, nil
}

// Public is the key for checking the heads of a realm, as text: name, number and key, joined by +.
func (k Key) Public(r gov.Realm) string {
	text, err := note.NewEd25519VerifierKey(origin(r), k.private.Public().(ed25519.PublicKey))
	if err != nil {
		panic(err) // the key has its one size
	}
	return text
}

// signer signs with the name of a realm's log.
func (k Key) signer(r gov.Realm) note.Signer {
	v, err := note.NewVerifier(k.Public(r))
	if err != nil {
		panic(err) // it was written just now
	}
	return signer{v, k.private}
}

type signer struct {
	note.Verifier
	private ed25519.PrivateKey
}

func (s signer) Sign(text []byte) ([]byte, error) { return ed25519.Sign(s.private, text), nil }
