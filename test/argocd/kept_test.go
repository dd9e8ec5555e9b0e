package argocd

import (
	"path"
	"slices"
	"testing"

	"sigs.k8s.io/yaml"
)

// claimSet is the ApplicationSet of the platform's repository.
func claimSet(t *testing.T) applicationSet {
	t.Helper()
	out := applicationSet{}
	b, err := yaml.Marshal(objects(t, platformRepository+"/argocd/crossplane-claims.yaml")[0].Spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// policy is what an Application says of its syncs.
type policy struct {
	Automated   *struct{ Prune, SelfHeal bool }
	SyncOptions []string
}

// policyOf reads spec.syncPolicy.
func policyOf(t *testing.T, spec any) policy {
	t.Helper()
	b, err := yaml.Marshal(spec)
	if err != nil {
		t.Fatal(err)
	}
	out := struct{ SyncPolicy policy }{}
	if err := yaml.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out.SyncPolicy
}

// TestKept holds that no Application takes what it applied along, whoever deletes it and however:
// the UI and the CLI delete an Application with all of it unless they are told otherwise (Delete of
// server/application in Argo CD 3.5), and whoever syncs by hand may tick Prune. Alerts may go.
func TestKept(t *testing.T) {
	specs := map[string]any{"crossplane-claims": claimSet(t).Template["spec"]}
	for _, o := range objects(t, platformRepository+"/argocd/platform.yaml") {
		if o.Kind == "Application" && o.Metadata.Name != "crossplane-alerts" {
			specs[o.Metadata.Name] = o.Spec
		}
	}
	if len(specs) != 3 {
		t.Errorf("the Applications are %v", specs)
	}
	for name, spec := range specs {
		p := policyOf(t, spec)
		for _, option := range []string{"Prune=false", "Delete=false"} {
			if !slices.Contains(p.SyncOptions, option) {
				t.Errorf("%s: the sync options are %v, without %s", name, p.SyncOptions, option)
			}
		}
		if p.Automated != nil && p.Automated.Prune {
			t.Errorf("%s: what is taken out of Git is deleted", name)
		}
	}
}

// TestEnvs holds, of every env, whether its claims are synced by themselves, or by hand within a window.
func TestEnvs(t *testing.T) {
	s := claimSet(t)
	project := struct {
		SyncWindows []struct {
			Kind         string
			ManualSync   bool
			Applications []string
		}
	}{}
	b, err := yaml.Marshal(objects(t, platformRepository+"/argocd/payments.yaml")[0].Spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, &project); err != nil {
		t.Fatal(err)
	}
	for env, tc := range map[string]struct {
		reason string
		itself bool
	}{
		"dev":     {"A claim of dev is there once it is merged.", true},
		"staging": {"A claim of staging is there once it is merged.", true},
		"prod":    {"A claim of prod waits for somebody, and for the window.", false},
		"mgmt":    {"A claim of mgmt waits for somebody, and for the window.", false},
	} {
		t.Run(env, func(t *testing.T) {
			patch := map[string]any{}
			data := map[string]any{"path": map[string]any{"segments": []string{"crossplane", "claims", env, "main"}}}
			if err := yaml.Unmarshal([]byte(fill(t, s.TemplatePatch, data)), &patch); err != nil {
				t.Fatal(err)
			}
			automated := policyOf(t, patch["spec"]).Automated
			if (automated != nil) != tc.itself || automated != nil && (automated.Prune || !automated.SelfHeal) {
				t.Errorf("%s\nautomated: %+v", tc.reason, automated)
			}
			windows := 0
			for _, w := range project.SyncWindows {
				for _, name := range w.Applications {
					if ok, err := path.Match(name, "crossplane-payments-"+env+"-main"); err != nil || ok && w.Kind == "allow" && !w.ManualSync {
						windows++
					}
				}
			}
			if (windows == 1) == tc.itself {
				t.Errorf("%s\nwindows: %d", tc.reason, windows)
			}
		})
	}
}
