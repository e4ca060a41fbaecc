package store

import (
	"context"

	"haicap/internal/gov"
)

const auditColumns = "realm, seq, at, account, action, noun, record, prev, hash"

var (
	sqlInsertAudit = statement(insertInto("audit_line", auditColumns))
	sqlLastAudit   = statement("SELECT " + auditColumns + " FROM audit_line WHERE realm = $1 ORDER BY seq DESC LIMIT 1")
	sqlAuditLines  = statement("SELECT " + auditColumns + " FROM audit_line WHERE realm = $1 AND seq > $2 ORDER BY seq LIMIT $3")
)

func scanAudit(r row) (a gov.AuditLine, err error) {
	err = r.Scan(&a.Realm, &a.Seq, at{&a.At}, &a.Account, &a.Action, &a.Noun, &a.Record, &a.Prev, &a.Hash)
	return a, err
}

// AppendAudit reads the last line and writes the next. Two transactions that do so at once cannot both commit: SQLite has one
// writer, and PostgreSQL sees that each read what the other was to write, and makes one of them run again.
func (t *tx) AppendAudit(ctx context.Context, a gov.AuditLine) (gov.AuditLine, error) {
	last, err := one(ctx, t, scanAudit, sqlLastAudit, a.Realm)
	switch {
	case gov.IsNotFound(err):
		a = a.Chain(nil)
	case err != nil:
		return gov.AuditLine{}, err
	default:
		a = a.Chain(&last)
	}
	return a, t.put(ctx, sqlInsertAudit, a.Realm, a.Seq, a.At, a.Account, a.Action, a.Noun, a.Record, a.Prev, a.Hash)
}

func (t *tx) AuditLines(ctx context.Context, r gov.Realm, after int64, limit int) ([]gov.AuditLine, error) {
	return many(ctx, t, scanAudit, sqlAuditLines, r, after, pageSize(limit))
}
