package extract

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"
)

// binaryNames are the endings that promise something else than plain text.
var binaryNames = map[string]bool{
	".pdf": true, ".docx": true, ".doc": true, ".xls": true, ".xlsx": true, ".ppt": true, ".pptx": true, ".odt": true,
	".zip": true, ".rar": true, ".7z": true, ".png": true, ".jpg": true, ".jpeg": true, ".tif": true, ".tiff": true,
}

// A signature is how the content of a format that has no text layer here begins.
type signature struct {
	prefix string
	key    string
}

var signatures = []signature{
	{"{\\rtf", "error.file_rtf"},
	{"GIF87a", "error.file_image_kind"},
	{"GIF89a", "error.file_image_kind"},
	{"Rar!\x1a\x07", "error.file_archive"},
	{"7z\xbc\xaf\x27\x1c", "error.file_archive"},
	{"\x1f\x8b\x08", "error.file_archive"},
}

// ole begins the binary files of Word, Excel and PowerPoint before 2007, and a newer one that is locked with a password.
const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// refused gives the refusal for a file of a known format without a text layer, nil for all others.
func refused(ext string, data []byte) error {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.prefix)) {
			return unsupported(s.key)
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte(ole)):
		return refusedOLE(ext, data)
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP",
		len(data) > 12 && string(data[4:8]) == "ftyp",
		len(data) > 26 && string(data[:2]) == "BM" && int(binary.LittleEndian.Uint32(data[2:])) == len(data):
		return unsupported("error.file_image_kind")
	}
	return nil
}

func refusedOLE(ext string, data []byte) error {
	switch {
	case bytes.Contains(data, utf16le("EncryptedPackage")):
		return unsupported("error.file_locked")
	case bytes.Contains(data, utf16le("WordDocument")):
		return unsupported("error.file_old_doc")
	case bytes.Contains(data, utf16le("Workbook")), ext == ".xls":
		return unsupported("error.file_table")
	default:
		return unsupported("error.file_old_office")
	}
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// isPDF allows for what some mailers put before the header, where the name says that it is a PDF.
func isPDF(ext string, data []byte) bool {
	head := data[:min(len(data), 1024)]
	if ext != ".pdf" {
		head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
		return bytes.HasPrefix(head, []byte("%PDF-"))
	}
	return bytes.Contains(head, []byte("%PDF-"))
}

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// htmlStart is how a page begins, after comments and an XML declaration.
var htmlStart = regexp.MustCompile(`(?is)^[\s\x{FEFF}]*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b`)

func isHTML(ext, text string) bool {
	head := text[:min(len(text), 4096)]
	switch ext {
	case ".html", ".htm", ".xhtml":
		return strings.Contains(head, "<")
	}
	return htmlStart.MatchString(head)
}
