package spend

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/cost/focus"
	"github.com/victor-onl/crossplane-resources/internal/cost/money"
)

// A bill is of one account and month. Two subscriptions with the same machines may come to the same:
// each is an account of its own here.
type bill struct {
	provider, account, sub, currency string
	month                            Month
}

// A total is what one file has of a bill.
type total struct {
	billed, effective money.Amount
	rows              int
}

// bills find exports of one bill that have no row in common, such as one by hours and one by days:
// they come to the same.
type bills struct {
	file  string
	now   map[bill]*total
	first map[sum]string // the file that a sum stood in first
}

// A sum is what a bill comes to.
type sum struct {
	bill
	billed, effective string
}

func (b *bills) begin(file string) { b.file, b.now = file, map[bill]*total{} }

func (b *bills) add(of bill, r *focus.Row) {
	t := b.now[of]
	if t == nil {
		t = &total{}
		b.now[of] = t
	}
	t.billed.Add(&r.Billed)
	t.effective.Add(&r.Effective)
	t.rows++
}

// end refuses a file whose bill comes to what that of another one does. Few charges may come to the
// same by chance; of many, each with ten decimals, it is one bill. Sums of hours and of days may
// differ in the last decimals.
func (b *bills) end() error {
	const fewRows, decimals = 10, 6
	for of, t := range b.now {
		if t.rows < fewRows || t.billed.Sign() == 0 && t.effective.Sign() == 0 {
			continue
		}
		found := sum{of, t.billed.Fixed(decimals), t.effective.Fixed(decimals)}
		other, ok := b.first[found]
		if !ok {
			b.first[found] = b.file
			continue
		}
		return fmt.Errorf("%s: its %d charges in the bill of %s of %s account %q, %q come to the same as those in %s, %s %s, and would count twice; keep one of both",
			b.file, t.rows, of.month, of.provider, of.account, of.sub, other, t.billed.Fixed(2), of.currency)
	}
	return nil
}
