package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/sigstore/cosign/v3/pkg/cosign"
	"github.com/sigstore/cosign/v3/pkg/oci"
	ociremote "github.com/sigstore/cosign/v3/pkg/oci/remote"
	"github.com/sigstore/sigstore/pkg/signature"
	"github.com/sigstore/sigstore/pkg/tuf"
)

type verify struct {
	Image    string   `arg:"" help:"The image, by a tag or its digest."`
	Key      string   `help:"The public key."                                                        required:""         type:"existingfile"`
	LogKey   string   `help:"The public key of a transparency log that has to have every signature." type:"existingfile"`
	Attested []string `enum:"spdxjson,slsaprovenance1" help:"What has to be attested, in cosign's words."`
	Package  string   `help:"Which package has to be attested: the end of its repository's name, since a mirror changes the rest."`
	Release  string   `help:"Which version its provenance has to be of."`
}

// Run checks an image, and prints it by its digest.
func (v *verify) Run(ctx context.Context) error {
	key, err := trusted(v.Key)
	if err != nil {
		return err
	}
	ref, err := name.ParseReference(v.Image)
	if err != nil {
		return fmt.Errorf("%s is no image: %w", v.Image, err)
	}
	image, err := ociremote.ResolveDigest(ref, registry(ctx))
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", ref, err)
	}
	signatureOpts, attestationOpts := check(ctx, key, cosign.SimpleClaimVerifier), check(ctx, key, cosign.IntotoSubjectClaimVerifier)
	if err := errors.Join(v.log(signatureOpts), v.log(attestationOpts)); err != nil {
		return err
	}
	if _, err := signatures(ctx, image, signatureOpts); err != nil {
		return fmt.Errorf("%s is not signed by %s: %w", image, v.Key, err)
	}
	if len(v.Attested) > 0 {
		all, err := attestations(ctx, image, attestationOpts)
		if err != nil {
			return fmt.Errorf("nothing is attested of %s by %s: %w", image, v.Key, err)
		}
		for _, want := range v.Attested {
			if err := v.attested(all, want, image); err != nil {
				return err
			}
		}
	}
	fmt.Fprintln(os.Stdout, image)
	return nil
}

// log has a check ask for the receipt of a transparency log, if its key is given.
func (v *verify) log(o *cosign.CheckOpts) error {
	if v.LogKey == "" {
		return nil
	}
	raw, err := os.ReadFile(v.LogKey)
	if err != nil {
		return fmt.Errorf("cannot read the log's key: %w", err)
	}
	keys := cosign.NewTrustedTransparencyLogPubKeys()
	if err := keys.AddTransparencyLogPubKey(raw, tuf.Active); err != nil {
		return fmt.Errorf("%s is no key of a transparency log: %w", v.LogKey, err)
	}
	o.RekorPubKeys, o.IgnoreTlog, o.Offline = &keys, false, true
	return nil
}

// check is how cosign checks what a key signed: that its claim is of the image, and the
// signature of the key, and nothing about a transparency log.
func check(ctx context.Context, key signature.Verifier, claim func(oci.Signature, v1.Hash, map[string]any) error) *cosign.CheckOpts {
	return &cosign.CheckOpts{
		RegistryClientOpts: []ociremote.Option{registry(ctx)}, SigVerifier: key, ClaimVerifier: claim, IgnoreTlog: true,
	}
}

// signatures of an image that hold.
func signatures(ctx context.Context, image name.Digest, o *cosign.CheckOpts) ([]oci.Signature, error) {
	all, _, err := cosign.VerifyImageSignatures(ctx, image, o)
	return all, err
}

// attestations of an image that hold.
func attestations(ctx context.Context, image name.Digest, o *cosign.CheckOpts) ([]oci.Signature, error) {
	all, _, err := cosign.VerifyImageAttestations(ctx, image, o)
	return all, err
}

// unsigned reports whether an error says that nothing is signed by the key.
func unsigned(err error) bool {
	var noSignatures *cosign.ErrNoSignaturesFound
	var noSignature *cosign.ErrNoMatchingSignatures
	var noAttestation *cosign.ErrNoMatchingAttestations
	return errors.As(err, &noSignatures) || errors.As(err, &noSignature) || errors.As(err, &noAttestation)
}
