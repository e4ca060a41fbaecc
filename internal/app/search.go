package app

import (
	"context"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// searchLimit is how many records a search shows.
const searchLimit = 50

// Search finds units and records by words: with or without marks, former names too.
func (a *App) Search(ctx context.Context, p access.Principal, words string) (SearchView, error) {
	v := SearchView{Query: strings.TrimSpace(words)}
	if v.Query == "" {
		return v, permit(p, access.BooksRead)
	}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) (err error) {
			v.Units = units.Find(gov.UnitQuery{Name: v.Query, Limit: 10})
			q := gov.SearchQuery{Words: v.Query, Limit: searchLimit}
			if p.May(access.DocumentsRead) {
				q.Holder = gov.ID(p.Agency)
			}
			v.Hits, err = tx.Search(ctx, gov.Realm(p.Realm), q)
			return err
		})
	})
	return v, err
}
