package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/sigstore/cosign/v3/pkg/cosign"
	"github.com/sigstore/sigstore/pkg/cryptoutils"
	"github.com/sigstore/sigstore/pkg/signature"
)

// password of a private key is where cosign looks for it too.
const password = "COSIGN_PASSWORD"

// secret is the password, which may be empty but has to be said: nobody is asked for it.
func secret() ([]byte, error) {
	p, ok := os.LookupEnv(password)
	if !ok {
		return nil, fmt.Errorf("%s is not set; it is the password of the private key, and may be empty", password)
	}
	return []byte(p), nil
}

type generate struct {
	Out string `arg:"" help:"The files are OUT.key and OUT.pub."`
}

// Run writes a pair of keys, over no file that is there.
func (g *generate) Run() error {
	pass, err := secret()
	if err != nil {
		return err
	}
	for _, path := range []string{g.Out + ".key", g.Out + ".pub"} {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("%s is there already, and no key is written over", path)
		}
	}
	keys, err := cosign.GenerateKeyPair(func(bool) ([]byte, error) { return pass, nil })
	if err != nil {
		return fmt.Errorf("cannot make a pair of keys: %w", err)
	}
	if err := create(g.Out+".key", keys.PrivateBytes, 0o600); err != nil {
		return err
	}
	return create(g.Out+".pub", keys.PublicBytes, 0o644)
}

func create(path string, content []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return fmt.Errorf("cannot write a key: %w", err)
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

type public struct {
	Key string `help:"The private key." required:"" type:"existingfile"`
}

// Run prints the public key.
func (p *public) Run() error {
	sv, err := private(p.Key)
	if err != nil {
		return err
	}
	pem, err := pemOf(sv)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(pem)
	return err
}

// private reads a private key as cosign writes it.
func private(path string) (signature.SignerVerifier, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the key: %w", err)
	}
	pass, err := secret()
	if err != nil {
		return nil, err
	}
	sv, err := cosign.LoadPrivateKey(raw, pass, nil)
	if err != nil {
		return nil, fmt.Errorf("%s is no private key of cosign's, or %s is not its password: %w", path, password, err)
	}
	return sv, nil
}

// trusted reads a public key.
func trusted(path string) (signature.Verifier, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the key: %w", err)
	}
	key, err := cryptoutils.UnmarshalPEMToPublicKey(raw)
	if err != nil {
		return nil, fmt.Errorf("%s is no public key: %w", path, err)
	}
	v, err := signature.LoadDefaultVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("%s is no public key that cosign checks: %w", path, err)
	}
	return v, nil
}

func pemOf(p signature.PublicKeyProvider) ([]byte, error) {
	key, err := p.PublicKey()
	if err != nil {
		return nil, fmt.Errorf("cannot read the public key: %w", err)
	}
	return cryptoutils.MarshalPublicKeyToPEM(key)
}
