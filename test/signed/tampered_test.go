//go:build signed

package signed

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/static"
)

// function is the package that is tampered with.
const function = "function-cost-tagger"

// A copied package, with what is signed of it, is what each case tampers with.
type copied struct {
	*release
	repo   name.Repository
	digest v1.Hash
	key    string
	folder string // of its manifest
	as     string // the version that is asked for
}

// tampered holds that a package is taken by the right key as it was signed, and refused
// otherwise, each time for what is wrong with it.
func (r *release) tampered(t *testing.T) {
	cases := map[string]struct {
		reason string
		change func(*copied, *testing.T)
		want   string // what is said, or "" where the package is taken
	}{
		"Right":    {"A copy in another repository is signed as the one it was made of.", func(*copied, *testing.T) {}, ""},
		"OtherKey": {"A signature of one key is none of another.", (*copied).otherKey, "invalid signature when validating ASN.1 encoded signature"},
		"NoKey":    {"A private key is no public one.", (*copied).privateKey, "is no public key"},
		"None":     {"A package without a signature is of anybody.", (*copied).unsigned, "no signatures found"},
		"Moved":    {"A tag that was moved to other content has none of its signatures.", (*copied).moved, "no signatures found"},
		"Carried": {
			"The signature of a package is none of other content, to which it was carried.", (*copied).carried,
			"invalid or missing digest in claim",
		},
		"Layer": {
			"A registry that serves other bytes for a layer is caught, though the signature holds.", (*copied).layer,
			"does not have the content that was signed: its layer sha256:",
		},
		"Unattested": {"A package of which nothing is attested is refused, though it is signed.", (*copied).unattested, "nothing is attested of "},
		"Stranger": {
			"What is attested of another package is nothing of this one.", (*copied).stranger,
			"no matching subject digest found",
		},
		"Half": {"A package without its provenance is refused, though its bill is attested.", (*copied).half, "no slsaprovenance1 is attested of "},
		"Older": {
			"An older version under the tag of a newer one is refused, though it is signed as what it is.", (*copied).older,
			` is version "v0.2.0" by its provenance, and not v0.3.0`,
		},
		"Renamed": {
			"A package in the place of another is refused, though it is signed as what it is.", (*copied).renamed,
			" is function-cost-tagger by what is attested of it, and not function-multicloud-db",
		},
		"Locked": {
			"A lock has Crossplane pull what nobody signed, whatever is under the tag.", (*copied).locked,
			"no signatures found",
		},
		"OtherRegistry": {
			"A manifest of another registry installs what nobody checked.", (*copied).otherRegistry,
			`spec.package of Function function-cost-tagger is "ghcr.io/victor-onl/function-cost-tagger:v0.2.0"; of this REGISTRY and VERSION it is "`,
		},
		"OtherVersion": {
			"A manifest of another version installs what nobody checked.", (*copied).otherVersion,
			`function-cost-tagger:v0.1.0"; of this REGISTRY and VERSION it is "`,
		},
		"NoManifest": {"Without manifests nothing is checked, which is not the same as well.", (*copied).noManifest, "has no manifest; make manifests"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := r.copy(t, strings.ToLower(name))
			tc.change(c, t)
			out, err := c.run(t.Context(), "bin/release", "verify", "--version="+c.as, "--registry="+c.registry(), "--manifests="+c.folder,
				"--signer=.cache/bin/signer-cosign-v3.0.6", "--key="+c.key)
			if tc.want == "" {
				if want := c.repo.Digest(c.digest.String()).String() + "\n"; err != nil || out != want {
					t.Errorf("\n%s\nwant %q, got %v: %s", tc.reason, want, err, out)
				}
				return
			}
			// What is well is printed before, as the package that a lock has pulled from elsewhere.
			if _, says, _ := strings.Cut(out, "release: "); err == nil || !strings.Contains(says, tc.want) || strings.Contains(strings.TrimSpace(says), "\n") {
				t.Errorf("\n%s\nwant %q in a sentence, got %v: %s", tc.reason, tc.want, err, out)
			}
		})
	}
}

// copy makes a copy of the package in a registry of its own, with a manifest.
func (r *release) copy(t *testing.T, folder string) *copied {
	t.Helper()
	c := &copied{release: r, key: filepath.Join(r.dir, "cosign.pub"), repo: repository(t, r.host+"/"+folder+"/"+function), folder: t.TempDir(), as: version}
	c.digest = clone(t, repository(t, r.team+"/"+function), c.repo, version)
	c.manifest(t, function, c.repo.Tag(version).String())
	return c
}

func (c *copied) registry() string { return strings.TrimSuffix(c.repo.String(), "/"+function) }

