package argocd

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/cmd/claims/check"
)

const (
	platformRepository = "../../examples/gitops/platform-gitops"
	domainRepository   = "../../examples/gitops/payments-gitops"
)

// object is what the tests read of a manifest.
type object struct {
	Kind     string
	Metadata struct {
		Name, Namespace string
		Labels          map[string]string
		Annotations     map[string]string
	}
	Spec map[string]any
}

func objects(t *testing.T, file string) []object {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []object
	for doc := range bytes.SplitSeq(b, []byte("\n---\n")) {
		o := object{}
		if err := yaml.Unmarshal(doc, &o); err != nil {
			t.Fatal(file, err)
		}
		out = append(out, o)
	}
	return out
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	out, err := filepath.Glob(pattern)
	if err != nil || len(out) == 0 {
		t.Fatalf("no file is %s: %v", pattern, err)
	}
	return out
}

// claimFiles are those of the domain's repository.
func claimFiles(t *testing.T) []string {
	t.Helper()
	return files(t, domainRepository+"/crossplane/claims/*/*/claim.yaml")
}

// TestDomain holds that the domain's repository passes the checks of its own pull requests.
func TestDomain(t *testing.T) {
	r, err := check.Run(t.Context(), check.Options{
		Paths: []string{domainRepository}, Scope: "claim", Settings: []string{platformRepository + "/crossplane/settings/"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		t.Errorf("%+v", f)
	}
}

// TestExamples holds that the domain's claims are those of examples, which are tried on control planes.
func TestExamples(t *testing.T) {
	for _, f := range claimFiles(t) {
		env, name := filepath.Base(filepath.Dir(filepath.Dir(f))), filepath.Base(filepath.Dir(f))
		want, err := os.ReadFile(filepath.Join("../../examples/claims", "payments-"+env+"-infra", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: -example, +claim:\n%s", f, diff)
		}
	}
}

// applicationSet is what Argo CD makes Applications of.
type applicationSet struct {
	Generators []struct {
		Matrix struct {
			Generators []struct {
				List struct{ Elements []map[string]string }
				Git  struct {
					RepoURL     string
					Directories []struct{ Path string }
				}
			}
		}
	}
	SyncPolicy    map[string]any
	Template      map[string]any
	TemplatePatch string
}

// fill has a template of an ApplicationSet filled in, by the functions of it that are used.
func fill(t *testing.T, text string, data map[string]any) string {
	t.Helper()
	functions := template.FuncMap{
		"list": func(v ...string) []string { return v },
		"has":  func(s string, all []string) bool { return slices.Contains(all, s) },
	}
	tpl, err := template.New("").Option("missingkey=error").Funcs(functions).Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := tpl.Execute(&out, data); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestApplications makes the Applications of the domain's claims: each has the name that the
// platform's conventions give, and the claim's namespace, which the AppProject lets it have.
func TestApplications(t *testing.T) {
	set := claimSet(t)
	if set.SyncPolicy["applicationsSync"] != "create-update" || set.SyncPolicy["preserveResourcesOnDeletion"] != true {
		t.Errorf("the ApplicationSet may delete claims: %v", set.SyncPolicy)
	}
	generators := set.Generators[0].Matrix.Generators
	project := objects(t, platformRepository+"/argocd/payments.yaml")[0].Spec
	made, err := yaml.Marshal(set.Template)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range claimFiles(t) {
		folder, err := filepath.Rel(domainRepository, filepath.Dir(f))
		if err != nil {
			t.Fatal(err)
		}
		if ok, err := filepath.Match(generators[1].Git.Directories[0].Path, folder); !ok {
			t.Fatalf("%s makes no Application: %v", folder, err)
		}
		data := map[string]any{"path": map[string]any{"path": folder, "basename": filepath.Base(folder), "segments": strings.Split(folder, "/")}}
		for k, v := range generators[0].List.Elements[0] {
			data[k] = v
		}
		app := object{}
		if err := yaml.Unmarshal([]byte(fill(t, string(made), data)), &app); err != nil {
			t.Fatal(err)
		}
		claim := objects(t, f)[0]
		env := strings.Split(folder, "/")[2]
		destination, _ := app.Spec["destination"].(map[string]any)
		if want := "crossplane-payments-" + env + "-" + claim.Metadata.Name; app.Metadata.Name != want || destination["namespace"] != claim.Metadata.Namespace {
			t.Errorf("%s: the Application is %s in %v, want %s in %s", folder, app.Metadata.Name, destination["namespace"], want, claim.Metadata.Namespace)
		}
		if !allows(project, destination) {
			t.Errorf("%s: the AppProject does not let it into %v", folder, destination)
		}
	}
}

// allows reports whether an AppProject has a destination.
func allows(project, destination map[string]any) bool {
	all, _ := project["destinations"].([]any)
	return slices.ContainsFunc(all, func(d any) bool { return cmp.Equal(d, any(destination)) })
}

// TestWaves holds what has to come before what.
func TestWaves(t *testing.T) {
	wave := map[string]string{}
	for _, pattern := range []string{"*.yaml", "*/*.yaml"} {
		for _, f := range files(t, platformRepository+"/crossplane/"+pattern) {
			for _, o := range objects(t, f) {
				kind := o.Kind
				if o.Metadata.Name == "function-multicloud-db" {
					kind = "function-multicloud-db"
				}
				now := o.Metadata.Annotations["argocd.argoproj.io/sync-wave"]
				if was, ok := wave[kind]; ok && was != now {
					t.Errorf("%s: %s are in waves %q and %q", f, kind, was, now)
				}
				wave[kind] = now
				skips := o.Metadata.Annotations["argocd.argoproj.io/sync-options"] == "SkipDryRunOnMissingResource=true"
				if skips != strings.HasSuffix(kind, "ProviderConfig") {
					t.Errorf("%s: of %s %s Argo CD skips the dry run: %t", f, kind, o.Metadata.Name, skips)
				}
			}
		}
	}
	want := map[string]string{
		"ServiceAccount": "-4", "DeploymentRuntimeConfig": "-4", "ImageConfig": "-4",
		"Provider": "-3", "Function": "-3", "ManagedResourceActivationPolicy": "-3",
		"function-multicloud-db": "-2", "Configuration": "-1",
		"ProviderConfig": "", "ClusterProviderConfig": "", "EnvironmentConfig": "",
		"ClusterRole": "", "ClusterRoleBinding": "", "ValidatingAdmissionPolicy": "", "ValidatingAdmissionPolicyBinding": "",
	}
	if diff := cmp.Diff(want, wave); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
}
