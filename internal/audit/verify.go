package audit

import (
	"context"
	"math"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"haicap/internal/gov"
)

// A Fault is what is wrong with a log.
type Fault string

// The faults. Their sentences are in the catalogue as "audit.fault.NAME", with Bad as the argument.
const (
	Whole    Fault = ""
	Changed  Fault = "changed"  // line Bad is not the one whose hash is kept
	Missing  Fault = "missing"  // line Bad is not there, though later ones or its hashes are
	Tree     Fault = "tree"     // the hashes over the lines up to Bad were changed
	NoHashes Fault = "hashless" // line Bad has no hashes: it was added by another way than the program's
	Replaced Fault = "replaced" // lines and hashes fit each other, but not the head that was kept: a line from Bad on is another
	Cut      Fault = "cut"      // the head that was kept is of more lines than there are
)

// A Report is what a verification found.
type Report struct {
	Head  Head  // of all lines, as computed; where a fault was found, of those before it
	Bad   int64 // the first line that is wrong
	Fault Fault
	Kept  *Head // the kept head that the log does not fit
	Heads int   // kept heads that it fits
}

// batch is how many lines are read at once.
const batch = 2000

// Verify computes the log anew from its lines, compares it with the hashes in the store and with the heads that were kept, and names
// the first line that is wrong.
func Verify(ctx context.Context, tx gov.Audits, r gov.Realm, kept []Head) (Report, error) {
	kept = slices.Clone(kept)
	slices.SortFunc(kept, func(a, b Head) int { return int(a.Size - b.Size) })
	v := verifier{ctx: ctx, tx: tx, realm: r, kept: kept, tops: map[int64]tlog.Hash{}}
	if err := v.heads(); err != nil {
		return Report{}, err
	}
	for v.report.Fault == Whole {
		after := v.size
		if after == 0 {
			after = math.MinInt64 // a line 0 would be seen by no list that begins after 0
		}
		lines, err := tx.AuditLines(ctx, r, after, batch)
		if err != nil {
			return Report{}, err
		}
		if err := v.take(lines); err != nil {
			return Report{}, err
		}
		if len(lines) == 0 {
			break
		}
	}
	root, err := v.root()
	v.report.Head = Head{Realm: r, Size: v.size, Root: root}
	return v.report, err
}

// A verifier has gone through the first size lines. Of their hashes it keeps only the tops of the full subtrees: one for each bit of
// size, so that a log of any length is checked in a few kilobytes.
type verifier struct {
	ctx    context.Context
	tx     gov.Audits
	realm  gov.Realm
	kept   []Head // not met yet, by size
	size   int64
	fitted int64 // size of the last kept head that fitted
	tops   map[int64]tlog.Hash
	report Report
}

func (v *verifier) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, n := range indexes {
		list[i] = v.tops[n]
	}
	return list, nil
}

func (v *verifier) root() (tlog.Hash, error) { return tlog.TreeHash(v.size, v) }

func (v *verifier) found(f Fault, line int64) {
	if v.report.Fault == Whole {
		v.report.Fault, v.report.Bad = f, line
	}
}

// take goes through the next lines; none means that the last one was before.
func (v *verifier) take(lines []gov.AuditLine) error {
	from := tlog.StoredHashIndex(0, v.size)
	tree, err := v.tx.AuditTree(v.ctx, v.realm, from, 2*batch+64)
	if err != nil {
		return err
	}
	for _, l := range lines {
		n, err := v.line(l, from, tree)
		if err != nil || v.report.Fault != Whole {
			return err
		}
		from, tree = from+int64(n), tree[n:]
	}
	if len(lines) > 0 {
		return nil
	}
	switch {
	case len(tree) > 0:
		v.found(Missing, v.size+1)
	case len(v.kept) > 0:
		v.found(Cut, v.size+1)
		v.report.Kept = &v.kept[0]
	}
	return nil
}

