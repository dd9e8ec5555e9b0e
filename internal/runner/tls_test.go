package runner

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/test/loopback"
)

// issue writes tls.crt, tls.key and ca.crt, as Crossplane mounts them, and
// returns what a client of the same authority uses.
func issue(t *testing.T, dir string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	keyPEM := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER})
	for name, content := range map[string][]byte{"tls.crt": certPEM, "tls.key": keyPEM, "ca.crt": certPEM} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pair, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certPEM)
	return pair, pool
}

func TestMutualTLS(t *testing.T) {
	dir := t.TempDir()
	pair, pool := issue(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	o := Options{Address: loopback.Free(t), TLSCertsDir: dir, MaxRecvMessageSize: 4, TTL: time.Minute}
	done := make(chan error, 1)
	go func() { done <- Run(ctx, faked(&fake{}), o, slog.New(slog.DiscardHandler)) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run(): %v", err)
		}
	})

	for { // until it listens, an unknown client would fail for another reason
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", o.Address)
		if err == nil {
			_ = conn.Close() //nolint:errcheck // It was only a look.
			break
		}
		time.Sleep(time.Millisecond)
	}
	cases := map[string]struct {
		reason string
		certs  []tls.Certificate
		want   bool
	}{
		"Known":   {"A client of the same authority is served.", []tls.Certificate{pair}, true},
		"Unknown": {"A client without a certificate is not.", nil, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			conn, err := grpc.NewClient(o.Address,
				grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool, Certificates: tc.certs})),
				grpc.WithDefaultCallOptions(grpc.WaitForReady(tc.want)))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close() //nolint:errcheck // The test ends.
			call, stop := context.WithTimeout(t.Context(), 10*time.Second)
			defer stop()
			_, err = fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(call, &fnv1.RunFunctionRequest{})
			if (err == nil) != tc.want {
				t.Errorf("\n%s\nRunFunction(): %v", tc.reason, err)
			}
		})
	}
}

// TestRenewal holds that certificates and authority are renewed without a restart,
// and that a renewal which is half written, or no certificate, is not used.
func TestRenewal(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	first, firstPool := issue(t, dir)
	var logged bytes.Buffer
	ctx, cancel := context.WithCancel(t.Context())
	o := Options{Address: loopback.Free(t), TLSCertsDir: dir, MaxRecvMessageSize: 4, TTL: time.Minute}
	done := make(chan error, 1)
	go func() { done <- Run(ctx, faked(&fake{}), o, slog.New(slog.NewTextHandler(&logged, nil))) }()

	served := func(when string, pair tls.Certificate, pool *x509.CertPool, want bool) {
		t.Helper()
		conn, err := grpc.NewClient(o.Address, // a new connection each time
			grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool, Certificates: []tls.Certificate{pair}})),
			grpc.WithDefaultCallOptions(grpc.WaitForReady(want)))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close() //nolint:errcheck // The test ends.
		call, stop := context.WithTimeout(t.Context(), 10*time.Second)
		defer stop()
		if _, err = fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(call, &fnv1.RunFunctionRequest{}); (err == nil) != want {
			t.Errorf("%s: RunFunction(): %v", when, err)
		}
	}
	move := func(names ...string) {
		t.Helper()
		for _, name := range names {
			b, err := os.ReadFile(filepath.Join(other, name))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}

	served("at the start", first, firstPool, true)
	second, secondPool := issue(t, other)
	move("tls.crt")
	served("half renewed", first, firstPool, true)
	move("tls.key", "ca.crt")
	served("renewed", second, secondPool, true)
	served("by the authority before", first, firstPool, false)
	if err := os.Remove(filepath.Join(dir, "tls.key")); err != nil {
		t.Fatal(err)
	}
	served("without a key", second, secondPool, true)
	if err := os.WriteFile(filepath.Join(dir, "ca.crt"), []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	move("tls.key")
	served("without an authority", second, secondPool, true)
	move("ca.crt")
	served("as before", second, secondPool, true)

	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run(): %v", err)
	}
	if n := strings.Count(logged.String(), "cannot use the renewed certificates"); n != 3 {
		t.Errorf("three renewals were wrong, and %d were logged:\n%s", n, logged.String())
	}
}

// TestBadCertificates holds that a function which cannot serve says why and ends.
func TestBadCertificates(t *testing.T) {
	cases := map[string]struct {
		reason, file, content, want string
	}{
		"Missing":   {"A file is missing.", "tls.key", "", "cannot read the certificates"},
		"Pair":      {"Key and certificate do not fit.", "tls.key", "x", "cannot use tls.crt and tls.key"},
		"Authority": {"Nobody could be let in.", "ca.crt", "x", "cannot use ca.crt"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			issue(t, dir)
			path := filepath.Join(dir, tc.file)
			err := os.WriteFile(path, []byte(tc.content), 0o600)
			if tc.content == "" {
				err = os.Remove(path)
			}
			if err != nil {
				t.Fatal(err)
			}
			err = Run(t.Context(), faked(&fake{}), Options{Address: loopback.Free(t), TLSCertsDir: dir, MaxRecvMessageSize: 4}, slog.New(slog.DiscardHandler))
			if err == nil || !strings.HasPrefix(err.Error(), tc.want) {
				t.Errorf("\n%s\nRun(): want %q, got %v", tc.reason, tc.want, err)
			}
		})
	}
}
