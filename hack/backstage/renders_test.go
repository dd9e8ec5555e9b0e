package main

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/cmd/claims/pipeline"
	"github.com/victor-onl/crossplane-resources/internal/admission"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// principals are an identity of each cloud that is of the queue's own account.
var principals = map[string]string{
	"gcp": "serviceAccount:app@acme-prod.iam.gserviceaccount.com", "aws": "arn:aws:iam::123456789012:role/app",
	"azure": "11111111-2222-3333-4444-555555555555",
}

// TestEveryValue holds that each value which the form offers gives a claim that an API server
// takes and that composes something, for every type, cloud and engine.
func TestEveryValue(t *testing.T) {
	server, err := admission.Claims()
	if err != nil {
		t.Fatal(err)
	}
	claims := 0
	for _, given := range places() {
		for i, env := range claim.Envs {
			given["env"], given["region"] = env, "eu-west"
			shown := offered(t, given)
			if claim.NeedsProfile(given["type"].(string)) {
				given["profile"] = "small"
			}
			for name, property := range shown {
				values := choices(property)
				if name == "queueAccess" {
					one := principals[given["provider"].(string)]
					values = []any{[]any{map[string]any{"principal": one, "role": "send"}, map[string]any{"principal": one, "role": "receive"}}}
				}
				for j, v := range values {
					if j%2 != i%2 || name == "region" && j%len(claim.Envs) != i {
						continue // once in an env that keeps its data, and once in another; a region once
					}
					filled := maps.Clone(given)
					if filled[name] = v; filled["type"] != given["type"] || filled["provider"] != given["provider"] || filled["env"] != given["env"] ||
						filled["databaseEngine"] != given["databaseEngine"] {
						continue // a place of its own
					}
					claims++
					hold(t, platformOf(t, filled), server, claimOf(filled, env), fmt.Sprintf("%v: %s: %v", given, name, v))
				}
			}
		}
	}
	t.Logf("%d claims", claims)
}

// hold fails the test where a claim is refused, or composes nothing.
func hold(t *testing.T, p *platform, server *admission.Server, manifest []byte, what string) {
	t.Helper()
	j, err := yaml.YAMLToJSON(manifest)
	if err != nil {
		t.Fatal(err)
	}
	o := map[string]any{}
	if err := utiljson.Unmarshal(j, &o); err != nil {
		t.Fatal(err)
	}
	if said := server.Create(o); said != "" {
		t.Errorf("%s: the API server: %s", what, said)
	}
	answer, err := p.compose(manifest)
	switch {
	case err != nil:
		t.Errorf("%s: %v", what, err)
	case len(answer.Desired) == 0:
		t.Errorf("%s: nothing is composed", what)
	}
}

// TestLargest holds that the largest disk which the form offers composes with every size, and
// that one GiB more does not, unless no cloud takes more.
func TestLargest(t *testing.T) {
	for _, given := range places() {
		if given["type"] != claim.TypeDatabase {
			continue
		}
		given["env"], given["region"] = "dev", "eu-west"
		most := number(offered(t, given)["databaseStorageGiB"]["maximum"])
		refused := most == 65536
		for _, profile := range claim.Profiles {
			given["profile"], given["databaseStorageGiB"] = profile, most
			if _, err := platformOf(t, given).compose(claimOf(given, "dev")); err != nil {
				t.Errorf("%v: %v", given, err)
			}
			given["databaseStorageGiB"] = most + 1
			_, err := platformOf(t, given).compose(claimOf(given, "dev"))
			refused = refused || err != nil
		}
		if !refused {
			t.Errorf("%v: a larger disk composes, too", given)
		}
	}
}

