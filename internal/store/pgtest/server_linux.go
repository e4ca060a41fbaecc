package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	osuser "os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

type server struct {
	folder  string // holds the data and the socket
	process *os.Process
	done    chan error
	log     bytes.Buffer // read only after done
}

// find gives the folder of the server's programs: version 15 where it is there, else the newest.
func find() string {
	list, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.Sort(list)
	list = slices.DeleteFunc(list, func(dir string) bool {
		_, err := os.Stat(filepath.Join(dir, "initdb"))
		return err != nil
	})
	if i := slices.Index(list, "/usr/lib/postgresql/15/bin"); i >= 0 {
		return list[i]
	}
	if len(list) > 0 {
		return list[len(list)-1]
	}
	return ""
}

// place is where the server's folder lies: in memory where there is room, three times as fast. Both paths are short, as a socket
// needs, and open to the user that the server runs as.
func place() string {
	var fs syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &fs); err == nil && fs.Bavail*uint64(fs.Bsize) >= 1<<30 {
		return "/dev/shm"
	}
	return "/tmp"
}

func start(bin string) (*server, error) {
	folder, err := os.MkdirTemp(place(), "haicap-pg-")
	if err != nil {
		return nil, err
	}
	s := &server{folder: folder, done: make(chan error, 1)}
	if err := s.launch(bin); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *server) launch(bin string) error {
	attr, err := unprivileged(s.folder)
	if err != nil {
		return err
	}
	data := filepath.Join(s.folder, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", user, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
		"--locale-provider=icu", "--icu-locale=vi", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = s.folder, attr
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	cmd := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", s.folder, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "full_page_writes=off", "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_connections=200", "-c", "shared_buffers=32MB", "-c", "autovacuum=off", "-c", "jit=off")
	cmd.Dir, cmd.SysProcAttr, cmd.Stdout, cmd.Stderr = s.folder, attr, &s.log, &s.log
	started := make(chan error)
	go func() {
		// The kernel ends the server when the thread that started it ends, whatever becomes of this program; so the thread stays.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			s.done <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	s.process = cmd.Process
	return s.await()
}

// await asks until the server answers.
func (s *server) await() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		conn, err := pgx.Connect(ctx, s.dsn("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case ended := <-s.done:
			s.process = nil
			return fmt.Errorf("postgres ended: %v\n%s", ended, s.log.Bytes())
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-tick.C:
		}
	}
}

func (s *server) stop() {
	if s.process != nil {
		_ = s.process.Signal(syscall.SIGINT) // fast shutdown: running transactions are broken off
		<-s.done
	}
	_ = os.RemoveAll(s.folder)
}

// unprivileged gives the folder to a user that the server may run as: PostgreSQL refuses to run as root.
func unprivileged(folder string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() != 0 {
		return attr, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := osuser.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return attr, os.Chown(folder, int(uid), int(gid))
	}
	return nil, errors.New("no user that PostgreSQL could run as: neither postgres nor nobody")
}
