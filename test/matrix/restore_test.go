package matrix

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
	"github.com/victor-onl/crossplane-resources/test/e2e/provider"
	"github.com/victor-onl/crossplane-resources/test/page"
)

// moduleText is what every Workspace has alike.
var moduleText = regexp.MustCompile(`(?m)^(  *module: )\|\n((      .*)?\n)+`)

// serial is of an id, in the order in which the cloud was asked.
var serial = regexp.MustCompile(`db-[0-9a-f]{17}`)

// TestRestored makes a database of another claim's on each cloud and engine, against the clouds
// of the control plane tests: what is composed is valid by the CRDs at each step, becomes ready
// with a connection, and settles. The main managed resource of each step is a golden.
func TestRestored(t *testing.T) {
	settings := fromYAML(t, "{metadata: {name: platform-prod}}")
	object.Set(settings, fromYAML(t, full), "data")
	for _, p := range providers {
		for _, engine := range engines {
			for _, scope := range scopes {
				t.Run(p+"/"+engine+"/"+scope, func(t *testing.T) {
					restored(t, cell{provider: p, engine: engine, scope: scope, env: "prod"}, settings)
				})
			}
		}
	}
}

func restored(t *testing.T, c cell, settings *structpb.Struct) {
	t.Helper()
	claim := func(name, profile, more string) *structpb.Struct {
		manifest := fmt.Sprintf(`
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata: {name: %s, namespace: payments-prod-infra, labels: {team: team-payments}}
spec:
  {provider: %s, profile: %s, region: eu-west, database: {engine: %s%s}, writeConnectionSecretToRef: {name: %s}}
`, name, c.provider, profile, c.engine, more, name)
		xr, err := render.XR([]byte(manifest), c.scope, "")
		if err != nil {
			t.Fatal(err)
		}
		o := fromYAML(t, string(xr))
		object.Set(o, "2026-11-26T12:00:00Z", "metadata", "creationTimestamp")
		return o
	}
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	older := map[string]string{"postgres": "16", "mysql": "8.4"}[c.engine]
	cloud := provider.NewCloud()
	source := &play{cloud: cloud, observed: map[string]*fnv1.Resource{}, settings: settings, again: "source-"}
	source.xr = claim("orders", "large", `, version: "`+older+`", name: shop`)
	source.ready(t, c)
	object.Set(source.xr, "of-orders", "metadata", "uid")
	main := source.observed["instance"].GetResource()
	object.Set(main, "instance", "metadata", "annotations", "crossplane.io/composition-resource-name")
	object.Set(main, []any{map[string]any{"controller": true, "uid": "of-orders"}}, "metadata", "ownerReferences")

	copied := &play{cloud: cloud, observed: map[string]*fnv1.Resource{}, settings: settings, again: "copy-", found: map[string]*fnv1.Resources{
		"restore-source":  {Items: []*fnv1.Resource{{Resource: source.xr}}},
		"restore-managed": {Items: []*fnv1.Resource{{Resource: main}}},
	}}
	copied.xr = claim("audit", "medium", `, restoreFrom: {name: orders, pointInTime: "2026-11-26T09:30:00Z"}`)
	var steps []string
	for range rounds {
		rsp := copied.round(t)
		main := proto.CloneOf(rsp.GetDesired().GetResources()["instance"].GetResource())
		for name, r := range rsp.GetDesired().GetResources() {
			if err := checker.Check(named(r, name, c.scope)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		b, err := yaml.Marshal(main.AsMap())
		if err != nil {
			t.Fatal(err)
		}
		if step := serial.ReplaceAllString(moduleText.ReplaceAllString(string(b), "${1}…\n"), "db-N"); len(steps) == 0 || steps[len(steps)-1] != step {
			steps = append(steps, step)
		}
	}
	copied.ready(t, c)
	if got := made(cloud, "audit"); got != sourceOfCopy(c.provider) {
		t.Errorf("it is made of %q", got)
	}
	if c.scope != render.ScopeClaim {
		return
	}
	file := filepath.Join("testdata", "restore", c.provider+"-"+c.engine+".yaml")
	got := strings.Join(steps, "---\n")
	page.Hold(t, file, got)
}

// made is what the database of a claim was made of.
func made(cloud *provider.Cloud, claim string) string {
	for key, thing := range cloud.Things() {
		if strings.HasSuffix(key, "-prod-"+claim) && thing.Source != "" {
			return thing.Source
		}
	}
	return ""
}

func sourceOfCopy(p string) string {
	kind := map[string]string{"gcp": "DatabaseInstance", "aws": "Instance", "azure": "FlexibleServer", "ibm": "Workspace"}[p]
	return kind + "/" + p + "-payments-prod-orders"
}
