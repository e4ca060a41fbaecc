package access

import (
	"errors"
	"testing"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	about := []string{"nguyenvana", "Nguyễn Văn Anh", "Văn phòng Tỉnh ủy Phú Thọ", "tỉnh Phú Thọ"}
	for password, want := range map[string]error{
		"ngắn quá":                   ErrShort,
		"123456654321":               ErrGuessed, // in the list
		"password1234":               ErrGuessed, // in the list with digits
		"Password@12345":             ErrGuessed,
		"dragonmonkey":               ErrGuessed, // two of the list
		"football football":          ErrGuessed,
		"Mật khẩu 2026!!":            ErrGuessed, // known here only
		"aaaaaaaaaaaaaaaa":           ErrGuessed,
		"abcabcabcabcabc":            ErrGuessed,
		"qwertyuiopasdf":             ErrGuessed,
		"9876543210987":              ErrGuessed,
		"haicap-haicap-haicap":       ErrGuessed,
		"Phú Thọ 2026 nhé":           ErrOwn,
		"Haicap của tôi":             ErrOwn,
		"nguyenvana@1990":            ErrOwn,
		"VanPhongTinhUyPhuTho":       ErrOwn,
		"ba con mèo trên mái ngói":   nil,
		"bốn mùa lá rụng chiều":      nil,
		"x7kq-w2mz-9rtp":             nil,
		"correct horse battery":      nil,
		"日本語のパスワードです長い":              nil,
		"Phú Thọ có rừng cọ đồi chè": nil,
	} {
		if err := CheckPassword(password, about...); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", password, err, want)
		}
	}
	for range 200 {
		if p := NewPassword(); CheckPassword(p, about...) != nil {
			t.Errorf("a random password is refused: %s", p)
		}
	}
	if n := len(guessed()); n < 45000 {
		t.Errorf("only %d words are listed", n)
	}
}

// Two keyboards send the same letters as different bytes.
func TestPasswordForms(t *testing.T) {
	t.Parallel()
	h, err := HashPassword("mèo trên mái ngói") // è as one letter
	if err != nil || !VerifyPassword(h, "me\u0300o tre\u0302n ma\u0301i ngo\u0301i") {
		t.Errorf("the same letters in parts are refused: %v", err)
	}
}

func FuzzCheckPassword(f *testing.F) {
	f.Add("mật khẩu đủ dài", "Văn phòng")
	f.Fuzz(func(t *testing.T, password, about string) {
		if CheckPassword(password, about) == nil && len([]rune(canonical(password))) < MinPassword {
			t.Errorf("%q is taken", password)
		}
	})
}
