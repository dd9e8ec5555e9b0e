//go:build !linux

package runner

// giveBack does nothing where no function runs but while somebody develops it.
func giveBack([]byte) {}
