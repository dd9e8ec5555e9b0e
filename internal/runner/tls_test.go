package runner

import (
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
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// certificates writes tls.crt, tls.key and ca.crt, as Crossplane mounts them, and
// returns what a client of the same authority uses.
func certificates(t *testing.T, dir string) (tls.Certificate, *x509.CertPool) {
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
	pair, pool := certificates(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	o := Options{Address: free(t), TLSCertsDir: dir, MaxRecvMessageSize: 4, TTL: time.Minute}
	done := make(chan error, 1)
	go func() { done <- Run(ctx, "function-fake", o, &fake{}, slog.New(slog.DiscardHandler)) }()
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
