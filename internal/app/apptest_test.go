package app_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/blob"
	"haicap/internal/dictionary"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
)

// units is the embedded register, loaded once for all tests.
var units = sync.OnceValues(func() (gov.Units, error) { return register.Load() })

// A house is an office with its own temporary folder: Phú Thọ's, with an analyst who may file, review and confirm.
type house struct {
	*app.App
	ctx     context.Context
	store   gov.Store
	blobs   string
	holding gov.Holding
	analyst access.Principal
	admin   access.Principal
}

// begin makes a house for the province.
func begin(t testing.TB, province string) house {
	t.Helper()
	ctx := context.Background()
	dir := t.TempDir()
	st, err := store.OpenSQLite(ctx, filepath.Join(dir, "haicap.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	if err := st.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)
	h := house{ctx: ctx, store: st, blobs: filepath.Join(dir, "blobs")}
	h.App = app.New(app.Config{Store: st, Blobs: blobs, Units: units, Dictionary: dictionary.In(dir), Now: func() time.Time {
		now = now.Add(time.Second)
		return now
	}})
	if h.holding, _, err = h.Init(ctx, app.InitInput{Unit: province}); err != nil {
		t.Fatal(err)
	}
	h.admin = access.Principal{Realm: int64(h.holding.Realm), Account: "admin", Agency: string(h.holding.Agency), Grants: []access.Grant{{Role: access.Admin, All: true}},
		Proved: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}
	h.analyst = h.account(t, "tonghop", access.Analyst)
	return h
}

// of is the principal as if he worked for another agency of the realm.
func of(p access.Principal, agency gov.ID) access.Principal {
	p.Agency = string(agency)
	p.Grants = slices.Clone(p.Grants)
	for i := range p.Grants {
		p.Grants[i].Agency = p.Agency
	}
	return p
}

// account makes an account and logs it in.
func (h house) account(t testing.TB, login string, role access.Role) access.Principal {
	t.Helper()
	return h.accountOf(t, login, role, "")
}

// accountOf is account for somebody who works for a unit.
func (h house) accountOf(t testing.TB, login string, role access.Role, unit string) access.Principal {
	t.Helper()
	password, err := h.CreateAccount(h.ctx, h.admin, app.AccountInput{Login: login, Name: login, Role: string(role), Unit: unit})
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := h.Login(h.ctx, login, password)
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Authenticate(h.ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// file files a text as a document.
func (h house) file(t testing.TB, name, text string) (gov.Document, gov.ID) {
	t.Helper()
	d, review, err := h.FileDocument(h.ctx, h.analyst, app.FileInput{Name: name, Data: []byte(text)})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d, review
}

// acceptAll accepts every pending draft of a review.
func (h house) acceptAll(t *testing.T, review gov.ID) app.ReviewView {
	t.Helper()
	v, err := h.Review(h.ctx, h.analyst, review)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Cards {
		if !c.Decided() {
			if err := h.SettleDraft(h.ctx, h.analyst, review, c.ID, gov.DraftAccepted, c.Version); err != nil {
				t.Fatal(err)
			}
		}
	}
	if v, err = h.Review(h.ctx, h.analyst, review); err != nil {
		t.Fatal(err)
	}
	return v
}

// confirm accepts everything and writes it into the books.
func (h house) confirm(t *testing.T, review gov.ID) gov.ID {
	t.Helper()
	v := h.acceptAll(t, review)
	session, err := h.Confirm(h.ctx, h.analyst, review, v.Review.Version)
	if err != nil {
		t.Fatalf("confirm %s: %v", v.Document.Title, err)
	}
	return session
}

// filesIn counts the files below a folder.
func filesIn(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
