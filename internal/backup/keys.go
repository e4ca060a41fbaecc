package backup

import (
	"os"
	"strings"

	"filippo.io/age"

	"haicap/internal/gov"
)

// Recipients are the age keys that can decrypt an archive.
type Recipients struct{ list []age.Recipient }

// None reports whether archives are not encrypted.
func (r Recipients) None() bool { return len(r.list) == 0 }

// ParseRecipients reads one key (age1…), several with commas between them, or a file with one on each line. Empty: none.
func ParseRecipients(s string) (Recipients, error) {
	if strings.TrimSpace(s) == "" {
		return Recipients{}, nil
	}
	lines := strings.ReplaceAll(s, ",", "\n")
	if !strings.HasPrefix(strings.TrimSpace(s), "age1") {
		data, err := os.ReadFile(s)
		if err != nil {
			return Recipients{}, gov.Errorf(gov.Invalid, "error.backup_recipient", s).Because(err)
		}
		lines = string(data)
	}
	list, err := age.ParseRecipients(strings.NewReader(strings.ReplaceAll(lines, "\r", "")))
	if err != nil {
		return Recipients{}, gov.Errorf(gov.Invalid, "error.backup_recipient", s).Because(err)
	}
	return Recipients{list}, nil
}

// withWitness adds a key that is known only while the archive is written, so that it can be read back as its owner would read it. Keys
// against quantum computers do not mix with others, so the witness is of their sort.
func (r Recipients) withWitness() ([]age.Recipient, age.Identity, error) {
	if _, ok := r.list[0].(*age.HybridRecipient); ok {
		w, err := age.GenerateHybridIdentity()
		if err != nil {
			return nil, nil, err
		}
		return append([]age.Recipient{w.Recipient()}, r.list...), w, nil
	}
	w, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, nil, err
	}
	return append([]age.Recipient{w.Recipient()}, r.list...), w, nil
}

// Identities are the secret keys that decrypt archives.
type Identities struct{ list []age.Identity }

// ReadIdentities reads a file of secret keys as age-keygen writes it. Empty: none.
func ReadIdentities(file string) (Identities, error) {
	if file == "" {
		return Identities{}, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return Identities{}, gov.Errorf(gov.Invalid, "error.backup_identity", file).Because(err)
	}
	defer f.Close()
	list, err := age.ParseIdentities(f)
	if err != nil {
		return Identities{}, gov.Errorf(gov.Invalid, "error.backup_identity", file).Because(err)
	}
	return Identities{list}, nil
}
