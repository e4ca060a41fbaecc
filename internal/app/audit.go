package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"haicap/internal/access"
	"haicap/internal/audit"
	"haicap/internal/gov"
)

// lookAgain is how long opening the same thing again counts as the same look. A review is one page that is shown anew after each of
// a hundred decisions; a hundred lines would bury the one that says something.
const lookAgain = 15 * time.Minute

// look writes down that somebody opens protected data, before he gets them: where the line cannot be written, they are not shown.
// Whoever opens the same thing again within lookAgain leaves no second line. The line says in whose place it was opened.
func (a *App) look(ctx context.Context, p access.Principal, perm access.Permission, done act) error {
	s := a.stamp(p)
	key := lookKey{gov.Realm(p.Realm), s.By, done}
	if a.looks.recent(key, s.At) {
		return nil
	}
	err := a.store.Update(ctx, func(tx gov.Tx) error { return a.auditBy(ctx, tx, p, perm, s, done) })
	if err == nil {
		a.looks.note(key, s.At)
	}
	return err
}

type lookKey struct {
	realm gov.Realm
	by    gov.ID
	what  act
}

// looks remembers who opened what within lookAgain.
type looks struct {
	mu sync.Mutex
	at map[lookKey]time.Time
}

// maxLooks bounds what is remembered; forgetting costs a line more, never one less.
const maxLooks = 20000

func (l *looks) recent(k lookKey, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ok := l.at[k]
	return ok && now.Sub(at) < lookAgain
}

func (l *looks) note(k lookKey, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at == nil || len(l.at) >= maxLooks {
		l.at = map[lookKey]time.Time{}
	}
	l.at[k] = now
}

// An AuditCheck is what the last verification of a realm's log found.
type AuditCheck struct {
	At time.Time
	audit.Report
}

// checks remembers the last verification of each realm since the program started.
type checks struct {
	busy sync.Mutex // held while one runs
	last sync.Map   // gov.Realm → AuditCheck
}

// VerifyAudit computes the whole log of the principal's realm anew and compares it with the hashes in the store and with heads that
// were kept elsewhere. Only one verification runs at a time; a second one is a Conflict.
func (a *App) VerifyAudit(ctx context.Context, p access.Principal, kept []audit.Head) (audit.Report, error) {
	if err := permit(p, access.AuditRead); err != nil {
		return audit.Report{}, err
	}
	if !a.checks.busy.TryLock() {
		return audit.Report{}, gov.Errorf(gov.Conflict, "error.audit_busy")
	}
	defer a.checks.busy.Unlock()
	r, at := gov.Realm(p.Realm), a.instant()
	for _, h := range kept {
		if h.Realm != r {
			return audit.Report{}, gov.Errorf(gov.Invalid, "error.audit_head_realm", int64(h.Realm), int64(r))
		}
	}
	var report audit.Report
	err := a.store.View(ctx, func(tx gov.Tx) (err error) {
		report, err = audit.Verify(ctx, tx, r, kept)
		return err
	})
	report.Head.At = at
	if err == nil {
		a.checks.last.Store(r, AuditCheck{at, report})
	}
	return report, err
}

// auditKey is the key that signs heads; Unavailable where there is none. Why stands in the log: the sentence may be shown to somebody
// who has no business with the files of the machine.
func (a *App) auditKey() (audit.Key, error) {
	if a.key == nil {
		return audit.Key{}, gov.Errorf(gov.Unavailable, "error.audit_unsigned")
	}
	k, err := a.key()
	if err != nil {
		return audit.Key{}, gov.Errorf(gov.Unavailable, "error.audit_unsigned").Because(err)
	}
	return k, nil
}

// AuditPublicKey is the key by which others check the heads of the principal's realm.
func (a *App) AuditPublicKey(p access.Principal) (string, error) {
	if err := permit(p, access.AuditRead); err != nil {
		return "", err
	}
	k, err := a.auditKey()
	if err != nil {
		return "", err
	}
	return k.Public(gov.Realm(p.Realm)), nil
}

// AuditHead is the signed head of the log as it is now, for somebody who keeps it elsewhere.
func (a *App) AuditHead(ctx context.Context, p access.Principal) (string, audit.Head, error) {
	var h audit.Head
	err := a.view(ctx, p, access.AuditRead, func(tx gov.Tx) (err error) {
		h, err = audit.HeadOf(ctx, tx, gov.Realm(p.Realm))
		return err
	})
	if err != nil {
		return "", h, err
	}
	signed, err := a.signHead(&h)
	return signed, h, err
}

