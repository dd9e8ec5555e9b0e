package store

import (
	"errors"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A Target is a database, and what is never printed of it.
type Target struct {
	config  *pgx.ConnConfig
	secrets []string
}

var (
	errURL = errors.New("is no URL of PostgreSQL; one is as postgres://user@host:5432/database, and in a password " +
		"each of / ? # @ and % is written as %2F %3F %23 %40 %25")
	errAt = errors.New("has an @ behind its host; in a password each of / ? # @ and % is written as %2F %3F %23 %40 %25")
)

// IsURL reports whether a text is meant to be a database's.
func IsURL(text string) bool {
	return strings.HasPrefix(text, "postgres:") || strings.HasPrefix(text, "postgresql:")
}

// Parse reads a URL. What it does not say is taken from the environment as all programs of PostgreSQL
// do: PGHOST, PGPASSWORD, PGPASSFILE, PGSERVICE and their like. No error repeats the text, which may
// have a password.
func Parse(text string) (*Target, error) {
	u, err := url.Parse(text)
	if err != nil || !strings.HasPrefix(text, "postgres://") && !strings.HasPrefix(text, "postgresql://") {
		return nil, errURL
	}
	// A password with a slash ends the host there, and would be shown as the name of a database.
	if strings.Contains(u.EscapedPath()+"?"+u.RawQuery+"#"+u.EscapedFragment(), "@") {
		return nil, errAt
	}
	var t Target
	if password, ok := u.User.Password(); ok {
		t.hide(password)
		_, raw, _ := strings.Cut(strings.SplitN(u.User.String(), "@", 2)[0], ":")
		t.hide(raw)
	}
	for _, key := range []string{"password", "sslpassword"} {
		for _, v := range u.Query()[key] {
			t.hide(v)
		}
	}
	for _, name := range []string{"PGPASSWORD", "PGSSLPASSWORD"} {
		t.hide(os.Getenv(name))
	}
	c, err := pgx.ParseConfig(text)
	if err != nil {
		return nil, errors.New("cannot be used: " + t.scrubbed(reason(err)))
	}
	t.hide(c.Password) // it may come of a file
	const patience = 15 * time.Second
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = patience
	}
	// No statement outlives its call, as a PgBouncer in front of the database asks for.
	c.DefaultQueryExecMode = pgx.QueryExecModeExec
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "cost load"
	}
	t.config = c
	return &t, nil
}

// reason is an error without the text that could not be read.
func reason(err error) string {
	text := err.Error()
	if _, ok := errors.AsType[*pgconn.ParseConfigError](err); ok {
		if i := strings.LastIndex(text, "`: "); i >= 0 {
			return text[i+len("`: "):]
		}
	}
	return text
}

func (t *Target) hide(secret string) {
	if secret != "" {
		t.secrets = append(t.secrets, secret)
	}
}

// scrubbed is a text without what is not printed.
func (t *Target) scrubbed(text string) string {
	for _, s := range t.secrets {
		text = strings.ReplaceAll(text, s, "xxxxx")
	}
	return text
}
