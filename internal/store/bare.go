package store

import (
	"context"

	"haicap/internal/gov"
)

// bareRows is how many rows of BareInserts are put down before the engine gets them.
const bareRows = 1000

// BareInserts writes figures row by row with one prepared INSERT in one transaction and does nothing else: what an import is held against. What the
// engine does, the rows and the commit, is run by timed; that the rows are made is not.
func (s *Store) BareInserts(ctx context.Context, next func() (gov.Figure, bool), timed func(run func() error) error) error {
	begun, err := s.write.BeginTx(ctx, &s.d.update)
	if err != nil {
		return s.d.translate(err)
	}
	defer func() { _ = begun.Rollback() }()
	st, err := begun.PrepareContext(ctx, s.d.insertMany("figure", figureColumns, 1, nil))
	if err != nil {
		return s.d.translate(err)
	}
	defer func() { _ = st.Close() }()
	rows := make([][]any, 0, bareRows)
	for more := true; more; rows = rows[:0] {
		var f gov.Figure
		for f, more = next(); more; f, more = next() {
			args := addFigure(nil, &f)
			if err := plainly(args); err != nil {
				return err
			}
			if rows = append(rows, args); len(rows) == bareRows {
				break
			}
		}
		err := timed(func() error {
			for _, args := range rows {
				if _, err := st.ExecContext(ctx, args...); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return s.d.translate(err)
		}
	}
	return s.d.translate(timed(begun.Commit))
}
