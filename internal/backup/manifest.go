package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/audit"
	"haicap/internal/gov"
	"haicap/internal/store"
)

// format is the number of the form that archives have. A program reads its own and earlier ones.
const format = 1

// A Manifest says what an archive holds. It is the archive's last member.
type Manifest struct {
	Format  int              `json:"format"`
	Program string           `json:"program"`
	Made    time.Time        `json:"made"`
	Engine  string           `json:"engine"` // sqlite, postgres
	Schema  int64            `json:"schema"` // the last migration of the database
	Rows    map[string]int64 `json:"rows"`   // by table
	Audit   []Head           `json:"audit"`  // of each realm's log
	Members []Member         `json:"members"`
	Blobs   Total            `json:"blobs"`
	Lost    []string         `json:"lost,omitempty"` // bytes that records name and the data folder did not hold whole when it was saved
}

// A Head is what a realm's audit log was.
type Head struct {
	Realm gov.Realm `json:"realm"`
	Size  int64     `json:"size"`
	Root  tlog.Hash `json:"root"`
}

// A Member is a file of the archive.
type Member struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// A Total stands for all blobs of the archive. Their names are their sums, so one sum over the names says it all.
type Total struct {
	Count  int64  `json:"count"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // of the names, one a line, in order
}

// fill writes down what the database copy holds, and gives the names of the bytes that it needs.
func (m *Manifest) fill(ctx context.Context, p *store.Picture) ([]string, error) {
	c, err := p.Contents(ctx)
	if err != nil {
		return nil, err
	}
	m.Schema, m.Rows = c.Schema, c.Rows
	err = p.View(ctx, func(tx gov.Tx) error {
		realms, err := tx.Holdings(ctx)
		if err != nil {
			return err
		}
		m.Audit = nil
		for _, h := range realms {
			head, err := audit.HeadOf(ctx, tx, h.Realm)
			if gov.IsNotFound(err) {
				continue // a log that somebody spoilt is no reason to save nothing; doctor and restore speak of it
			}
			if err != nil {
				return err
			}
			m.Audit = append(m.Audit, Head{head.Realm, head.Size, head.Root})
		}
		return nil
	})
	return c.Blobs, err
}

func (m Manifest) equal(o Manifest) bool {
	a, err1 := json.Marshal(m)
	b, err2 := json.Marshal(o)
	return err1 == nil && err2 == nil && bytes.Equal(a, b)
}

// A summer adds up blobs.
type summer struct {
	names hash.Hash
	n     Total
}

func newSummer() *summer { return &summer{names: sha256.New()} }

func (s *summer) add(name string, size int64) {
	s.names.Write([]byte(name + "\n"))
	s.n.Count++
	s.n.Bytes += size
}

func (s *summer) total() Total {
	t := s.n
	t.SHA256 = hex.EncodeToString(s.names.Sum(nil))
	return t
}
