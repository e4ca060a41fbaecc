package store

import (
	"context"
	"slices"
	"time"

	"haicap/internal/gov"
)

const jobColumns = "realm, id, kind, key, payload, state, due, attempts, fault, made_at, ended_at"

var (
	sqlInsertJob = statement(insertInto("job", jobColumns) + " ON CONFLICT (realm, kind, key) DO NOTHING")
	// The number of attempts says whose the job is: another lease has another number.
	sqlUpdateJob = statement(`UPDATE job SET state = $3, due = $4, fault = $5, ended_at = $6
		WHERE realm = $1 AND id = $2 AND attempts = $7 AND state = 'running'`)
	sqlHasJob     = statement("SELECT 1 FROM job WHERE realm = $1 AND id = $2")
	sqlJobsIn     = statement("SELECT " + jobColumns + " FROM job WHERE state = $1 ORDER BY due DESC, realm, id LIMIT $2")
	sqlDeleteJobs = statement("DELETE FROM job WHERE state = 'done' AND ended_at < $1")

	sqlSetTimetable = statement(insertInto("timetable", timetableColumns) +
		" ON CONFLICT (realm, kind) DO UPDATE SET clock = excluded.clock, payload = excluded.payload, next_at = excluded.next_at")
	sqlTimetables      = statement("SELECT " + timetableColumns + " FROM timetable ORDER BY realm, kind")
	sqlDeleteTimetable = statement("DELETE FROM timetable WHERE realm = $1 AND kind = $2")
)

const timetableColumns = "realm, kind, clock, payload, next_at"

func scanJob(r row) (j gov.Job, err error) {
	err = r.Scan(&j.Realm, &j.ID, &j.Kind, &j.Key, &j.Payload, &j.State, at{&j.Due}, &j.Attempts, &j.Fault, at{&j.Made}, at{&j.Ended})
	return j, err
}

func (t *tx) AddJob(ctx context.Context, j gov.Job) (bool, error) {
	n, err := t.exec(ctx, sqlInsertJob, j.Realm, j.ID, j.Kind, j.Key, j.Payload, gov.JobWaiting, j.Due, 0, "", j.Made, "")
	return n > 0, err
}

// TakeJobs passes over rows that another server is taking just now (PostgreSQL); the CTE is materialized so that the limit counts once.
func (t *tx) TakeJobs(ctx context.Context, kinds []string, now, until time.Time, limit int) ([]gov.Job, error) {
	if len(kinds) == 0 {
		return nil, nil
	}
	f := &filter{}
	f.and("ended_at = ''")
	f.and("due <= " + f.arg(now))
	oneOf(f, "kind", kinds)
	due := f.query("realm, id", "job", " ORDER BY due, realm, id") + f.limit(pageSize(limit)) + t.d.skipLocked
	list, err := many(ctx, t, scanJob, "WITH taken AS MATERIALIZED ("+due+") UPDATE job SET state = 'running', attempts = attempts + 1, due = "+
		f.arg(until)+" WHERE (realm, id) IN (SELECT realm, id FROM taken) RETURNING "+jobColumns, f.args...)
	// In the order of their making, which is that of being due but for jobs that failed: RETURNING promises no order.
	slices.SortFunc(list, func(a, b gov.Job) int { return a.Made.Compare(b.Made) })
	return list, err
}

func (t *tx) UpdateJob(ctx context.Context, j gov.Job) error {
	n, err := t.exec(ctx, sqlUpdateJob, j.Realm, j.ID, j.State, j.Due, j.Fault, j.Ended, j.Attempts)
	return t.changed(ctx, n, err, sqlHasJob, j.Realm, j.ID)
}

func (t *tx) JobsIn(ctx context.Context, s gov.JobState, limit int) ([]gov.Job, error) {
	return many(ctx, t, scanJob, sqlJobsIn, s, pageSize(limit))
}

func (t *tx) DeleteJobs(ctx context.Context, before time.Time) error {
	return t.put(ctx, sqlDeleteJobs, before)
}

func (t *tx) SetTimetable(ctx context.Context, r gov.Timetable) error {
	return t.put(ctx, sqlSetTimetable, r.Realm, r.Kind, r.At, r.Payload, r.Next)
}

func (t *tx) Timetables(ctx context.Context) ([]gov.Timetable, error) {
	return many(ctx, t, func(r row) (tt gov.Timetable, err error) {
		err = r.Scan(&tt.Realm, &tt.Kind, &tt.At, &tt.Payload, at{&tt.Next})
		return tt, err
	}, sqlTimetables)
}

func (t *tx) DeleteTimetable(ctx context.Context, r gov.Realm, kind string) error {
	return t.put(ctx, sqlDeleteTimetable, r, kind)
}
