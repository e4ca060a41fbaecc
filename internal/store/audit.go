package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/gov"
)

const auditColumns = "realm, seq, at, account, action, noun, record, for_account"

var (
	sqlInsertAudit = statement(insertInto("audit_line", auditColumns))
	sqlAuditSize   = statement("SELECT coalesce(max(seq), 0) FROM audit_line WHERE realm = $1")
	sqlAuditLines  = statement("SELECT " + auditColumns + " FROM audit_line WHERE realm = $1 AND seq > $2 ORDER BY seq LIMIT $3")
	sqlAuditTree   = statement("SELECT idx, hash FROM audit_hash WHERE realm = $1 AND idx >= $2 ORDER BY idx LIMIT $3")
)

func scanAudit(r row) (a gov.AuditLine, err error) {
	err = r.Scan(&a.Realm, &a.Seq, spoilt{&a.At}, &a.Account, &a.Action, &a.Noun, &a.Record, &a.For)
	return a, err
}

// A spoilt reads an instant and takes what is none for the zero time: whoever verifies the log is to hear which line is wrong, and
// not that the list cannot be read.
type spoilt struct{ t *time.Time }

func (s spoilt) Scan(src any) error {
	if err := at(s).Scan(src); err != nil {
		*s.t = time.Time{}
	}
	return nil
}

// scanHash reads a hash; what is none becomes zeros, which no line has.
func scanHash(r row) (h gov.AuditHash, err error) {
	var text string
	if err := r.Scan(&h.Index, &text); err != nil {
		return h, err
	}
	if parsed, err := tlog.ParseHash(text); err == nil {
		h.Hash = parsed
	}
	return h, nil
}

// AppendAudit reads the number of the last line, writes the next one, and with it the hashes that it completes: its own and one for
// each full subtree that ends with it. Of the hashes that are there it reads one for each of these subtrees, at most log₂ of the
// lines. Two transactions that do so at once cannot both commit: SQLite has one writer, and PostgreSQL sees that each read what the
// other was to write, and makes one of them run again.
func (t *tx) AppendAudit(ctx context.Context, a gov.AuditLine) (gov.AuditLine, error) {
	size, err := t.AuditSize(ctx, a.Realm)
	if err != nil {
		return gov.AuditLine{}, err
	}
	a.Seq, a.At = size+1, a.At.UTC().Truncate(time.Microsecond)
	hashes, err := tlog.StoredHashes(size, a.Canonical(), tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found, err := t.AuditHashes(ctx, a.Realm, indexes)
		return plainHashes(found), err
	}))
	if gov.IsNotFound(err) {
		err = spoiltLog(err)
	}
	if err != nil {
		return gov.AuditLine{}, err
	}
	if err := t.put(ctx, sqlInsertAudit, a.Realm, a.Seq, a.At, a.Account, a.Action, a.Noun, a.Record, a.For); err != nil {
		return gov.AuditLine{}, err
	}
	err = t.put(ctx, insertHashes(len(hashes)), hashValues(a.Realm, tlog.StoredHashIndex(0, size), hashes)...)
	if gov.CodeOf(err) == gov.Conflict { // hashes of a line that is gone
		err = spoiltLog(err)
	}
	return a, err
}

// spoiltLog refuses to write on top of a log that does not fit together.
func spoiltLog(cause error) error {
	return gov.Errorf(gov.Unavailable, "error.audit_spoilt").Because(cause)
}

func plainHashes(list []gov.AuditHash) []tlog.Hash {
	hashes := make([]tlog.Hash, len(list))
	for i, h := range list {
		hashes[i] = h.Hash
	}
	return hashes
}

// insertHashes is an INSERT of n hashes at once; hashValues are its arguments: hashes that follow each other from an index on.
func insertHashes(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = "($" + strconv.Itoa(3*i+1) + ", $" + strconv.Itoa(3*i+2) + ", $" + strconv.Itoa(3*i+3) + ")"
	}
	return "INSERT INTO audit_hash (realm, idx, hash) VALUES " + strings.Join(rows, ", ")
}

func hashValues(r gov.Realm, index int64, hashes []tlog.Hash) []any {
	var args []any
	for i, h := range hashes {
		args = append(args, int64(r), index+int64(i), h.String())
	}
	return args
}

func (t *tx) AuditSize(ctx context.Context, r gov.Realm) (int64, error) {
	return one(ctx, t, func(r row) (n int64, err error) { return n, r.Scan(&n) }, sqlAuditSize, r)
}

func (t *tx) AuditLines(ctx context.Context, r gov.Realm, after int64, limit int) ([]gov.AuditLine, error) {
	return many(ctx, t, scanAudit, sqlAuditLines, r, after, pageSize(limit))
}

func (t *tx) AuditTree(ctx context.Context, r gov.Realm, from int64, limit int) ([]gov.AuditHash, error) {
	return many(ctx, t, scanHash, sqlAuditTree, r, from, pageSize(limit))
}

func (t *tx) AuditHashes(ctx context.Context, r gov.Realm, indexes []int64) ([]gov.AuditHash, error) {
	if len(indexes) == 0 {
		return nil, nil
	}
	f := inRealm(r)
	marks := make([]string, len(indexes))
	for i, n := range indexes {
		marks[i] = f.arg(n)
	}
	f.and("idx IN (" + strings.Join(marks, ", ") + ")")
	found, err := many(ctx, t, scanHash, f.query("idx, hash", "audit_hash", ""), f.args...)
	if err != nil {
		return nil, err
	}
	at := make(map[int64]gov.AuditHash, len(found))
	for _, h := range found {
		at[h.Index] = h
	}
	list := make([]gov.AuditHash, len(indexes))
	for i, n := range indexes {
		h, ok := at[n]
		if !ok {
			return nil, gov.Errorf(gov.NotFound, "error.not_found")
		}
		list[i] = h
	}
	return list, nil
}

const auditOrder = " ORDER BY at DESC, seq DESC"

func auditFilter(r gov.Realm, q gov.AuditQuery) *filter {
	f := inRealm(r)
	equal(f, "account", q.Account)
	equal(f, "action", q.Action)
	equal(f, "noun", q.Noun)
	if !q.From.IsZero() {
		f.and("at >= " + f.arg(q.From))
	}
	if !q.Until.IsZero() {
		f.and("at < " + f.arg(q.Until))
	}
	return f
}

func (t *tx) FindAudit(ctx context.Context, r gov.Realm, q gov.AuditQuery) ([]gov.AuditLine, string, error) {
	f := auditFilter(r, q)
	if q.Page.After != "" {
		keys, err := keysOf(q.Page.After, 2)
		if err != nil {
			return nil, "", err
		}
		seq, err := strconv.ParseInt(keys[1], 10, 64)
		if err != nil {
			return nil, "", gov.Errorf(gov.Invalid, "error.bad_cursor").Because(err)
		}
		f.and("(at, seq) < (" + f.arg(keys[0]) + ", " + f.arg(seq) + ")")
	}
	n := pageSize(q.Page.Limit)
	list, err := many(ctx, t, scanAudit, f.query(auditColumns, "audit_line", auditOrder)+f.limit(n+1), f.args...)
	if err != nil {
		return nil, "", err
	}
	list, next := cut(list, n, func(a gov.AuditLine) []string { return []string{instant(a.At), strconv.FormatInt(a.Seq, 10)} })
	return list, next, nil
}
