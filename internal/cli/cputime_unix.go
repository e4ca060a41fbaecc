//go:build unix

package cli

import (
	"syscall"
	"time"
)

// cpuTime is the processor time that the program has had; 0 where it cannot tell.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
