package storetest

import "haicap/internal/gov"

var documentCases = []testCase{
	{"kept to the field", func(b *book) {
		d := b.document()
		b.view(func(tx gov.Tx) error {
			got, err := tx.Document(ctx, Realm, d.ID)
			same(b, "document", got, d)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Document(ctx, Realm, "none"); return err })
		b.missing(func(tx gov.Tx) error { _, err := tx.Document(ctx, Realm+1, d.ID); return err })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateDocument(ctx, d) })
	}},
	{"the same bytes are one document for each holder", func(b *book) {
		d := b.document()
		again := d
		again.ID = b.id()
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateDocument(ctx, again) })
		again.Holder = b.id()
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.CreateDocument(ctx, again) })
		b.update(func(tx gov.Tx) error {
			if err := tx.CreateAgency(ctx, gov.Agency{Realm: Realm, ID: again.Holder, Name: "Tỉnh ủy"}); err != nil {
				return err
			}
			return tx.CreateDocument(ctx, again)
		})
		b.view(func(tx gov.Tx) error {
			got, err := tx.DocumentByBlob(ctx, Realm, again.Holder, d.Blob)
			same(b, "document of the second holder", got.ID, again.ID)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.DocumentByBlob(ctx, Realm, b.agency, "none"); return err })
	}},
	{"its head can be changed, its bytes cannot", func(b *book) {
		d := b.document()
		d.Title, d.Kind, d.Date, d.Published, d.Number, d.Issuer, d.Source =
			"Thông báo", gov.KindPlan, "2026-01-01", "", "16-TB/TU", "UBND tỉnh", ""
		changed := d
		changed.Blob, changed.Size, changed.Format = "other", 1, "pdf"
		b.update(func(tx gov.Tx) error { return tx.UpdateDocument(ctx, changed) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Document(ctx, Realm, d.ID)
			same(b, "document", got, d)
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.UpdateDocument(ctx, gov.Document{Realm: Realm, ID: "none"}) })
	}},
	{"listed newest first, page by page", func(b *book) {
		var ids []gov.ID
		for range 5 {
			ids = append([]gov.ID{b.document().ID}, ids...)
		}
		pages(b, 2, ids, func(tx gov.Tx, p gov.Page) ([]gov.ID, string, error) {
			list, next, err := tx.Documents(ctx, Realm, b.agency, p)
			return idsOf(list, func(d gov.Document) gov.ID { return d.ID }), next, err
		})
		b.view(func(tx gov.Tx) error {
			list, next, err := tx.Documents(ctx, Realm, b.id(), gov.Page{Limit: 2})
			same(b, "another holder's documents", len(list), 0)
			same(b, "cursor", next, "")
			return err
		})
	}},
	{"a cursor that the store did not make is refused", func(b *book) {
		for _, cursor := range []string{"!", "bm9uZQ=", "YQpiCmM"} {
			for name, list := range map[string]func(gov.Tx) error{
				"documents": func(tx gov.Tx) error {
					_, _, err := tx.Documents(ctx, Realm, b.agency, gov.Page{After: cursor})
					return err
				},
				"sessions": func(tx gov.Tx) error {
					_, _, err := tx.Sessions(ctx, Realm, "", gov.Page{After: cursor})
					return err
				},
				"matters": func(tx gov.Tx) error {
					_, _, err := tx.Matters(ctx, Realm, gov.MatterQuery{Page: gov.Page{After: cursor}})
					return err
				},
			} {
				if err := b.store.View(ctx, list); gov.CodeOf(err) != gov.Invalid {
					b.Errorf("%s after %q: %v", name, cursor, err)
				}
			}
		}
	}},
}

func idsOf[T any](list []T, id func(T) gov.ID) []gov.ID {
	var ids []gov.ID
	for _, v := range list {
		ids = append(ids, id(v))
	}
	return ids
}

// pages reads a list to its end, limit rows at a time, and compares it with want.
func pages(b *book, limit int, want []gov.ID, list func(gov.Tx, gov.Page) ([]gov.ID, string, error)) {
	b.Helper()
	var got []gov.ID
	p := gov.Page{Limit: limit}
	for range len(want) + 1 {
		b.view(func(tx gov.Tx) error {
			ids, next, err := list(tx, p)
			if len(ids) > limit {
				b.Errorf("a page of %d rows, limit %d", len(ids), limit)
			}
			got, p.After = append(got, ids...), next
			return err
		})
		if p.After == "" {
			break
		}
	}
	same(b, "all pages", got, want)
	same(b, "cursor after the end", p.After, "")
}
