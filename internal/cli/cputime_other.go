//go:build !unix

package cli

import "time"

// cpuTime is the processor time that the program has had; 0 where it cannot tell.
func cpuTime() time.Duration { return 0 }
