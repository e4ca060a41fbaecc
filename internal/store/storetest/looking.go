package storetest

import (
	"time"

	"haicap/internal/gov"
)

// lookingCases are about what people find matters by: files of steps, gathered matters, what happened since a day, saved views.
var lookingCases = []testCase{
	{"a file comes with the last step, twice is once", func(b *book) {
		m, o := b.matter(func(m *gov.Matter) {}), b.matter(func(m *gov.Matter) {})
		f := gov.MatterFile{Realm: Realm, Matter: m.ID, SHA256: "ab", Name: "báo cáo.docx", Format: "docx", Size: 12}
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.AddMatterFile(ctx, f) }) // no step yet
		e := gov.MatterEvent{Realm: Realm, Matter: m.ID, At: b.now, Action: gov.ActSubmit}
		b.update(func(tx gov.Tx) error { return tx.AddEvent(ctx, e) })
		for range 2 {
			b.update(func(tx gov.Tx) error { return tx.AddMatterFile(ctx, f) })
		}
		g := f
		g.SHA256, g.Name = "cd", "ảnh.jpg"
		b.update(func(tx gov.Tx) error {
			if err := tx.AddEvent(ctx, e); err != nil {
				return err
			}
			return tx.AddMatterFile(ctx, g)
		})
		f.Seq, g.Seq = 1, 2
		b.view(func(tx gov.Tx) error {
			got, err := tx.MatterFiles(ctx, Realm, m.ID)
			same(b, "files", got, []gov.MatterFile{f, g})
			if err != nil {
				return err
			}
			got, err = tx.MatterFiles(ctx, Realm, o.ID)
			same(b, "files of another", len(got), 0)
			return err
		})
	}},
	{"links of a kind, both ends within reach", func(b *book) {
		own, far := b.ward("07909"), b.ward("08848")
		links := []gov.Link{
			{Realm: Realm, From: own.matter.ID, To: far.matter.ID, Kind: gov.LinkSimilar},
			{Realm: Realm, From: far.matter.ID, To: own.matter.ID, Kind: gov.LinkApart},
			{Realm: Realm, From: own.matter.ID, To: far.matter.ID, Kind: gov.LinkAnswers},
		}
		b.update(func(tx gov.Tx) error {
			for _, l := range links {
				if err := tx.AddLink(ctx, l); err != nil {
					return err
				}
			}
			return nil
		})
		b.view(func(tx gov.Tx) error {
			got, err := tx.LinksOf(ctx, Realm, gov.LinkSimilar, gov.LinkRepeats)
			same(b, "gathered", got, links[:1])
			if err != nil {
				return err
			}
			got, err = tx.LinksOf(ctx, Realm)
			same(b, "all", len(got), 3)
			if err != nil {
				return err
			}
			got, err = tx.Within(gov.Reach{Units: []gov.UnitKey{own.unit}}).LinksOf(ctx, Realm)
			same(b, "within reach", len(got), 0)
			return err
		})
	}},
	{"what happened since", func(b *book) {
		own, far := b.ward("07909"), b.ward("08848")
		since := b.now.Add(time.Hour)
		at := func(m gov.Matter, minutes int) gov.MatterEvent {
			return gov.MatterEvent{Realm: Realm, Matter: m.ID, At: since.Add(time.Duration(minutes) * time.Minute), Action: gov.ActReport, From: gov.StateOpen, To: gov.StateOpen}
		}
		b.update(func(tx gov.Tx) error {
			for _, e := range []gov.MatterEvent{at(own.matter, -1), at(own.matter, 0), at(far.matter, 1)} {
				if err := tx.AddEvent(ctx, e); err != nil {
					return err
				}
			}
			return nil
		})
		kind := own.matter.Kind
		b.view(func(tx gov.Tx) error {
			got, err := tx.EventsSince(ctx, Realm, kind, since)
			sameIDs(b, "since", got, func(e gov.MatterEvent) gov.ID { return e.Matter }, own.matter.ID, far.matter.ID)
			if err != nil {
				return err
			}
			got, err = tx.Within(gov.Reach{Units: []gov.UnitKey{far.unit}}).EventsSince(ctx, Realm, kind, since)
			sameIDs(b, "within reach", got, func(e gov.MatterEvent) gov.ID { return e.Matter }, far.matter.ID)
			if err != nil {
				return err
			}
			got, err = tx.EventsSince(ctx, Realm, "no such kind", since)
			same(b, "of another kind", len(got), 0)
			return err
		})
	}},
	{"saved views, own and of agencies", func(b *book) {
		account, other, agency := b.id(), b.id(), b.id()
		v := gov.SavedView{Realm: Realm, ID: b.id(), Account: account, List: "/matters", Query: "when=overdue", Name: "Quá hạn", Made: gov.Stamp{By: account, At: b.now}}
		w := gov.SavedView{Realm: Realm, ID: b.id(), Account: other, Agency: agency, List: "/recommendations", Name: "Tất cả", Made: gov.Stamp{By: other, At: b.now}}
		b.update(func(tx gov.Tx) error {
			if err := tx.CreateSavedView(ctx, v); err != nil {
				return err
			}
			return tx.CreateSavedView(ctx, w)
		})
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateSavedView(ctx, v) })
		id := func(v gov.SavedView) gov.ID { return v.ID }
		b.view(func(tx gov.Tx) error {
			got, err := tx.SavedViews(ctx, Realm, account, []gov.ID{agency}, "")
			same(b, "own and the agency's", got, []gov.SavedView{v, w})
			if err != nil {
				return err
			}
			got, err = tx.SavedViews(ctx, Realm, account, nil, "")
			sameIDs(b, "own", got, id, v.ID)
			if err != nil {
				return err
			}
			got, err = tx.SavedViews(ctx, Realm, account, []gov.ID{agency}, "/recommendations")
			sameIDs(b, "of a list", got, id, w.ID)
			if err != nil {
				return err
			}
			one, err := tx.SavedView(ctx, Realm, w.ID)
			same(b, "one", one, w)
			return err
		})
		b.update(func(tx gov.Tx) error { return tx.DeleteSavedView(ctx, Realm, v.ID) })
		b.missing(func(tx gov.Tx) error { _, err := tx.SavedView(ctx, Realm, v.ID); return err })
	}},
}
