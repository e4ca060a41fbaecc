//go:build unix

package backup

import (
	"io"
	"os"
	"syscall"
)

// SQLite's locks on a database file are these bytes (sqlite.org/fileformat2.html, "The Lock-Byte Page"): a program that has the file open in
// WAL mode holds one of them all the time.
const (
	pendingByte = 0x40000000
	lockBytes   = 512
)

// inUse reports whether another program has the database open. It asks without locking and without touching the file, which may be the
// damaged one that somebody wants to look at later.
func inUse(db string) bool {
	f, err := os.Open(db)
	if err != nil {
		return false
	}
	defer f.Close()
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: pendingByte, Len: lockBytes}
	err = syscall.FcntlFlock(f.Fd(), syscall.F_GETLK, &lock)
	return err == nil && lock.Type != syscall.F_UNLCK
}
