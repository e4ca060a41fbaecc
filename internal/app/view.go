package app

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// ViewLists are the lists whose address can be saved.
var ViewLists = []string{"/matters", "/matters/board", "/matters/months", "/recommendations"}

// PageKeys are what an address says of a page and not of the list: where it begins, what was done, in which language.
var PageKeys = []string{"after", "skip", "done", "lang"}

// maxViews is how many views one person may have.
const maxViews = 60

// agenciesOf are the agencies for which somebody reads the books.
func agenciesOf(p access.Principal) []gov.ID {
	var list []gov.ID
	for _, g := range p.With(access.BooksRead) {
		for _, agency := range append([]string{g.Agency}, g.Former...) {
			if id := gov.ID(agency); id != "" && !slices.Contains(list, id) {
				list = append(list, id)
			}
		}
	}
	return list
}

// SavedViews lists the views of a list that somebody saved for himself or that were saved for his agency.
func (a *App) SavedViews(ctx context.Context, p access.Principal, list string) (views []gov.SavedView, err error) {
	err = a.view(ctx, p, access.BooksRead, func(tx gov.Tx) (err error) {
		views, err = tx.SavedViews(ctx, gov.Realm(p.Realm), gov.ID(p.Account), agenciesOf(p), list)
		return err
	})
	return views, err
}

// SaveView keeps the address of a list under a name, for the person or also for everybody of his agency.
func (a *App) SaveView(ctx context.Context, p access.Principal, v gov.SavedView, forAgency bool) error {
	v.Name = strings.Join(strings.Fields(v.Name), " ")
	if v.Name == "" || utf8.RuneCountInString(v.Name) > gov.MaxViewName {
		return gov.Errorf(gov.Invalid, "error.view_name", gov.MaxViewName)
	}
	q, err := url.ParseQuery(v.Query)
	if err != nil || !slices.Contains(ViewLists, v.List) || len(v.Query) > 2000 {
		return gov.Errorf(gov.Invalid, "error.form_unreadable")
	}
	for _, k := range PageKeys {
		q.Del(k)
	}
	v.Query = q.Encode()
	return a.update(ctx, p, access.BooksRead, func(tx gov.Tx, s gov.Stamp) (act, error) {
		v.Realm, v.ID, v.Account, v.Made, v.Agency = gov.Realm(p.Realm), gov.NewID(s.At), s.By, s, ""
		if forAgency {
			v.Agency = gov.ID(p.Agency)
		}
		there, err := tx.SavedViews(ctx, v.Realm, v.Account, nil, "")
		if err != nil {
			return act{}, err
		}
		if len(there) >= maxViews {
			return act{}, gov.Errorf(gov.Conflict, "error.too_many_views", maxViews)
		}
		return act{"view.save", "", v.ID}, tx.CreateSavedView(ctx, v)
	})
}

// RemoveView removes a view that the person saved.
func (a *App) RemoveView(ctx context.Context, p access.Principal, id gov.ID) (gov.SavedView, error) {
	var v gov.SavedView
	err := a.update(ctx, p, access.BooksRead, func(tx gov.Tx, s gov.Stamp) (act, error) {
		var err error
		if v, err = tx.SavedView(ctx, gov.Realm(p.Realm), id); err != nil {
			return act{}, err
		}
		if v.Account != s.By {
			return act{}, gov.Errorf(gov.NotFound, "error.not_found")
		}
		return act{"view.remove", "", v.ID}, tx.DeleteSavedView(ctx, v.Realm, v.ID)
	})
	return v, err
}
