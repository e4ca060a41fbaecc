package cli

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"strconv"
	"time"

	"haicap/internal/app"
	"haicap/internal/backup"
	"haicap/internal/gov"
	"haicap/internal/jobs"
)

// scheduleSettings are what a server's own work takes.
var scheduleSettings = []string{"backup_dir", "backup_at", "backup_keep", "backup_recipient"}

// backupKind is the kind of job that saves the data folder. It is longer in its lease than any backup takes.
const (
	backupKind  = "backup"
	backupLease = 6 * time.Hour
)

// countsKind is the kind of job that moves the counts of matters on to the new day.
const (
	countsKind  = "counts"
	countsAt    = "00:01"
	countsLease = 10 * time.Minute
)

// A backupOrder is what the timetable keeps of the settings, so that the job is done as they were when it was made.
type backupOrder struct {
	Dir       string `json:"dir"`
	Keep      int    `json:"keep"`
	Recipient string `json:"recipient,omitempty"`
}

// schedule writes the timetable as the settings say.
func (c *call) schedule(ctx context.Context, p *parts, now time.Time) error {
	row, wanted, err := c.backupRow(now)
	if err != nil {
		return err
	}
	retention, err := retentionRow(now)
	if err != nil {
		return err
	}
	plans, err := plansRow(ctx, p, now)
	if err != nil {
		return err
	}
	counts := gov.Timetable{Kind: countsKind, At: countsAt, Payload: "{}"}
	if counts.Next, err = gov.NextAt(countsAt, now); err != nil {
		return err
	}
	return p.store.Update(ctx, func(tx gov.Tx) error {
		rows := []gov.Timetable{retention, plans, counts}
		if wanted {
			rows = append(rows, row)
		} else if err := tx.DeleteTimetable(ctx, 0, backupKind); err != nil {
			return err
		}
		return errors.Join(setRows(ctx, tx, rows), p.app.MoveCounts(ctx, tx))
	})
}

// setRows writes rows of the timetable.
func setRows(ctx context.Context, tx gov.Tx, rows []gov.Timetable) error {
	there, err := tx.Timetables(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		for _, old := range there {
			if old.Realm == row.Realm && old.Kind == row.Kind && old.At == row.At {
				row.Next = old.Next // what was missed while no server ran is still to be done
			}
		}
		if err := tx.SetTimetable(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) backupRow(now time.Time) (gov.Timetable, bool, error) {
	dir := c.settings.get("backup_dir")
	if dir == "" {
		return gov.Timetable{}, false, nil
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return gov.Timetable{}, false, err
	}
	keep, err := strconv.Atoi(c.settings.get("backup_keep"))
	if err != nil {
		return gov.Timetable{}, false, err
	}
	order, err := json.Marshal(backupOrder{dir, keep, c.settings.get("backup_recipient")})
	if err != nil {
		return gov.Timetable{}, false, err
	}
	next, err := gov.NextAt(c.settings.get("backup_at"), now)
	return gov.Timetable{Kind: backupKind, At: c.settings.get("backup_at"), Payload: string(order), Next: next}, true, err
}

// kinds is the work that this program does by itself.
func (c *call) kinds(p *parts) map[string]jobs.Kind {
	kinds := map[string]jobs.Kind{backupKind: {Lease: backupLease, Do: func(ctx context.Context, j gov.Job) (jobs.Write, error) {
		return c.scheduledBackup(ctx, p, j)
	}}, retentionKind: {Lease: retentionLease, Do: func(ctx context.Context, _ gov.Job) (jobs.Write, error) {
		return nil, c.retain(ctx, p)
	}}, app.JobPlans: {Lease: plansLease, Do: func(ctx context.Context, _ gov.Job) (jobs.Write, error) {
		return nil, c.runPlans(ctx, p)
	}}, countsKind: {Lease: countsLease, Do: func(context.Context, gov.Job) (jobs.Write, error) { return p.app.MoveCounts, nil }}}
	maps.Copy(kinds, c.mailKinds(p))
	return kinds
}

// readOrder reads what stands in the timetable. It comes from the store, where others may have written, and says which archives are removed.
func readOrder(payload string) (order backupOrder, err error) {
	err = json.Unmarshal([]byte(payload), &order)
	if err == nil && (!filepath.IsAbs(order.Dir) || order.Keep < 1) {
		err = errors.New("no order for a backup: a whole path, and how many archives to keep")
	}
	return order, err
}

// scheduledBackup saves the folder and then clears away the oldest archives: never before there is a new one.
func (c *call) scheduledBackup(ctx context.Context, p *parts, j gov.Job) (jobs.Write, error) {
	order, err := readOrder(j.Payload)
	if err != nil {
		return nil, err
	}
	keys, err := backup.ParseRecipients(order.Recipient)
	if err != nil {
		return nil, err
	}
	who, err := p.system(ctx)
	if err != nil {
		return nil, err
	}
	r, err := c.save(ctx, p, order.Dir, keys)
	if err != nil {
		return nil, err
	}
	log := c.logger()
	if n := len(r.Manifest.Lost); n > 0 {
		log.Error("backup: bytes of documents are missing or damaged; run haicap doctor", "files", n)
	}
	removed, err := backup.Prune(order.Dir, order.Keep, time.Now())
	if err != nil {
		log.Warn("backup: old archives could not be removed", "cause", err.Error())
	}
	log.Info("backup made", "archive", filepath.Base(r.Path), "bytes", r.Size, "removed", len(removed))
	return func(ctx context.Context, tx gov.Tx) error {
		return p.app.NoteBackup(ctx, tx, who, filepath.Base(r.Path))
	}, nil
}

// work does the server's own work until ctx is done; wait comes back when it has stopped.
func (c *call) work(ctx context.Context, p *parts) (wait func()) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		jobs.Run(ctx, jobs.Config{Store: p.books, Kinds: c.kinds(p), Now: c.now, Log: c.logger()})
	}()
	return func() { <-ended }
}
