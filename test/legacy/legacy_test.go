//go:build legacy

// Package legacy renders every example claim by the CLI of Crossplane 1.20, and
// holds that what is composed is what a current one composes, but for the password.
package legacy

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

const (
	root         = "../.."
	resourceName = "crossplane.io/composition-resource-name"
)

// Renderers by the two CLIs, of the same functions.
var current, legacy *render.Renderer

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := filepath.Abs(root)
	bin := filepath.Join(dir, ".cache", "bin")
	if err == nil {
		current, err = render.Start(context.Background(), dir, filepath.Join(bin, "crossplane-cli-v2.5.0"), filepath.Join(bin, "crossplane-core-v2.4.0"))
	}
	if err == nil {
		defer current.Close()
		legacy, err = render.Start(context.Background(), dir, filepath.Join(bin, "crossplane-cli-v1.20.0"), "")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot start the functions; run make legacy, which builds them:", err)
		return 1
	}
	defer legacy.Close()
	return m.Run()
}

// settings of the examples, and where their platform keeps passwords, which only
// Crossplane 1.20 reads.
func settings(t *testing.T, passwords bool) []string {
	t.Helper()
	var out []string
	for _, env := range []string{"dev", "prod"} {
		b, err := os.ReadFile(filepath.Join(root, "examples", "settings", "platform-"+env+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		o := map[string]any{}
		if err := yaml.Unmarshal(b, &o); err != nil {
			t.Fatal(err)
		}
		if passwords {
			providers := o["data"].(map[string]any)["providers"].(map[string]any)
			for _, name := range []string{"gcp", "azure"} {
				providers[name].(map[string]any)["passwordSecret"] = map[string]any{"namespace": "passwords"}
			}
		}
		if b, err = yaml.Marshal(o); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), env+".yaml")
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		out = append(out, file)
	}
	return out
}

func claims(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(root + "/examples/claims/*/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no example claims", err)
	}
	return files
}

// objects of a render by their names in the composition, the XR by "".
func objects(t *testing.T, rendered []byte) map[string]map[string]any {
	t.Helper()
	out := map[string]map[string]any{}
	for doc := range bytes.SplitSeq(rendered, []byte("\n---\n")) {
		o := map[string]any{}
		if err := yaml.Unmarshal(bytes.TrimPrefix(doc, []byte("---\n")), &o); err != nil {
			t.Fatal(err)
		}
		annotations, _ := o["metadata"].(map[string]any)["annotations"].(map[string]any)
		name, _ := annotations[resourceName].(string)
		out[name] = o
	}
	return out
}

// passwords are the fields that say where a password is from, and where a resource
// publishes it; they differ on purpose, and are compared by TestPasswords.
var passwords = []string{"passwordSecretRef", "administratorPasswordSecretRef", "autoGeneratePassword", "writeConnectionSecretToRef"}

// incarnation is made of the XR's uid, which an engine makes up.
var incarnation = regexp.MustCompile(`[0-9a-f]{8}$`)

// compared takes out of a composed resource what each engine makes up itself.
func compared(o map[string]any) {
	meta := o["metadata"].(map[string]any)
	for _, k := range []string{"name", "generateName", "uid", "ownerReferences"} {
		delete(meta, k)
	}
	spec, _ := o["spec"].(map[string]any)
	body, _ := spec["forProvider"].(map[string]any)
	for _, k := range passwords {
		delete(spec, k)
		delete(body, k)
	}
	if name, ok := body["finalSnapshotIdentifier"].(string); ok {
		body["finalSnapshotIdentifier"] = incarnation.ReplaceAllString(name, "")
	}
}

