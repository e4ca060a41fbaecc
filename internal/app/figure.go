package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// FigureView is one figure or target with where it comes from; exactly one of Figure and Target is set.
type FigureView struct {
	Figure   *FigureLine
	Target   *TargetLine
	Session  *SessionLine
	AlsoSaid []SourceRef // further documents that say the same
}

// Figure gives one figure; a superseded one too.
func (a *App) Figure(ctx context.Context, p access.Principal, id gov.ID) (FigureView, error) {
	return a.claim(ctx, p, "figure", id, func(b *builder, v *FigureView) (gov.ID, error) {
		f, err := b.tx.Figure(b.ctx, b.realm, id)
		if err == nil {
			v.Figure = &b.figures([]gov.Figure{f})[0]
		}
		return f.Session, err
	})
}

// Target gives one target; a superseded one too.
func (a *App) Target(ctx context.Context, p access.Principal, id gov.ID) (FigureView, error) {
	return a.claim(ctx, p, "target", id, func(b *builder, v *FigureView) (gov.ID, error) {
		t, err := b.tx.Target(b.ctx, b.realm, id)
		if err == nil {
			v.Target = &b.targets([]gov.Target{t})[0]
		}
		return t.Session, err
	})
}

// claim fills in what figures and targets share; get gives the record and names its session.
func (a *App) claim(ctx context.Context, p access.Principal, noun string, id gov.ID, get func(b *builder, v *FigureView) (gov.ID, error)) (FigureView, error) {
	var v FigureView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			v = FigureView{}
			b := a.builder(ctx, tx, p, units)
			session, err := get(b, &v)
			if err != nil {
				return err
			}
			also, err := tx.AlsoSaid(ctx, b.realm, noun, id)
			if err != nil {
				return err
			}
			for _, s := range also {
				v.AlsoSaid = append(v.AlsoSaid, b.source(s.Source))
			}
			if session == "" {
				return nil
			}
			s, err := b.session(session)
			if err == nil {
				v.Session = &b.sessionLines([]gov.Session{s})[0]
			} else if gov.IsNotFound(err) { // beyond reach
				err = nil
			}
			return err
		})
	})
	return v, err
}
