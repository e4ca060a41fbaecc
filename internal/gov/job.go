package gov

import "time"

// A Job is work that the program does by itself at or after an instant, once: a backup, a reminder. It is kept in the store, so
// that it survives a restart and several servers share the work. No personal data stand in it.
type Job struct {
	Realm    Realm // 0: of the whole store
	ID       ID
	Kind     string // says who does it: "backup"
	Key      string // a realm has one job of a kind and key, ever: whoever asks twice gets one
	Payload  string // JSON for whoever does it
	State    JobState
	Due      time.Time // when it may be taken; while it runs, the end of its lease
	Attempts int       // how often it was taken
	Fault    string    // why the last attempt failed, for whoever keeps the machine
	Made     time.Time
	Ended    time.Time // zero: not yet done or dead
}

// A JobState says how far a job is.
type JobState string

// The states. A running job whose lease has ended can be taken again: whoever had it is gone.
const (
	JobWaiting JobState = "waiting"
	JobRunning JobState = "running"
	JobDone    JobState = "done"
	JobDead    JobState = "dead" // given up; somebody has to look at it
)

// JobTries is how often a job is tried before it is given up: with the waits between, for about a day.
const JobTries = 8

// RetryJob is when a job is tried again that failed at an instant: after a minute, four, sixteen …, at most after eight hours.
func RetryJob(attempts int, failed time.Time) time.Time {
	wait := time.Minute << min(2*max(attempts-1, 0), 20)
	return failed.Add(min(wait, 8*time.Hour))
}

// A Timetable row makes a job of its kind every day at an hour and minute of Viet Nam. What was missed while no server ran is
// made up for once.
type Timetable struct {
	Realm   Realm
	Kind    string // a realm has one row for a kind
	At      string // "02:00"
	Payload string
	Next    time.Time // when the next job is due
}

// NextAt is the first instant after another at which clocks in Viet Nam show "HH:MM"; Invalid for anything that is no time of day.
func NextAt(clock string, after time.Time) (time.Time, error) {
	at, err := time.Parse("15:04", clock)
	if err != nil || len(clock) != 5 {
		return time.Time{}, Errorf(Invalid, "error.time_of_day", clock)
	}
	day := after.In(Zone)
	next := time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, Zone)
	if !next.After(after) {
		next = next.AddDate(0, 0, 1)
	}
	return next.UTC(), nil
}
