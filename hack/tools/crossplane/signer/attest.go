package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/sigstore/cosign/v3/pkg/cosign"
	"github.com/sigstore/cosign/v3/pkg/cosign/attestation"
	"github.com/sigstore/cosign/v3/pkg/oci"
	"github.com/sigstore/cosign/v3/pkg/oci/mutate"
	ociremote "github.com/sigstore/cosign/v3/pkg/oci/remote"
	"github.com/sigstore/cosign/v3/pkg/oci/static"
	"github.com/sigstore/cosign/v3/pkg/types"
	"github.com/sigstore/sigstore/pkg/signature/dsse"
	"github.com/sigstore/sigstore/pkg/signature/options"
)

type attest struct {
	of

	Type      string `enum:"spdxjson,slsaprovenance1" help:"What the statement is, in cosign's words."     required:""`
	Predicate string `help:"The file with what is stated."                            required:"" type:"existingfile"`
}

// Run signs a statement on an image, unless the key has signed the same one before.
func (a *attest) Run(ctx context.Context) error {
	image, err := a.digest()
	if err != nil {
		return err
	}
	key, err := private(a.Key)
	if err != nil {
		return err
	}
	said, err := a.statement(image.DigestStr(), image.Repository.String())
	if err != nil {
		return err
	}
	old, err := attestations(ctx, image, check(ctx, key, cosign.IntotoSubjectClaimVerifier))
	if err != nil && !unsigned(err) {
		return err
	}
	for _, o := range old {
		if same, err := statementOf(o); err == nil && bytes.Equal(same, said) && (a.Log == "" || logged(o)) {
			return nil
		}
	}
	envelope, err := dsse.WrapSigner(key, types.IntotoPayloadType).SignMessage(bytes.NewReader(said), options.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("cannot sign a statement on %s: %w", image, err)
	}
	opts, err := entry(ctx, a.Log, key, func(l *log) (*leaf, error) { return cosign.TLogUploadDSSEEnvelope(ctx, l.client, envelope, l.key) })
	if err != nil {
		return err
	}
	opts = append(opts, static.WithLayerMediaType(types.DssePayloadType), static.WithAnnotations(map[string]string{"predicateType": predicates[a.Type]}))
	signature, err := static.NewAttestation(envelope, opts...)
	if err != nil {
		return fmt.Errorf("cannot sign a statement on %s: %w", image, err)
	}
	attested, err := mutate.AttachAttestationToEntity(ociremote.SignedUnknown(image, registry(ctx)), signature)
	if err != nil {
		return fmt.Errorf("cannot add to the statements on %s: %w", image, err)
	}
	if err := ociremote.WriteAttestations(image.Repository, attested, registry(ctx)); err != nil {
		return fmt.Errorf("cannot push a statement on %s: %w", image, err)
	}
	return nil
}

// predicates are the types of statements, as cosign's commands and in-toto name them.
var predicates = map[string]string{
	"spdxjson":        "https://spdx.dev/Document",
	"slsaprovenance1": "https://slsa.dev/provenance/v1",
}

// statement is what is stated of an image, as in-toto writes it.
func (a *attest) statement(digest, repository string) ([]byte, error) {
	h, err := v1.NewHash(digest)
	if err != nil {
		return nil, fmt.Errorf("cannot read the digest: %w", err)
	}
	f, err := os.Open(a.Predicate)
	if err != nil {
		return nil, fmt.Errorf("cannot read what is stated: %w", err)
	}
	defer f.Close()
	s, err := attestation.GenerateStatement(attestation.GenerateOpts{Predicate: f, Type: a.Type, Digest: h.Hex, Repo: repository})
	if err != nil {
		return nil, fmt.Errorf("%s is no %s: %w", a.Predicate, a.Type, err)
	}
	raw, err := s.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("cannot write a statement: %w", err)
	}
	// Whoever marshals a protobuf message as JSON may put spaces in by chance.
	var out bytes.Buffer
	if err := json.Compact(&out, raw); err != nil {
		return nil, fmt.Errorf("cannot write a statement: %w", err)
	}
	return out.Bytes(), nil
}

// statementOf reads the statement of an attestation whose signature was checked.
func statementOf(s oci.Signature) ([]byte, error) {
	raw, err := s.Payload()
	if err != nil {
		return nil, fmt.Errorf("cannot read an attestation: %w", err)
	}
	envelope := struct {
		Payload string `json:"payload"`
	}{}
	if err := json.Unmarshal(raw, &envelope); err != nil {
		return nil, fmt.Errorf("cannot read an attestation: %w", err)
	}
	return base64.StdEncoding.DecodeString(envelope.Payload)
}
