package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

// An account of a bill, a part of it, and a currency that it pays in.
type account struct{ name, sub, currency string }

// An accountDay is a day on which an account was charged.
type accountDay struct {
	name string
	date time.Time
}

// parts are what exports have of the bills of a month.
type parts struct {
	accounts map[account]bool
	days     map[accountDay]bool
}

func newParts() *parts { return &parts{accounts: map[account]bool{}, days: map[accountDay]bool{}} }

func (p *parts) add(d *spend.Day) {
	p.accounts[account{d.Account, d.SubAccount, d.Currency}] = true
	p.days[accountDay{d.Account, d.Date}] = true
}

// names are those of the accounts that have one.
func (p *parts) names() []string {
	seen, names := map[string]bool{"": true}, []string{}
	for a := range p.accounts {
		if !seen[a.name] {
			seen[a.name] = true
			names = append(names, a.name)
		}
	}
	return names
}

const (
	// charged is what replace takes away and what is not zero.
	charged = ` FROM cost_daily WHERE period = $2 AND (cloud = $1 OR account = ANY ($3))
		AND (billed <> 0 OR effective <> 0)`
	advice = "load all exports of a cloud's month together, or say --drop"
)

// nothingLost holds that a part of a bill does not replace the whole: of exports by subscription or by
// currency the second would replace the first, and so would one that has half of the days. A day is the
// account's and not the subscription's, of which many a one has charges on some days only.
func nothingLost(ctx context.Context, tx pgx.Tx, b Bill, names []string, have *parts) error {
	rows, err := tx.Query(ctx, "SELECT DISTINCT account, sub_account, currency"+charged+" ORDER BY 1, 2, 3", b.Cloud, b.Period, names)
	if err != nil {
		return err
	}
	accounts, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (a account, err error) {
		return a, row.Scan(&a.name, &a.sub, &a.currency)
	})
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if !have.accounts[a] {
			return fmt.Errorf("the database has charges of account %q, %q in the bill %s in %s, which the exports do not have; %s",
				a.name, a.sub, b, a.currency, advice)
		}
	}
	rows, err = tx.Query(ctx, "SELECT DISTINCT account, day"+charged+" ORDER BY 1, 2", b.Cloud, b.Period, names)
	if err != nil {
		return err
	}
	days, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (d accountDay, err error) {
		return d, row.Scan(&d.name, &d.date)
	})
	if err != nil {
		return err
	}
	lost := map[string][]time.Time{}
	for _, d := range days {
		if !have.days[d] {
			lost[d.name] = append(lost[d.name], d.date)
		}
	}
	for _, d := range days {
		if list := lost[d.name]; list != nil {
			noun := "day"
			if len(list) > 1 {
				noun = "days"
			}
			return fmt.Errorf("the database has charges of account %q in the bill %s on %d %s from %s, on which the exports have none; %s",
				d.name, b, len(list), noun, list[0].Format(time.DateOnly), advice)
		}
	}
	return nil
}
