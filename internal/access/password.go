package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The cost of one password hash: argon2id, 2 passes over 19 MiB, one lane (OWASP's second recommended setting; about 26 ms).
const (
	argonPasses = 2
	argonKiB    = 19 * 1024
	argonLanes  = 1
	argonBytes  = 32
)

// hashing bounds how many passwords are hashed at once, so that a flood of logins cannot take all memory.
var hashing = make(chan struct{}, 2)

// MinPassword is the shortest password that HashPassword takes, in characters (OWASP ASVS 5.0, 6.2.1).
const MinPassword = 12

// ErrShort says that a password has fewer than MinPassword characters.
var ErrShort = errors.New("access: password is too short")

// HashPassword does not ask whether a password is good (CheckPassword does), only whether it is long enough. It encodes it as $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func HashPassword(password string) (string, error) {
	if len([]rune(canonical(password))) < MinPassword {
		return "", ErrShort
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	sum := derive(password, salt, argonPasses, argonKiB, argonLanes)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonKiB, argonPasses, argonLanes,
		b64.EncodeToString(salt), b64.EncodeToString(sum)), nil
}

// firstMark stands before the hash of a password that somebody else chose for a person.
const firstMark = "first:"

// FirstPassword marks the hash of a password that is good for one thing: to choose another one with it.
func FirstPassword(encoded string) string { return firstMark + encoded }

// IsFirstPassword reports whether a hash is marked.
func IsFirstPassword(encoded string) bool { return strings.HasPrefix(encoded, firstMark) }

// VerifyPassword reports whether the password made the encoded hash. An empty or broken hash takes as long as a good one and
// is never right, so that the time of an answer does not tell whether an account exists.
func VerifyPassword(encoded, password string) bool {
	var version, kib, passes, lanes int
	parts := strings.Split(strings.TrimPrefix(encoded, firstMark), "$")
	ok := len(parts) == 6 && parts[1] == "argon2id"
	if ok {
		_, err1 := fmt.Sscanf(parts[2], "v=%d", &version)
		_, err2 := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &kib, &passes, &lanes)
		ok = err1 == nil && err2 == nil && version == argon2.Version && kib <= 1<<20 && passes >= 1 && passes <= 16 && lanes >= 1 && lanes <= 16
	}
	var salt, want []byte
	if ok {
		var err1, err2 error
		salt, err1 = base64.RawStdEncoding.DecodeString(parts[4])
		want, err2 = base64.RawStdEncoding.DecodeString(parts[5])
		ok = err1 == nil && err2 == nil && len(want) == argonBytes
	}
	if !ok {
		derive(password, make([]byte, 16), argonPasses, argonKiB, argonLanes)
		return false
	}
	return subtle.ConstantTimeCompare(derive(password, salt, passes, kib, lanes), want) == 1
}

func derive(password string, salt []byte, passes, kib, lanes int) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(canonical(password)), salt, uint32(passes), uint32(kib), uint8(lanes), argonBytes)
}

// NewToken makes a random token for a browser and the hash under which the store keeps it.
func NewToken() (token, hash string) {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, HashToken(token)
}

// HashToken is the form in which a token is stored: a stolen store logs nobody in.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// NewPassword makes a random password of 20 letters and digits, in groups that can be typed from paper.
func NewPassword() string { return grouped(20, 5) }

// grouped are n random letters and digits in groups.
func grouped(n, group int) string {
	const alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
	b := make([]byte, n)
	_, _ = rand.Read(b)
	var s strings.Builder
	for i, c := range b {
		if i > 0 && i%group == 0 {
			s.WriteByte('-')
		}
		s.WriteByte(alphabet[int(c)%len(alphabet)])
	}
	return s.String()
}
