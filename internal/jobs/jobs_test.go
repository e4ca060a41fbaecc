package jobs_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"haicap/internal/gov"
	"haicap/internal/jobs"
	"haicap/internal/store"
)

// A shop is a store with a clock that only the test turns.
type shop struct {
	*testing.T
	store gov.Store
	now   time.Time
}

func open(t *testing.T) *shop {
	t.Helper()
	s, err := store.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &shop{T: t, store: s, now: time.Date(2026, 1, 15, 3, 0, 0, 0, time.UTC)}
}

// config is a server whose one kind of job is done by do.
func (s *shop) config(do func(ctx context.Context, j gov.Job) (jobs.Write, error)) jobs.Config {
	return jobs.Config{Store: s.store, Now: func() time.Time { return s.now }, Kinds: map[string]jobs.Kind{"count": {Do: do, Lease: time.Hour}}}
}

func (s *shop) once(c jobs.Config, want int) {
	s.Helper()
	if n, err := jobs.Once(s.Context(), c); err != nil || n != want {
		s.Fatalf("%d jobs were taken, %v; want %d", n, err, want)
	}
}

func (s *shop) update(f func(tx gov.Tx) error) {
	s.Helper()
	if err := s.store.Update(s.Context(), f); err != nil {
		s.Fatal(err)
	}
}

func (s *shop) add(key string) {
	s.Helper()
	s.update(func(tx gov.Tx) error {
		_, err := tx.AddJob(s.Context(), gov.Job{ID: gov.NewID(s.now), Kind: "count", Key: key, Payload: "{}", Due: s.now, Made: s.now})
		return err
	})
}

