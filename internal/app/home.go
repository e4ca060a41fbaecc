package app

import (
	"context"
	"errors"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Home gives the page "Hôm nay". An account without business rights sees an empty one.
func (a *App) Home(ctx context.Context, p access.Principal) (HomeView, error) {
	v := HomeView{Today: a.Today()}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.LoggedIn, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			v = HomeView{Today: b.today, Counts: map[gov.MatterKind]int{}}
			list, err := tx.Holdings(ctx)
			if err != nil {
				return err
			}
			for _, h := range list {
				if h.Realm == b.realm {
					v.Unit = b.unit(h.Unit, h.Unit.Code)
				}
			}
			var err1, err2 error
			if p.May(access.DocumentsRead) {
				err1 = b.openReviews(&v)
			}
			if p.May(access.BooksRead) {
				err2 = b.owed(&v)
				var err error
				v.Work, err = b.work(p, FirstLines)
				err2 = errors.Join(err2, err)
			}
			return errors.Join(err1, err2)
		})
	})
	return v, err
}

func (b *builder) openReviews(v *HomeView) error {
	reviews, err := b.tx.OpenReviews(b.ctx, b.realm, "", 20)
	if err != nil {
		return err
	}
	for _, rv := range reviews {
		d, err := b.tx.Document(b.ctx, b.realm, rv.Document)
		if err != nil {
			return err
		}
		line, err := reviewLine(b.ctx, b.tx, d, rv)
		if err != nil {
			return err
		}
		v.Reviews = append(v.Reviews, line)
	}
	docs, _, err := b.tx.Documents(b.ctx, b.realm, "", gov.Page{Limit: 100})
	v.Documents = len(docs)
	return err
}

func (b *builder) owed(v *HomeView) error {
	tasks, _, err1 := b.tx.Matters(b.ctx, b.realm, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, Stand: gov.StandOwed, Top: true, ByDue: true, Page: gov.Page{Limit: 10}})
	sessions, _, err2 := b.tx.Sessions(b.ctx, b.realm, "", gov.Page{Limit: 6})
	v.Tasks, v.Sessions = b.matters(tasks), b.sessionLines(sessions)
	errs := []error{err1, err2}
	for _, k := range []gov.MatterKind{gov.Recommendation, gov.Task} {
		n, err := b.tx.CountMatters(b.ctx, b.realm, gov.MatterQuery{Kinds: []gov.MatterKind{k}, Stand: gov.StandOwed, Top: true})
		v.Counts[k] = n
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
