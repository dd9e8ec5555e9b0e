// Package store writes what clouds charge by day into PostgreSQL.
package store

import (
	"cmp"
	"context"
	_ "embed" // of schema.sql
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/victor-onl/crossplane-resources/internal/cost/money"
	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

// Schema is the SQL that makes the tables and roles.
//
//go:embed schema.sql
var Schema string

// Columns of cost_daily, in the order of values.
var Columns = []string{
	"day", "period", "cloud", "currency", "account", "sub_account", "domain", "env", "team", "system", "claim", "entity", "why",
	"product", "category", "billed", "effective", "charges",
}

func values(d *spend.Day) ([]any, error) {
	p := &d.Place
	billed, err := number(&d.Billed)
	if err != nil {
		return nil, err
	}
	effective, err := number(&d.Amount)
	if err != nil {
		return nil, err
	}
	return []any{
		d.Date, d.Period, d.Cloud, d.Currency, d.Account, d.SubAccount, p.Domain, p.Env, p.Team, p.System, p.Claim, p.Entity, p.Why,
		d.Product, d.Category, billed, effective, int64(d.Rows),
	}, nil
}

// number is an amount to its last digit.
func number(a *money.Amount) (n pgtype.Numeric, err error) {
	return n, n.Scan(a.String())
}

// A Bill is a cloud's month, which is replaced whole.
type Bill struct {
	Cloud  string
	Period time.Time
}

// String is a bill as aws 2026-08.
func (b Bill) String() string { return b.Cloud + " " + b.Period.Format("2006-01") }

// Options of a load.
type Options struct {
	// Drop takes away what the database has of accounts and days that the exports do not have.
	Drop bool
	// Now is when the exports were read.
	Now time.Time
}

// errUnknown is of a COMMIT without an answer: the server may have done it.
var errUnknown = errors.New("it is not known whether the database has what was loaded; load it again")

// Load replaces the bills that the days are of, all of them or none, and returns which those are.
func (t *Target) Load(ctx context.Context, days []*spend.Day, o Options) ([]Bill, error) {
	bills, err := t.load(ctx, days, o)
	if err != nil {
		if ctx.Err() != nil && !errors.Is(err, errUnknown) {
			return nil, errors.New("was stopped before it was done; the database has what it had")
		}
		return nil, errors.New(t.scrubbed(told(err)))
	}
	return bills, nil
}

// told is an error in the words of who runs the command.
func told(err error) string {
	const noTable, denied, waited = "42P01", "42501", "55P03"
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch p.Code {
		case noTable:
			return "the database lacks a table: cost schema | psql makes it: " + p.Message
		case denied:
			return "the user may not write: GRANT cost_loader TO it: " + p.Message
		case waited:
			return "another load has been at work for ten minutes: " + p.Message
		}
	}
	return err.Error()
}

// begin is what a load does first. Whoever reads goes on reading what was there, and who also loads
// waits. A program that is cut off from its database does not keep the lock: PostgreSQL from 14 on
// looks whether its client is there (https://www.postgresql.org/docs/current/runtime-config-connection.html).
var begin = []string{
	"SET LOCAL lock_timeout = '10min'",
	"SET LOCAL idle_in_transaction_session_timeout = '5min'",
	"SELECT set_config(name, '5s', true) FROM pg_catalog.pg_settings WHERE name = 'client_connection_check_interval'",
	"LOCK TABLE cost_daily IN SHARE ROW EXCLUSIVE MODE",
}

func (t *Target) load(ctx context.Context, days []*spend.Day, o Options) (list []Bill, err error) {
	charges, have := map[Bill]int64{}, map[time.Time]*parts{}
	for _, d := range days {
		if have[d.Period] == nil {
			have[d.Period] = newParts()
		}
		have[d.Period].add(d)
		charges[Bill{d.Cloud, d.Period}] += int64(d.Rows)
	}
	list = slices.SortedFunc(maps.Keys(charges), func(a, b Bill) int {
		return cmp.Or(strings.Compare(a.Cloud, b.Cloud), a.Period.Compare(b.Period))
	})
	c, err := pgx.ConnectConfig(ctx, t.config)
	if err != nil {
		return nil, err
	}
	const patience = 10 * time.Second
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		err = errors.Join(err, c.Close(closing))
	}()
	tx, err := c.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil { // closing the connection rolls back too, and tells nothing more
			_ = tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // As above.
		}
	}()
	for _, statement := range begin {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return nil, err
		}
	}
	for _, b := range list {
		if err := replace(ctx, tx, b, have[b.Period], charges[b], o); err != nil {
			return nil, err
		}
	}
	n, err := tx.CopyFrom(ctx, pgx.Identifier{"cost_daily"}, Columns, pgx.CopyFromSlice(len(days), func(i int) ([]any, error) {
		return values(days[i])
	}))
	if err != nil {
		return nil, err
	}
	if n != int64(len(days)) {
		return nil, fmt.Errorf("the database took %d of %d lines", n, len(days))
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnknown, err)
	}
	return list, nil
}

// replace takes away a bill, which is written anew behind it: what its cloud charged, and what others
// charged by the same account, as sellers of a marketplace do, who may have no charge left.
func replace(ctx context.Context, tx pgx.Tx, b Bill, have *parts, charges int64, o Options) error {
	names := have.names()
	if !o.Drop {
		if err := nothingLost(ctx, tx, b, names, have); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, "DELETE FROM cost_daily WHERE period = $2 AND (cloud = $1 OR account = ANY ($3))", b.Cloud, b.Period, names); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO cost_loads (cloud, period, loaded, charges) VALUES ($1, $2, $3, $4)
		ON CONFLICT (cloud, period) DO UPDATE SET loaded = EXCLUDED.loaded, charges = EXCLUDED.charges`, b.Cloud, b.Period, o.Now, charges)
	return err
}
