package runner

import "syscall"

// giveBack has Linux take the memory of zeros back that is behind b, which reads as zeros all the same:
// Go writes zeros where an object comes to lie on memory that another one had (allocNeedsZero of
// runtime/mheap.go), and what was written to stays with the process.
func giveBack(b []byte) {
	_ = syscall.Madvise(b, syscall.MADV_DONTNEED) //nolint:errcheck // Where Linux keeps it, the process is larger.
}
