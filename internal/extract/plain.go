package extract

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"haicap/internal/text"
)

// decode gives the text of a file that is no archive and no PDF, and the encoding that it was converted from.
func decode(data []byte) (s, converted string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return "", "", unsupported("error.file_encoding") // UTF-32: nobody writes it
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		s, err = fromUTF16(data[2:], binary.LittleEndian)
		return s, "utf-16le", err
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		s, err = fromUTF16(data[2:], binary.BigEndian)
		return s, "utf-16be", err
	case bytes.IndexByte(data, 0) >= 0:
		return "", "", invalid("error.file_nul")
	case utf8.Valid(data):
		return string(data), "", nil
	}
	if isHTML("", string(data[:min(len(data), 4096)])) {
		return fromDeclared(data)
	}
	return "", "", unsupported("error.file_encoding")
}

func fromUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", invalid("error.file_encoding")
	}
	var b strings.Builder
	b.Grow(min(len(data), MaxTextBytes))
	for i := 0; i < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) {
			low := rune(-1)
			if i+3 < len(data) {
				low = rune(order.Uint16(data[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == unicode.ReplacementChar {
				return "", invalid("error.file_encoding")
			}
			i += 2
		}
		if r == 0 {
			return "", invalid("error.file_nul")
		}
		b.WriteRune(r)
		if b.Len() > MaxTextBytes {
			return "", errTextTooLarge()
		}
	}
	return b.String(), nil
}

// metaCharset finds the encoding that a page states.
var metaCharset = regexp.MustCompile(`(?i)<meta[^>]+charset\s*=\s*["']?([a-z0-9-]+)`)

// declared are the encodings other than UTF-8 that Word and old editors state in pages and in which Vietnamese can be written: by
// combining marks (1258) or by numeric references (the others).
var declared = map[string]*charmap.Charmap{
	"windows-1258": charmap.Windows1258, "windows-1252": charmap.Windows1252, "iso-8859-1": charmap.Windows1252,
}

func fromDeclared(data []byte) (s, converted string, err error) {
	m := metaCharset.FindSubmatch(data[:min(len(data), 4096)])
	if m == nil {
		return "", "", unsupported("error.file_encoding")
	}
	name := strings.ToLower(string(m[1]))
	enc := declared[name]
	if enc == nil {
		return "", "", unsupported("error.file_encoding")
	}
	if s, err = enc.NewDecoder().String(string(data)); err != nil {
		return "", "", unsupported("error.file_encoding").because(err)
	}
	return text.NFC(s), name, nil
}

// oldFont reports whether a text, though it is valid Unicode, was typed for the fonts of before Unicode (.VnTime with TCVN3, VNI): its
// bytes say "céng hßa" or "coäng hoøa" where the font showed "cộng hòa". Vietnamese has its own letters beyond Latin-1 (ạ, ế, ư, đ); in
// such a text there are hardly any, and the letters that stand in for them are frequent.
func oldFont(s string) bool {
	const sample = 64 << 10
	if len(s) > sample {
		s = s[:sample]
	}
	letters, own, tcvn, vni := 0, 0, 0, 0
	kinds := map[rune]bool{} // of letters that stand in; other languages have few, and few of them
	var prev rune
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
		switch {
		case 'Ạ' <= r && r <= 'ỹ', strings.ContainsRune("ăđơưĂĐƠƯ", r):
			own++
		case strings.ContainsRune("®©ª«¬µ¶·¸¹»¼½¾ÆÇÈÉÊËßÖ×ØÜÞ", r):
			tcvn++
			kinds[r] = true
		}
		if strings.ContainsRune("aeouyAEOUY", prev) && strings.ContainsRune("ùøûõïáàåãäâêéèúüëÙØÛÕÏÁÀÅÃÄÂÊÉÈÚÜË", r) {
			vni++
			kinds[r] = true
		}
		prev = r
	}
	// In TCVN3 and VNI every third to sixth letter is one of these.
	return letters >= 40 && own*20 < letters && len(kinds) >= 6 && (tcvn*20 > letters || vni*20 > letters)
}

// blank is what does not count as text: white space and invisible characters.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }
