package check

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/cmd/claims/pipeline"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/admission"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// A row is an edit of a live resource, and the field that docs/edits.md has refused; "" where it is
// taken.
type row struct{ what, kind, clouds, envs, before, after, refused string }

// everywhere is a row's clouds and envs where they do not matter. One env stands for all then.
const everywhere = ""

// rows are those of docs/edits.md about a claim, and those of each type that nothing refuses.
var rows = []row{
	{"the name of another", "", everywhere, everywhere, "", "externalName: another", "spec.externalName"},
	{"the type", "", everywhere, everywhere, "", "type: OTHER", "spec.type"},
	{"the provider", "", everywhere, everywhere, "", "provider: OTHER", "spec.provider"},
	{"the region", "", everywhere, everywhere, "", "region: us-east", "spec.region"},
	{"the region, left out", "", everywhere, everywhere, "", "-region", "spec.region"},
	{"a null for the region, which functions take for none", "", everywhere, everywhere, "", "region: null", "spec.region"},
	{"the project", "", everywhere, everywhere, "", "project: another", "spec.project"},
	{"the env", "", everywhere, everywhere, "", "env: staging", "spec.env"},
	{"a tag", "", everywhere, everywhere, "", "tags: {squad: a}", ""},
	{"a tag that nobody takes", "", everywhere, everywhere, "", "tags: {squad: 5}", "spec.tags.squad"},
	{"a field that there is not", "", everywhere, everywhere, "", "sise: 5", "spec.sise"},
	{"the Secret, later", "", everywhere, everywhere, "", "writeConnectionSecretToRef: {name: main}", ""},
	{"a looser deletion", "", everywhere, "prod", "", "deletionPolicy: Delete", "spec.deletionPolicy"},
	{"a stricter deletion", "", everywhere, "dev", "", "deletionPolicy: Orphan", ""},
	{"a word that is no deletion", "", everywhere, everywhere, "", "deletionPolicy: Keep", "spec.deletionPolicy"},
	{"no more protection", "", everywhere, "prod", "", "deletionProtection: false", "spec.deletionProtection"},

	{"the engine", "database", everywhere, everywhere, "database: {engine: postgres}", "database: {engine: mysql}", "spec.database.engine"},
	{"the database's name", "database", everywhere, everywhere, "", "database: {engine: postgres, name: another}", "spec.database.name"},
	{
		"an older version", "database", everywhere, everywhere, `database: {engine: postgres, version: "17"}`, `database: {engine: postgres, version: "16"}`,
		"spec.database.version",
	},
	{
		"a newer version", "database", "gcp aws azure", everywhere, `database: {engine: postgres, version: "16"}`,
		`database: {engine: postgres, version: "17"}`, "",
	},
	{
		"a smaller disk", "database", everywhere, everywhere, "database: {engine: postgres, storageGiB: 512}", "database: {engine: postgres, storageGiB: 200}",
		"spec.database.storageGiB",
	},
	{"an older Kubernetes", "cluster", everywhere, everywhere, `cluster: {version: "1.36"}`, `cluster: {version: "1.35"}`, "spec.cluster.version"},
	{"a newer Kubernetes", "cluster", everywhere, "dev", `cluster: {version: "1.35"}`, `cluster: {version: "1.36"}`, ""},
	{"nodes in three zones", "cluster", everywhere, everywhere, "", "cluster: {highAvailability: true, nodes: {min: 3, max: 6}}", ""},
	{
		"nodes that three zones do not divide", "cluster", everywhere, "prod", "", "cluster: {highAvailability: true, nodes: {min: 4, max: 8}}",
		"spec.cluster.nodes.min",
	},
	{"nodes that are lifted to what the env's zones divide", "cluster", everywhere, "prod", "", "cluster: {nodes: {min: 4, max: 8}}", ""},

	{"a larger disk", "database", everywhere, everywhere, "", "database: {engine: postgres, storageGiB: 512}", ""},
	{"a larger profile", "database", everywhere, everywhere, "", "profile: large", ""},
	{"a smaller profile", "database", everywhere, everywhere, "profile: large", "profile: small", ""},
	{"a profile that there is not", "database", everywhere, everywhere, "", "profile: huge", "spec.profile"},

	{"no more older versions", "bucket", everywhere, everywhere, "bucket: {versioning: true}", "bucket: {versioning: false}", "spec.bucket.versioning"},
	{"older versions", "bucket", everywhere, everywhere, "bucket: {versioning: false}", "bucket: {versioning: true}", ""},
	{"fewer days", "bucket", everywhere, everywhere, "bucket: {retentionDays: 90}", "bucket: {retentionDays: 30}", ""},

	{
		"high availability, later", "cache", "gcp azure", "dev", "cache: {highAvailability: false}", "cache: {highAvailability: true}",
		"spec.cache.highAvailability",
	},
	{"high availability, in place", "cache", "aws", "dev", "cache: {highAvailability: false}", "cache: {highAvailability: true}", ""},
	{
		"no more high availability", "cache", "gcp azure", everywhere, "cache: {highAvailability: true}", "cache: {highAvailability: false}",
		"spec.cache.highAvailability",
	},
	{
		"no more persistence where it is protected", "cache", "gcp", "prod", "cache: {persistence: true}", "cache: {persistence: false}",
		"spec.cache.persistence",
	},
	{"no more persistence where it is not", "cache", everywhere, "dev", "cache: {persistence: true}", "cache: {persistence: false}", ""},
	{"another eviction", "cache", everywhere, everywhere, "", "cache: {evictionPolicy: volatile-lru}", ""},
	{"a larger cache", "cache", "gcp aws ibm", everywhere, "", "profile: large", ""},
	{
		"a larger cache that is protected, and has no high availability", "cache", "azure", "prod", "cache: {highAvailability: false}",
		"cache: {highAvailability: false}, profile: large", "spec.profile",
	},

	{
		"less retention of what is kept", "queue", "gcp aws azure", "prod", "queue: {retentionDays: 7}", "queue: {retentionDays: 2}",
		"spec.queue.retentionDays",
	},
	{"less retention of what is not kept", "queue", "gcp aws azure", "dev", "queue: {retentionDays: 7}", "queue: {retentionDays: 2}", ""},
	{"more retention", "queue", "gcp aws azure", everywhere, "queue: {retentionDays: 2}", "queue: {retentionDays: 7}", ""},
	{"more attempts", "queue", everywhere, everywhere, "queue: {maxDeliveryAttempts: 5}", "queue: {maxDeliveryAttempts: 9}", ""},
	{"another timeout", "queue", everywhere, everywhere, "queue: {visibilityTimeoutSeconds: 30}", "queue: {visibilityTimeoutSeconds: 60}", ""},
	{"a section of another type", "queue", everywhere, everywhere, "", "cache: {persistence: true}", "spec.cache"},
}

