package render

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

// guarded is a claim with every field that cannot change freely.
const guarded = `
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata: {name: main, namespace: payments-prod-infra, labels: {env: prod}}
spec:
  provider: gcp
  type: database
  profile: small
  region: eu-west
  project: shop
  env: prod
  database: {engine: postgres, version: "16", name: orders, storageGiB: 200}
`

// overriding lets a claim name another project than its namespace's.
const overriding = `
apiVersion: apiextensions.crossplane.io/v1beta1
kind: EnvironmentConfig
metadata: {name: platform}
data: {policy: {overrides: {project: true}}}
`

// observe makes observed resources of rendered ones, with what a provider says when
// they are there.
func observe(t *testing.T, rendered []byte, strip bool) string {
	t.Helper()
	var out bytes.Buffer
	for doc := range bytes.SplitSeq(rendered, []byte("\n---\n")) {
		o := map[string]any{}
		if err := yaml.Unmarshal(bytes.TrimPrefix(doc, []byte("---\n")), &o); err != nil {
			t.Fatal(err)
		}
		if o["apiVersion"] == "platform.victor.onl/v1alpha1" {
			continue
		}
		meta := o["metadata"].(map[string]any)
		annotations := meta["annotations"].(map[string]any)
		if meta["name"] == nil {
			meta["name"] = "main-" + annotations["crossplane.io/composition-resource-name"].(string)
		}
		if strip {
			for name := range annotations {
				if strings.HasPrefix(name, "platform.victor.onl/requested-") {
					delete(annotations, name)
				}
			}
		}
		if o["kind"] != "Secret" {
			o["status"] = map[string]any{"atProvider": map[string]any{"id": "x"}, "conditions": []any{
				map[string]any{"type": "Synced", "status": "True"}, map[string]any{"type": "Ready", "status": "True"},
			}}
		}
		b, err := yaml.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString("---\n")
		out.Write(b)
	}
	return out.String()
}

// TestGuard shows for every guarded field, in both scopes, that the real reconciler
// ends at the guard and applies nothing: by the record, and where it was taken away.
// XR and status are new each time, as after a restore.
func TestGuard(t *testing.T) {
	const live = " on a live database; set it back to "
	cases := map[string]struct {
		reason string
		edit   []string
		want   string
	}{
		"Provider":     {"Another cloud.", []string{"provider: gcp", "provider: azure"}, `spec.provider: "gcp" cannot become "azure"` + live},
		"Type":         {"Another type.", []string{"type: database", "type: bucket"}, `spec.type: "database" cannot become "bucket"` + live},
		"Engine":       {"Another engine.", []string{"postgres", "mysql"}, `spec.database.engine: "postgres" cannot become "mysql"` + live},
		"Region":       {"Another region.", []string{"eu-west", "eu-north"}, `spec.region: "europe-west1" cannot become "europe-north1"` + live},
		"Project":      {"Another project.", []string{"project: shop", "project: other"}, `spec.project: "shop" cannot become "other"` + live},
		"Env":          {"Another env.", []string{"  env: prod", "  env: staging"}, `spec.env: "prod" cannot become "staging"` + live},
		"ExternalName": {"Another database.", []string{"  profile:", "  externalName: other\n  profile:"}, `spec.externalName: "gcp-shop-prod-main-`},
		"Database":     {"Another logical database.", []string{"orders", "other"}, `spec.database.name: "orders" cannot become "other"` + live},
		"Version":      {"An older version.", []string{`"16"`, `"15"`}, `spec.database.version: "16" cannot become "15"` + live},
		"Storage":      {"A smaller disk.", []string{"storageGiB: 200", "storageGiB: 100"}, `spec.database.storageGiB: "200" cannot become "100"` + live},
		"DeletionPolicy": {
			"A claim in prod is not let go by an edit.",
			[]string{"  profile:", "  deletionPolicy: Delete\n  profile:"},
			`spec.deletionPolicy: "Delete" is refused in prod, where a database outlives its claim; to delete this one for good, set the annotation ` +
				`platform.victor.onl/allow-delete: "true" on the claim`,
		},
		"Restored": {
			"An XR that was restored with its references is judged alike.",
			[]string{
				"  profile:", "  resourceRefs: [{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, name: main-instance}]\n  profile:",
				"eu-west", "eu-north",
			},
			`spec.region: "europe-west1" cannot become "europe-north1"` + live,
		},
	}
	dir := t.TempDir()
	write := func(t *testing.T, content string) string {
		t.Helper()
		p := filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "-")+".yaml")
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	platform := filepath.Join(dir, "platform.yaml")
	if err := os.WriteFile(platform, []byte(overriding), 0o600); err != nil {
		t.Fatal(err)
	}
	settings := append(settings(t), platform)
	for _, scope := range []string{render.ScopeClaim, render.ScopeNamespaced} {
		rendered, err := renderer.Render(t.Context(), render.Request{Claim: write(t, guarded), Settings: settings, Scope: scope})
		if err != nil {
			t.Fatal(err)
		}
		for name, tc := range cases {
			if scope == render.ScopeNamespaced && name == "Restored" {
				continue // its references stand elsewhere
			}
			t.Run(scope+"/"+name, func(t *testing.T) {
				for _, strip := range []bool{false, true} {
					observed := filepath.Join(t.TempDir(), "observed.yaml")
					if err := os.WriteFile(observed, []byte(observe(t, rendered, strip)), 0o600); err != nil {
						t.Fatal(err)
					}
					unchanged := render.Request{Claim: write(t, guarded), Settings: settings, Scope: scope, Observed: observed}
					if name == "Region" { // once is enough
						if _, err := renderer.Render(t.Context(), unchanged); err != nil {
							t.Errorf("an unchanged claim is refused: %v", err)
						}
					}
					edited := unchanged
					edited.Claim = write(t, strings.NewReplacer(tc.edit...).Replace(guarded))
					applied, err := renderer.Render(t.Context(), edited)
					if err == nil || !strings.Contains(err.Error(), tc.want) {
						t.Errorf("\n%s\nRender(): record taken away %t: want %q, got %v", tc.reason, strip, tc.want, err)
					}
					if len(applied) != 0 {
						t.Errorf("\n%s\nRender(): record taken away %t: applied all the same:\n%s", tc.reason, strip, applied)
					}
				}
			})
		}
	}
}
