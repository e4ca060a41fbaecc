package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"haicap/internal/backup"
	"haicap/internal/gov"
	"haicap/internal/store"
)

func backupCommand() command {
	return command{name: "backup", args: "DEST", min: 1, max: 1, settings: append([]string{"backup_recipient"}, storeSettings...), run: runBackup,
		examples: []string{"haicap backup /mnt/saoluu", "haicap backup --data /var/lib/haicap --recipient age1… /mnt/saoluu",
			"haicap backup hom-nay.tar.gz"}}
}

// runBackup saves the data folder while others use it.
func runBackup(ctx context.Context, c *call) error {
	keys, err := c.recipients()
	if err != nil {
		return err
	}
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	r, err := c.save(ctx, p, c.args[0], keys)
	if err != nil {
		return err
	}
	who, err := p.system(ctx)
	if err != nil {
		return err
	}
	err = p.store.Update(ctx, func(tx gov.Tx) error { return p.app.NoteBackup(ctx, tx, who, filepath.Base(r.Path)) })
	if err != nil {
		return err
	}
	if keys.None() {
		c.say("cli.backup_open")
	}
	m := r.Manifest
	if err := c.put(c.lang.T("cli.backup_done", r.Path, c.megabytes(r.Size), m.Rows["document"], m.Blobs.Count, m.Rows["figure"]+m.Rows["target"],
		m.Rows["matter"]) + "\n"); err != nil {
		return err
	}
	if len(m.Lost) > 0 {
		c.say("cli.backup_lost", len(m.Lost))
		return exit(statusBroken)
	}
	return nil
}

// recipients are who can decrypt what is saved.
func (c *call) recipients() (backup.Recipients, error) {
	return backup.ParseRecipients(c.settings.get("backup_recipient"))
}

func (c *call) save(ctx context.Context, p *parts, dest string, keys backup.Recipients) (backup.Report, error) {
	src := backup.Source{Dir: c.settings.get("data"), Store: p.store, Program: "haicap " + release()}
	r, err := backup.Make(ctx, src, dest, keys, time.Now())
	if err == nil {
		err = c.keepErased(ctx, p, filepath.Dir(r.Path))
	}
	return r, err
}

// megabytes writes a size for people.
func (c *call) megabytes(n int64) string {
	return c.lang.Number(float64(max(n, 1<<10)*10>>20)/10) + " MB"
}

func restoreCommand() command {
	return command{name: "restore", args: "ARCHIVE", min: 1, max: 1, settings: storeSettings, run: runRestore,
		flags:    []flag{{"replace", ""}, {"identity", "FILE"}, {"erased", "FILE"}, {"force", ""}},
		examples: []string{"haicap restore /mnt/saoluu/haicap-20260115-020000.tar.gz --data thu", "haicap restore /mnt/saoluu --replace --identity khoa.txt"}}
}

// runRestore checks an archive whole, and then puts it in the place of the data folder.
func runRestore(ctx context.Context, c *call) error {
	keys, err := backup.ReadIdentities(c.flags["identity"])
	if err != nil {
		return err
	}
	plan := backup.Plan{Archive: c.args[0], Dir: c.settings.get("data"), Keys: keys, Replace: c.has("replace"), Force: c.has("force"),
		Erased: c.flags["erased"], Now: time.Now()}
	if c.settings.get("db") != "" {
		if plan.Database, err = c.database(); err != nil {
			return err
		}
	}
	done, err := backup.Restore(ctx, plan)
	for _, f := range done.Findings {
		c.say("cli.doctor_problem", c.finding(f))
	}
	if err != nil {
		return err
	}
	m := done.Manifest
	key := "cli.restore_done"
	if len(done.Findings) > 0 {
		key = "cli.restore_forced"
	}
	out := c.lang.T(key, plan.Dir, filepath.Base(done.Archive), c.lang.Time(m.Made.In(gov.Zone)), m.Rows["document"],
		m.Rows["figure"]+m.Rows["target"], m.Rows["matter"]) + "\n"
	if done.Aside != "" {
		out += c.lang.T("cli.restore_aside", done.Aside) + "\n"
	}
	if done.Behind > 0 {
		out += c.lang.T("cli.restore_behind", done.Behind) + "\n"
	} else if err := c.settleRestored(ctx); err != nil {
		return errors.Join(c.put(out), err)
	}
	return c.put(out)
}

