//go:build costdb

// Package costdb loads bills into a real PostgreSQL, and has the dashboard's SQL run there.
package costdb

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	root     = "../.."
	examples = root + "/examples/costs"
	// Made up for a server that lives as long as the tests.
	ownerPassword, loaderPassword, readerPassword = "owner:/?#@%", "loader word", "reader-word"
)

// The server and the program of these tests.
var port, program string

func TestMain(m *testing.M) {
	code, err := inServer(m)
	if err != nil {
		log.Print(err)
		code = 1
	}
	os.Exit(code)
}

// inServer runs the tests beside a server of their own, and stops it.
func inServer(m *testing.M) (int, error) {
	dir, err := os.MkdirTemp("", "costdb")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // A folder of this run.
	program = filepath.Join(dir, "cost")
	build := exec.CommandContext(context.Background(), "go", "build", "-o", program, "./cmd/cost")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, out)
	}
	stop, err := start(dir)
	if err != nil {
		return 0, err
	}
	defer stop()
	return m.Run(), nil
}

// bin is where the newest PostgreSQL of this machine is, or POSTGRES says.
func bin() (string, error) {
	if dir := os.Getenv("POSTGRES"); dir != "" {
		return dir, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("PostgreSQL is missing: apt-get install postgresql, or say POSTGRES=/folder/of/initdb: %w", err)
	}
	return filepath.Dir(slices.Max(found)), nil
}

// asOther are attributes of a process that is not root's: PostgreSQL refuses to run as root.
func asOther(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, os.Chown(dir, uid, gid)
}

// start starts a server on a port of the loopback, and returns what stops it.
func start(dir string) (stop func(), err error) {
	where, err := bin()
	if err != nil {
		return nil, err
	}
	attr, err := asOther(dir)
	if err != nil {
		return nil, err
	}
	secret, data := filepath.Join(dir, "secret"), filepath.Join(dir, "data")
	if err := os.WriteFile(secret, []byte(ownerPassword), 0o644); err != nil { // of another user, in a folder of its own
		return nil, err
	}
	c := exec.CommandContext(context.Background(), filepath.Join(where, "initdb"), "-D", data, "-U", "owner", "-E", "UTF8", "--locale=C.UTF-8",
		"--auth=scram-sha-256", "--pwfile="+secret, "--no-sync")
	c.SysProcAttr, c.Dir = attr, dir
	if out, err := c.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	_, port, _ = net.SplitHostPort(l.Addr().String())
	if err := l.Close(); err != nil {
		return nil, err
	}
	var said bytes.Buffer
	server := exec.CommandContext(context.Background(), filepath.Join(where, "postgres"), "-D", data, "-c", "listen_addresses=127.0.0.1", "-p", port,
		"-c", "unix_socket_directories=", "-c", "fsync=off")
	server.SysProcAttr, server.Dir, server.Stderr = attr, dir, &said
	if err := server.Start(); err != nil {
		return nil, err
	}
	stop = func() {
		_ = server.Process.Signal(syscall.SIGINT) //nolint:errcheck // It has ended then: a fast shutdown of this server alone.
		_ = server.Wait()                         //nolint:errcheck // As above.
	}
	for range 300 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		var conn *pgx.Conn
		conn, err = pgx.Connect(ctx, address("postgres", "owner", ownerPassword))
		cancel()
		if err == nil {
			return stop, conn.Close(context.Background())
		}
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	return nil, fmt.Errorf("%w: %s", err, said.String())
}

// address is a URL with a password, each of whose characters may stand in one.
func address(database, name, password string) string {
	escaped := regexp.MustCompile(`[^A-Za-z0-9-]`).ReplaceAllStringFunc(password, func(s string) string { return fmt.Sprintf("%%%02X", s) })
	return fmt.Sprintf("postgres://%s:%s@127.0.0.1:%s/%s?sslmode=disable", name, escaped, port, database)
}

// A database with the schema of cost schema, and a user of each role.
type database struct {
	t    *testing.T
	name string
	*pgx.Conn
}

func newDatabase(t *testing.T, more ...string) *database {
	t.Helper()
	name := "costs_" + strings.ToLower(regexp.MustCompile(`\W`).ReplaceAllString(t.Name(), "_")) + strings.Join(more, "")
	admin := open(t, "postgres", "owner", ownerPassword)
	do(t, admin, `CREATE DATABASE `+name)
	d := &database{t: t, name: name, Conn: open(t, name, "owner", ownerPassword)}
	schema, told, err := run(t, nil, "schema")
	if err != nil {
		t.Fatal(err, told)
	}
	do(t, d.Conn, schema)
	do(t, d.Conn, schema) // it may be run again
	for role, password := range map[string]string{"loader": loaderPassword, "reader": readerPassword} {
		do(t, d.Conn, `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '`+role+`') THEN
			CREATE ROLE `+role+` LOGIN PASSWORD '`+password+`' IN ROLE cost_`+role+`; END IF; END $$`)
	}
	return d
}

func open(t *testing.T, database, name, password string) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address(database, name, password))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(context.Background()) }) //nolint:errcheck // The server ends after all tests.
	return c
}

// do runs statements.
func do(t *testing.T, c *pgx.Conn, sql string) {
	t.Helper()
	if _, err := c.PgConn().Exec(t.Context(), sql).ReadAll(); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// run runs the program with variables of its environment.
func run(t *testing.T, env []string, args ...string) (out, told string, err error) {
	t.Helper()
	c := exec.CommandContext(t.Context(), program, args...)
	c.Env = append([]string{"HOME=" + t.TempDir()}, env...)
	var o, e bytes.Buffer
	c.Stdout, c.Stderr = &o, &e
	err = c.Run()
	return o.String(), e.String(), err
}

// load loads as the loader, and fails where that does.
func (d *database) load(args ...string) string {
	d.t.Helper()
	out, told, err := run(d.t, []string{"PGPASSWORD=" + loaderPassword}, append([]string{"load", "--to", d.url()}, args...)...)
	if err != nil {
		d.t.Fatal(err, told)
	}
	return out
}

// url is the loader's, without its password.
func (d *database) url() string {
	return "postgres://loader@127.0.0.1:" + port + "/" + d.name + "?sslmode=disable"
}

// table is all of cost_daily, as text.
func (d *database) table() string {
	d.t.Helper()
	var b bytes.Buffer
	if _, err := d.PgConn().CopyTo(d.t.Context(), &b, `COPY (SELECT d::text FROM cost_daily AS d ORDER BY 1) TO STDOUT`); err != nil {
		d.t.Fatal(err)
	}
	return b.String()
}

// text is the one value of a query.
func (d *database) text(sql string) (out string) {
	d.t.Helper()
	if err := d.QueryRow(d.t.Context(), sql).Scan(&out); err != nil {
		d.t.Fatalf("%s: %v", sql, err)
	}
	return out
}
