package matrix

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
	"github.com/victor-onl/crossplane-resources/test/page"
)

// TestParameters holds that what a claim says of its engine means the same in every cell that has it,
// in fields that the providers' CRDs have, beside the platform's own.
func TestParameters(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	const settings = full + "policy: {parameters: {%: {postgres: {work_mem: {value: '65536', dynamic: true}}, mysql: {max_allowed_packet: '16777216'}}}}\n"
	for _, c := range cells() {
		says, want := "maxConnections: 400", map[string]string{"max_connections": "400"}
		if c.provider != "ibm" {
			says += ", statementTimeout: 30s, lockTimeout: 4s, slowQueryThreshold: 1s"
		}
		switch {
		case c.engine == "mysql" && c.provider != "ibm":
			maps.Copy(want, map[string]string{"max_execution_time": "30000", "innodb_lock_wait_timeout": "4", "long_query_time": "1", "max_allowed_packet": "16777216"})
		case c.engine == "mysql":
			want["max_allowed_packet"] = "16777216"
		case c.provider != "ibm":
			maps.Copy(want, map[string]string{
				"statement_timeout": "30000", "lock_timeout": "4000", "log_min_duration_statement": "1000", "work_mem": "65536",
			})
		default:
			want["work_mem"] = "65536"
		}
		c.says = ", parameters: {" + says + "}"
		if c.engine == "postgres" {
			c.says += ", extensions: [pgaudit, vector]"
			maps.Copy(want, map[string]map[string]string{
				"gcp": {"cloudsql.enable_pgaudit": "on"}, "aws": {"shared_preload_libraries": "pg_stat_statements,pgaudit"},
				"azure": {"azure.extensions": "pgaudit,vector", "shared_preload_libraries": "pg_cron,pg_stat_statements,pgaudit"},
			}[c.provider])
		}
		t.Run(c.String(), func(t *testing.T) {
			settings, desired := strings.Replace(settings, "%", c.provider, 1), map[string]*fnv1.Resource{}
			for range 4 { // a list of a server of Azure is looked at first
				rsp := c.run(t, settings, c.observed(t, desired))
				if got := render.Fatal(rsp); got != "" {
					t.Fatal(got)
				}
				desired = rsp.GetDesired().GetResources()
			}
			for name, r := range desired {
				if err := checker.Check(named(r, name, c.scope)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			if c.scope == render.ScopeClaim && c.env == "prod" {
				page.Hold(t, filepath.Join("testdata", "parameters", c.provider+"-"+c.engine+".yaml"), c.tuned(t, desired))
			}
			got := c.parameters(desired)
			maps.DeleteFunc(got, func(name, _ string) bool { return want[name] == "" })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("parameters: -want, +got:\n%s", diff)
			}
		})
	}
}

// tuned is what is desired of parameters, part by part.
func (c cell) tuned(t *testing.T, desired map[string]*fnv1.Resource) string {
	t.Helper()
	var out []string
	for _, name := range slices.Sorted(maps.Keys(desired)) {
		o := desired[name].GetResource()
		var shown object.Map
		switch {
		case strings.HasPrefix(name, "parameter-group-"), strings.HasPrefix(name, "configuration-"):
			shown = object.Map{"spec": object.Get(o, "spec")}
		case name == "instance" && c.provider == "gcp":
			shown = object.Map{"databaseFlags": object.Get(o, "spec", "forProvider", "settings", "databaseFlags")}
		case name == "instance" && c.provider == "ibm":
			shown = object.Map{"configuration": object.Get(o, "spec", "forProvider", "varmap", "configuration")}
		default:
			continue
		}
		shown["annotations"] = object.Get(o, "metadata", "annotations")
		b, err := yaml.Marshal(object.New(shown).AsMap())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, "# "+name+"\n"+string(b))
	}
	return strings.Join(out, "---\n")
}

// observed are desired resources as their providers make them; of none there is none.
func (c cell) observed(t *testing.T, desired map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	t.Helper()
	if len(desired) == 0 {
		return nil
	}
	return c.observe(t, desired)
}

// parameters are those that desired resources set, by their names.
func (c cell) parameters(desired map[string]*fnv1.Resource) map[string]string {
	out := map[string]string{}
	instance := desired["instance"].GetResource()
	for name, r := range desired {
		o := r.GetResource()
		for _, at := range []string{"forProvider", "initProvider"} {
			for _, v := range object.Get(o, "spec", at, "parameter").GetListValue().GetValues() {
				out[object.String(v.GetStructValue(), "name")] = object.String(v.GetStructValue(), "value")
			}
		}
		if parameter, is := strings.CutPrefix(name, "configuration-"); is {
			out[parameter] = object.String(o, "spec", "forProvider", "value")
		}
	}
	for _, v := range object.Get(instance, "spec", "forProvider", "settings", "databaseFlags").GetListValue().GetValues() {
		out[object.String(v.GetStructValue(), "name")] = object.String(v.GetStructValue(), "value")
	}
	if text := object.String(instance, "spec", "forProvider", "varmap", "configuration"); text != "" {
		for pair := range strings.SplitSeq(strings.Trim(text, "{}"), ",") {
			name, value, _ := strings.Cut(pair, ":")
			out[strings.Trim(name, `"`)] = strings.Trim(value, `"`)
		}
	}
	return out
}
