package input

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/admission"
	"github.com/victor-onl/crossplane-resources/internal/admission/fromxrd"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/page"
)

const admissionDocs = root + "/docs/admission.md"

// mistakes that people make in a new claim: what they write, in place of which words
// of a good one.
var mistakes = []struct{ what, old, now string }{
	{"another engine's name", "engine: postgres", "engine: postgresql"},
	{"a misspelt section", "database:", "databse:"},
	{"a misspelt field", "engine: postgres", "engine: postgres, storageGib: 200"},
	{"a section's field beside it", "database: {engine: postgres}", "database: {}, engine: postgres"},
	{"capitals", "provider: gcp, profile: small, region: eu-west", "provider: GCP, profile: Small, region: EU-West"},
	{"a number for a text", "engine: postgres", "engine: mysql, version: 8.4"},
	{"a unit", "engine: postgres", "engine: postgres, storageGiB: 200Gi"},
	{"a minor version", "engine: postgres", `engine: postgres, version: "17.2"`},
	{"a slip in a version", "engine: postgres", `engine: postgres, version: "171"`},
	{"another cloud's region", "provider: gcp, profile: small, region: eu-west", "provider: aws, profile: small, region: europe-west1"},
	{"a region that the cloud lacks", "provider: gcp, profile: small, region: eu-west", "provider: ibm, profile: small, region: eu-north"},
	{"a region that nobody knows", "region: eu-west", "region: moon"},
	{
		"backups that the cloud cannot keep", "provider: gcp, profile: small, region: eu-west, database: {engine: postgres}",
		"provider: ibm, profile: small, region: eu-de, database: {engine: postgres, backupRetentionDays: 14}",
	},
	{"a misspelt profile", "small", "meduim"},
	{"no profile", "profile: small, ", ""},
	{"no section", ", database: {engine: postgres}", ""},
	{"a bucket without its type", "database: {engine: postgres}", "bucket: {versioning: true}"},
	{"a type that there is not", "spec: {", "spec: {type: stream, "},
	{"a cache's version", "database: {engine: postgres}", `type: cache, cache: {version: "7.2"}`},
	{"an eviction policy that there is not", "database: {engine: postgres}", "type: cache, cache: {evictionPolicy: lru}"},
	{"a cache with another type's section", "database: {engine: postgres}", "type: cache, queue: {}"},
	{"a queue without attempts", "database: {engine: postgres}", "type: queue, queue: {maxDeliveryAttempts: 0}"},
	{"a queue that keeps messages for too long", "database: {engine: postgres}", "type: queue, queue: {retentionDays: 30}"},
	{
		"a queue that lets everybody in", "database: {engine: postgres}",
		"type: queue, queue: {access: [{principal: allUsers, role: send}]}",
	},
	{"another env's name", "spec: {", "spec: {env: stage, "},
	{"an env that is none in the namespace", "payments-dev-infra", "payments-production-infra"},
	{"no namespace of the platform", "payments-dev-infra", "default"},
	{"a Secret in another namespace", "spec: {", "spec: {writeConnectionSecretToRef: {name: main, namespace: apps}, "},
	{"a Secret's name that Kubernetes does not take", "spec: {", "spec: {writeConnectionSecretToRef: {name: My_Secret}, "},
	{"a name that Kubernetes does not take", "name: main", "name: This_Is_DB"},
	{"deletion in prod", "spec: {", "spec: {env: prod, deletionPolicy: Delete, "},
}

// edits of a claim, before and after its database is made.
var edits = []struct{ what, before, after string }{
	{"a region that was wrong", "region: us-east", "region: eu-central"},
	{"a region that was left out, as it is", "", "region: eu-west"},
	{"a region that was left out, another one", "", "region: eu-north"},
	{"the region in the cloud's own words", "region: eu-west", "region: europe-west1"},
	{"a version that was left out, as it is", "", `database: {engine: postgres, version: "17"}`},
	{"an older version", `database: {engine: postgres, version: "17"}`, `database: {engine: postgres, version: "16"}`},
	{"a smaller disk", "database: {engine: postgres, storageGiB: 65000}", "database: {engine: postgres, storageGiB: 200}"},
	{"another engine", "database: {engine: postgres}", "database: {engine: mysql}"},
	{
		"another profile of a version that is no longer offered", `database: {engine: postgres, version: "13"}`,
		`profile: large, database: {engine: postgres, version: "13"}`,
	},
	{"the connection Secret, later", "", "writeConnectionSecretToRef: {name: main}"},
}

