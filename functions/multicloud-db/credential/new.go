package credential

import (
	"crypto/rand"
	"math/big"
)

// A password that every engine of every cloud takes: facts are 15 to 32 on IBM, at most
// 41 on RDS for MySQL, three of four classes on Azure.
const (
	passwordLength = 32
	lower          = "abcdefghijklmnopqrstuvwxyz"
	upper          = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits         = "0123456789"
)

// newPassword is the one thing that is no function of the request.
func newPassword() []byte {
	const all = lower + upper + digits
	for {
		p := make([]byte, passwordLength)
		var has [3]bool
		for i := range p {
			set := all
			if i == 0 {
				set = lower + upper // begins with a letter
			}
			n, err := rand.Int(rand.Reader, big.NewInt(int64(len(set))))
			if err != nil {
				panic(err) // crypto/rand never fails on the systems Go runs on
			}
			p[i] = set[n.Int64()]
			switch {
			case p[i] >= 'a':
				has[0] = true
			case p[i] >= 'A':
				has[1] = true
			default:
				has[2] = true
			}
		}
		if has == [3]bool{true, true, true} {
			return p
		}
	}
}