func doctorCommand() command {
	return command{name: "doctor", settings: append([]string{"backup_dir"}, auditSettings...), run: runDoctor,
		examples: []string{"haicap doctor --data /var/lib/haicap", "haicap doctor --backup-dir /mnt/saoluu"}}
}

// runDoctor looks at everything in the data folder and changes nothing.
func runDoctor(ctx context.Context, c *call) error {
	count := map[backup.Level]int{}
	var broken error
	p := backup.Patient{Dir: c.settings.get("data"), Open: c.openAsItIs, AuditKey: c.auditKeyFile(), Archives: c.settings.get("backup_dir"), Now: time.Now()}
	err := backup.Examine(ctx, p, func(f backup.Finding) {
		count[f.Level]++
		key := map[backup.Level]string{backup.Fine: "cli.doctor_fine", backup.Note: "cli.doctor_note", backup.Problem: "cli.doctor_problem"}[f.Level]
		broken = errors.Join(broken, c.put(c.lang.T(key, c.finding(f))+"\n"))
	})
	if err := errors.Join(err, broken); err != nil {
		return err
	}
	if n := count[backup.Problem]; n > 0 {
		if err := c.put(c.lang.T("cli.doctor_sick", n) + "\n"); err != nil {
			return err
		}
		return exit(statusBroken)
	}
	return c.put(c.lang.T("cli.doctor_well") + "\n")
}

// openAsItIs opens the store without making or bringing anything up to date.
func (c *call) openAsItIs(ctx context.Context) (*store.Store, error) {
	address, err := c.database()
	if err != nil {
		return nil, err
	}
	if c.settings.get("db") == "" {
		if _, err := os.Stat(address); errors.Is(err, fs.ErrNotExist) {
			return nil, gov.Errorf(gov.NotFound, "doctor.no_database", c.settings.get("data"))
		}
	}
	return store.Open(ctx, address)
}

// finding is the sentence of a finding; an error among its arguments has one of its own.
func (c *call) finding(f backup.Finding) string {
	args := make([]any, len(f.Args))
	for i, a := range f.Args {
		if err, ok := a.(error); ok {
			a = c.sentence(err)
		}
		args[i] = a
	}
	return c.lang.T(f.Key, args...)
}

func jobsCommand() command {
	return command{name: "jobs", settings: storeSettings, run: runJobs, examples: []string{"haicap jobs --data /var/lib/haicap"}}
}

// runJobs lists the queue: what was given up, what runs, what waits, what was done last.
func runJobs(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	const each = 20
	none := true
	for _, state := range []gov.JobState{gov.JobDead, gov.JobRunning, gov.JobWaiting, gov.JobDone} {
		list, err := p.app.Jobs(ctx, who, state, each)
		if err != nil {
			return err
		}
		for _, j := range list {
			none = false
			at := j.Due
			if !j.Ended.IsZero() {
				at = j.Ended
			}
			line := c.lang.T("cli.job", c.lang.T("job."+string(state)), j.Kind, c.lang.Time(at.In(gov.Zone)), j.Attempts)
			if j.Fault != "" {
				line += ": " + j.Fault
			}
			if err := c.put(line + "\n"); err != nil {
				return err
			}
		}
	}
	if none {
		return c.put(c.lang.T("cli.jobs_none") + "\n")
	}
	return nil
}

func checkClock(s string) error {
	_, err := gov.NextAt(s, time.Time{})
	return err
}

func checkKeep(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 10000 {
		return errSetting
	}
	return nil
}

func checkRecipient(s string) error {
	_, err := backup.ParseRecipients(s)
	return err
}