// specs are live resources of each type, and what takes the place of OTHER.
var specs = map[string]struct {
	fields map[string]string
	other  string
}{
	"database": {map[string]string{"profile": "small", "database": "{engine: postgres}"}, "bucket"},
	"bucket":   {map[string]string{}, "queue"},
	"cache":    {map[string]string{"profile": "small"}, "queue"},
	"queue":    {map[string]string{}, "bucket"},
	"cluster":  {map[string]string{"profile": "small"}, "bucket"},
}

// spec is that of a type and cloud, with some fields in place of its own.
func (r row) spec(kind, provider, fields string) string {
	other := map[bool]string{true: "gcp", false: "aws"}[provider != "gcp"]
	out := []string{fields}
	of := map[string]string{"provider": provider, "type": kind, "region": "eu-west"}
	if fields == "-region" {
		out = nil
		delete(of, "region")
	}
	maps.Copy(of, specs[kind].fields)
	for name, value := range of {
		if !strings.Contains(", "+fields, ", "+name+":") {
			out = append(out, name+": "+value)
		}
	}
	slices.Sort(out)
	text := strings.TrimPrefix(strings.Join(out, ", "), ", ")
	text = strings.Replace(text, "provider: OTHER", "provider: "+other, 1)
	return "{" + strings.Replace(text, "type: OTHER", "type: "+specs[kind].other, 1) + "}"
}

// An edited claim, of a row.
type edited struct {
	row

	before, after string
}