func TestSame(t *testing.T) {
	for _, claim := range claims(t) {
		t.Run(filepath.Base(filepath.Dir(claim))+"/"+filepath.Base(claim), func(t *testing.T) {
			q := render.Request{Claim: claim, Settings: settings(t, true), Scope: render.ScopeClaim}
			now, err := current.Render(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			then, err := legacy.RenderLegacy(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			want, got := objects(t, now), objects(t, then)
			for _, block := range []string{"resource", "size", "cost"} {
				if diff := cmp.Diff(want[""]["status"].(map[string]any)[block], got[""]["status"].(map[string]any)[block]); diff != "" {
					t.Errorf("status.%s: -2.5, +1.20:\n%s", block, diff)
				}
			}
			delete(want, "")
			delete(got, "")
			delete(want, "password") // 1.20 composes no object in a namespace
			for _, o := range want {
				compared(o)
			}
			for name, o := range got {
				if o["metadata"].(map[string]any)["namespace"] != nil {
					t.Errorf("%s is in a namespace, which 1.20 does not compose", name)
				}
				compared(o)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("composed: -2.5, +1.20:\n%s", diff)
			}
		})
	}
}

// TestPasswords holds where a password is from on 1.20: the provider makes one
// where it can, and the platform keeps one otherwise.
func TestPasswords(t *testing.T) {
	cases := map[string]struct {
		reason, claim, consumer, ref string
		generated                    any
		namespace, name              string
	}{
		"AWSPostgres": {
			"RDS' provider makes one.",
			"rds-main", "instance", "passwordSecretRef", true, "payments-prod-infra", "aws-payments-prod-rds-main-password",
		},
		"AWSMySQL": {"For both engines.", "rds-ledger", "instance", "passwordSecretRef", true, "payments-prod-infra", "aws-payments-prod-rds-ledger-password"},
		"AzurePostgres": {
			"Azure's for one.", "azure-main", "instance", "administratorPasswordSecretRef", true, "payments-prod-infra",
			"azure-payments-prod-azure-main-password",
		},
		"AzureMySQL": {
			"The other has the platform's.",
			"azure-ledger", "instance", "administratorPasswordSecretRef", nil, "passwords", "azure-payments-prod-azure-ledger-password",
		},
		"GCP": {"So have users of Cloud SQL.", "cloudsql-main", "user", "passwordSecretRef", nil, "passwords", "gcp-payments-prod-cloudsql-main-password"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			claim := filepath.Join(root, "examples", "claims", "payments-prod-infra", tc.claim+".yaml")
			out, err := legacy.RenderLegacy(t.Context(), render.Request{Claim: claim, Settings: settings(t, true)})
			if err != nil {
				t.Fatal(err)
			}
			body := objects(t, out)[tc.consumer]["spec"].(map[string]any)["forProvider"].(map[string]any)
			want := map[string]any{"namespace": tc.namespace, "name": tc.name, "key": "password"}
			if diff := cmp.Diff(want, body[tc.ref]); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.ref, diff)
			}
			if body["autoGeneratePassword"] != tc.generated {
				t.Errorf("\n%s\nautoGeneratePassword is %v, want %v", tc.reason, body["autoGeneratePassword"], tc.generated)
			}
		})
	}
}

// TestRefused holds that where nobody has a password, the claim is refused by a
// sentence that names the setting, and nothing is composed.
func TestRefused(t *testing.T) {
	for claim, want := range map[string]string{
		"cloudsql-main": "settings providers.gcp.passwordSecret: is missing, and Crossplane 1.20 composes no Secret",
		"azure-ledger":  "settings providers.azure.passwordSecret: is missing, and Crossplane 1.20 composes no Secret",
	} {
		t.Run(claim, func(t *testing.T) {
			file := filepath.Join(root, "examples", "claims", "payments-prod-infra", claim+".yaml")
			out, err := legacy.RenderLegacy(t.Context(), render.Request{Claim: file, Settings: settings(t, false)})
			if err == nil || !strings.Contains(err.Error(), want) || len(out) > 0 {
				t.Errorf("want %q, got %v and %d bytes", want, err, len(out))
			}
		})
	}
}