// line checks one line against the hashes that are kept from index from on, and says how many belong to it.
func (v *verifier) line(l gov.AuditLine, from int64, tree []gov.AuditHash) (int, error) {
	next := v.size + 1
	switch {
	case l.Seq < next:
		v.found(NoHashes, l.Seq)
		return 0, nil
	case l.Seq > next:
		v.found(Missing, next)
		return 0, nil
	}
	hashes, err := tlog.StoredHashes(v.size, l.Canonical(), v)
	if err != nil {
		return 0, err
	}
	for i, want := range hashes {
		switch {
		case i >= len(tree) || tree[i].Index != from+int64(i):
			v.found(NoHashes, next)
		case tree[i].Hash == want:
			continue
		case i == 0:
			v.found(Changed, next)
		default:
			v.found(Tree, next)
		}
		return 0, nil
	}
	for level := range len(hashes) - 1 { // these subtrees became one
		delete(v.tops, tlog.StoredHashIndex(level, v.size>>level-1))
	}
	v.tops[from+int64(len(hashes)-1)] = hashes[len(hashes)-1]
	v.size = next
	return len(hashes), v.heads()
}

// heads compares the kept heads of this size.
func (v *verifier) heads() error {
	for len(v.kept) > 0 && v.kept[0].Size == v.size && v.report.Fault == Whole {
		root, err := v.root()
		if err != nil {
			return err
		}
		if root != v.kept[0].Root {
			v.found(Replaced, v.fitted+1)
			v.report.Kept = &v.kept[0]
			return nil
		}
		v.report.Heads, v.fitted, v.kept = v.report.Heads+1, v.size, v.kept[1:]
	}
	return nil
}

// HeadOf is the head of the log by the hashes in the store, at the cost of a few of them; it verifies nothing.
func HeadOf(ctx context.Context, tx gov.Audits, r gov.Realm) (Head, error) {
	size, err := tx.AuditSize(ctx, r)
	if err != nil {
		return Head{}, err
	}
	root, err := tlog.TreeHash(size, stored(ctx, tx, r))
	return Head{Realm: r, Size: size, Root: root}, err
}

// Prove is the line with its number and the path from it to the root of the log as it is now. NotFound where there is no such line.
func Prove(ctx context.Context, tx gov.Audits, r gov.Realm, seq int64) (gov.AuditLine, tlog.RecordProof, Head, error) {
	h, err := HeadOf(ctx, tx, r)
	if err != nil {
		return gov.AuditLine{}, nil, h, err
	}
	if seq < 1 || seq > h.Size {
		return gov.AuditLine{}, nil, h, gov.Errorf(gov.NotFound, "error.audit_no_line", seq, h.Size)
	}
	lines, err := tx.AuditLines(ctx, r, seq-1, 1)
	if err != nil {
		return gov.AuditLine{}, nil, h, err
	}
	path, err := tlog.ProveRecord(h.Size, seq-1, stored(ctx, tx, r))
	if err != nil {
		return gov.AuditLine{}, nil, h, err
	}
	if err := tlog.CheckRecord(path, h.Size, h.Root, seq-1, tlog.RecordHash(lines[0].Canonical())); err != nil || lines[0].Seq != seq {
		return gov.AuditLine{}, nil, h, gov.Errorf(gov.Unavailable, "error.audit_spoilt").Because(err)
	}
	return lines[0], path, h, nil
}

// stored reads hashes from the store.
func stored(ctx context.Context, tx gov.Audits, r gov.Realm) tlog.HashReaderFunc {
	return func(indexes []int64) ([]tlog.Hash, error) {
		found, err := tx.AuditHashes(ctx, r, indexes)
		if gov.IsNotFound(err) {
			return nil, gov.Errorf(gov.Unavailable, "error.audit_spoilt").Because(err)
		}
		list := make([]tlog.Hash, len(found))
		for i, h := range found {
			list[i] = h.Hash
		}
		return list, err
	}
}