// edits are all claims of the rows, by their names.
func edits() map[string]edited {
	out := map[string]edited{}
	for i, r := range rows {
		for kind := range specs {
			of, _ := types.Find(kind)
			for _, provider := range of.Providers() {
				for _, env := range []string{"dev", "prod"} {
					if r.kind != "" && r.kind != kind || r.clouds != "" && !strings.Contains(r.clouds, provider) || cmp.Or(r.envs, "dev") != env {
						continue
					}
					name := fmt.Sprintf("e%d-%s-%s-%s", i, kind, provider, env)
					head := "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: " + name + ", namespace: payments-" + env + "-infra}\nspec: "
					out[name] = edited{r, head + r.spec(kind, provider, r.before) + "\n", head + r.spec(kind, provider, r.after) + "\n"}
				}
			}
		}
	}
	return out
}

// TestEdits runs the edits of docs/edits.md through an API server, the functions and the checker,
// for every type and cloud: what either of the first two refuses is refused by the third, by the
// sentence of the platform, and nothing else is.
func TestEdits(t *testing.T) {
	all := edits()
	contents := map[string]string{}
	for name, e := range all {
		contents["before/"+name+".yaml"], contents["now/"+name+".yaml"] = e.before, e.after
	}
	files(t, contents)
	said := map[string][]report.Finding{}
	for _, f := range run(t, Options{Base: "./before", Paths: []string{"now"}, Scope: render.ScopeClaim}).Findings {
		if f.Severity == report.Error && f.Rule != ruleLabels {
			_, name, _ := strings.Cut(f.Claim, "/")
			said[name] = append(said[name], f)
		}
	}
	server, err := admission.Claims()
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New(pipeline.Assumed(), lookedUp)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for name, e := range all {
		function, api := e.judged(t, p, server)
		got := said[name]
		paths := func(path string) bool { return path == e.refused || within(path, e.refused) }
		switch {
		case e.refused == "" && (function != "" || len(api) > 0 || len(got) > 0):
			t.Errorf("%s, %s, is refused: by the functions %q, an API server %v, the checker %v", e.what, name, function, api, got)
		case e.refused != "" && !slices.ContainsFunc(got, func(f report.Finding) bool { return paths(f.Path) || strings.HasPrefix(f.Text, e.refused) }):
			t.Errorf("%s, %s: %s is not refused by the checker: %v; the functions say %q, an API server %v", e.what, name, e.refused, got, function, api)
		}
		refused += len(got)
		for _, one := range append(sentences(function), besides(sentences(function), api)...) {
			if !slices.ContainsFunc(got, func(f report.Finding) bool { return f.Text == one.text }) {
				t.Errorf("%s, %s: the checker does not say %q, but %v", e.what, name, one.text, got)
			}
		}
	}
	if refused < len(all)/3 {
		t.Errorf("only %d of %d edits are refused", refused, len(all))
	}
}

// judged is what the functions and an API server say of an edit of what is made.
func (e edited) judged(t *testing.T, p *pipeline.Pipeline, server *admission.Server) (string, []admission.Refusal) {
	t.Helper()
	read := func(text string) map[string]any {
		o, err := manifest.Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	c := &checker{Options: Options{Scope: render.ScopeClaim}}
	was, err := c.xr(&manifest.Document{Object: read(e.before)})
	if err != nil {
		t.Fatal(err)
	}
	live, err := p.Live(t.Context(), was)
	if err != nil || live.Refusal != "" {
		t.Fatalf("%s is not made: %v, %s", e.before, err, live.Refusal)
	}
	before := read(e.before)
	before["status"] = integers(shown(live).AsMap())
	api := server.RefuseUpdate(t.Context(), before, read(e.after))
	now, err := c.xr(&manifest.Document{Object: read(e.after)})
	if err != nil {
		return err.Error(), api
	}
	pipeline.Show(now, live.Status)
	answer, err := p.Run(t.Context(), now, live.Observed)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Refusal, api
}

// TestEditsOfAll holds that there are edits of each type.
func TestEditsOfAll(t *testing.T) {
	for _, kind := range claim.Types {
		if _, ok := specs[kind]; !ok {
			t.Errorf("no edit of a %s is tried", kind)
		}
	}
}
