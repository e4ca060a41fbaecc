package access

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
)

// VaultKey is the length of a vault's key in bytes.
const VaultKey = 32

// A Vault seals secrets that the program must read again, such as those by which phones make codes. Its key lies in a file of the
// data folder and not in the database: whoever steals only the database cannot make a code.
type Vault struct {
	aead cipher.AEAD
	mac  []byte
}

// ErrSeal says that something was not sealed with this key, or for something else.
var ErrSeal = errors.New("access: not sealed with this key")

// NewVault makes a vault from a key of VaultKey bytes.
func NewVault(key []byte) (*Vault, error) {
	if len(key) != VaultKey {
		return nil, errors.New("access: a vault's key has 32 bytes")
	}
	derive := func(use string) []byte {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(use))
		return h.Sum(nil)
	}
	block, err := aes.NewCipher(derive("haicap seal"))
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	return &Vault{aead, derive("haicap mac")}, err
}

// NewVaultKey makes a random key.
func NewVaultKey() []byte {
	key := make([]byte, VaultKey)
	_, _ = rand.Read(key)
	return key
}

// Seal encrypts a text; it opens only together with about, which says whose it is.
func (v *Vault) Seal(text, about string) string {
	nonce := make([]byte, v.aead.NonceSize())
	_, _ = rand.Read(nonce)
	return base64.RawStdEncoding.EncodeToString(v.aead.Seal(nonce, nonce, []byte(text), []byte(about)))
}

// Open is the opposite of Seal.
func (v *Vault) Open(sealed, about string) (string, error) {
	data, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(data) < v.aead.NonceSize() {
		return "", ErrSeal
	}
	n := v.aead.NonceSize()
	text, err := v.aead.Open(nil, data[:n], data[n:], []byte(about))
	if err != nil {
		return "", ErrSeal
	}
	return string(text), nil
}

// Mark is a hash of a short secret that nobody can try out without the key.
func (v *Vault) Mark(secret, about string) string {
	h := hmac.New(sha256.New, v.mac)
	h.Write([]byte(about + "\x00" + secret))
	return hex.EncodeToString(h.Sum(nil))
}

// NewKeyVault makes a vault with a key of its own, and gives that key wrapped by this vault: it opens only together with about.
// Whoever destroys the wrapped key destroys everything that the new vault sealed.
func (v *Vault) NewKeyVault(about string) (*Vault, string) {
	key := NewVaultKey()
	own, _ := NewVault(key) // the length is right
	return own, v.Seal(string(key), about)
}

// KeyVault opens a wrapped key.
func (v *Vault) KeyVault(wrapped, about string) (*Vault, error) {
	key, err := v.Open(wrapped, about)
	if err != nil {
		return nil, err
	}
	return NewVault([]byte(key))
}
