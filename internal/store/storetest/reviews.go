package storetest

import (
	"sync"

	"haicap/internal/gov"
	"haicap/internal/text"
)

func (b *book) review(document gov.ID) (gov.Review, []gov.Draft) {
	of := 14.0
	v := gov.Review{Realm: Realm, ID: b.id(), Document: document, State: gov.ReviewOpen, Started: b.stamp(), Version: 1,
		Reading: gov.Reading{Schema: gov.ReadingSchema, Source: gov.ReadingSource{Name: "a.txt", SHA256: "00", Bytes: 9},
			Document: gov.ReadingHead{Kind: gov.KindReport, Title: "Báo cáo", Date: "2025-12-24"},
			People:   []gov.Person{{Name: "A", Title: "Bí thư", Span: text.Span{0, 1}}}},
		Session: gov.Session{Realm: Realm, Kind: gov.KindWorkingSession, Title: "Làm việc", Day: "2025-12-24", Place: "Thanh Miếu",
			Programme: "Kinh tế", Units: []gov.UnitKey{b.unit, {Code: "25"}}, Offices: []string{"Chủ tịch"}}}
	drafts := []gov.Draft{
		{Realm: Realm, Review: v.ID, ID: b.id(), Seq: 2, Kind: gov.DraftDirective, State: gov.DraftPending, Task: true, Version: 1,
			Item: &gov.ItemDraft{Text: "Giao Sở Xây dựng …", Span: text.Span{7, 30}, Assignees: []string{"Sở Xây dựng"}, Due: "trong quý I",
				Strength: gov.Assigned, Sentence: text.Span{0, 40}}},
		{Realm: Realm, Review: v.ID, ID: b.id(), Seq: 1, Kind: gov.DraftFigure, State: gov.DraftPending, Version: 1,
			Figure: &gov.FigureDraft{Text: "12/14 chỉ tiêu", Span: text.Span{1, 9}, Value: 12, Of: &of, Measure: "chỉ tiêu", Kind: gov.Result}},
	}
	b.update(func(tx gov.Tx) error { return tx.CreateReview(ctx, v, drafts) })
	return v, []gov.Draft{drafts[1], drafts[0]}
}

var reviewCases = []testCase{
	{"kept with its drafts, by seq", func(b *book) {
		v, drafts := b.review(b.document().ID)
		b.view(func(tx gov.Tx) error {
			got, err := tx.Review(ctx, Realm, v.ID)
			if err != nil {
				return err
			}
			same(b, "review", got, v)
			list, err := tx.Drafts(ctx, Realm, v.ID)
			if err != nil {
				return err
			}
			same(b, "drafts", list, drafts)
			one, err := tx.Draft(ctx, Realm, v.ID, drafts[1].ID)
			same(b, "draft", one, drafts[1])
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Review(ctx, Realm, "none"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Draft(ctx, Realm, v.ID, "none"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Draft(ctx, Realm, "none", drafts[0].ID); return err })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateReview(ctx, v, nil) })
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreateReview(ctx, gov.Review{Realm: Realm, ID: b.id(), Document: "none"}, nil)
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.CreateDraft(ctx, gov.Draft{Realm: Realm, Review: "none", ID: b.id(), Item: &gov.ItemDraft{}})
		})
	}},
	{"a draft has exactly one body", func(b *book) {
		v, _ := b.review(b.document().ID)
		err := b.store.Update(ctx, func(tx gov.Tx) error {
			return tx.CreateDraft(ctx, gov.Draft{Realm: Realm, Review: v.ID, ID: b.id()})
		})
		if err == nil {
			b.Error("a draft without a body was kept")
		}
	}},
	{"changed by version", func(b *book) {
		v, _ := b.review(b.document().ID)
		read := v.Reading
		v.State, v.SessionID, v.Join, v.Confirmed = gov.ReviewConfirmed, b.id(), b.id(), b.stamp()
		v.Session.Title, v.Session.Units = "Làm việc tại Thanh Miếu", nil
		v.Reading = gov.Reading{}
		b.update(func(tx gov.Tx) error { return tx.UpdateReview(ctx, v) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.UpdateReview(ctx, v) })
		v.Version, v.Reading = 2, read // the reading stays as the reader made it
		b.view(func(tx gov.Tx) error {
			got, err := tx.Review(ctx, Realm, v.ID)
			same(b, "review", got, v)
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UpdateReview(ctx, gov.Review{Realm: Realm, ID: "none"}) })
	}},
	{"drafts changed by version", func(b *book) {
		v, drafts := b.review(b.document().ID)
		d := drafts[0]
		d.State, d.Settled, d.Match, d.ByHand, d.Seq = gov.DraftEdited, b.stamp(), b.id(), true, 9
		d.Figure.Of, d.Figure.Value = nil, 0.27
		b.update(func(tx gov.Tx) error { return tx.UpdateDraft(ctx, d) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.UpdateDraft(ctx, d) })
		d.Version = 2
		b.view(func(tx gov.Tx) error {
			got, err := tx.Draft(ctx, Realm, v.ID, d.ID)
			same(b, "draft", got, d)
			return err
		})
		d.ID = "none"
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UpdateDraft(ctx, d) })
	}},
	{"of two that changed the same version one is told", func(b *book) {
		v, _ := b.review(b.document().ID)
		var wg sync.WaitGroup
		codes := make([]gov.Code, 2)
		for i := range codes {
			wg.Go(func() {
				codes[i] = gov.CodeOf(b.store.Update(ctx, func(tx gov.Tx) error { return tx.UpdateReview(ctx, v) }))
			})
		}
		wg.Wait()
		if codes[0] == codes[1] || codes[0]+codes[1] != gov.Conflict {
			b.Errorf("codes %q; want one conflict", codes)
		}
	}},
	{"listed by document and by holder", func(b *book) {
		one, two := b.document(), b.document()
		first, _ := b.review(one.ID)
		second, _ := b.review(one.ID)
		third, _ := b.review(two.ID)
		id := func(v gov.Review) gov.ID { return v.ID }
		b.view(func(tx gov.Tx) error {
			list, err := tx.ReviewsOf(ctx, Realm, one.ID)
			sameIDs(b, "of the document, newest first", list, id, second.ID, first.ID)
			return err
		})
		first.State = gov.ReviewConfirmed
		b.update(func(tx gov.Tx) error { return tx.UpdateReview(ctx, first) })
		b.view(func(tx gov.Tx) error {
			list, err := tx.OpenReviews(ctx, Realm, b.agency, 9)
			if err != nil {
				return err
			}
			sameIDs(b, "open, oldest first", list, id, second.ID, third.ID)
			if list, err = tx.OpenReviews(ctx, Realm, b.agency, 1); err != nil {
				return err
			}
			sameIDs(b, "the oldest", list, id, second.ID)
			list, err = tx.OpenReviews(ctx, Realm, b.id(), 9)
			sameIDs(b, "another holder's", list, id)
			return err
		})
	}},
}
