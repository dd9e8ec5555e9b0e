package plane

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// lifetime of a certificate: longer than any test.
const lifetime = 24 * time.Hour

// serverCertificate makes a certificate for a package's server on the loopback,
// signed by the authority that core init made, as Crossplane's own runtime does.
// It is written to a folder and to the Secret of the given name.
func (p *Plane) serverCertificate(ctx context.Context, name, secret, dir string) error {
	authority, err := p.Secret(ctx, Namespace, authoritySecret)
	if err != nil {
		return err
	}
	files, err := sign(authority, name)
	if err != nil {
		return fmt.Errorf("cannot make a certificate for %s: %w", name, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("cannot make a folder: %w", err)
	}
	data := map[string]any{}
	for k, v := range files {
		data[k] = base64.StdEncoding.EncodeToString(v)
		if err := os.WriteFile(filepath.Join(dir, k), v, 0o600); err != nil {
			return fmt.Errorf("cannot write a certificate: %w", err)
		}
	}
	_, err = p.Client.Apply(ctx, object("v1", "Secret", Namespace, secret, map[string]any{"data": data}))
	return err
}

func sign(authority map[string][]byte, name string) (map[string][]byte, error) {
	ca, err := tls.X509KeyPair(authority["tls.crt"], authority["tls.key"])
	if err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		return nil, err
	}
	leaf := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Minute),
		NotAfter:     time.Now().Add(lifetime),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:     []string{"localhost", name},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, leaf, ca.Leaf, &key.PublicKey, ca.PrivateKey)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{
		"ca.crt":  authority["tls.crt"],
		"tls.crt": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}),
		"tls.key": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}),
	}, nil
}
