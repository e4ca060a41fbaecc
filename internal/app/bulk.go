package app

import (
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A BulkRow is a matter that was ticked in a list, as it was when it was seen.
type BulkRow struct {
	Matter  gov.ID
	Version int
}

// A BulkResult says what came of a row: nil where the step was taken.
type BulkResult struct {
	BulkRow
	Text string // of the matter; empty where it is beyond reach
	Err  error
}

// MaxBulk is how many rows go in one action.
const MaxBulk = 200

// BulkActions are the steps that can be taken with many matters at once.
var BulkActions = []gov.Action{gov.ActUrge, gov.ActExtend, gov.ActAttachDocument, gov.ActConfirm, gov.ActClassify}

// ActEach takes one step with each of several matters, each for itself: what is refused stays as it was and says why.
func (a *App) ActEach(ctx context.Context, p access.Principal, rows []BulkRow, in ActInput) ([]BulkResult, error) {
	if err := bulkAllowed(p, rows, in); err != nil {
		return nil, err
	}
	list := make([]BulkResult, len(rows))
	for i, row := range rows {
		in.Version = row.Version
		list[i] = BulkResult{BulkRow: row, Err: a.Act(ctx, p, row.Matter, in)}
		if c := gov.CodeOf(list[i].Err); c == gov.Internal || c == gov.Unavailable {
			return nil, list[i].Err
		}
	}
	return list, a.nameRows(ctx, p, list)
}

// ActAll takes one step with all of several matters in one transaction, or with none where one is refused: the results say which.
func (a *App) ActAll(ctx context.Context, p access.Principal, rows []BulkRow, in ActInput) ([]BulkResult, error) {
	if err := bulkAllowed(p, rows, in); err != nil {
		return nil, err
	}
	var list []BulkResult
	err := a.update(ctx, p, access.MattersReport, func(tx gov.Tx, s gov.Stamp) (act, error) {
		list = make([]BulkResult, len(rows))
		var last act
		var refused error
		for i, row := range rows {
			in := in
			in.Version = row.Version
			done, err := a.step(ctx, tx, p, row.Matter, in, s)
			list[i] = BulkResult{BulkRow: row, Err: err}
			switch c := gov.CodeOf(err); {
			case c == gov.Internal || c == gov.Unavailable:
				return act{}, err
			case err != nil:
				refused = err
				continue
			}
			if last.record != "" { // each matter has its line; update writes the last one
				if err := a.auditBy(ctx, tx, p, access.MattersReport, s, last); err != nil {
					return act{}, err
				}
			}
			last = done
		}
		return last, refused
	})
	if c := gov.CodeOf(err); err != nil && (len(list) == 0 || c == gov.Internal || c == gov.Unavailable) {
		return nil, err
	}
	if err != nil {
		for i := range list {
			if list[i].Err == nil {
				list[i].Err = gov.Errorf(gov.Conflict, "error.bulk_none")
			}
		}
	}
	return list, a.nameRows(ctx, p, list)
}

func bulkAllowed(p access.Principal, rows []BulkRow, in ActInput) error {
	if err := permit(p, access.MattersReport); err != nil {
		return err
	}
	switch {
	case !slices.Contains(BulkActions, in.Action):
		return gov.Errorf(gov.Invalid, "error.no_such_step", string(in.Action))
	case len(rows) == 0:
		return gov.Errorf(gov.Invalid, "error.bulk_empty")
	case len(rows) > MaxBulk:
		return gov.Errorf(gov.Invalid, "error.bulk_many", MaxBulk)
	}
	return gov.NeedOf(in.Action).Lacking(in.StepInput)
}

// nameRows fills in the words of the matters within reach.
func (a *App) nameRows(ctx context.Context, p access.Principal, list []BulkResult) error {
	return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
		for i := range list {
			m, err := tx.Matter(ctx, gov.Realm(p.Realm), list[i].Matter)
			if err != nil && !gov.IsNotFound(err) {
				return err
			}
			list[i].Text = m.Text
		}
		return nil
	})
}
