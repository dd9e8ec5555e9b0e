package matrix

import (
	"maps"
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// TestClusterFoundMachines holds that a claim which is made again with another profile asks for the
// machines that the nodes on Azure have whenever its provider may change them: others make the pool anew.
func TestClusterFoundMachines(t *testing.T) {
	t.Parallel()
	const large = "Standard_D8ds_v5"
	for _, scope := range scopes {
		for _, env := range []string{"dev", "prod"} {
			left := cell{provider: "azure", engine: "cluster", scope: scope, env: env, profile: "large"}
			there := left.clusterAlive(t).GetDesired().GetResources()["instance"].GetResource()
			c, observed := left, map[string]*fnv1.Resource{}
			c.profile = "xlarge"
			for call := range 4 {
				rsp := c.runCluster(t, observed)
				if got := render.Fatal(rsp); got != "" {
					t.Fatal(got)
				}
				o := proto.CloneOf(rsp.GetDesired().GetResources()["instance"].GetResource())
				policies := object.Get(o, "spec", "managementPolicies").GetListValue().AsSlice()
				changes := len(policies) == 0 || slices.Contains(policies, any("Update")) || slices.Contains(policies, any("*"))
				machine := object.String(o, "spec", "forProvider", "defaultNodePool", "vmSize")
				if changes && machine != large || call == 3 && !changes {
					t.Errorf("%s, call %d: may be changed: %t, to %s", c, call, changes, machine)
				}
				is := proto.CloneOf(object.Struct(there, "spec", "forProvider"))
				maps.Copy(is.GetFields(), fromYAML(t, clusterThere["azure"]).GetFields())
				object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
				object.Set(o, is, "status", "atProvider")
				observed["instance"] = &fnv1.Resource{Resource: o}
			}
		}
	}
}