func (a *App) signHead(h *audit.Head) (string, error) {
	k, err := a.auditKey()
	if err != nil {
		return "", err
	}
	h.At = a.instant()
	return audit.Sign(*h, k)
}

// AuditProof is the proof that a line stands in the log, with the signed head that it leads to.
func (a *App) AuditProof(ctx context.Context, p access.Principal, seq int64) (string, error) {
	var proof string
	err := a.view(ctx, p, access.AuditRead, func(tx gov.Tx) error {
		line, path, h, err := audit.Prove(ctx, tx, gov.Realm(p.Realm), seq)
		if err != nil {
			return err
		}
		signed, err := a.signHead(&h)
		proof = audit.FormatProof(line, path, signed)
		return err
	})
	return proof, err
}

// AuditLog lists audit lines, newest first, with the names of who did it and of what the reader of the page may open. login narrows
// to one account by its login name.
func (a *App) AuditLog(ctx context.Context, p access.Principal, q gov.AuditQuery, login string) (AuditView, error) {
	var v AuditView
	err := a.view(ctx, p, access.AuditRead, func(tx gov.Tx) error {
		r := gov.Realm(p.Realm)
		h, err := audit.HeadOf(ctx, tx, r)
		if err != nil {
			return err
		}
		v = AuditView{Size: h.Size, Root: h.Root.String()}
		if login != "" {
			acc, err := tx.AccountByLogin(ctx, loginName(login))
			if v.NoAccount = gov.IsNotFound(err) || err == nil && acc.Realm != r; v.NoAccount {
				return nil
			} else if err != nil {
				return err
			}
			q.Account = acc.ID
		}
		lines, next, err := tx.FindAudit(ctx, r, q)
		if err != nil {
			return err
		}
		v.Next = next
		n := namer{ctx: ctx, tx: tx, p: p, people: map[gov.ID]gov.Account{}, records: map[recordKey]AuditRecord{}}
		for _, l := range lines {
			acc, err1 := n.person(l.Account)
			record, err2 := n.record(recordKey{l.Noun, l.Record})
			absent, err3 := n.person(l.For)
			if err := errors.Join(err1, err2, err3); err != nil {
				return err
			}
			v.Lines = append(v.Lines, AuditEntry{AuditLine: l, Who: acc.Name, Login: acc.Login, ForWho: absent.Name, ForLogin: absent.Login, About: record})
		}
		return nil
	})
	if last, ok := a.checks.last.Load(gov.Realm(p.Realm)); ok && err == nil {
		check := last.(AuditCheck)
		v.Checked = &check
	}
	return v, err
}

// A namer finds the names for a page of audit lines, each once.
type namer struct {
	ctx     context.Context
	tx      gov.Tx
	p       access.Principal
	people  map[gov.ID]gov.Account
	records map[recordKey]AuditRecord
}

type recordKey struct {
	noun string
	id   gov.ID
}

// person is an account; one that is gone has no name.
func (n *namer) person(id gov.ID) (gov.Account, error) {
	if acc, ok := n.people[id]; ok || id == "" {
		return acc, nil
	}
	acc, err := n.tx.Account(n.ctx, gov.Realm(n.p.Realm), id)
	if gov.IsNotFound(err) {
		err = nil
	}
	acc.Name = shownName(n.p, acc)
	n.people[id] = acc
	return acc, err
}

// record says what the reader of the page may know of a record: what he may not open has no title.
func (n *namer) record(k recordKey) (AuditRecord, error) {
	if r, ok := n.records[k]; ok {
		return r, nil
	}
	r, err := n.lookUp(k)
	if gov.IsNotFound(err) {
		r, err = AuditRecord{}, nil
	}
	n.records[k] = r
	return r, err
}

func (n *namer) lookUp(k recordKey) (AuditRecord, error) {
	realm := gov.Realm(n.p.Realm)
	switch {
	case k.noun == "account", k.noun == "person":
		acc, err := n.person(k.id)
		return AuditRecord{Title: acc.Name}, err
	case k.noun == "document" && n.p.May(access.DocumentsRead):
		d, err := heldDocument(n.ctx, n.tx, n.p, k.id)
		return AuditRecord{Title: d.Title, Open: true}, err
	case k.noun == "review" && n.p.May(access.DocumentsRead):
		_, d, err := heldReview(n.ctx, n.tx, n.p, k.id)
		return AuditRecord{Title: d.Title, Open: true}, err
	case k.noun == "matter" && n.p.May(access.BooksRead):
		m, err := n.tx.Matter(n.ctx, realm, k.id)
		return AuditRecord{Title: m.Text, Open: true}, err
	}
	return AuditRecord{}, nil
}
