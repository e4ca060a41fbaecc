package gov

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// An AuditLine says that somebody changed something. Lines are only ever added, each holds the hash of the one before, and no
// personal data stand in them: only ids and the names of actions.
type AuditLine struct {
	Realm   Realm     `json:"realm"`
	Seq     int64     `json:"seq"` // 1, 2, 3 … within the realm
	At      time.Time `json:"at"`
	Account ID        `json:"account"` // empty: the program itself
	Action  string    `json:"action"`  // "document.file", "review.confirm"
	Noun    string    `json:"noun"`
	Record  ID        `json:"record"`
	Prev    string    `json:"prev"` // hash of the line before; empty for the first
	Hash    string    `json:"-"`    // SHA-256 of this line in JSON, hex
}

// Chain gives the line its place after prev (nil for the first) and computes its hash.
func (a AuditLine) Chain(prev *AuditLine) AuditLine {
	a.Seq, a.Prev = 1, ""
	if prev != nil {
		a.Seq, a.Prev = prev.Seq+1, prev.Hash
	}
	a.At = a.At.UTC().Truncate(time.Microsecond)
	a.Hash = a.digest()
	return a
}

func (a AuditLine) digest() string {
	b, err := json.Marshal(a)
	if err != nil {
		panic(err) // plain fields only
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// VerifyAudit checks consecutive lines, the first of them following prev (nil: it is the realm's first). It names the first
// line that was changed, removed, added or moved; 0 where all is well.
func VerifyAudit(prev *AuditLine, lines []AuditLine) int64 {
	for i := range lines {
		want := lines[i].Chain(prev)
		if want.Seq != lines[i].Seq || want.Prev != lines[i].Prev || want.Hash != lines[i].Hash {
			return want.Seq
		}
		prev = &lines[i]
	}
	return 0
}
