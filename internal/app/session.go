package app

import (
	"context"
	"errors"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Sessions lists the realm's sessions, newest first; unit narrows to one unit code.
func (a *App) Sessions(ctx context.Context, p access.Principal, unit string, pg gov.Page) (SessionsView, error) {
	var v SessionsView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			list, next, err := tx.Sessions(ctx, gov.Realm(p.Realm), unit, pg)
			v = SessionsView{Lines: a.builder(ctx, tx, p, units).sessionLines(list), Next: next}
			return err
		})
	})
	return v, err
}

// Session gives a session with all that came of it.
func (a *App) Session(ctx context.Context, p access.Principal, id gov.ID) (SessionView, error) {
	var v SessionView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			s, err := b.session(id)
			if err != nil {
				return err
			}
			v = SessionView{Session: s, Units: b.unitRefs(s.Units), Matters: map[gov.MatterKind][]MatterLine{}}
			docs, err1 := tx.DocumentsOf(ctx, b.realm, id)
			figures, err2 := tx.Figures(ctx, b.realm, gov.FigureQuery{Session: id})
			targets, err3 := tx.Targets(ctx, b.realm, gov.FigureQuery{Session: id})
			matters, err4 := everyMatter(ctx, tx, b.realm, gov.MatterQuery{Session: id, Top: true})
			if err := errors.Join(err1, err2, err3, err4); err != nil {
				return err
			}
			for _, d := range docs {
				if doc, err := heldDocument(ctx, tx, p, d); err == nil && b.mayRead {
					v.Documents = append(v.Documents, doc)
				} else if err != nil && !gov.IsNotFound(err) {
					return err
				}
			}
			v.Figures, v.Targets = b.figures(figures), b.targets(targets)
			for _, m := range b.matters(matters) {
				v.Matters[m.Kind] = append(v.Matters[m.Kind], m)
			}
			return nil
		})
	})
	return v, err
}
