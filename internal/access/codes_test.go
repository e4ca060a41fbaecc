package access

import (
	"bytes"
	"errors"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

func TestVault(t *testing.T) {
	t.Parallel()
	key := NewVaultKey()
	v, err := NewVault(key)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := NewVault(key)
	other, _ := NewVault(NewVaultKey())
	sealed := v.Seal("bí mật", "1/a")
	if got, err := again.Open(sealed, "1/a"); err != nil || got != "bí mật" {
		t.Errorf("%q, %v", got, err)
	}
	if v.Seal("bí mật", "1/a") == sealed {
		t.Error("the same text is sealed alike twice")
	}
	for name, f := range map[string]func() (string, error){
		"another key":     func() (string, error) { return other.Open(sealed, "1/a") },
		"another account": func() (string, error) { return v.Open(sealed, "1/b") },
		"changed":         func() (string, error) { return v.Open(sealed[:len(sealed)-2]+"AA", "1/a") },
		"empty":           func() (string, error) { return v.Open("", "1/a") },
	} {
		if got, err := f(); !errors.Is(err, ErrSeal) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if v.Mark("x", "1/a") == v.Mark("x", "1/b") || v.Mark("x", "1/a") == other.Mark("x", "1/a") || v.Mark("x", "1/a") != again.Mark("x", "1/a") {
		t.Error("marks do not depend on key and account")
	}
	if _, err := NewVault(key[1:]); err == nil {
		t.Error("a short key is taken")
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	address, err := NewCodeSecret("vanthu")
	if err != nil || !strings.HasPrefix(address, "otpauth://totp/") {
		t.Fatal(address, err)
	}
	now := time.Date(2026, 1, 15, 2, 0, 10, 0, time.UTC)
	secret := strings.ReplaceAll(CodeSecret(address), " ", "")
	code := func(at time.Time) string {
		c, err := totp.GenerateCode(secret, at)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	step, ok := CheckCode(address, code(now), now, 0)
	if !ok || step != now.Unix()/30 {
		t.Errorf("the code of the moment: %d, %v", step, ok)
	}
	if _, ok := CheckCode(address, code(now), now, step); ok {
		t.Error("a code is taken twice")
	}
	for shift, want := range map[time.Duration]bool{-60 * time.Second: false, -30 * time.Second: true, 30 * time.Second: true, 60 * time.Second: false} {
		if _, ok := CheckCode(address, code(now.Add(shift)), now, 0); ok != want {
			t.Errorf("the code of %v: %v", shift, ok)
		}
	}
	if c := code(now); !func() bool { _, ok := CheckCode(address, " "+c[:3]+" "+c[3:], now, 0); return ok }() {
		t.Error("a code typed in two groups is refused")
	}
	for _, bad := range []string{"", "000", "abcdef"} {
		if _, ok := CheckCode(address, bad, now, 0); ok {
			t.Errorf("%q is taken", bad)
		}
	}
	picture, err := CodePicture(address)
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(picture)); err != nil || img.Bounds().Dx() != 264 {
		t.Errorf("the picture: %v", err)
	}
	list := NewRecoveryCodes()
	if len(list) != RecoveryCodes || RecoveryCode(strings.ToUpper(list[0])+" ") != strings.ReplaceAll(list[0], "-", "") {
		t.Errorf("recovery codes: %q", list)
	}
}

func TestFresh(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)
	p := who(Admin)
	p.Proved = now
	if !p.Fresh(now.Add(FreshFor-1)) || p.Fresh(now.Add(FreshFor)) || who(Admin).Fresh(now) || !System(1, "a").Fresh(now) {
		t.Error("freshness is not ten minutes")
	}
	p.Pending = true
	if p.May(AccountsManage) || !p.May(LoggedIn) || !p.May(Open) {
		t.Error("whoever has to set up a second factor may do other things")
	}
}
