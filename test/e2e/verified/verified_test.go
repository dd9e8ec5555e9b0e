//go:build e2e && drill

package verified

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

const pkg = "pkg.crossplane.io/v1"

// A check is what Crossplane is told to check of a package, and what it says.
type check struct {
	reason   string
	of       func(*testing.T, *drill, string) name.Repository // the package, as the case has it
	key      string
	attested []string
	status   string
	says     string
}

var cases = map[string]check{
	"Signed": {reason: "A package that the key signed is installed.", of: released("function-cost-tagger"), key: "right", status: "True"},
	"Attested": {
		reason: "A package of which its provenance is attested is installed.", of: released("function-profile-sizer"), key: "right",
		attested: []string{"slsaprovenance1"}, status: "True",
	},
	"Bill": {
		reason: "A package of which its bill of materials is attested is installed.", of: released("function-multicloud-db"), key: "right",
		attested: []string{"spdxjson"}, status: "True",
	},
	"Vulnerabilities": {
		reason: "A package of which something else is asked for is not installed.", of: copied(false), key: "right",
		attested: []string{"vuln"}, status: "False", says: "no matching attestations",
	},
	"Other":    {reason: "A package that another key signed is not installed.", of: copied(true), key: "other", status: "False", says: "no matching signatures"},
	"Unsigned": {reason: "A package that nobody signed is not installed.", of: copied(false), key: "right", status: "False", says: "no signatures found"},
	"Unlogged": {
		reason: "A signature that is in no transparency log is none to Crossplane.", of: unlogged, key: "right",
		status: "False", says: "rekor client not provided for online verification",
	},
}

// released is a package as the release left it.
func released(pkg string) func(*testing.T, *drill, string) name.Repository {
	return func(t *testing.T, d *drill, _ string) name.Repository {
		t.Helper()
		return repository(t, d.team()+"/"+pkg)
	}
}

// copied is a package in a repository of the case's own, with or without its signature.
func copied(signed bool) func(*testing.T, *drill, string) name.Repository {
	return func(t *testing.T, d *drill, to string) name.Repository {
		t.Helper()
		from, out := repository(t, d.team()+"/function-cost-tagger"), repository(t, d.Registry()+"/"+to+"/function-cost-tagger")
		index, err := remote.Index(from.Tag(version))
		if err != nil {
			t.Fatal(err)
		}
		if err := remote.WriteIndex(out.Tag(version), index); err != nil {
			t.Fatal(err)
		}
		if !signed {
			return out
		}
		digest, err := index.Digest()
		if err != nil {
			t.Fatal(err)
		}
		tag := digest.Algorithm + "-" + digest.Hex + ".sig"
		signature, err := remote.Image(from.Tag(tag))
		if err != nil {
			t.Fatal(err)
		}
		if err := remote.Write(out.Tag(tag), signature); err != nil {
			t.Fatal(err)
		}
		return out
	}
}

// unlogged is a package that the key signed without a transparency log.
func unlogged(t *testing.T, d *drill, to string) name.Repository {
	t.Helper()
	out := copied(false)(t, d, to)
	head, err := remote.Head(out.Tag(version))
	if err != nil {
		t.Fatal(err)
	}
	d.run(t, ".cache/bin/signer-cosign-v3.0.6", "sign", "--key="+d.key("right.key"), out.Digest(head.Digest.String()).String())
	return out
}

func repository(t *testing.T, path string) name.Repository {
	t.Helper()
	r, err := name.NewRepository(path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// verified has Crossplane check a package, and installs it.
func (d *drill) verified(t *testing.T, name string, tc check) {
	repo := tc.of(t, d, name)
	config := d.config(t, name, repo.String(), tc.key)
	authorities, _, err := unstructured.NestedSlice(config.Object, "spec", "verification", "cosign", "authorities")
	if err != nil || len(authorities) != 1 {
		t.Fatalf("the page has %d authorities: %v", len(authorities), err)
	}
	var attestations []any
	for _, a := range tc.attested {
		attestations = append(attestations, map[string]any{"name": a, "predicateType": a})
	}
	if attestations != nil {
		authorities[0].(map[string]any)["attestations"] = attestations
	}
	if err := unstructured.SetNestedSlice(config.Object, authorities, "spec", "verification", "cosign", "authorities"); err != nil {
		t.Fatal(err)
	}
	function := object(pkg, "Function", name, map[string]any{"package": repo.Tag(version).String()})
	if err := d.ApplyAll(t.Context(), config, function); err != nil {
		t.Fatal(err)
	}
	err = plane.Wait(t.Context(), patience, "what Crossplane says of "+name, func() error {
		status, message, err := d.said(t.Context(), name)
		if err == nil && (status != tc.status || !strings.Contains(message, tc.says)) {
			err = fmt.Errorf("it says %q: %s", status, message)
		}
		return err
	})
	if err != nil {
		t.Errorf("\n%s\n%v", tc.reason, err)
	}
}

// config is the ImageConfig that package/README.md has, for a repository and a key.
func (d *drill) config(t *testing.T, name, prefix, key string) *unstructured.Unstructured {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "package", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, block, ok := strings.Cut(string(b), "```yaml\napiVersion: pkg.crossplane.io/v1beta1\nkind: ImageConfig\nmetadata: {name: signed}\n")
	block, _, _ = strings.Cut(block, "```")
	for was, is := range map[string]string{"registry.example.org/team/": prefix, "secretRef: {name: cosign,": "secretRef: {name: cosign-" + key + ","} {
		ok = ok && strings.Contains(block, was)
		block = strings.ReplaceAll(block, was, is)
	}
	out := map[string]any{}
	if err := yaml.Unmarshal([]byte(block), &out); err != nil || !ok {
		t.Fatalf("package/README.md has another ImageConfig: %v", err)
	}
	return object("pkg.crossplane.io/v1beta1", "ImageConfig", name, out["spec"].(map[string]any))
}

// said is what came out: with 1.20 a revision's condition of its own, with 2.4 whether the
// function is installed, which what is not signed is not.
func (d *drill) said(ctx context.Context, name string) (string, string, error) {
	if d.core != plane.V1 {
		f, err := d.Client.Get(ctx, plane.Ref{GVK: plane.Kind(pkg, "Function"), Name: name})
		if err != nil {
			return "", "", err
		}
		status, message := plane.Condition(f, "Installed")
		return status, message, nil
	}
	revisions, err := d.Client.List(ctx, plane.Kind(pkg, "FunctionRevision"), "", "")
	for _, r := range revisions {
		if r.GetLabels()["pkg.crossplane.io/package"] == name {
			status, message := plane.Condition(r, "Verified")
			return status, message, nil
		}
	}
	return "", "", err
}

func object(apiVersion, kind, name string, spec map[string]any) *unstructured.Unstructured {
	o := &unstructured.Unstructured{Object: map[string]any{"spec": spec}}
	o.SetAPIVersion(apiVersion)
	o.SetKind(kind)
	o.SetName(name)
	return o
}
