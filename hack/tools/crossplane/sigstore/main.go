// Package main stands in for Sigstore, for a Crossplane that checks signatures where there is
// no network: a transparency log on the loopback, which takes every entry and keeps none, and
// the roots of trust that name its key, as Sigstore's libraries find them in the folder TUF_ROOT.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "sigstore:", err)
		os.Exit(1)
	}
}

// run makes the roots in the folder TUF_ROOT, prints the log's address, and serves it until it
// is ended.
func run(ctx context.Context) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("cannot make the log's key: %w", err)
	}
	if err := trust(ctx, os.Getenv("TUF_ROOT"), &key.PublicKey); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("cannot serve a log: %w", err)
	}
	fmt.Println("http://" + l.Addr().String())
	return http.Serve(l, &log{key: key})
}
