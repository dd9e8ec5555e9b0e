package suite

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// kindOfOne is a parameter of a server of Azure.
const kindOfOne = "FlexibleServerConfiguration"

// Parameters tunes live databases of prod by their claims, on the clouds whose servers restart for it:
// what takes a restart waits for a word, which counts once, what somebody wrote into the managed
// resource stays, and so does what nobody names any more. A new one loads the extension that is asked for,
// beside what Azure has a server load.
func (s *Suite) Parameters(t *testing.T) {
	var claims []*unstructured.Unstructured
	for _, name := range []string{"cloudsql", "azure", "ibm"} {
		c := Example(t, "payments-prod-infra/"+name+"-main", passing+"tuned-"+name)
		unstructured.RemoveNestedField(c.Object, "metadata", "labels", "backstage.io/kubernetes-id")
		Set(t, c, map[string]any{"maxConnections": int64(500)}, "spec", "database", "parameters")
		Set(t, c, []any{"pgaudit"}, "spec", "database", "extensions")
		s.Apply(t, c)
		claims = append(claims, c)
	}
	s.WaitReady(t, claims...)
	steps := []struct {
		reason   string
		asks     any // of maxConnections; nil for nothing
		word     string
		has      string
		restarts bool // the claim waits for a word
	}{
		{"A new database has what its claim says.", int64(500), "", "500", false},
		{"More connections of a live one wait.", int64(800), "", "500", true},
		{"A word has them set.", int64(800), "friday", "800", false},
		{"The word has counted.", int64(900), "friday", "800", true},
		{"What nobody names any more stays.", nil, "friday", "800", false},
	}
	for i, step := range steps {
		for _, c := range claims {
			s.Patch(t, c, map[string]any{
				"metadata": map[string]any{"annotations": map[string]any{claim.ApplyNow: step.word}},
				"spec":     map[string]any{"database": map[string]any{"parameters": map[string]any{"maxConnections": step.asks}}},
			})
		}
		s.Change(t, claims...)()
		for _, c := range claims {
			if step.restarts {
				s.WaitSaid(t, c, "Composed", "True", fmt.Sprintf("waits, since the server restarts for max_connections %v", step.asks))
			}
			s.waitFor(t, c, step.reason, func(*unstructured.Unstructured) error {
				if has := s.connectionsOf(t, c); has != step.has {
					return fmt.Errorf("the server takes %q connections, and not %s", has, step.has)
				}
				return nil
			})
		}
		if i == 0 {
			s.extended(t, claims)
			s.writeFlag(t, claims[0])
		}
	}
	if flags := s.flagsOf(t, claims[0]); flags["random_page_cost"] != "1.1" {
		t.Errorf("the flag that somebody wrote into the managed resource is gone: %v", flags)
	}
	s.letGo(t, claims)
	for _, key := range s.Provider.Cloud.Names() {
		if name, is := strings.CutPrefix(key, kindOfOne+"/"); is {
			s.Provider.Cloud.Take(kindOfOne, name) // as a server of Azure does that is deleted
		}
	}
}

// connectionsOf is the parameter max_connections that the cloud has of a claim's database.
func (s *Suite) connectionsOf(t *testing.T, c *unstructured.Unstructured) string {
	t.Helper()
	switch kind := s.server(t, c); kind {
	case "DatabaseInstance":
		value, _ := s.flagsOf(t, c)["max_connections"].(string)
		return value
	case "Workspace":
		var said map[string]any
		has, _ := s.Provider.Cloud.Has(kind, s.nameInCloud(t, c))["varmap"].(map[string]any)
		text, _ := has["configuration"].(string)
		if err := json.Unmarshal([]byte(text), &said); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(said["max_connections"])
	}
	return s.parameterOf(t, c, "max_connections")
}

// parameterOf is the value of a parameter that a server of Azure has.
func (s *Suite) parameterOf(t *testing.T, c *unstructured.Unstructured, parameter string) string {
	t.Helper()
	server := Get(must(s.Composed(t, c))(t)["instance"], "status", "atProvider", "id")
	for _, key := range s.Provider.Cloud.Names() {
		name, is := strings.CutPrefix(key, kindOfOne+"/")
		if has := s.Provider.Cloud.Has(kindOfOne, name); is && has["name"] == parameter && has["serverId"] == server {
			value, _ := has["value"].(string)
			return value
		}
	}
	return ""
}

// extended waits until the databases of claims load the extension pgaudit.
func (s *Suite) extended(t *testing.T, claims []*unstructured.Unstructured) {
	t.Helper()
	s.waitFor(t, claims[0], "the flag loads it", func(*unstructured.Unstructured) error {
		if is := s.flagsOf(t, claims[0])["cloudsql.enable_pgaudit"]; is != "on" {
			return fmt.Errorf("the flag is %v", is)
		}
		return nil
	})
	s.waitFor(t, claims[1], "a new server allows and loads it", func(*unstructured.Unstructured) error {
		allows, loads := s.parameterOf(t, claims[1], "azure.extensions"), s.parameterOf(t, claims[1], "shared_preload_libraries")
		if allows != "pgaudit" || loads != "pg_cron,pg_stat_statements,pgaudit" {
			return fmt.Errorf("it allows %q and loads %q", allows, loads)
		}
		return nil
	})
}

// flagsOf are the flags that Cloud SQL has of a claim's instance.
func (s *Suite) flagsOf(t *testing.T, c *unstructured.Unstructured) map[string]any {
	t.Helper()
	settings, _ := s.Provider.Cloud.Has("DatabaseInstance", s.nameInCloud(t, c))["settings"].(map[string]any)
	list, _ := settings["databaseFlags"].([]any)
	out := map[string]any{}
	for _, v := range list {
		flag, _ := v.(map[string]any)
		out[fmt.Sprint(flag["name"])] = flag["value"]
	}
	return out
}

// writeFlag has somebody write a flag into the managed resource of Cloud SQL, beside what is there.
func (s *Suite) writeFlag(t *testing.T, c *unstructured.Unstructured) {
	t.Helper()
	instance := must(s.Composed(t, c))(t)["instance"]
	flags, _ := Get(instance, "spec", "forProvider", "settings", "databaseFlags").([]any)
	s.Patch(t, instance, map[string]any{"spec": map[string]any{"forProvider": map[string]any{"settings": map[string]any{
		"databaseFlags": append(flags, map[string]any{"name": "random_page_cost", "value": "1.1"}),
	}}}})
}
