package runner

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

// certFiles are what Crossplane mounts: the server's certificate and key, and the
// authority of its clients.
var certFiles = [...]string{"tls.crt", "tls.key", "ca.crt"}

// transport returns the credentials that the options ask for. The function
// specification has --insecure win over --tls-certs-dir.
func transport(o Options, log *slog.Logger) (credentials.TransportCredentials, error) {
	if o.Insecure {
		return insecure.NewCredentials(), nil
	}
	if o.TLSCertsDir == "" {
		return nil, errors.New("cannot serve without credentials: give --tls-certs-dir (or TLS_SERVER_CERTS_DIR), or --insecure for development")
	}
	c := &certificates{dir: o.TLSCertsDir, log: log}
	if err := c.load(); err != nil {
		return nil, err
	}
	return credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12, GetConfigForClient: c.forClient}), nil
}

// certificates on disk, which are renewed while the function runs: every new
// connection gets those that are there. The SDK reads them once.
type certificates struct {
	dir string
	log *slog.Logger

	mu     sync.Mutex
	read   [len(certFiles)][]byte // what was read last, right or not
	config *tls.Config            // of what was right last
}

// forClient is called for every handshake, of which Crossplane makes one for each
// connection that it keeps. A renewal that is half written, or wrong, leaves the
// certificates as they are.
func (c *certificates) forClient(*tls.ClientHelloInfo) (*tls.Config, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.load(); err != nil {
		c.log.Error("cannot use the renewed certificates, and serves with those before", "error", err.Error())
	}
	return c.config, nil
}

// load uses what is on disk, if that is not what was read last.
func (c *certificates) load() error {
	var files [len(certFiles)][]byte
	same := true
	for i, name := range certFiles {
		b, err := os.ReadFile(filepath.Join(c.dir, name)) //nolint:gosec // The folder is ours to be told.
		if err != nil && c.config == nil {
			return fmt.Errorf("cannot read the certificates: %w", err)
		}
		files[i] = b // none while it is being renewed
		same = same && bytes.Equal(b, c.read[i])
	}
	if same {
		return nil
	}
	c.read = files
	pair, err := tls.X509KeyPair(files[0], files[1])
	if err != nil {
		return fmt.Errorf("cannot use %s and %s in %q: %w", certFiles[0], certFiles[1], c.dir, err)
	}
	clients := x509.NewCertPool()
	if !clients.AppendCertsFromPEM(files[2]) {
		return fmt.Errorf("cannot use %s in %q: it has no certificate", certFiles[2], c.dir)
	}
	c.config = &tls.Config{
		MinVersion:   tls.VersionTLS12,
		NextProtos:   []string{"h2"},
		Certificates: []tls.Certificate{pair},
		ClientCAs:    clients,
		ClientAuth:   tls.RequireAndVerifyClientCert,
	}
	return nil
}
