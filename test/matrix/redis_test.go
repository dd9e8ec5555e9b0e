//go:build redis

package matrix

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/e2e/provider"
	"github.com/victor-onl/crossplane-resources/test/loopback"
)

// TestRedis has clients use the connection Secret of a cache of each cloud, in dev and prod,
// on a Redis server that asks for TLS and for the password in it: go-redis by the URI,
// redis-cli by the other keys, and not without either. Names and certificates are this
// machine's; whatever else stands in the Secret is as the functions publish it.
func TestRedis(t *testing.T) {
	for _, program := range []string{"redis-server", "redis-cli"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%s is missing: install the package redis-server of Debian, or Redis from 6.2 on", program)
		}
	}
	for _, env := range []string{"dev", "prod"} {
		for _, name := range []string{"memorystore-main", "elasticache-main", "managedredis-main", "redis-main"} {
			t.Run(env+"/"+name, func(t *testing.T) {
				secret := secretOf(t, env, name)
				uri, err := url.Parse(secret["uri"])
				if err != nil {
					t.Fatal(err)
				}
				if uri.Scheme != "rediss" || secret["tls"] != "true" {
					t.Fatalf("the Secret offers %s with tls %q", uri.Scheme, secret["tls"])
				}
				if password, _ := uri.User.Password(); password != secret["password"] || uri.Host != net.JoinHostPort(secret["host"], secret["port"]) ||
					uri.Path != "/"+secret["database"] {
					t.Error("the URI says something else than the other keys")
				}
				port, ca := serve(t, secret["username"], secret["password"])
				uri.Host = "127.0.0.1:" + port
				hello := func(args ...string) string { return client(t, append(args, "PING")...) }
				if got := app(t, uri.String(), ca); got != "PONG" {
					t.Errorf("by the URI the server answers %q", got)
				}
				fields := []string{"-h", "127.0.0.1", "-p", port, "-n", secret["database"], "--tls", "--cacert", ca}
				if got := hello(append(fields, "--user", secret["username"], "--pass", secret["password"])...); got != "PONG" {
					t.Errorf("by user and password the server answers %q", got)
				}
				if got := hello(fields...); !strings.Contains(got, "NOAUTH") {
					t.Errorf("without a password the server answers %q", got)
				}
				if got := hello("-h", "127.0.0.1", "-p", port, "--user", secret["username"], "--pass", secret["password"]); strings.Contains(got, "PONG") {
					t.Errorf("without TLS the server answers %q", got)
				}
			})
		}
	}
}

// secretOf is the connection Secret of an example's cache, once it is ready.
func secretOf(t *testing.T, env, name string) map[string]string {
	t.Helper()
	read := func(file string) []byte {
		b, err := os.ReadFile(filepath.Join("../../examples", file))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	xr, err := render.XR(read("claims/payments-"+env+"-infra/"+name+".yaml"), render.ScopeClaim, "")
	if err != nil {
		t.Fatal(err)
	}
	settings := fromYAML(t, string(read("settings/platform-"+env+".yaml")))
	p := &play{cloud: provider.NewCloud(), observed: map[string]*fnv1.Resource{}, settings: settings, xr: fromYAML(t, string(xr))}
	p.ready(t, cell{scope: render.ScopeClaim})
	secret := map[string]string{}
	for key, value := range p.round(t).GetDesired().GetComposite().GetConnectionDetails() {
		secret[key] = string(value)
	}
	return secret
}

// app runs a client that is told the URI alone, and returns what it prints.
func app(t *testing.T, uri, ca string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "../../.cache/bin/redis", ca)
	c.Stdin = strings.NewReader(uri)
	out, _ := c.CombinedOutput() // it ends with 1 where it is refused, and says so
	return strings.TrimSpace(string(out))
}

// client runs Redis's own client, and returns what it prints.
func client(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "redis-cli", append([]string{"--no-auth-warning"}, args...)...)
	out, _ := c.CombinedOutput() // it ends with 1 where it is refused
	return strings.TrimSpace(string(out))
}

// serve starts a server for one user until the test ends, and returns its port and the file
// of the authority that its certificate is of.
func serve(t *testing.T, user, password string) (port, ca string) {
	t.Helper()
	dir := t.TempDir()
	certificate(t, dir)
	_, port, err := net.SplitHostPort(loopback.Free(t))
	// A file, so that no list of processes shows the password.
	config := strings.Join([]string{
		"bind 127.0.0.1", "port 0", "tls-port " + port, "tls-cert-file tls.crt", "tls-key-file tls.key", "tls-ca-cert-file tls.crt",
		"tls-auth-clients no", "save \"\"", "appendonly no", "dir " + dir,
		"user " + user + " on " + strconv.Quote(">"+password) + " ~* &* +@all",
	}, "\n")
	if user != "default" { // whom IBM Cloud restricts
		config += "\nrequirepass nobody-knows-it"
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "redis.conf"), []byte(config), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	server := exec.CommandContext(t.Context(), "redis-server", "redis.conf")
	server.Dir, server.Stdout, server.Stderr = dir, os.Stderr, os.Stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	ca = filepath.Join(dir, "tls.crt")
	for range 100 {
		if strings.Contains(client(t, "-p", port, "--tls", "--cacert", ca, "PING"), "NOAUTH") {
			return port, ca
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("redis-server does not answer")
	return "", ""
}

// certificate writes a key, and a certificate for 127.0.0.1 that is its own authority.
func certificate(t *testing.T, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "127.0.0.1"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	signed, err := x509.CreateCertificate(rand.Reader, of, of, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{"tls.crt": {Type: "CERTIFICATE", Bytes: signed}, "tls.key": {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(filepath.Join(dir, file), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
