// Package audit makes the audit log something that others can check: a Merkle log with signed heads and proofs.
//
// The model. Each realm has one log. Its records are the audit lines in their canonical bytes (gov.AuditLine.Canonical), its tree is the
// one of RFC 6962, computed by golang.org/x/mod/sumdb/tlog. The root of the tree over the first n lines stands for every one of
// them: no line can be changed, removed, moved or added without another root. A Head is a size with its root and a time, signed with
// the Ed25519 key of the data folder; whoever keeps one outside can later ask whether the log still begins with those lines. A Proof
// shows that one line stands in the log of a head, without the other lines.
//
// Verify computes everything from the lines, compares it with the hashes in the store, and then with the heads that were kept. Only the
// heads hold against somebody who may write into the database: he can compute new hashes, but not the root that is kept elsewhere.
package audit
