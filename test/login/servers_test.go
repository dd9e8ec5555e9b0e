//go:build login

package login

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// What an engine calls what an app must not do, and what ends a login.
var (
	elevate = map[string]string{"postgres": "SET ROLE boss", "mysql": "GRANT SELECT ON *.* TO 'orders_app'@'%'"}
	// Where an engine keeps what passwords are checked by.
	passwords = map[string]string{"postgres": "SELECT rolpassword FROM pg_authid", "mysql": "SELECT Priv FROM mysql.global_priv"}
	gone      = map[string]string{"postgres": "DROP ROLE orders_app", "mysql": "DROP USER orders_app"}
)

// postgres is a PostgreSQL whose administrator is what clouds have: the owner of the logical database, who
// may make roles, and no superuser.
func postgres(t *testing.T) server {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		t.Fatal("PostgreSQL is missing: apt-get install postgresql", err)
	}
	bin, dir, port := slices.Max(found), folder(t), freePort(t)
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("super-word"), 0o600); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	said := serve(t, "postgres", dir, [][]string{{
		filepath.Join(bin, "initdb"), "-D", data, "-U", "super", "-E", "UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--no-sync",
		"--pwfile=" + filepath.Join(dir, "secret"),
	}}, []string{
		filepath.Join(bin, "postgres"), "-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
		"-c", "log_statement=all",
	})
	sql := func(database string) func(user, password, sql string) (string, error) {
		return func(user, password, sql string) (string, error) {
			c := exec.CommandContext(t.Context(), "psql", "--no-psqlrc", "--no-password", "--set", "ON_ERROR_STOP=1", "--command", sql)
			c.Env = []string{
				"PATH=" + os.Getenv("PATH"), "PGHOST=127.0.0.1", "PGPORT=" + port, "PGUSER=" + user, "PGPASSWORD=" + password, "PGDATABASE=" + database,
			}
			out, err := c.CombinedOutput()
			return string(out), err
		}
	}
	until(t, func() (string, error) { return sql("postgres")("super", "super-word", "SELECT 1") })
	for _, say := range []string{"CREATE ROLE boss LOGIN CREATEROLE CREATEDB PASSWORD 'bossPasswordOfClouds1234'", "CREATE DATABASE orders OWNER boss"} {
		if out, err := sql("postgres")("super", "super-word", say); err != nil {
			t.Fatal(out, err)
		}
	}
	return server{engine: "postgres", said: said, login: sql("orders"), env: map[string]string{
		"host": "127.0.0.1", "port": port, "username": "boss", "password": "bossPasswordOfClouds1234", "database": "orders", "sslmode": "prefer",
	}}
}

// mysql is a MariaDB, which Debian has for MySQL, with TLS. Its administrator may grant what it has.
func mysql(t *testing.T) server {
	t.Helper()
	for _, program := range []string{"mariadbd", "mariadb", "mariadb-install-db"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatal("MariaDB is missing: apt-get install mariadb-server", err)
		}
	}
	dir, port := folder(t), freePort(t)
	certify(t, dir)
	data, socket := filepath.Join(dir, "data"), filepath.Join(dir, "s")
	boot := filepath.Join(dir, "boot.sql")
	text := "CREATE DATABASE `orders_db`;\nCREATE DATABASE `ordersXdb`;\n" +
		"CREATE USER 'boss'@'%' IDENTIFIED BY 'bossPasswordOfClouds1234';\nGRANT ALL PRIVILEGES ON *.* TO 'boss'@'%' WITH GRANT OPTION;\n"
	if err := os.WriteFile(boot, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	said := serve(t, "mysql", dir, [][]string{{"mariadb-install-db", "--no-defaults", "--datadir=" + data, "--skip-test-db"}}, []string{
		"mariadbd", "--no-defaults", "--datadir=" + data, "--bind-address=127.0.0.1", "--port=" + port, "--socket=" + socket,
		"--pid-file=" + filepath.Join(dir, "pid"),
		"--ssl-cert=" + filepath.Join(dir, "cert"), "--ssl-key=" + filepath.Join(dir, "key"), "--init-file=" + boot,
	})
	login := func(user, password, sql string) (string, error) {
		c := exec.CommandContext(t.Context(), "mariadb", "--no-defaults", "--ssl", "--host=127.0.0.1", "--port="+port, "--user="+user, "--execute", sql, "orders_db")
		c.Env = []string{"PATH=" + os.Getenv("PATH"), "MYSQL_PWD=" + password}
		out, err := c.CombinedOutput()
		return string(out), err
	}
	until(t, func() (string, error) { return login("boss", "bossPasswordOfClouds1234", "SELECT 1") })
	return server{engine: "mysql", said: said, login: login, env: map[string]string{
		"host": "127.0.0.1", "port": port, "username": "boss", "password": "bossPasswordOfClouds1234", "database": "orders_db", "sslmode": "REQUIRED",
	}}
}

// certify writes a certificate that signs itself, for TLS that nobody verifies.
func certify(t *testing.T, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"cert": {Type: "CERTIFICATE", Bytes: cert}, "key": {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
