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

// latin is the encoding of a file whose bytes are Latin-1 at first sight, and which was typed for an old font if it is Vietnamese at all.
const latin = "latin-1"

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
	if isHTML("", string(data[:min(len(data), 4096)])) && metaCharset.Match(data[:min(len(data), 4096)]) {
		return fromDeclared(data)
	}
	return fromBytes(data)
}

// fromBytes decodes a file of single bytes that states no encoding.
func fromBytes(data []byte) (s, converted string, err error) {
	if s, err = charmap.Windows1258.NewDecoder().String(string(data)); err == nil && vietnamese(s) {
		return text.NFC(s), "windows-1258", nil
	}
	if s, err = charmap.Windows1252.NewDecoder().String(string(data)); err != nil || strings.IndexFunc(s, noText) >= 0 {
		return "", "", unsupported("error.file_encoding").because(err)
	}
	return s, latin, nil
}

// noText holds for what a wrong table gives.
func noText(r rune) bool { return r == unicode.ReplacementChar || 0x7F <= r && r < 0xA0 }

// vietnamese reports whether a text is Vietnamese beyond doubt.
func vietnamese(s string) bool {
	if strings.IndexFunc(s, noText) >= 0 {
		return false
	}
	t := tally{kinds: map[string]bool{}}
	for _, w := range strings.FieldsFunc(s[:min(len(s), sampleBytes)], func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M) }) {
		if strings.IndexFunc(w, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			t.add("", w)
		}
	}
	return t.sure()
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

// blank is what does not count as text: white space and invisible characters.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// edge is what goes at the ends of a line: what is blank, except for the soft hyphen, in whose place TCVN3 has a letter.
func edge(r rune) bool { return r != '\u00ad' && blank(r) }
