package storetest

import (
	"time"

	"haicap/internal/gov"
)

// subject writes a person with sealed fields.
func (b *book) subject(k gov.SubjectKind) gov.DataSubject {
	id := b.id()
	s := gov.DataSubject{Realm: Realm, ID: id, Kind: k, Key: "key-" + string(id), Sealed: "sealed-" + string(id), Since: b.now}
	b.update(func(tx gov.Tx) error { return tx.PutDataSubject(ctx, s) })
	return s
}

func (b *book) request(person gov.ID, due gov.Day) gov.PersonalRequest {
	p := gov.PersonalRequest{Realm: Realm, ID: b.id(), Person: person, Kind: gov.RequestErase, Received: "2026-03-02", Due: due, Law: "Nghị định 356/2025/NĐ-CP",
		State: gov.RequestOpen, Sealed: "words", Recorded: b.stamp()}
	b.update(func(tx gov.Tx) error { return tx.CreatePersonalRequest(ctx, p) })
	return p
}

func requestID(p gov.PersonalRequest) gov.ID { return p.ID }

var personalCases = []testCase{
	{"a person is kept and changed", func(b *book) {
		s := b.subject(gov.SubjectAccount)
		s.Key, s.Sealed, s.Ended = "another key", "other fields", b.now.Add(time.Hour)
		b.update(func(tx gov.Tx) error { return tx.PutDataSubject(ctx, s) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.DataSubject(ctx, Realm, s.ID)
			same(b, "person", got, s)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.DataSubject(ctx, Realm+1, s.ID); return err })
	}},
	{"people are listed by kind and id", func(b *book) {
		one, _, three := b.subject(gov.SubjectAccount), b.subject(gov.SubjectContact), b.subject(gov.SubjectAccount)
		b.view(func(tx gov.Tx) error {
			list, err := tx.DataSubjects(ctx, Realm, gov.SubjectAccount)
			same(b, "people", list, []gov.DataSubject{one, three})
			return err
		})
	}},
	{"an erased person leaves an id and an instant", func(b *book) {
		s, other := b.subject(gov.SubjectContact), b.subject(gov.SubjectContact)
		p := b.request(s.ID, "2026-03-04")
		kept := b.request(other.ID, "2026-03-05")
		at := b.now.Add(time.Hour)
		for range 2 { // twice is once
			b.update(func(tx gov.Tx) error { return tx.EraseDataSubject(ctx, Realm, s.ID, at) })
			at = at.Add(time.Minute)
		}
		want := gov.DataSubject{Realm: Realm, ID: s.ID, Kind: s.Kind, Since: s.Since, Erased: at.Add(-2 * time.Minute)}
		b.view(func(tx gov.Tx) error {
			got, err := tx.DataSubject(ctx, Realm, s.ID)
			same(b, "person", got, want)
			return err
		})
		b.view(func(tx gov.Tx) error {
			list, err := tx.ErasedSubjects(ctx, Realm)
			same(b, "erased", list, []gov.DataSubject{want})
			return err
		})
		b.view(func(tx gov.Tx) error {
			list, err := tx.PersonalRequests(ctx, Realm, gov.PersonalRequestQuery{})
			p.Sealed = ""
			same(b, "requests", list, []gov.PersonalRequest{kept, p})
			return err
		})
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.PutDataSubject(ctx, s) })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.EraseDataSubject(ctx, Realm, "none", at) })
	}},
	{"requests come with the earliest due day first", func(b *book) {
		s, other := b.subject(gov.SubjectAccount), b.subject(gov.SubjectAccount)
		late, early, foreign := b.request(s.ID, "2026-03-09"), b.request(s.ID, "2026-03-04"), b.request(other.ID, "2026-03-05")
		b.view(func(tx gov.Tx) error {
			list, err := tx.PersonalRequests(ctx, Realm, gov.PersonalRequestQuery{State: gov.RequestOpen})
			sameIDs(b, "open", list, requestID, early.ID, foreign.ID, late.ID)
			return err
		})
		b.view(func(tx gov.Tx) error {
			list, err := tx.PersonalRequests(ctx, Realm, gov.PersonalRequestQuery{Person: s.ID, Limit: 1})
			sameIDs(b, "of one", list, requestID, late.ID)
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreatePersonalRequest(ctx, gov.PersonalRequest{Realm: Realm, ID: b.id(), Person: "none", State: gov.RequestOpen})
		})
	}},
	{"a request is settled once", func(b *book) {
		p := b.request(b.subject(gov.SubjectAccount).ID, "2026-03-04")
		p.State, p.Ground, p.Settled = gov.RequestRefused, "kept_by_law", b.stamp()
		b.update(func(tx gov.Tx) error { return tx.SettlePersonalRequest(ctx, p) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.PersonalRequest(ctx, Realm, p.ID)
			same(b, "request", got, p)
			return err
		})
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.SettlePersonalRequest(ctx, p) })
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.SettlePersonalRequest(ctx, gov.PersonalRequest{Realm: Realm, ID: "none"})
		})
	}},
}
