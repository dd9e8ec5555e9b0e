package runner

import "os"

// ballastSize is how much of the memory that lives is none. Go collects when there is twice
// what lives: a function has 4 MB that live, and a call about 100 resources makes one, so that
// every fourth call would collect. With so much more it is every twentieth; of what lives
// where calls are large it is little, unlike a share of GOGC.
const ballastSize = 12 << 20

// ballast is memory that nobody touches, so that Linux has none for it. There is none where
// the environment says how memory is collected.
func ballast(fn Function) []byte {
	if fn.Plain || os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	b := make([]byte, ballastSize)
	giveBack(b)
	return b
}
