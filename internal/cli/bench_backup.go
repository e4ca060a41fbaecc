package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"haicap/internal/backup"
	"haicap/internal/gov"
	"haicap/internal/synth"
)

func benchBackupCommand() command {
	return command{name: "bench backup", run: runBenchBackup, flags: []flag{{"records", "NUMBER"}, {"json", ""}},
		examples: []string{"haicap bench backup", "haicap bench backup --records 100000 --json"}}
}

// A measure is one line of a benchmark.
type measure struct {
	Name  string  `json:"name"`
	Size  int64   `json:"size"` // bytes
	Took  float64 `json:"seconds"`
	Rate  float64 `json:"rate"`  // megabytes a second
	Ratio float64 `json:"ratio"` // of the time of a plain copy of the same files
}

// runBenchBackup makes data in a temporary folder, copies them plainly, saves and restores them while somebody goes on writing, and
// compares what came back.
func runBenchBackup(ctx context.Context, c *call) error {
	c.flags["provinces"] = "25"
	order, err := c.synthOrder()
	if err != nil {
		return err
	}
	if _, given := c.flags["records"]; !given {
		order.Records = 100_000
	}
	return c.inBench(ctx, order.Provinces[0], func(top string, p *parts) error { return c.benchBackup(ctx, p, top, order) })
}

func (c *call) benchBackup(ctx context.Context, p *parts, top string, order synth.Config) error {
	began := time.Now()
	made, err := c.generate(ctx, p, order)
	if err != nil {
		return err
	}
	c.say("cli.bench_made", made.Figures, made.Documents, time.Since(began).Seconds())
	list, err := c.measureBackup(ctx, p, top)
	if err != nil {
		return err
	}
	for _, m := range list {
		line, err := json.Marshal(m)
		if err != nil {
			return err
		}
		if !c.has("json") {
			line = fmt.Appendf(nil, "%-22s %8.1f MB %8.2f s %8.1f MB/s  × %.2f", m.Name, float64(m.Size)/1e6, m.Took, m.Rate, m.Ratio)
		}
		if err := c.put(string(line) + "\n"); err != nil {
			return err
		}
	}
	c.say("cli.bench_same")
	return nil
}

// measureBackup takes the times; the plain copy comes first, so that all find the files in memory.
func (c *call) measureBackup(ctx context.Context, p *parts, top string) ([]measure, error) {
	dir := c.settings.get("data")
	var list []measure
	take := func(name string, f func() (int64, error)) error {
		began := time.Now()
		size, err := f()
		took := time.Since(began).Seconds()
		m := measure{Name: name, Size: size, Took: took, Rate: float64(size) / 1e6 / took, Ratio: 1}
		if len(list) > 0 {
			m.Ratio = took / list[0].Took
		}
		list = append(list, m)
		return err
	}
	plain, saved, restored := filepath.Join(top, "plain"), filepath.Join(top, "saved"), filepath.Join(top, "restored")
	if err := take("plain copy", func() (int64, error) { return copyTree(dir, plain) }); err != nil {
		return nil, err
	}
	var r backup.Report
	stop := c.writeOn(ctx, p)
	err := take("backup, verified", func() (size int64, err error) {
		r, err = c.save(ctx, p, saved, backup.Recipients{})
		return list[0].Size, err
	})
	written, failed := stop()
	if err := errors.Join(err, failed); err != nil {
		return nil, err
	}
	c.say("cli.bench_written", written)
	err = take("restore, verified", func() (int64, error) {
		_, err := backup.Restore(ctx, backup.Plan{Archive: r.Path, Dir: restored, Now: time.Now()})
		return list[0].Size, err
	})
	if err != nil {
		return nil, err
	}
	list = append(list, measure{Name: "archive", Size: r.Size, Ratio: float64(r.Size) / float64(list[0].Size)})
	return list, compareRestored(restored, dir, r.Manifest)
}

// compareRestored says whether the restored files are those of the manifest, and the documents those of the folder.
func compareRestored(restored, dir string, m backup.Manifest) error {
	different := func(name string) error { return gov.Errorf(gov.Internal, "different: "+name) }
	for _, member := range m.Members {
		sum, err := sumOf(filepath.Join(restored, filepath.FromSlash(member.Name)))
		if err != nil {
			return err
		}
		if sum != member.SHA256 {
			return different(member.Name)
		}
	}
	return filepath.WalkDir(filepath.Join(restored, blobsName), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(restored, path)
		if err != nil {
			return err
		}
		a, err1 := sumOf(path)
		b, err2 := sumOf(filepath.Join(dir, rel))
		if a != b {
			return different(rel)
		}
		return errors.Join(err1, err2)
	})
}

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// writeOn goes on writing into the books until stop is called, which gives how many transactions there were.
func (c *call) writeOn(ctx context.Context, p *parts) (stop func() (int, error)) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	n := 0
	var failed error
	wg.Go(func() {
		for ctx.Err() == nil && failed == nil {
			order := synth.Config{Provinces: []string{"25"}, Only: []string{synth.Documents}, Records: 500, Years: 1, Last: lastYear, Seed: uint64(1000 + n)}
			if _, err := c.generate(ctx, p, order); err == nil {
				n++
			} else if ctx.Err() == nil {
				failed = err
			}
		}
	})
	return func() (int, error) { cancel(); wg.Wait(); return n, failed }
}

// copyTree copies the files of a folder, flushing each, and gives their bytes.
func copyTree(from, to string) (int64, error) {
	var size int64
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		if strings.HasSuffix(rel, "-shm") {
			return nil
		}
		n, err := copyFile(path, target)
		size += n
		return err
	})
	return size, err
}

func copyFile(from, to string) (int64, error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(out, in)
	return n, errors.Join(err, out.Sync(), out.Close())
}
