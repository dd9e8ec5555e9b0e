//go:build !linux

package runner

// giveBack does nothing: on another system functions are run by who develops them.
func giveBack([]byte) {}
