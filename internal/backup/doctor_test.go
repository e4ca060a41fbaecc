package backup_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"haicap/internal/backup"
	"haicap/internal/gov"
	"haicap/internal/store"
)

// spoil changes a folder's database by hand.
func spoil(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, backup.DBName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// examine gives the keys of the notes and of the problems.
func examine(t *testing.T, dir, archives string) (notes, problems []string) {
	t.Helper()
	p := backup.Patient{Dir: dir, AuditKey: filepath.Join(dir, "audit.key"), Archives: archives, Now: now,
		Open: func(ctx context.Context) (*store.Store, error) {
			return store.Open(ctx, filepath.Join(dir, backup.DBName))
		}}
	err := backup.Examine(t.Context(), p, func(f backup.Finding) {
		switch f.Level {
		case backup.Note:
			notes = append(notes, f.Key)
		case backup.Problem:
			problems = append(problems, f.Key)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return notes, problems
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		harm     func(t *testing.T, h *house)
		notes    []string
		problems []string
	}{
		"a healthy folder":  {func(*testing.T, *house) {}, nil, nil},
		"a file is missing": {func(t *testing.T, h *house) { _ = h.blobs.Remove(h.file()) }, nil, []string{"doctor.missing"}},
		"a file is damaged": {func(t *testing.T, h *house) {
			sum := h.file()
			_ = os.WriteFile(filepath.Join(h.dir, "blobs", sum[:2], sum[2:]), []byte("x"), 0o600)
		}, nil, []string{"doctor.damaged"}},
		"a file too many":       {func(t *testing.T, h *house) { _, _ = h.blobs.Put([]byte("x")) }, []string{"doctor.orphans"}, nil},
		"open to others":        {func(t *testing.T, h *house) { _ = os.Chmod(h.dir, 0o755) }, nil, []string{"doctor.open_to_others"}},
		"open to a group":       {func(t *testing.T, h *house) { _ = os.Chmod(h.dir, 0o750) }, nil, nil},
		"a file nobody reads":   {func(t *testing.T, h *house) { _ = os.Chmod(filepath.Join(h.dir, "audit.key"), 0o200) }, nil, []string{"doctor.unreadable"}},
		"no key":                {func(t *testing.T, h *house) { _ = os.Remove(filepath.Join(h.dir, "audit.key")) }, nil, []string{"doctor.audit_key"}},
		"an interrupted backup": {func(t *testing.T, h *house) { _ = os.Mkdir(filepath.Join(h.dir, "snapshot-1"), 0o700) }, []string{"doctor.leftover"}, nil},
		"a register that is none": {func(t *testing.T, h *house) {
			_ = os.MkdirAll(filepath.Join(h.dir, "register"), 0o700)
			_ = os.WriteFile(filepath.Join(h.dir, "register", "units.gz"), []byte("x"), 0o600)
		}, nil, []string{"doctor.register"}},
		"a changed audit line":  {func(t *testing.T, h *house) { spoil(t, h.dir, "UPDATE audit_line SET record = 'x' WHERE seq = 1") }, nil, []string{"doctor.audit"}},
		"references to nothing": {func(t *testing.T, h *house) { spoil(t, h.dir, "DELETE FROM agency") }, nil, []string{"doctor.damage"}},
		"an older form": {func(t *testing.T, h *house) {
			spoil(t, h.dir, "DELETE FROM schema_version WHERE version_id = (SELECT max(version_id) FROM schema_version)")
		}, nil, []string{"doctor.behind"}},
		"a newer form": {func(t *testing.T, h *house) {
			spoil(t, h.dir, "INSERT INTO schema_version (version_id, is_applied) VALUES (9999, 1)")
		}, nil, []string{"doctor.unopened"}},
		"a damaged database": {func(t *testing.T, h *house) { scribble(t, h) }, nil, []string{"doctor.unopened"}},
		"a database that is none": {func(t *testing.T, h *house) {
			_ = h.store.Close()
			_ = os.WriteFile(filepath.Join(h.dir, backup.DBName), []byte("không phải cơ sở dữ liệu, chỉ là chữ"), 0o600)
		}, nil, []string{"doctor.unopened"}},
		"a job given up":                {func(t *testing.T, h *house) { h.job("1", gov.JobDead) }, nil, []string{"doctor.dead_job"}},
		"a job given up, and one since": {func(t *testing.T, h *house) { h.job("1", gov.JobDead); h.job("2", gov.JobDone) }, []string{"doctor.dead_job"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := begin(t, 2)
			c.harm(t, h)
			notes, problems := examine(t, h.dir, "")
			if !slices.Equal(notes, c.notes) || !slices.Equal(problems, c.problems) {
				t.Errorf("notes %v, problems %v; want %v and %v", notes, problems, c.notes, c.problems)
			}
		})
	}
	if _, problems := examine(t, filepath.Join(t.TempDir(), "none"), ""); !slices.Equal(problems, []string{"doctor.no_folder"}) {
		t.Errorf("no folder: %v", problems)
	}
	if _, problems := examine(t, t.TempDir(), ""); !slices.Equal(problems, []string{"doctor.not_begun"}) {
		t.Errorf("an empty folder: %v", problems)
	}
}

// scribble writes over a page in the middle of the database.
func scribble(t *testing.T, h *house) {
	t.Helper()
	if err := h.store.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(h.dir, backup.DBName), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for at := info.Size() / page / 2 * page; at < info.Size(); at += page {
		if _, err := f.WriteAt([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), at); err != nil {
			t.Fatal(err)
		}
	}
}

// job puts a job into the queue that has ended like this.
func (h *house) job(key string, s gov.JobState) {
	h.Helper()
	h.n++
	at := now.Add(time.Duration(h.n) * time.Hour)
	h.update(func(ctx context.Context, tx gov.Tx) error {
		if _, err := tx.AddJob(ctx, gov.Job{ID: gov.NewID(at), Kind: "backup", Key: key, Due: at, Made: at}); err != nil {
			return err
		}
		list, err := tx.TakeJobs(ctx, []string{"backup"}, at, at, 1)
		if err != nil {
			return err
		}
		list[0].State, list[0].Ended = s, at
		return tx.UpdateJob(ctx, list[0])
	})
}

func TestDoctorLooksAtTheArchives(t *testing.T) {
	t.Parallel()
	h := begin(t, 1)
	dir := t.TempDir()
	check := func(want ...string) {
		t.Helper()
		if _, problems := examine(t, h.dir, dir); !slices.Equal(problems, want) {
			t.Errorf("%v, want %v", problems, want)
		}
	}
	check("doctor.no_archive")
	for age, want := range map[time.Duration][]string{49 * time.Hour: {"doctor.archive_old"}, 47 * time.Hour: nil} {
		if _, err := backup.Make(t.Context(), h.source(), dir, backup.Recipients{}, now.Add(-age)); err != nil {
			t.Fatal(err)
		}
		check(want...)
		if _, err := backup.Make(t.Context(), h.source(), filepath.Join(t.TempDir(), "b"), backup.Recipients{}, now); err != nil {
			t.Fatal(err)
		}
		list, err := backup.Archives(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			_ = os.Remove(a)
		}
	}
	dir = filepath.Join(dir, "none")
	check("doctor.archives_unread")
}
