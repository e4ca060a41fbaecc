package audit

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/gov"
)

// A Head says what the log was at a time.
type Head struct {
	Realm gov.Realm
	Size  int64
	Root  tlog.Hash
	At    time.Time
}

// origin is the name of a realm's log; the keys that sign for it bear it too.
func origin(r gov.Realm) string { return "haicap/" + strconv.FormatInt(int64(r), 10) }

// Text is the head as it is signed, a checkpoint of four lines: origin, size, root in base64, time.
func (h Head) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\ntime %s\n", origin(h.Realm), h.Size, h.Root, h.At.UTC().Format(time.RFC3339))
}

// parseHead reads the text of a head; further lines are left alone, so that later versions can say more.
func parseHead(text string) (Head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 5 {
		return Head{}, badHead(nil)
	}
	number, ok := strings.CutPrefix(lines[0], "haicap/")
	realm, err1 := strconv.ParseInt(number, 10, 64)
	size, err2 := strconv.ParseInt(lines[1], 10, 64)
	root, err3 := tlog.ParseHash(lines[2])
	instant, timed := strings.CutPrefix(lines[3], "time ")
	at, err4 := time.Parse(time.RFC3339, instant)
	h := Head{gov.Realm(realm), size, root, at}
	if !ok || !timed || err1 != nil || err2 != nil || err3 != nil || err4 != nil || size < 0 || !strings.HasPrefix(text, h.Text()) {
		return Head{}, badHead(nil)
	}
	return h, nil
}

func badHead(cause error) error { return gov.Errorf(gov.Invalid, "error.audit_head").Because(cause) }

// Sign makes the signed head: the text, and the signature as package note writes it.
func Sign(h Head, k Key) (string, error) {
	signed, err := note.Sign(&note.Note{Text: h.Text()}, k.signer(h.Realm))
	return string(signed), err
}

// Open checks the signature of a head by the public key and reads it. Invalid where it is no head or another key signed it.
func Open(signed []byte, public string) (Head, error) {
	v, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return Head{}, gov.Errorf(gov.Invalid, "error.audit_key").Because(err)
	}
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return Head{}, badHead(err)
	}
	h, err := parseHead(n.Text)
	if err == nil && origin(h.Realm) != v.Name() {
		err = badHead(nil)
	}
	return h, err
}

// proofForm is the first line of a proof: the form is the one of c2sp.org/tlog-proof, with the line itself in "extra".
const proofForm = "c2sp.org/tlog-proof@v1"

// FormatProof writes the proof of a line beside its signed head, as a text to hand out.
func FormatProof(l gov.AuditLine, path tlog.RecordProof, signed string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nextra %s\nindex %d\n", proofForm, base64.StdEncoding.EncodeToString(l.Canonical()), l.Seq-1)
	for _, h := range path {
		b.WriteString(h.String() + "\n")
	}
	return b.String() + "\n" + signed
}

// OpenProof checks a proof by the public key, without any other data, and gives its line as it was written, and the head.
func OpenProof(data []byte, public string) (line string, h Head, err error) {
	bad := gov.Errorf(gov.Invalid, "error.audit_proof")
	body, signed, ok := strings.Cut(string(data), "\n\n")
	rows := strings.Split(body, "\n")
	if !ok || len(rows) < 3 || rows[0] != proofForm {
		return "", h, bad
	}
	if h, err = Open([]byte(signed), public); err != nil {
		return "", h, err
	}
	extra, ok1 := strings.CutPrefix(rows[1], "extra ")
	number, ok2 := strings.CutPrefix(rows[2], "index ")
	text, err1 := base64.StdEncoding.DecodeString(extra)
	index, err2 := strconv.ParseInt(number, 10, 64)
	if !ok1 || !ok2 || err1 != nil || err2 != nil || index < 0 || index >= h.Size {
		return "", h, bad
	}
	var path tlog.RecordProof
	for _, row := range rows[3:] {
		sum, err := tlog.ParseHash(row)
		if err != nil {
			return "", h, bad.Because(err)
		}
		path = append(path, sum)
	}
	if err := tlog.CheckRecord(path, h.Size, h.Root, index, tlog.RecordHash(text)); err != nil {
		return "", h, bad.Because(err)
	}
	return string(text), h, nil
}
