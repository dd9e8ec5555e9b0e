package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"github.com/sigstore/sigstore/pkg/cryptoutils"
	sigstore "github.com/sigstore/sigstore/pkg/tuf"
	"github.com/theupdateframework/go-tuf"
)

// trust makes a repository of The Update Framework with what Sigstore's has, and has the
// folder root trust it, as cosign initialize does. No certificate is checked by it, so that
// one key is the log's, the certificates' log's and their authority's.
func trust(ctx context.Context, root string, key *ecdsa.PublicKey) error {
	if root == "" {
		return errors.New("TUF_ROOT is not set; it is the folder of what is trusted")
	}
	dir := filepath.Join(root, "mirror")
	public, err := cryptoutils.MarshalPublicKeyToPEM(key)
	if err != nil {
		return fmt.Errorf("cannot write a key: %w", err)
	}
	authority, err := certificate()
	if err != nil {
		return err
	}
	targets := map[string][]byte{"rekor.pub": public, "ctfe.pub": public, "fulcio.crt.pem": authority}
	if err := repository(dir, targets); err != nil {
		return fmt.Errorf("cannot make a repository of trust: %w", err)
	}
	trusted, err := os.ReadFile(filepath.Join(dir, "repository", "root.json"))
	if err != nil {
		return fmt.Errorf("cannot read the root of trust: %w", err)
	}
	return sigstore.Initialize(ctx, "file://"+filepath.Join(dir, "repository"), trusted)
}

func repository(dir string, targets map[string][]byte) error {
	repo, err := tuf.NewRepo(tuf.FileSystemStore(dir, nil))
	if err != nil {
		return err
	}
	if err := repo.Init(false); err != nil {
		return err
	}
	for _, role := range []string{"root", "targets", "snapshot", "timestamp"} {
		if _, err := repo.GenKey(role); err != nil {
			return err
		}
	}
	staged := filepath.Join(dir, "staged", "targets")
	if err := os.MkdirAll(staged, 0o700); err != nil {
		return err
	}
	var names []string
	for name, content := range targets {
		names = append(names, name)
		if err := os.WriteFile(filepath.Join(staged, name), content, 0o600); err != nil {
			return err
		}
	}
	return errors.Join(repo.AddTargets(names, nil), repo.Snapshot(), repo.Timestamp(), repo.Commit())
}

// certificate of an authority that gives none.
func certificate() ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("cannot make a key: %w", err)
	}
	is := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "stand-in"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	raw, err := x509.CreateCertificate(rand.Reader, is, is, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("cannot make a certificate: %w", err)
	}
	parsed, err := x509.ParseCertificate(raw)
	if err != nil {
		return nil, fmt.Errorf("cannot make a certificate: %w", err)
	}
	return cryptoutils.MarshalCertificateToPEM(parsed)
}
