package main

import (
	"context"
	"fmt"

	"github.com/sigstore/cosign/v3/pkg/cosign/bundle"
	"github.com/sigstore/cosign/v3/pkg/oci"
	"github.com/sigstore/cosign/v3/pkg/oci/static"
	rekor "github.com/sigstore/rekor/pkg/client"
	"github.com/sigstore/rekor/pkg/generated/client"
	"github.com/sigstore/rekor/pkg/generated/models"
	"github.com/sigstore/sigstore/pkg/signature"
)

// A leaf is an entry of a transparency log.
type leaf = models.LogEntryAnon

// A log is a transparency log, and the public key whose signatures are written into it.
type log struct {
	client *client.Rekor
	key    []byte
}

// entry writes a signature into the log at a URL, if there is one, and returns the option by
// which the signature carries the log's receipt: with it a check needs the log's public key
// and no network.
func entry(ctx context.Context, url string, key signature.PublicKeyProvider, upload func(*log) (*leaf, error)) ([]static.Option, error) {
	if url == "" {
		return nil, nil
	}
	c, err := rekor.GetRekorClient(url)
	if err != nil {
		return nil, fmt.Errorf("%s is no transparency log: %w", url, err)
	}
	pem, err := pemOf(key)
	if err != nil {
		return nil, err
	}
	e, err := upload(&log{client: c, key: pem})
	if err != nil {
		return nil, fmt.Errorf("the transparency log %s does not take the signature: %w", url, err)
	}
	return []static.Option{static.WithBundle(bundle.EntryToBundle(e))}, nil
}

// logged reports whether a signature carries the receipt of a transparency log.
func logged(s oci.Signature) bool {
	b, err := s.Bundle()
	return err == nil && b != nil
}