func (s *shop) in(state gov.JobState) (list []gov.Job) {
	s.Helper()
	err := s.store.View(s.Context(), func(tx gov.Tx) (err error) {
		list, err = tx.JobsIn(s.Context(), state, 100)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return list
}

// effects counts what effect wrote.
func (s *shop) effects() (n int) {
	s.Helper()
	err := s.store.View(s.Context(), func(tx gov.Tx) error {
		list, err := tx.Holdings(s.Context())
		n = len(list)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return n
}

// effect is a job's change in the store: one more holding.
func effect(ctx context.Context, tx gov.Tx) error {
	list, err := tx.Holdings(ctx)
	if err != nil {
		return err
	}
	return tx.CreateHolding(ctx, gov.Holding{Realm: gov.Realm(len(list) + 1), Since: time.Unix(0, 0)})
}

func TestAJobIsDoneOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.config(func(ctx context.Context, j gov.Job) (jobs.Write, error) { return effect, nil })
	s.add("a")
	s.add("a")
	s.add("b")
	s.once(c, 2)
	s.once(c, 0)
	if n := s.effects(); n != 2 || len(s.in(gov.JobDone)) != 2 {
		t.Errorf("%d effects, done: %+v", n, s.in(gov.JobDone))
	}
}

func TestAJobThatFailsComesAgainAndDies(t *testing.T) {
	t.Parallel()
	s := open(t)
	tries := 0
	c := s.config(func(ctx context.Context, j gov.Job) (jobs.Write, error) {
		if tries++; tries%2 == 0 {
			panic("defect")
		}
		return effect, errors.New("đĩa\nđầy")
	})
	s.add("a")
	for n := range gov.JobTries {
		s.once(c, 1)
		s.once(c, 0) // not at once again
		if n == 0 {
			if w := s.in(gov.JobWaiting); len(w) != 1 || w[0].Fault != "đĩa đầy" || !w[0].Due.Equal(s.now.Add(time.Minute)) {
				t.Fatalf("waiting: %+v", w)
			}
		}
		s.now = s.now.Add(9 * time.Hour)
	}
	s.once(c, 0)
	if dead := s.in(gov.JobDead); tries != gov.JobTries || len(dead) != 1 || dead[0].Fault == "" || s.effects() != 0 {
		t.Errorf("%d tries, %d effects, dead: %+v", tries, s.effects(), dead)
	}
}

// A change in the store that fails takes the completion with it, so the job is tried again and its effect is there once.
func TestEffectAndCompletionAreOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	fail := true
	c := s.config(func(ctx context.Context, j gov.Job) (jobs.Write, error) {
		return func(ctx context.Context, tx gov.Tx) error {
			if err := effect(ctx, tx); err != nil || !fail {
				return err
			}
			fail = false
			return gov.Errorf(gov.Conflict, "error.stale")
		}, nil
	})
	s.add("a")
	s.once(c, 1)
	if s.effects() != 0 || len(s.in(gov.JobWaiting)) != 1 {
		t.Fatalf("%d effects of a change that failed, waiting: %+v", s.effects(), s.in(gov.JobWaiting))
	}
	s.now = s.now.Add(time.Minute)
	s.once(c, 1)
	if s.effects() != 1 || len(s.in(gov.JobDone)) != 1 {
		t.Errorf("%d effects, done: %+v", s.effects(), s.in(gov.JobDone))
	}
}

// While one server does the job, its lease ends and another takes it: the first one's change is not kept.
func TestALostLeaseKeepsNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	other := s.config(func(ctx context.Context, j gov.Job) (jobs.Write, error) { return effect, nil })
	c := s.config(func(ctx context.Context, j gov.Job) (jobs.Write, error) {
		s.now = s.now.Add(2 * time.Hour)
		s.once(other, 1)
		return effect, nil
	})
	s.add("a")
	s.once(c, 1)
	if done := s.in(gov.JobDone); s.effects() != 1 || len(done) != 1 || done[0].Attempts != 2 {
		t.Errorf("%d effects, done: %+v", s.effects(), done)
	}
}

// A job that ends its server each time is not tried for ever.
func TestAJobThatKillsIsBuried(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.add("a")
	for range gov.JobTries { // taken by servers that died
		s.update(func(tx gov.Tx) error {
			_, err := tx.TakeJobs(s.Context(), []string{"count"}, s.now, s.now.Add(time.Minute), 1)
			return err
		})
		s.now = s.now.Add(time.Minute)
	}
	called := false
	s.once(s.config(func(context.Context, gov.Job) (jobs.Write, error) { called = true; return nil, nil }), 1)
	if called || len(s.in(gov.JobDead)) != 1 {
		t.Errorf("called: %v, dead: %+v", called, s.in(gov.JobDead))
	}
}

func TestTheTimetableMakesOneJobADay(t *testing.T) {
	t.Parallel()
	s := open(t)
	var done atomic.Int32
	c := s.config(func(ctx context.Context, j gov.Job) (jobs.Write, error) {
		done.Add(1)
		if j.Payload != `{"keep":14}` {
			t.Errorf("payload %s", j.Payload)
		}
		return nil, nil
	})
	next, err := gov.NextAt("02:00", s.now)
	if err != nil {
		t.Fatal(err)
	}
	s.update(func(tx gov.Tx) error {
		return tx.SetTimetable(s.Context(), gov.Timetable{Kind: "count", At: "02:00", Payload: `{"keep":14}`, Next: next})
	})
	// together looks with several servers at the same instant.
	together := func(at time.Time, want int32) {
		t.Helper()
		s.now = at
		done.Store(0)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if _, err := jobs.Once(t.Context(), c); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != want {
			t.Errorf("at %v: %d jobs were done, want %d", at, done.Load(), want)
		}
	}
	together(next.Add(-time.Second), 0)
	together(next, 1)
	together(next.Add(time.Hour), 0)
	together(next.Add(24*time.Hour), 1)
	together(next.Add(10*24*time.Hour), 1) // nobody was there for nine days: once
	together(next.Add(10*24*time.Hour+time.Minute), 0)
	together(next.Add(60*24*time.Hour), 1)
	if n := len(s.in(gov.JobDone)); n != 1 {
		t.Errorf("%d done jobs are kept after two months", n)
	}
}

// A server that is asked to stop gives the job that it is doing back, and another does it at once.
func TestStopGivesTheJobBack(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.add("a")
	ctx, stop := context.WithCancel(t.Context())
	c := s.config(func(ctx context.Context, j gov.Job) (jobs.Write, error) {
		stop()
		<-ctx.Done()
		return nil, ctx.Err()
	})
	c.Every = time.Hour
	jobs.Run(ctx, c) // comes back only when it has stopped
	if w := s.in(gov.JobWaiting); len(w) != 1 {
		t.Fatalf("waiting: %+v", w)
	}
	s.once(s.config(func(ctx context.Context, j gov.Job) (jobs.Write, error) { return effect, nil }), 1)
	if s.effects() != 1 {
		t.Errorf("%d effects", s.effects())
	}
}

// What a job finished before the server stopped is written.
func TestStopKeepsWhatIsFinished(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.add("a")
	ctx, stop := context.WithCancel(t.Context())
	jobs.Run(ctx, s.config(func(context.Context, gov.Job) (jobs.Write, error) {
		stop()
		return effect, nil
	}))
	if s.effects() != 1 || len(s.in(gov.JobDone)) != 1 {
		t.Errorf("%d effects, done: %+v", s.effects(), s.in(gov.JobDone))
	}
}
