package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// NoteBackup writes into the log, within a transaction of the caller's, that a copy of everything was made, and under which name.
func (a *App) NoteBackup(ctx context.Context, tx gov.Tx, p access.Principal, name string) error {
	if err := permit(p, access.BackupsMake); err != nil {
		return err
	}
	return a.audit(ctx, tx, gov.Realm(p.Realm), a.stamp(p), act{"backup.make", "archive", gov.ID(name)})
}

// Jobs lists the jobs of the queue in a state, the latest due first.
func (a *App) Jobs(ctx context.Context, p access.Principal, s gov.JobState, limit int) ([]gov.Job, error) {
	var list []gov.Job
	err := a.view(ctx, p, access.BackupsMake, func(tx gov.Tx) (err error) {
		list, err = tx.JobsIn(ctx, s, limit)
		return err
	})
	return list, err
}
