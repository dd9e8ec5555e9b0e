package credential

import (
	"crypto/rand"
	"math/big"
)

// A password of this length, with a letter of each case and a digit, is one that every
// engine of every cloud takes: 15 to 32 characters on IBM, at most 41 on RDS for MySQL,
// three of four classes of characters on Azure.
const (
	passwordLength = 32
	lower          = "abcdefghijklmnopqrstuvwxyz"
	upper          = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits         = "0123456789"
)

// newPassword makes a password at random: of all that an answer has, the password alone
// does not follow from the request.
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
