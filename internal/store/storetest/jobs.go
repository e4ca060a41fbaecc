package storetest

import (
	"sync"
	"time"

	"haicap/internal/gov"
)

// job makes a job of the kind "count" that is due now.
func (b *book) job(key string) gov.Job {
	id := b.id()
	return gov.Job{Realm: Realm, ID: id, Kind: "count", Key: key, Payload: `{"n":1}`, State: gov.JobWaiting, Due: instantOf(b.now), Made: instantOf(b.now)}
}

// instantOf is t as the store keeps it.
func instantOf(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func (b *book) add(j gov.Job) (added bool) {
	b.Helper()
	b.update(func(tx gov.Tx) (err error) {
		added, err = tx.AddJob(ctx, j)
		return err
	})
	return added
}

// take takes the jobs that are due now, for a minute.
func (b *book) take(now time.Time, limit int) (list []gov.Job) {
	b.Helper()
	b.update(func(tx gov.Tx) (err error) {
		list, err = tx.TakeJobs(ctx, []string{"count"}, now, now.Add(time.Minute), limit)
		return err
	})
	return list
}

func jobID(j gov.Job) gov.ID { return j.ID }

var jobCases = []testCase{
	{"one job for a key, also after it is done", func(b *book) {
		j := b.job("2026-01-15")
		same(b, "added", b.add(j), true)
		again := b.job("2026-01-15")
		same(b, "added again", b.add(again), false)
		other := again
		other.Realm = Realm + 1
		same(b, "added in another realm", b.add(other), true)
		got := b.take(b.now, 1)
		want := j
		want.State, want.Attempts, want.Due = gov.JobRunning, 1, instantOf(b.now.Add(time.Minute))
		same(b, "taken", got, []gov.Job{want})
		want.State, want.Ended = gov.JobDone, instantOf(b.now)
		b.update(func(tx gov.Tx) error { return tx.UpdateJob(ctx, want) })
		same(b, "added when it is done", b.add(again), false)
		b.view(func(tx gov.Tx) error {
			list, err := tx.JobsIn(ctx, gov.JobDone, 10)
			same(b, "done", list, []gov.Job{want})
			return err
		})
	}},
	{"only what is due, of the kind, the longest due first", func(b *book) {
		first, second, third := b.job("1"), b.job("2"), b.job("3")
		third.Due = third.Due.Add(time.Hour)
		other := b.job("4")
		other.Kind = "other"
		for _, j := range []gov.Job{second, third, other, first} {
			b.add(j)
		}
		sameIDs(b, "one", b.take(b.now, 1), jobID, first.ID)
		sameIDs(b, "the rest", b.take(b.now, 10), jobID, second.ID)
		sameIDs(b, "nothing is left", b.take(b.now, 10), jobID)
		b.update(func(tx gov.Tx) error {
			list, err := tx.TakeJobs(ctx, nil, b.now, b.now, 10)
			same(b, "no kind", len(list), 0)
			return err
		})
	}},
	{"a lease that ran out lets another take it, and the first cannot end it", func(b *book) {
		b.add(b.job("1"))
		lost := b.take(b.now, 1)[0]
		sameIDs(b, "within the lease", b.take(b.now.Add(59*time.Second), 1), jobID)
		later := b.now.Add(time.Minute)
		again := b.take(later, 1)
		sameIDs(b, "after the lease", again, jobID, lost.ID)
		same(b, "attempts", again[0].Attempts, 2)
		end := func(j gov.Job) func(tx gov.Tx) error {
			j.State, j.Ended = gov.JobDone, later
			return func(tx gov.Tx) error {
				if err := tx.CreateHolding(ctx, gov.Holding{Realm: gov.Realm(j.Attempts), Since: later}); err != nil {
					return err
				}
				return tx.UpdateJob(ctx, j)
			}
		}
		b.refused(gov.Conflict, end(lost))
		b.update(end(again[0]))
		b.refused(gov.Conflict, end(again[0])) // twice
		b.view(func(tx gov.Tx) error {
			list, err := tx.Holdings(ctx)
			same(b, "effects", len(list), 1)
			return err
		})
		lost.ID = "none"
		b.refused(gov.NotFound, end(lost))
	}},
	{"a job that failed waits; a dead one is seen and never taken", func(b *book) {
		b.add(b.job("1"))
		j := b.take(b.now, 1)[0]
		j.State, j.Due, j.Fault = gov.JobWaiting, instantOf(b.now.Add(time.Hour)), "đĩa đầy"
		b.update(func(tx gov.Tx) error { return tx.UpdateJob(ctx, j) })
		sameIDs(b, "before", b.take(b.now.Add(59*time.Minute), 1), jobID)
		j = b.take(b.now.Add(time.Hour), 1)[0]
		same(b, "fault", j.Fault, "đĩa đầy")
		j.State, j.Ended = gov.JobDead, j.Due
		b.update(func(tx gov.Tx) error { return tx.UpdateJob(ctx, j) })
		sameIDs(b, "dead", b.take(b.now.AddDate(1, 0, 0), 1), jobID)
		b.update(func(tx gov.Tx) error { return tx.DeleteJobs(ctx, b.now.AddDate(1, 0, 0)) })
		b.view(func(tx gov.Tx) error {
			list, err := tx.JobsIn(ctx, gov.JobDead, 10)
			same(b, "dead ones", list, []gov.Job{j})
			return err
		})
	}},
	{"done ones are cleared away after a time", func(b *book) {
		b.add(b.job("1"))
		j := b.take(b.now, 1)[0]
		j.State, j.Ended = gov.JobDone, instantOf(b.now)
		left := func(want int) {
			b.view(func(tx gov.Tx) error {
				list, err := tx.JobsIn(ctx, gov.JobDone, 10)
				same(b, "done ones", len(list), want)
				return err
			})
		}
		b.update(func(tx gov.Tx) error { return tx.UpdateJob(ctx, j) })
		b.update(func(tx gov.Tx) error { return tx.DeleteJobs(ctx, b.now) })
		left(1)
		b.update(func(tx gov.Tx) error { return tx.DeleteJobs(ctx, b.now.Add(time.Second)) })
		left(0)
	}},
	{"each job goes to one of many who ask at the same time", func(b *book) {
		const jobs, workers = 40, 5
		b.update(func(tx gov.Tx) error {
			for n := range jobs {
				if _, err := tx.AddJob(ctx, b.job(string(rune('A'+n)))); err != nil {
					return err
				}
			}
			return nil
		})
		var mu sync.Mutex
		taken := map[gov.ID]int{}
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for list := b.take(b.now, 3); len(list) > 0; list = b.take(b.now, 3) {
					mu.Lock()
					for _, j := range list {
						taken[j.ID]++
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		same(b, "jobs taken", len(taken), jobs)
		for id, n := range taken {
			same(b, "job "+string(id)+" was taken", n, 1)
		}
	}},
	{"the timetable has one row for a kind", func(b *book) {
		backup := gov.Timetable{Realm: 0, Kind: "backup", At: "02:00", Payload: "{}", Next: instantOf(b.now)}
		remind := gov.Timetable{Realm: Realm, Kind: "remind", At: "07:30", Payload: "{}", Next: instantOf(b.now)}
		rows := func(want ...gov.Timetable) {
			b.view(func(tx gov.Tx) error {
				list, err := tx.Timetables(ctx)
				same(b, "timetable", list, want)
				return err
			})
		}
		b.update(func(tx gov.Tx) error { return tx.SetTimetable(ctx, remind) })
		b.update(func(tx gov.Tx) error { return tx.SetTimetable(ctx, backup) })
		rows(backup, remind)
		backup.At, backup.Payload, backup.Next = "03:15", `{"keep":3}`, instantOf(b.now.Add(time.Hour))
		b.update(func(tx gov.Tx) error { return tx.SetTimetable(ctx, backup) })
		rows(backup, remind)
		b.update(func(tx gov.Tx) error { return tx.DeleteTimetable(ctx, Realm, "remind") })
		b.update(func(tx gov.Tx) error { return tx.DeleteTimetable(ctx, Realm, "remind") })
		rows(backup)
	}},
}
