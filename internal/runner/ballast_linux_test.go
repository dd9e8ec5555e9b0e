package runner

import (
	"bytes"
	"runtime"
	"syscall"
	"testing"
	"unsafe"
)

// TestBallast holds that no page of the ballast is with the process, also where Go had written to the
// memory that it came to lie on.
func TestBallast(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	for range 8 { // so that there is memory to be had again, of the size and larger
		used := make([]byte, ballastSize)
		for i := range used {
			used[i] = 1
		}
		runtime.KeepAlive(used)
	}
	runtime.GC()

	b := ballast(Function{})
	pages := make([]byte, len(b)/syscall.Getpagesize())
	if _, _, errno := syscall.Syscall(
		syscall.SYS_MINCORE, uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)), uintptr(unsafe.Pointer(&pages[0])), //nolint:gosec // The call takes addresses.
	); errno != 0 {
		t.Fatal(errno)
	}
	there := 0
	for _, page := range pages {
		there += int(page & 1)
	}
	if there > 0 {
		t.Errorf("%d pages of %d are with the process", there, len(pages))
	}
	if !bytes.Equal(b, make([]byte, len(b))) {
		t.Error("the ballast is not zeros")
	}
}