// TestDefaults holds that a field which is left empty comes to what the form says of it.
func TestDefaults(t *testing.T) {
	s, err := readSchema(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, given := range places() {
		typ, provider := given["type"].(string), given["provider"].(string)
		engine, _ := given["databaseEngine"].(string)
		given["region"] = "eu-west"
		if claim.NeedsProfile(typ) {
			given["profile"] = "small"
		}
		for _, env := range claim.Envs {
			given["env"] = env
			unsaid, err := platformOf(t, given).compose(claimOf(given, env))
			if err != nil {
				t.Fatal(err)
			}
			for name := range offered(t, given) {
				path, ok := pathOf(name)
				d := defaults[path]
				if !ok || d.value == nil {
					continue
				}
				filled := maps.Clone(given)
				filled[name] = typed(s, path, d.value(provider, engine, env))
				said, err := platformOf(t, filled).compose(claimOf(filled, env))
				if err != nil {
					t.Errorf("%v: %v", filled, err)
					continue
				}
				if diff := cmp.Diff(bodies(unsaid), bodies(said)); diff != "" {
					t.Errorf("%v: left empty, %s is another value: -unsaid, +said:\n%s", filled, name, diff)
				}
			}
		}
	}
}

// TestUnbounded holds that a cluster has the number of nodes which the form tells of, where its claim
// says none.
func TestUnbounded(t *testing.T) {
	cases := map[string]struct {
		reason, provider, highAvailability, want string
	}{
		"GCP":           {"One node is enough without high availability.", cloud.GCP, "false", "1-3"},
		"GCPZones":      {"Each of three zones has a node.", cloud.GCP, "true", "3-6"},
		"AWS":           {"One node is enough without high availability.", cloud.AWS, "false", "1-3"},
		"AWSZones":      {"Each of three zones has a node.", cloud.AWS, "true", "3-6"},
		"Azure":         {"A pool of AKS that runs the system's pods has two nodes.", cloud.Azure, "false", "2-3"},
		"AzureZones":    {"Each of three zones has a node.", cloud.Azure, "true", "3-6"},
		"IBMCloud":      {"IBM Cloud has as many nodes as the lesser number says.", cloud.IBM, "false", "1-1"},
		"IBMCloudZones": {"Each of three zones has a node.", cloud.IBM, "true", "3-3"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			given := answers{
				"type": claim.TypeCluster, "provider": tc.provider, "region": "eu-west", "profile": "small",
				"clusterHighAvailability": tc.highAvailability,
			}
			made := func(given answers) map[string]any {
				answer, err := platformOf(t, given).compose(claimOf(given, "dev"))
				if err != nil {
					t.Fatal(err)
				}
				return bodies(answer)
			}
			unsaid := made(given)
			given["clusterNodes"] = tc.want
			if diff := cmp.Diff(unsaid, made(given)); diff != "" {
				t.Errorf("\n%s\nnodes of a claim that does not say how many, and with %s: -unsaid, +said:\n%s", tc.reason, tc.want, diff)
			}
			least, most, _ := strings.Cut(tc.want, "-")
			says := least + " to " + most
			if least == most {
				says = least
			}
			said := strings.HasSuffix(unbounded[tc.provider], ", else "+says)
			if tc.highAvailability == "true" {
				said = strings.HasPrefix(unbounded[tc.provider], says+" with high availability,")
			}
			if !said {
				t.Errorf("\n%s\nthe form says %q, and not %q", tc.reason, unbounded[tc.provider], says)
			}
		})
	}
}

// pathOf is the field of a parameter; the form has some that are none.
func pathOf(parameter string) (string, bool) {
	for i := range fields {
		if fields[i].parameter() == parameter {
			return fields[i].path, true
		}
	}
	return "", false
}

// typed is a default as the form gives it.
func typed(s schema, path, value string) any {
	if n, err := strconv.Atoi(value); err == nil && s.at(path)["type"] == "integer" {
		return n
	}
	return value
}

// bodies are what was asked of the clouds.
func bodies(answer *pipeline.Answer) map[string]any {
	out := map[string]any{}
	for name, r := range answer.Desired {
		if spec := object.Struct(r.GetResource(), "spec"); spec != nil {
			out[name] = spec.AsMap()
		}
	}
	return out
}
