package conformance

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/loopback"
)

// binary of a function, as make build leaves it.
func binary(name string) string { return filepath.Join("..", "..", "bin", name) }

// start runs a function's program. The returned func ends it, and returns what it
// logged.
func start(t *testing.T, name string, env []string, args ...string) (stop func() string) {
	t.Helper()
	var log bytes.Buffer
	c := exec.CommandContext(t.Context(), binary(name), args...)
	c.Env, c.Stderr, c.Stdout = append(os.Environ(), env...), &log, &log
	if err := c.Start(); err != nil {
		t.Fatalf("run make build: %v", err)
	}
	stopped := false
	stop = func() string {
		if !stopped {
			stopped = true
			_ = c.Process.Signal(syscall.SIGTERM) //nolint:errcheck // It may have ended by itself.
			_ = c.Wait()                          //nolint:errcheck // The log says how.
		}
		return log.String()
	}
	t.Cleanup(func() { stop() })
	return stop
}

func call(t *testing.T, address string, creds credentials.TransportCredentials, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	t.Helper()
	const most = 64 << 20 // bytes of an answer
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(creds), grpc.WithDefaultCallOptions(grpc.WaitForReady(true), grpc.MaxCallRecvMsgSize(most)))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // The call is over.
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	return fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(ctx, req)
}

// TestFlags holds the flags that the specification and the README name, on the three
// programs as they are built.
func TestFlags(t *testing.T) {
	for _, name := range render.Functions {
		t.Run(name, func(t *testing.T) {
			t.Run("Defaults", func(t *testing.T) {
				help, err := exec.CommandContext(t.Context(), binary(name), "--help").CombinedOutput()
				if err != nil {
					t.Fatalf("run make build: %v", err)
				}
				for _, want := range []string{
					`--address=":9443"`, "--insecure ", "--tls-certs-dir=", "($TLS_SERVER_CERTS_DIR)", "--max-recv-message-size=4", "--debug",
					"--ttl=60s", `--metrics-address=":8080"`, "--version",
				} {
					if !strings.Contains(string(help), want) {
						t.Errorf("--help does not say %s:\n%s", want, help)
					}
				}
			})
			t.Run("NoCredentials", func(t *testing.T) {
				out, err := exec.CommandContext(t.Context(), binary(name), "--address", loopback.Free(t), "--metrics-address", "").CombinedOutput()
				if err == nil || !strings.Contains(string(out), "--tls-certs-dir") {
					t.Errorf("it serves without credentials: %s, %v", out, err)
				}
			})
			t.Run("Insecure", func(t *testing.T) {
				address, metrics := loopback.Free(t), loopback.Free(t)
				stop := start(t, name, []string{"TLS_SERVER_CERTS_DIR=/nowhere"}, "--insecure", "--debug", "--ttl=7s", "--address", address, "--metrics-address", metrics)
				rsp, err := call(t, address, insecure.NewCredentials(), Request(t))
				if err != nil {
					t.Fatalf("--insecure does not win over --tls-certs-dir: %v", err)
				}
				if got := rsp.GetMeta().GetTtl().AsDuration(); got != 7*time.Second {
					t.Errorf("--ttl=7s gives %s", got)
				}
				if _, err := call(t, address, insecure.NewCredentials(), fatalRequest(t)); err != nil {
					t.Error(err)
				}
				page := loopback.Get(t, "http://"+metrics+"/metrics")
				for _, want := range []string{
					`grpc_server_handling_seconds_bucket{function="` + name + `"`,
					`grpc_server_handled_total{function="` + name + `",grpc_code="OK",grpc_method="RunFunction"`,
					`function_fatal_results_total{function="` + name + `",reason="`, `function_panics_total{function="` + name + `"} 0`,
				} {
					if !strings.Contains(page, want) {
						t.Errorf("metrics lack %s", want)
					}
				}
				if log := stop(); !strings.Contains(log, `"tag":"any-tag"`) {
					t.Errorf("--debug logs no call:\n%s", log)
				}
			})
			t.Run("Quiet", func(t *testing.T) {
				address := loopback.Free(t)
				stop := start(t, name, nil, "--insecure", "--address", address, "--metrics-address", "")
				if _, err := call(t, address, insecure.NewCredentials(), Request(t)); err != nil {
					t.Fatal(err)
				}
				if log := stop(); strings.Contains(log, "any-tag") {
					t.Errorf("without --debug each call is logged:\n%s", log)
				}
			})
			t.Run("TLS", func(t *testing.T) {
				dir, address := t.TempDir(), loopback.Free(t)
				creds := certificates(t, dir)
				start(t, name, []string{"TLS_SERVER_CERTS_DIR=" + dir}, "--address", address, "--metrics-address", "")
				if _, err := call(t, address, creds, Request(t)); err != nil {
					t.Error(err)
				}
			})
			t.Run("Large", func(t *testing.T) {
				const mebibyte = 1 << 20
				req := Request(t)
				object.Set(req.GetDesired().GetResources()["thing"].GetResource(), strings.Repeat("x", 15*mebibyte), "spec", "large")
				small, large := loopback.Free(t), loopback.Free(t)
				start(t, name, nil, "--insecure", "--address", small, "--metrics-address", "")
				if _, err := call(t, small, insecure.NewCredentials(), req); status.Code(err) != codes.ResourceExhausted {
					t.Errorf("15 MiB where 4 are allowed: %v", err)
				}
				start(t, name, nil, "--insecure", "--max-recv-message-size=16", "--address", large, "--metrics-address", "")
				rsp, err := call(t, large, insecure.NewCredentials(), req)
				if err != nil || len(object.String(rsp.GetDesired().GetResources()["thing"].GetResource(), "spec", "large")) != 15*mebibyte {
					t.Errorf("15 MiB where 16 are allowed: %v", err)
				}
			})
		})
	}
}

// certificates writes what Crossplane mounts, and returns what its client has.
func certificates(t *testing.T, dir string) credentials.TransportCredentials {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	for file, content := range map[string][]byte{
		"tls.crt": certPEM,
		"ca.crt":  certPEM,
		"tls.key": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}),
	} {
		if err := os.WriteFile(filepath.Join(dir, file), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certPEM)
	return credentials.NewTLS(&tls.Config{
		MinVersion:   tls.VersionTLS12,
		RootCAs:      pool,
		Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
	})
}