// TestAdmissionDocs holds docs/admission.md equal to what is said: by an API server
// that serves the claims' CRD, and by make render.
func TestAdmissionDocs(t *testing.T) {
	page.Hold(t, admissionDocs, admissionPage(t))
}

func admissionPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/admission.md")
	if err != nil {
		t.Fatal(err)
	}
	server := claimServer(t)
	var wrong, live strings.Builder
	for _, m := range mistakes {
		manifest := strings.Replace(good, m.old, m.now, 1)
		if manifest == good {
			t.Fatalf("%s: the mistake changes nothing", m.what)
		}
		api, function := apiSays(server.Create(decoded(t, manifest))), renderSays(t, manifest)
		if function == "" {
			t.Errorf("%s: is rendered", m.what)
		}
		row := quoted(api)
		if api == function {
			row = "the same"
		}
		fmt.Fprintf(&wrong, "| %s: %s | %s | %s |\n", m.what, code(strings.TrimSuffix(strings.TrimPrefix(m.now, "spec: {"), ", ")), row, cell(function))
	}
	for _, e := range edits {
		before, after := edited(e.before), edited(e.after)
		unmade := apiSays(server.Update(withStatus(t, before, false), decoded(t, after)))
		made := apiSays(server.Update(withStatus(t, before, true), decoded(t, after)))
		fmt.Fprintf(&live, "| %s: %s → %s | %s | %s |\n", e.what, code(e.before), code(e.after), cell(unmade), cell(made))
	}
	return fmt.Sprintf(string(text), wrong.String(), live.String())
}

// claimServer serves claims as an API server with Crossplane 2.x does.
func claimServer(t *testing.T) *admission.Server {
	t.Helper()
	crds, err := fromxrd.CRDs(root + "/apis/claims/definition.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := admission.Serve(crds[1])
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	out, err := manifest.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// edited is a claim with some fields in place of its own, or beside them.
func edited(fields string) string {
	spec := []string{"provider: gcp"}
	for _, field := range []string{"profile: small", "database: {engine: postgres}"} {
		if name, _, _ := strings.Cut(field, ":"); !strings.Contains(fields, name+":") {
			spec = append(spec, field)
		}
	}
	if fields != "" {
		spec = append(spec, fields)
	}
	head, _, _ := strings.Cut(good, "spec:")
	return head + "spec: {" + strings.Join(spec, ", ") + "}\n"
}

func withStatus(t *testing.T, manifest string, made bool) map[string]any {
	t.Helper()
	o := decoded(t, manifest)
	o["status"] = map[string]any{"resource": map[string]any{
		"made": made, "name": "gcp-payments-dev-main", "provider": "gcp", "region": "europe-west1", "engine": "postgres", "version": "17",
	}}
	return o
}

// around a sentence of ours an API server writes the field once more, and that its value
// is invalid.
var around = regexp.MustCompile(`[^ ,]+: Invalid value: (spec\.[A-Za-z.]+: )`)

// apiSays drops what the API server writes around a sentence of ours.
func apiSays(said string) string {
	said = strings.TrimSuffix(strings.TrimPrefix(said, "["), "]")
	said, _, _ = strings.Cut(said, ", <nil>: Invalid value: null: some validation rules were not checked")
	return around.ReplaceAllString(said, "$1")
}

// renderSays is what make render says of a claim.
func renderSays(t *testing.T, manifest string) string {
	t.Helper()
	xr, err := render.XR([]byte(manifest), render.ScopeClaim, "")
	if err != nil {
		return err.Error()
	}
	return refusal(t, fromYAML(t, string(xr)), nil)
}

func cell(said string) string {
	if said == "" {
		return "accepted"
	}
	return strings.ReplaceAll(said, "|", `\|`)
}

// quoted shows what an API server says as code: its patterns would be links otherwise.
func quoted(said string) string {
	if said == "" {
		return cell(said)
	}
	return "`" + cell(said) + "`"
}

func code(fields string) string {
	if fields == "" {
		return "–"
	}
	return "`" + fields + "`"
}