func (c *copied) manifest(t *testing.T, function, image string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(c.folder, "claims"), 0o700); err != nil {
		t.Fatal(err)
	}
	manifest := "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: {name: " + function + "}\nspec: {package: \"" + image + "\"}\n"
	if err := os.WriteFile(filepath.Join(c.folder, "claims", "install.yaml"), []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (c *copied) otherKey(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other")
	if out, err := c.run(t.Context(), "make", "keys", "KEY="+other+".key"); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c.key = other + ".pub"
}

func (c *copied) privateKey(*testing.T) { c.key = filepath.Join(c.dir, "cosign.key") }

func (c *copied) remove(t *testing.T, ref name.Reference) {
	t.Helper()
	if err := remote.Delete(ref); err != nil {
		t.Fatal(err)
	}
}

func (c *copied) unsigned(t *testing.T)   { c.remove(t, beside(c.repo, c.digest, "sig")) }
func (c *copied) unattested(t *testing.T) { c.remove(t, beside(c.repo, c.digest, "att")) }

func (c *copied) moved(t *testing.T) { c.move(t) }

// move has the tag be of a package for one architecture more, and returns its digest.
func (c *copied) move(t *testing.T) v1.Hash {
	t.Helper()
	more, err := mutate.AppendLayers(empty.Image, static.NewLayer([]byte("more"), "application/vnd.oci.image.layer.v1.tar"))
	if err != nil {
		t.Fatal(err)
	}
	content := mutate.AppendManifests(index(t, c.repo.Tag(version)), mutate.IndexAddendum{Add: more})
	if err := remote.WriteIndex(c.repo.Tag(version), content); err != nil {
		t.Fatal(err)
	}
	return digestOf(t, c.repo.Tag(version))
}

func (c *copied) carried(t *testing.T) {
	carry(t, beside(c.repo, c.digest, "sig"), beside(c.repo, c.move(t), "sig"))
}

func (c *copied) layer(t *testing.T) {
	m, err := index(t, c.repo.Tag(version)).IndexManifest()
	if err != nil {
		t.Fatal(err)
	}
	image, err := remote.Image(c.repo.Digest(m.Manifests[0].Digest.String()))
	if err != nil {
		t.Fatal(err)
	}
	layers, err := image.Layers()
	if err != nil {
		t.Fatal(err)
	}
	digest, err := layers[0].Digest()
	if err != nil {
		t.Fatal(err)
	}
	content, size := blob(t, layers[0])
	if content[size/2]++; len(content) != size {
		t.Fatalf("%d bytes of %d", len(content), size)
	}
	c.plant.plant(c.repo, digest, content)
}

func (c *copied) stranger(t *testing.T) {
	other := repository(t, c.team+"/function-profile-sizer")
	carry(t, beside(other, digestOf(t, other.Tag(version)), "att"), beside(c.repo, c.digest, "att"))
}

// half leaves the first of the attestations, which is the bill's.
func (c *copied) half(t *testing.T) {
	at := beside(c.repo, c.digest, "att")
	all, err := remote.Image(at)
	if err != nil {
		t.Fatal(err)
	}
	layers, err := all.Layers()
	if err != nil {
		t.Fatal(err)
	}
	m, err := all.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	one, err := mutate.Append(empty.Image, mutate.Addendum{Layer: layers[0], Annotations: m.Layers[0].Annotations, MediaType: m.Layers[0].MediaType})
	if err != nil {
		t.Fatal(err)
	}
	if err := remote.Write(at, one); err != nil {
		t.Fatal(err)
	}
}

func (c *copied) older(t *testing.T) {
	c.as = "v0.3.0"
	if err := remote.Tag(c.repo.Tag(c.as), index(t, c.repo.Tag(version))); err != nil {
		t.Fatal(err)
	}
	c.manifest(t, function, c.repo.Tag(c.as).String())
}

func (c *copied) renamed(t *testing.T) {
	const other = "function-multicloud-db"
	to := repository(t, c.registry()+"/"+other)
	clone(t, c.repo, to, version)
	c.manifest(t, other, to.Tag(version).String())
}

func (c *copied) locked(t *testing.T) {
	strange := repository(t, c.registry()+"/strange")
	content, err := mutate.AppendLayers(empty.Image, static.NewLayer([]byte("strange"), "application/vnd.oci.image.layer.v1.tar"))
	if err != nil {
		t.Fatal(err)
	}
	if err := remote.Write(strange.Tag(version), content); err != nil {
		t.Fatal(err)
	}
	lock := "kind: ImageConfig\nmetadata: {name: lock}\nspec:\n  matchImages: [{prefix: \"" + c.repo.Tag(version).String() +
		"\"}]\n  rewriteImage: {prefix: \"" + strange.Digest(digestOf(t, strange.Tag(version)).String()).String() + "\"}\n"
	if err := os.WriteFile(filepath.Join(c.folder, "claims", "lock.yaml"), []byte(lock), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (c *copied) otherRegistry(t *testing.T) {
	c.manifest(t, function, "ghcr.io/victor-onl/"+function+":"+version)
}

func (c *copied) otherVersion(t *testing.T) { c.manifest(t, function, c.repo.Tag("v0.1.0").String()) }

func (c *copied) noManifest(t *testing.T) { c.folder = t.TempDir() }
