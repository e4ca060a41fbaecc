package store

import (
	"context"
	"time"

	"haicap/internal/gov"
)

// BareInserts writes figures row by row with one prepared INSERT and nothing else, takes them back, and says how long the engine needed for the
// rows alone: what an import is held against.
func (s *Store) BareInserts(ctx context.Context, next func() (gov.Figure, bool, error)) (time.Duration, error) {
	begun, err := s.write.BeginTx(ctx, &s.d.update)
	if err != nil {
		return 0, s.d.translate(err)
	}
	defer func() { _ = begun.Rollback() }()
	st, err := begun.PrepareContext(ctx, s.d.insertMany("figure", figureColumns, 1, nil))
	if err != nil {
		return 0, s.d.translate(err)
	}
	defer func() { _ = st.Close() }()
	var took time.Duration
	for {
		f, more, err := next()
		if err != nil || !more {
			return took, err
		}
		args, err := plain(addFigure(nil, &f))
		if err != nil {
			return took, err
		}
		began := time.Now()
		if _, err := st.ExecContext(ctx, args...); err != nil {
			return took, s.d.translate(err)
		}
		took += time.Since(began)
	}
}
