package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"

	"github.com/pressly/goose/v3"
	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/gov"
)

// Migration 3 makes a Merkle log of the chain of audit lines that the first version wrote. It is written in Go because hashes are
// computed; like the files it is never edited once it was released. After it the lines hold no hashes of their own any more, so
// the chain is checked first: where it does not fit, nothing is migrated, and the new tree does not cover up what happened.

// auditTables are the tables and indexes of migration 3. The indexes serve the lists of the page: each ends in its order.
var auditTables = map[string]string{
	"sqlite": `CREATE TABLE audit_hash (
    realm INTEGER NOT NULL,
    idx   INTEGER NOT NULL,
    hash  TEXT    NOT NULL,
    PRIMARY KEY (realm, idx)
) STRICT, WITHOUT ROWID;`,
	"postgres": `CREATE TABLE audit_hash (
    realm BIGINT NOT NULL,
    idx   BIGINT NOT NULL,
    hash  TEXT   COLLATE "C" NOT NULL,
    PRIMARY KEY (realm, idx)
);`,
}

const auditIndexes = `
CREATE INDEX audit_line_at ON audit_line (realm, at, seq);
CREATE INDEX audit_line_account ON audit_line (realm, account, at, seq);
CREATE INDEX audit_line_action ON audit_line (realm, action, at, seq);
CREATE INDEX audit_line_noun ON audit_line (realm, noun, at, seq);
ALTER TABLE audit_line DROP COLUMN prev;
ALTER TABLE audit_line DROP COLUMN hash;`

func auditMigration(d *dialect) *goose.Migration {
	return goose.NewGoMigration(3, &goose.GoFunc{RunTx: func(ctx context.Context, begun *sql.Tx) error {
		if _, err := begun.ExecContext(ctx, auditTables[d.name]); err != nil {
			return err
		}
		t := newTx(begun, d)
		realms, err := many(ctx, t, func(r row) (n gov.Realm, err error) { return n, r.Scan(&n) }, "SELECT DISTINCT realm FROM audit_line")
		if err != nil {
			return err
		}
		for _, r := range realms {
			if err := growTree(ctx, t, r); err != nil {
				return err
			}
		}
		_, err = begun.ExecContext(ctx, auditIndexes)
		return err
	}}, nil)
}

// A chainLine is an audit line of the first version, with the hash of the line before.
type chainLine struct {
	gov.AuditLine
	Prev string `json:"prev"`
	hash string
}

// growTree checks the chain of one realm and writes its tree.
func growTree(ctx context.Context, t *tx, r gov.Realm) error {
	const lines = "SELECT realm, seq, at, account, action, noun, record, prev, hash FROM audit_line WHERE realm = $1 AND seq > $2 ORDER BY seq LIMIT 1000"
	var size int64
	prev := ""
	known := map[int64]tlog.Hash{}
	for {
		batch, err := many(ctx, t, scanChain, lines, r, size)
		if err != nil || len(batch) == 0 {
			return err
		}
		var hashes []tlog.Hash
		first := tlog.StoredHashIndex(0, size)
		for _, l := range batch {
			if l.Seq != size+1 || l.Prev != prev || l.hash != l.sum() {
				return gov.Errorf(gov.Unavailable, "error.audit_chain_broken", size+1)
			}
			more, err := tlog.StoredHashes(size, l.Canonical(), tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
				list := make([]tlog.Hash, len(indexes))
				for i, n := range indexes {
					list[i] = known[n]
				}
				return list, nil
			}))
			if err != nil {
				return err
			}
			for i, h := range more {
				known[tlog.StoredHashIndex(0, size)+int64(i)] = h
			}
			hashes, size, prev = append(hashes, more...), size+1, l.hash
		}
		if err := t.put(ctx, insertHashes(len(hashes)), hashValues(r, first, hashes)...); err != nil {
			return err
		}
	}
}

func scanChain(r row) (l chainLine, err error) {
	err = r.Scan(&l.Realm, &l.Seq, spoilt{&l.At}, &l.Account, &l.Action, &l.Noun, &l.Record, &l.Prev, &l.hash)
	return l, err
}

// sum is the hash that the first version gave the line: SHA-256 of its fields in JSON, prev among them, in hex.
func (l chainLine) sum() string {
	b, err := json.Marshal(l)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
