package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/sigstore/cosign/v3/pkg/cosign"
	"github.com/sigstore/cosign/v3/pkg/oci/mutate"
	ociremote "github.com/sigstore/cosign/v3/pkg/oci/remote"
	"github.com/sigstore/cosign/v3/pkg/oci/static"
	"github.com/sigstore/sigstore/pkg/signature/payload"
)

// of is what every command that signs is told.
type of struct {
	Image string `arg:"" help:"The image, by its digest."`
	Key   string `help:"The private key, as cosign writes it."                         required:""         type:"existingfile"`
	Log   string `help:"A transparency log for the signature, such as Sigstore's own." placeholder:"URL"`
}

// digest of the image. A tag might be another image's by the time it is signed.
func (o of) digest() (name.Digest, error) {
	d, err := name.NewDigest(o.Image)
	if err != nil {
		return name.Digest{}, fmt.Errorf("%s is no image by its digest: %w", o.Image, err)
	}
	return d, nil
}

func registry(ctx context.Context) ociremote.Option {
	return ociremote.WithRemoteOptions(remote.WithAuthFromKeychain(authn.DefaultKeychain), remote.WithContext(ctx))
}

type sign struct {
	of
}

// Run signs an image, unless the key has before.
func (s *sign) Run(ctx context.Context) error {
	image, err := s.digest()
	if err != nil {
		return err
	}
	key, err := private(s.Key)
	if err != nil {
		return err
	}
	old, err := signatures(ctx, image, check(ctx, key, cosign.SimpleClaimVerifier))
	if err != nil && !unsigned(err) {
		return err
	}
	for _, o := range old {
		if s.Log == "" || logged(o) {
			return nil
		}
	}
	claim, err := payload.Cosign{Image: image}.MarshalJSON()
	if err != nil {
		return fmt.Errorf("cannot say what is signed: %w", err)
	}
	raw, err := key.SignMessage(bytes.NewReader(claim))
	if err != nil {
		return fmt.Errorf("cannot sign %s: %w", image, err)
	}
	opts, err := entry(ctx, s.Log, key, func(l *log) (*leaf, error) {
		sum := sha256.New()
		sum.Write(claim)
		return cosign.TLogUpload(ctx, l.client, raw, sum, l.key)
	})
	if err != nil {
		return err
	}
	signature, err := static.NewSignature(claim, base64.StdEncoding.EncodeToString(raw), opts...)
	if err != nil {
		return fmt.Errorf("cannot sign %s: %w", image, err)
	}
	signed, err := mutate.AttachSignatureToEntity(ociremote.SignedUnknown(image, registry(ctx)), signature)
	if err != nil {
		return fmt.Errorf("cannot add to the signatures of %s: %w", image, err)
	}
	if err := ociremote.WriteSignatures(image.Repository, signed, registry(ctx)); err != nil {
		return fmt.Errorf("cannot push the signature of %s: %w", image, err)
	}
	return nil
}
