package provider

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// TestGoldens holds that the stand-in's clouds take what is composed of each example of a
// cache and a queue, in some order, and a second time without a change.
func TestGoldens(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../render/testdata/*/*-claim.yaml")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if of := string(b); !strings.Contains(of, "requested-type: cache") && !strings.Contains(of, "requested-type: queue") {
			continue
		}
		seen++
		objects, err := plane.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(filepath.Dir(f))+"/"+filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			c, refusals := newCloud(), map[string]string{}
			for range 2 * len(objects) { // what one needs may be made after it
				clear(refusals)
				for _, o := range objects {
					if strings.HasSuffix(o.GroupVersionKind().Group, ".upbound.io") {
						o.SetUID(types.UID(o.GetName()))
						if refusal := taken(t, c, o); refusal != "" {
							refusals[o.GetKind()+"/"+o.GetName()] = refusal
						}
					}
				}
			}
			if len(c.Things()) == 0 {
				t.Error("nothing was made")
			}
			for of, refusal := range refusals {
				t.Errorf("%s: %s", of, refusal)
			}
			if updates := c.Updates(); len(updates) > 0 {
				t.Errorf("what is asked for again is another one: %v", updates)
			}
		})
	}
	if seen == 0 {
		t.Fatal("no golden is of a cache or a queue")
	}
}

// taken makes a thing of what is composed, as a provider does in one round, and says why not.
func taken(t *testing.T, c *Cloud, o *unstructured.Unstructured) string {
	t.Helper()
	b, err := parameters(o)
	if err != nil {
		t.Fatal(err)
	}
	for field, of := range map[string]string{
		"namespaceId": "ServiceBusNamespace", "queueId": "Queue", "securityGroupId": "SecurityGroup",
	} {
		if b[field+"Selector"] == nil {
			continue
		}
		delete(b, field+"Selector")
		for key, thing := range c.Things() {
			if !strings.HasPrefix(key, of+"/") {
				continue
			}
			switch {
			case o.GetKind() == "ReplicationGroup":
				b["securityGroupIds"] = []any{thing.ID}
			case of == "SecurityGroup":
				b[field] = thing.ID
			default:
				gvk := plane.Kind("servicebus.azure.upbound.io/v1beta1", of)
				b[field] = kindOf(gvk).status(c.Has(of, strings.TrimPrefix(key, of+"/")), thing)["id"]
			}
		}
	}
	k := kindOf(o.GroupVersionKind())
	if _, err := c.create(o.GetKind(), nameOf(o, b), k, b, o); err != nil {
		return err.Error()
	}
	_, refusal := c.update(o.GetKind(), nameOf(o, b), k, b, true)
	return refusal
}
