//go:build costs

package costs

import (
	"os"
	"syscall"
)

// memory is the most that a process had, in MB.
func memory(of *os.ProcessState) int64 {
	usage, ok := of.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss >> 10
}
