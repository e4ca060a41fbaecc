package access

import (
	"bytes"
	"crypto/subtle"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// codeStep is how long a code of a phone is shown (RFC 6238).
const codeStep = 30

// NewCodeSecret makes the secret by which an app on a phone makes codes, as the address that such apps take.
func NewCodeSecret(login string) (address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Hai Cap", AccountName: login, SecretSize: 20})
	if err != nil {
		return "", err
	}
	return key.URL(), nil
}

// CodeSecret is the secret within the address, in groups of four to be typed.
func CodeSecret(address string) string {
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return ""
	}
	var groups []string
	for s := key.Secret(); s != ""; s = s[min(4, len(s)):] {
		groups = append(groups, s[:min(4, len(s))])
	}
	return strings.Join(groups, " ")
}

// CodePicture is the address as a square that a phone reads, a PNG.
func CodePicture(address string) ([]byte, error) {
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return nil, err
	}
	img, err := key.Image(264, 264)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, img)
	return b.Bytes(), err
}

// CheckCode reports whether the code is that of the moment, of the step before or of the one after, and which step it was. A step up
// to last was used already: its code is not taken again.
func CheckCode(address, code string, now time.Time, last int64) (step int64, ok bool) {
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return 0, false
	}
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	present := now.Unix() / codeStep
	for s := present - 1; s <= present+1; s++ {
		want, err := totp.GenerateCode(key.Secret(), time.Unix(s*codeStep, 0))
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > last {
			step, ok = s, true
		}
	}
	return step, ok
}

// RecoveryCodes is how many codes for the day without a phone are made at once.
const RecoveryCodes = 10

// NewRecoveryCodes makes codes that are each used once instead of a phone's.
func NewRecoveryCodes() []string {
	list := make([]string, RecoveryCodes)
	for i := range list {
		list[i] = grouped(12, 4)
	}
	return list
}

// RecoveryCode is a recovery code as it was made, however it was typed.
func RecoveryCode(typed string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(typed, func(r rune) bool { return r == ' ' || r == '-' }), ""))
}
