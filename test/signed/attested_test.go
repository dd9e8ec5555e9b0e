//go:build signed

package signed

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// A statement of in-toto.
type statement struct {
	Type    string `json:"predicateType"`
	Subject []struct {
		Name   string            `json:"name"`
		Digest map[string]string `json:"digest"`
	} `json:"subject"`
	Predicate any `json:"predicate"`
}

// attested reads what is attested of each package without cosign's library: each signature by
// Go's own cryptography, the subject against the digest, and both predicates.
func (r *release) attested(t *testing.T) {
	key := publicKey(t, filepath.Join(r.dir, "install", "cosign.pub"))
	for _, n := range names {
		repo := repository(t, r.team+"/"+n)
		digest := digestOf(t, repo.Tag(version))
		got := map[string]any{}
		for _, s := range statements(t, key, beside(repo, digest, "att")) {
			if len(s.Subject) != 1 || s.Subject[0].Digest["sha256"] != digest.Hex || s.Subject[0].Name != repo.String() {
				t.Errorf("%s: %s is of %+v", n, s.Type, s.Subject)
			}
			if _, twice := got[s.Type]; twice {
				t.Errorf("%s: %s is attested twice", n, s.Type)
			}
			got[s.Type] = s.Predicate
		}
		want := map[string]any{
			"https://spdx.dev/Document":      object(t, filepath.Join(r.dir, "xpkg", n+".spdx.json")),
			"https://slsa.dev/provenance/v1": object(t, filepath.Join(r.dir, "xpkg", "provenance.json")),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: what is attested: -want, +got:\n%s", n, diff)
		}
	}
	p := object(t, filepath.Join(r.dir, "xpkg", "provenance.json"))
	build, _ := p.(map[string]any)["buildDefinition"].(map[string]any)
	want := map[string]any{"VERSION": version, "REGISTRY": r.team, "COMMIT": commit, "DATE": "2026-01-02T03:04:05Z"}
	if diff := cmp.Diff(want, build["externalParameters"]); diff != "" {
		t.Errorf("provenance: parameters: -want, +got:\n%s", diff)
	}
}

func publicKey(t *testing.T, path string) *ecdsa.PublicKey {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(b)
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return key.(*ecdsa.PublicKey)
}

// statements under a tag, each of whose signatures is the key's.
func statements(t *testing.T, key *ecdsa.PublicKey, at name.Tag) []statement {
	t.Helper()
	image, err := remote.Image(at)
	if err != nil {
		t.Fatal(err)
	}
	layers, err := image.Layers()
	if err != nil {
		t.Fatal(err)
	}
	var out []statement
	for _, l := range layers {
		raw, _ := blob(t, l)
		envelope := struct {
			Type       string              `json:"payloadType"`
			Payload    []byte              `json:"payload"`
			Signatures []map[string]string `json:"signatures"`
		}{}
		if err := json.Unmarshal(raw, &envelope); err != nil {
			t.Fatal(err)
		}
		// What DSSE signs (protocol.md of secure-systems-lab/dsse).
		sum := sha256.Sum256(fmt.Appendf(nil, "DSSEv1 %d %s %d %s", len(envelope.Type), envelope.Type, len(envelope.Payload), envelope.Payload))
		signature, err := base64.StdEncoding.DecodeString(envelope.Signatures[0]["sig"])
		if err != nil || !ecdsa.VerifyASN1(key, sum[:], signature) {
			t.Errorf("%s: a statement is not signed by the key: %v", at, err)
		}
		s := statement{}
		if err := json.Unmarshal(envelope.Payload, &s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// blob reads a layer as the registry has it.
func blob(t *testing.T, l v1.Layer) ([]byte, int) {
	t.Helper()
	rc, err := l.Compressed()
	if err != nil {
		t.Fatal(err)
	}
	defer rc.Close() //nolint:errcheck // Read to its end.
	b, err := io.ReadAll(rc)
	if err != nil {
		t.Fatal(err)
	}
	return b, len(b)
}

// object reads a file of JSON.
func object(t *testing.T, path string) any {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}
