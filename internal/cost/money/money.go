// Package money adds what clouds charge, to the last digit that they write.
package money

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Limits of one amount. Bills have amounts such as 0.00000080000, and a cloud that keeps its
// costs as floating point writes up to 17 digits at any exponent: 2^-66 has 36 decimals.
const (
	maxWhole    = 18
	maxDecimals = 60
)

// An Amount is exact. Its zero value is 0; an Amount is not copied but by Set.
type Amount struct{ units, term big.Int } // of 10^-maxDecimals; term is a place to work in

var powers = func() (p [maxDecimals + maxWhole + 1]*big.Int) {
	for i := range p {
		p[i] = new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(i)), nil)
	}
	return p
}()

// Add another amount.
func (a *Amount) Add(b *Amount) { a.units.Add(&a.units, &b.units) }

// Sub takes another amount away.
func (a *Amount) Sub(b *Amount) { a.units.Sub(&a.units, &b.units) }

// Set makes an amount what another one is.
func (a *Amount) Set(b *Amount) { a.units.Set(&b.units) }

// Cmp is -1, 0 or 1 where an amount is less than, equal to or more than another.
func (a *Amount) Cmp(b *Amount) int { return a.units.Cmp(&b.units) }

// CmpSize compares without the signs.
func (a *Amount) CmpSize(b *Amount) int { return a.units.CmpAbs(&b.units) }

// Sign is -1, 0 or 1.
func (a *Amount) Sign() int { return a.units.Sign() }

// Bits are the digits of an amount without its sign, for a hash.
func (a *Amount) Bits() []big.Word { return a.units.Bits() }

// Share of an amount in another one, which is above 0.
func (a *Amount) Share(of *Amount) float64 {
	f, _ := new(big.Rat).SetFrac(&a.units, &of.units).Float64()
	return f
}

var errNumber = errors.New("is no number; a number is digits with a point and perhaps an exponent, as 12.5 or 8e-7")

// most is how many bytes of a number are read.
const most = 200

// Parse makes an amount what a text says.
func (a *Amount) Parse(text []byte) error {
	if len(text) > most {
		return errNumber
	}
	n, err := scan(text)
	if err != nil {
		return err
	}
	scale := n.decimals - n.exponent
	switch {
	case len(n.digits) == 0:
		a.units.SetInt64(0)
		return nil
	case scale > maxDecimals:
		return fmt.Errorf("has %d decimals; allowed are at most %d", scale, maxDecimals)
	case len(n.digits)-scale > maxWhole:
		return fmt.Errorf("has %d digits before its point; allowed are at most %d", len(n.digits)-scale, maxWhole)
	}
	if len(n.digits) <= maxWhole {
		v := int64(0)
		for _, c := range n.digits {
			v = v*10 + int64(c-'0')
		}
		a.term.SetInt64(v)
	} else {
		a.term.SetString(string(n.digits), 10)
	}
	a.units.Mul(&a.term, powers[maxDecimals-scale])
	if n.negative {
		a.units.Neg(&a.units)
	}
	return nil
}

// number is a text in parts: digits without zeros in front, how many of them are decimals, and
// an exponent.
type number struct {
	digits             []byte
	decimals, exponent int
	negative           bool
}

func scan(text []byte) (n number, err error) {
	rest := text
	if len(rest) > 0 && (rest[0] == '-' || rest[0] == '+') {
		n.negative, rest = rest[0] == '-', rest[1:]
	}
	i, point := 0, -1
	for ; i < len(rest) && (rest[i] >= '0' && rest[i] <= '9' || rest[i] == '.' && point < 0); i++ {
		if rest[i] == '.' {
			point = i
		}
	}
	n.digits, rest = rest[:i], rest[i:]
	if point >= 0 {
		n.decimals = i - point - 1
		n.digits = slices.Concat(n.digits[:point], n.digits[point+1:])
	}
	if len(n.digits) == 0 {
		return n, errNumber
	}
	for len(n.digits) > 0 && n.digits[0] == '0' {
		n.digits = n.digits[1:]
	}
	for n.decimals > 0 && len(n.digits) > 0 && n.digits[len(n.digits)-1] == '0' {
		n.digits, n.decimals = n.digits[:len(n.digits)-1], n.decimals-1
	}
	if len(rest) == 0 {
		return n, nil
	}
	n.exponent, err = exponent(rest)
	return n, err
}

// exponent is what stands behind the digits.
func exponent(text []byte) (int, error) {
	const mostDigits = 4
	if text[0] != 'e' && text[0] != 'E' {
		return 0, errNumber
	}
	text = text[1:]
	negative := false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		negative, text = text[0] == '-', text[1:]
	}
	if len(text) == 0 || len(text) > mostDigits {
		return 0, errNumber
	}
	e := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, errNumber
		}
		e = e*10 + int(c-'0')
	}
	if negative {
		e = -e
	}
	return e, nil
}

// Fixed is an amount with so many decimals, rounded to the nearest, and halves away from zero.
func (a *Amount) Fixed(decimals int) string {
	cut := powers[maxDecimals-decimals]
	half := new(big.Int).Rsh(cut, 1)
	abs := new(big.Int).Abs(&a.units)
	text := point(abs.Quo(abs.Add(abs, half), cut).String(), decimals)
	if a.units.Sign() < 0 && strings.Trim(text, "0.") != "" {
		return "-" + text
	}
	return text
}

// String is an amount to its last digit.
func (a *Amount) String() string {
	text := point(new(big.Int).Abs(&a.units).String(), maxDecimals)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	if a.units.Sign() < 0 {
		return "-" + text
	}
	return text
}

// point puts a point into digits.
func point(digits string, decimals int) string {
	if decimals == 0 {
		return digits
	}
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	i := len(digits) - decimals
	return digits[:i] + "." + digits[i:]
}
