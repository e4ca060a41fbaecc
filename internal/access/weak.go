package access

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"errors"
	"io"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:generate go run ./gen

//go:embed passwords.gz
var packed []byte

// homely are words that people of Vietnamese offices begin passwords with; lists made elsewhere do not have them.
var homely = []string{"haicap", "matkhau", "dangnhap", "vietnam", "anhyeuem", "emyeuanh", "yeuemnhieu", "khongbiet", "xinchao", "chucmungnammoi",
	"quantri", "quantrihethong", "vanthu", "chuyenvien", "lanhdao", "tinhuy", "thanhuy", "danguy", "vanphong", "uybannhandan", "ubnd", "hdnd",
	"congan", "hochiminh", "hanoi", "saigon", "danang", "giadinh", "hanhphuc", "bimat", "khongcomatkhau", "admin", "administrator", "matkhaumoi"}

// guessed holds what everybody guesses first, without marks and in lower case.
var guessed = sync.OnceValue(func() map[string]bool {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("access: " + err.Error()) // embedded: a defect of the build
	}
	data, err := io.ReadAll(z)
	if err != nil {
		panic("access: " + err.Error())
	}
	words := map[string]bool{}
	for w := range strings.Lines(string(data)) {
		words[strings.TrimRight(w, "\n")] = true
	}
	for _, w := range homely {
		words[w] = true
	}
	return words
})

// The reasons for which CheckPassword refuses, besides ErrShort.
var (
	ErrLong    = errors.New("access: password is too long")
	ErrGuessed = errors.New("access: password is among those that are guessed first")
	ErrOwn     = errors.New("access: password is made of words that stand beside the account")
)

// MaxPassword is the longest password that is taken, in characters: more proves nothing and costs time.
const MaxPassword = 200

// CheckPassword refuses a password that is too short or too long, one that leaked lists begin with (also with digits around it, twice,
// or two of them side by side), a run of the keyboard or of the alphabet, and one that is little more than words of the account
// itself: its login name, the person's, the agency's and the unit's. What else it is made of is nobody's business: there are no rules about
// kinds of characters.
func CheckPassword(password string, about ...string) error {
	n := len([]rune(canonical(password)))
	switch {
	case n < MinPassword:
		return ErrShort
	case n > MaxPassword:
		return ErrLong
	}
	bare := fold(password)
	if bare == "" {
		return nil // only signs and foreign letters: no list has it
	}
	if few(bare) || run(bare) || common(bare) || common(strings.TrimFunc(bare, unicode.IsDigit)) {
		return ErrGuessed
	}
	rest := bare
	for _, w := range parts(about) {
		rest = strings.ReplaceAll(rest, w, "")
	}
	if rest != bare && len(strings.TrimFunc(rest, unicode.IsDigit)) < 8 {
		return ErrOwn
	}
	return nil
}

// canonical is one form for what different keyboards send for the same letters (RFC 8265).
func canonical(s string) string { return norm.NFC.String(s) }

// fold leaves lower-case ASCII letters without marks, and digits.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); {
		case r == 'đ':
			return 'd'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, norm.NFKD.String(s))
}

// parts are the words to look for: each text as a whole, by two words and by one, folded; short ones would be found everywhere.
func parts(about []string) []string {
	var whole, single []string
	for _, a := range append(about, "haicap") {
		if w := fold(a); len(w) >= 4 {
			whole = append(whole, w)
		}
		fields := strings.Fields(a)
		for i := range fields {
			for _, f := range []string{strings.Join(fields[i:min(i+2, len(fields))], ""), fields[i]} {
				if w := fold(f); len(w) >= 4 {
					single = append(single, w)
				}
			}
		}
	}
	return append(whole, single...)
}

// common reports whether the word is guessed first: itself, repeated, or two such words side by side.
func common(w string) bool {
	words := guessed()
	if words[w] || len(w) < 5 {
		return w == "" || words[w]
	}
	for n := 1; n <= len(w)/2; n++ {
		if len(w)%n == 0 && strings.Repeat(w[:n], len(w)/n) == w && (n < 6 || words[w[:n]]) {
			return true
		}
	}
	for i := 4; i <= len(w)-4; i++ {
		if words[w[:i]] && (words[w[i:]] || digits(w[i:])) || digits(w[:i]) && words[w[i:]] {
			return true
		}
	}
	return false
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// few reports whether hardly any different characters are there.
func few(s string) bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen) < 5
}

// keyboard holds the runs that fingers make.
var keyboard = []string{"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"}

// run reports whether most neighbours are neighbours on the keyboard or in the alphabet too.
func run(s string) bool {
	near := 0
	for i := 1; i < len(s); i++ {
		pair, back := s[i-1:i+1], string([]byte{s[i], s[i-1]})
		for _, k := range keyboard {
			if s[i] == s[i-1] || strings.Contains(k, pair) || strings.Contains(k, back) {
				near++
				break
			}
		}
	}
	return near*4 >= (len(s)-1)*3
}
