package gov

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// A DocumentKind says what a document writes up (contract/reading.md).
type DocumentKind string

// The kinds of the reading contract.
const (
	KindWorkingSession   DocumentKind = "working_session"
	KindInspection       DocumentKind = "inspection"
	KindCongress         DocumentKind = "congress"
	KindConference       DocumentKind = "conference"
	KindReport           DocumentKind = "report"
	KindConclusionNotice DocumentKind = "conclusion_notice"
	KindResolution       DocumentKind = "resolution"
	KindPlan             DocumentKind = "plan"
	KindOther            DocumentKind = "other"
)

// DocumentKinds lists the kinds in the order in which a form offers them.
var DocumentKinds = []DocumentKind{KindWorkingSession, KindInspection, KindCongress, KindConference, KindReport,
	KindConclusionNotice, KindResolution, KindPlan, KindOther}

// Assigns reports whether a document of this kind assigns work in law; a press write-up never does, so a task that rests
// on one waits for the assigning document ("chờ văn bản").
func (k DocumentKind) Assigns() bool {
	return k == KindConclusionNotice || k == KindResolution || k == KindPlan
}

// A Document is one text as one agency holds it. Another agency's copy of the same bytes is another document: whether
// there is one is not shown.
type Document struct {
	Realm     Realm
	ID        ID
	Holder    ID     // agency
	Blob      string // SHA-256 of the original bytes, hex
	Text      string // SHA-256 of the text layer, hex; spans point into that layer
	Size      int64  // bytes of the original
	TextSize  int64  // bytes of the text layer
	Format    string // txt, docx, html, pdf, png, jpeg, tiff
	Converted string // how the text layer was made where it is not the original's own: tcvn3, vni, utf-16le, ocr, …; joined by "+"
	FileName  string
	Title     string
	Kind      DocumentKind
	Date      Day    // of the event, or of signing
	Published Day    // of publication, where the text gives it
	Number    string // number and symbol: "15-TB/TU"
	Issuer    string
	Source    string // address that it was taken from
	FiledAt   time.Time
	FiledBy   ID
}

// Limits on what can be filed. They stand here because every way in (page, command line, API) must keep to the same ones.
const (
	MaxFileBytes = 32 << 20
	MaxTextBytes = 16 << 20
)

// Recognised reports whether the text was recognised in a picture, so that a digit may be wrong.
func (d Document) Recognised() bool { return strings.Contains(d.Converted, "ocr") }

// SHA256 is the name of bytes: their SHA-256 in hex.
func SHA256(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
