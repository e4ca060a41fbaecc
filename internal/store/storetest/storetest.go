// Package storetest is the contract of gov.Store as tests. Every engine must pass it; a change to the store extends this suite and
// not one engine's test.
//
// Each case gets a store of its own, empty but for its tables. Times are fixed and ids count up, so that two runs do the same.
package storetest

import (
	"context"
	"reflect"
	"testing"
	"time"

	"haicap/internal/gov"
)

// Run runs the suite; open gives an empty, migrated store that is closed when its test ends.
func Run(t *testing.T, open func(t *testing.T) gov.Store) {
	for _, group := range []struct {
		name  string
		cases []testCase
	}{
		{"transactions", transactionCases},
		{"holdings", holdingCases},
		{"agencies", agencyCases},
		{"accounts", accountCases},
		{"logins", loginCases},
		{"personal", personalCases},
		{"documents", documentCases},
		{"reviews", reviewCases},
		{"sessions", sessionCases},
		{"figures", figureCases},
		{"cells", cellCases},
		{"reports", reportCases},
		{"entries", entryCases},
		{"targets", targetCases},
		{"matters", matterCases},
		{"matters at once", matterBatchCases},
		{"races", raceCases},
		{"plans", planCases},
		{"tallies", tallyCases},
		{"looking", lookingCases},
		{"asked", askedCases},
		{"search", searchCases},
		{"reach", reachCases},
		{"audit", auditCases},
		{"jobs", jobCases},
		{"letters", letterCases},
		{"reminders", reminderCases},
		{"owed", owedCases},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, c := range group.cases {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					c.run(newBook(t, open(t)))
				})
			}
		})
	}
}

type testCase struct {
	name string
	run  func(b *book)
}

// Realm is the realm of all records of the suite but those that show that realms are apart.
const Realm gov.Realm = 25

// A book is a store under test with a few records to hang others on.
type book struct {
	*testing.T
	store  gov.Store
	now    time.Time
	agency gov.ID
	unit   gov.UnitKey
}

func newBook(t *testing.T, s gov.Store) *book {
	b := &book{T: t, store: s, now: time.Date(2025, 12, 24, 1, 2, 3, 456789000, time.UTC), unit: gov.UnitKey{Code: "07909", From: "2025-07-01"}}
	a := gov.Agency{Realm: Realm, ID: b.id(), Name: "UBND phường Thanh Miếu", Unit: b.unit, Line: gov.LineGovernment, From: "2025-07-01"}
	b.agency = a.ID
	b.update(func(tx gov.Tx) error { return tx.CreateAgency(ctx, a) })
	return b
}

var ctx = context.Background()

// id makes the next id; later ids are greater.
func (b *book) id() gov.ID {
	b.now = b.now.Add(time.Second)
	return gov.NewID(b.now)
}

// stamp says that the next somebody did something now.
func (b *book) stamp() gov.Stamp { return gov.Stamp{By: b.id(), At: b.now} }

func (b *book) update(f func(tx gov.Tx) error) {
	b.Helper()
	if err := b.store.Update(ctx, f); err != nil {
		b.Fatalf("Update: %v", err)
	}
}

func (b *book) view(f func(tx gov.Tx) error) {
	b.Helper()
	if err := b.store.View(ctx, f); err != nil {
		b.Fatalf("View: %v", err)
	}
}

// refused checks that an update fails with the code.
func (b *book) refused(want gov.Code, f func(tx gov.Tx) error) {
	b.Helper()
	if err := b.store.Update(ctx, f); gov.CodeOf(err) != want {
		b.Errorf("Update: %v; want the code %q", err, want)
	}
}

// missing checks that a read within a view is NotFound.
func (b *book) missing(f func(tx gov.Tx) error) {
	b.Helper()
	if err := b.store.View(ctx, f); !gov.IsNotFound(err) {
		b.Errorf("View: %v; want the code not_found", err)
	}
}

// same compares records field by field.
func same[T any](b *book, what string, got, want T) {
	b.Helper()
	if !reflect.DeepEqual(got, want) {
		b.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// sameIDs compares the order of a list.
func sameIDs[T any](b *book, what string, list []T, id func(T) gov.ID, want ...gov.ID) {
	b.Helper()
	got := make([]gov.ID, 0, len(list))
	for _, v := range list {
		got = append(got, id(v))
	}
	if want == nil {
		want = []gov.ID{}
	}
	same(b, what, got, want)
}

// document files a document of the book's agency.
func (b *book) document() gov.Document {
	id := b.id()
	d := gov.Document{Realm: Realm, ID: id, Holder: b.agency, Blob: "blob-" + string(id), Text: "text-" + string(id), Size: 5000000000,
		TextSize: 12, Format: "txt", FileName: "Thông báo số 15.txt", Title: "Kết luận buổi làm việc tại phường Thanh Miếu",
		Kind: gov.KindConclusionNotice, Date: "2025-12-24", Published: "2025-12-25", Number: "15-TB/TU", Issuer: "Tỉnh ủy Phú Thọ",
		Source: "https://example.vn/tin?id=1&x='", FiledAt: b.now, FiledBy: b.id()}
	b.update(func(tx gov.Tx) error { return tx.CreateDocument(ctx, d) })
	return d
}

// session writes a session of the units on the day.
func (b *book) session(day gov.Day, units ...gov.UnitKey) gov.Session {
	s := gov.Session{Realm: Realm, ID: b.id(), Kind: gov.KindWorkingSession, Title: "Làm việc tại phường", Day: day, Place: "Hội trường",
		Programme: "Tình hình kinh tế, xã hội", Units: units, Offices: []string{"Bí thư Tỉnh ủy", "Chủ tịch UBND phường"}, Created: b.stamp()}
	b.update(func(tx gov.Tx) error { return tx.CreateSession(ctx, s) })
	return s
}
