// Package jobs does the work that nobody asks for at the moment it is done: it takes jobs from the queue in the store, and fills
// the queue from the timetable there.
//
// A job is taken with a lease. Whoever takes it does what lies outside the store first; then the job's own changes in the store and
// its completion are written in one transaction, which fails when the lease was lost. So what a job writes into the store happens
// exactly once, and what it does outside at least once. Several servers may run on one store: a row of the timetable makes one job,
// because its instant is the job's key, and each job goes to one of them.
//
// A job that fails is tried again later and later (gov.RetryJob), and after gov.JobTries attempts it is dead: it stays in the store with
// its fault, for `haicap doctor` and whoever reads it. A server that stops gives the job it is doing back.
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"haicap/internal/gov"
)

// A Kind says how jobs of one kind are done.
type Kind struct {
	// Do does what lies outside the store and gives what is to be written into it together with the completion; nil: nothing. ctx ends
	// with the lease and when the server stops. It may be called again for the same job.
	Do func(ctx context.Context, j gov.Job) (Write, error)
	// Lease is longer than the work ever takes: until it ends, a server that died keeps the job from the others.
	Lease time.Duration
}

// Write is what a job changes in the store. It may run twice, like every function of an Update.
type Write func(ctx context.Context, tx gov.Tx) error

// Config is what a runner is made of.
type Config struct {
	Store gov.Store
	Kinds map[string]Kind
	Now   gov.Clock     // nil: the machine's clock
	Every time.Duration // how often it looks; 0: 15 seconds
	Log   *slog.Logger  // nil: nothing is logged
}

const (
	every    = 15 * time.Second
	keepDone = 30 * 24 * time.Hour // a done job is kept for so long, since its key keeps it from being done again
	maxFault = 500                 // characters of a fault that are kept
	stopFor  = 5 * time.Second     // to write a job's end when the server stops
)

type runner struct{ Config }

// Run looks for work until ctx is done, and does it, one job after the other.
func Run(ctx context.Context, c Config) {
	r := newRunner(c)
	for tick := time.NewTicker(r.Every); ; {
		if _, err := r.round(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("jobs", "cause", err.Error())
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

// Once does all that is due now and gives the number of jobs that it took.
func Once(ctx context.Context, c Config) (int, error) { return newRunner(c).round(ctx) }

func newRunner(c Config) *runner {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Every == 0 {
		c.Every = every
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &runner{c}
}

func (r *runner) now() time.Time { return r.Now().UTC().Truncate(time.Microsecond) }

// round fills the queue from the timetable and empties it.
func (r *runner) round(ctx context.Context) (int, error) {
	if err := r.fill(ctx); err != nil {
		return 0, err
	}
	done := 0
	for _, kind := range slices.Sorted(maps.Keys(r.Kinds)) {
		for ctx.Err() == nil {
			j, err := r.take(ctx, kind)
			if err != nil {
				return done, err
			}
			if j.ID == "" {
				break
			}
			done++
			if err := r.do(ctx, j); err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

// fill makes the jobs of the timetable's rows that are due, and clears away what was done long ago.
func (r *runner) fill(ctx context.Context) error {
	now := r.now()
	due := func(t gov.Timetable) bool { return !t.Next.After(now) }
	var rows []gov.Timetable
	err := r.Store.View(ctx, func(tx gov.Tx) (err error) {
		rows, err = tx.Timetables(ctx)
		return err
	})
	if err != nil || !slices.ContainsFunc(rows, due) {
		return err
	}
	return r.Store.Update(ctx, func(tx gov.Tx) error {
		rows, err := tx.Timetables(ctx) // again: another server may have come first
		if err != nil {
			return err
		}
		ids := gov.IDsFrom(now)
		for _, t := range rows {
			if !due(t) {
				continue
			}
			j := gov.Job{Realm: t.Realm, ID: ids.Next(), Kind: t.Kind, Key: t.Next.Format(time.RFC3339), Payload: t.Payload, Due: now, Made: now}
			if _, err := tx.AddJob(ctx, j); err != nil {
				return err
			}
			if t.Next, err = gov.NextAt(t.At, now); err != nil {
				return err
			}
			if err := tx.SetTimetable(ctx, t); err != nil {
				return err
			}
		}
		return tx.DeleteJobs(ctx, now.Add(-keepDone))
	})
}

// take takes one job of the kind, none where its ID is empty.
func (r *runner) take(ctx context.Context, kind string) (j gov.Job, err error) {
	err = r.Store.Update(ctx, func(tx gov.Tx) error {
		now := r.now()
		list, err := tx.TakeJobs(ctx, []string{kind}, now, now.Add(r.Kinds[kind].Lease), 1)
		if j = (gov.Job{}); len(list) > 0 {
			j = list[0]
		}
		return err
	})
	return j, err
}

// do does a job and writes how it ended. Only a store that fails is an error here.
func (r *runner) do(ctx context.Context, j gov.Job) error {
	log := r.Log.With("kind", j.Kind, "job", string(j.ID), "attempt", j.Attempts)
	write, err := r.attempt(ctx, j)
	if err == nil {
		err = r.finish(ctx, j, write)
	}
	if err == nil {
		log.Info("job done")
		return nil
	}
	log.Warn("job failed", "cause", err.Error())
	return r.putOff(ctx, j, err)
}

var errCrashed = errors.New("it was taken so often without coming to an end that the server seems to die of it")

// attempt calls the kind's own function, which has no longer than the lease; a panic is a failure like another.
func (r *runner) attempt(ctx context.Context, j gov.Job) (write Write, err error) {
	if j.Attempts > gov.JobTries {
		return nil, errCrashed
	}
	kind := r.Kinds[j.Kind]
	ctx, cancel := context.WithTimeout(ctx, kind.Lease)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic in a job")
			r.Log.Error("panic in a job", "kind", j.Kind, "cause", p)
		}
	}()
	return kind.Do(ctx, j)
}

// finish writes what the job changes in the store together with its completion.
func (r *runner) finish(ctx context.Context, j gov.Job, write Write) error {
	ctx, cancel := r.patient(ctx)
	defer cancel()
	return r.Store.Update(ctx, func(tx gov.Tx) error {
		if write != nil {
			if err := write(ctx, tx); err != nil {
				return err
			}
		}
		j.State, j.Ended, j.Fault = gov.JobDone, r.now(), ""
		return tx.UpdateJob(ctx, j)
	})
}

// putOff lets a failed job wait, gives one back that the server's stop broke off, or buries one that failed too often.
func (r *runner) putOff(ctx context.Context, j gov.Job, cause error) error {
	now := r.now()
	j.State, j.Fault = gov.JobWaiting, fault(cause)
	switch {
	case ctx.Err() != nil:
		j.Due = now
	case j.Attempts >= gov.JobTries:
		j.State, j.Ended = gov.JobDead, now
	default:
		j.Due = gov.RetryJob(j.Attempts, now)
	}
	ctx, cancel := r.patient(ctx)
	defer cancel()
	err := r.Store.Update(ctx, func(tx gov.Tx) error { return tx.UpdateJob(ctx, j) })
	if gov.CodeOf(err) == gov.Conflict {
		return nil // its lease ran out and somebody else has it
	}
	return err
}

// patient is a context in which a job's end can still be written while the server stops.
func (r *runner) patient(ctx context.Context) (context.Context, context.CancelFunc) {
	if ctx.Err() == nil {
		return ctx, func() {}
	}
	return context.WithTimeout(context.WithoutCancel(ctx), stopFor)
}

// fault is what is kept of a cause: one line that both engines can hold.
func fault(cause error) string {
	s := strings.Map(func(c rune) rune {
		if c < ' ' {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(cause.Error(), "?"))
	if list := []rune(s); len(list) > maxFault {
		s = string(list[:maxFault]) + "…"
	}
	return s
}
