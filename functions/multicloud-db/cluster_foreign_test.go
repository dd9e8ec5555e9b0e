package multiclouddb

import (
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterForeign holds that a cluster of another's, found under the claim's own name, is looked at alone: nothing of it
// is changed or deleted, nothing is made in it, and nothing of it is published, by whatever its cloud calls tags.
func TestClusterForeign(t *testing.T) {
	t.Parallel()
	for provider, at := range map[string]string{"gcp": "effectiveLabels", "aws": "tags", "azure": "tags"} {
		for whose, isForeign := range map[string]bool{
			"{project: other, env: staging}": true, "{project: shop, env: prod}": true, "{project: shop, env: staging}": false,
			"{}": false, // its name has what tells claims apart, and a pipeline may have no step that tags
		} {
			left := aliveCluster(t, provider, settingsCluster)
			object.Set(left.instance(), fromYAML(t, whose), "status", "atProvider", at)
			object.Set(left.instance(), fromYAML(t, whose), "status", "atProvider", strings.Replace(at, "effectiveLabels", "resourceLabels", 1))
			l := &live{provider: provider, spec: left.spec}
			l.request = request(t, xrHead+l.spec, settingsCluster, nil)
			for range 3 {
				o := l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
				object.Set(o, object.Struct(left.instance(), "status"), "status")
				l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o, ConnectionDetails: clusterDetails[provider+"/"+keyInstance]}
			}
			rsp := l.run(t)
			c := composedAs(rsp)
			policies := object.Get(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "managementPolicies").String()
			changes := strings.Contains(policies, "Update") || strings.Contains(policies, "Delete") || strings.Contains(policies, "*")
			inside := len(rsp.GetDesired().GetResources()) - 1
			if rsp.GetDesired().GetResources()["resource-group"] != nil {
				inside--
			}
			published := len(rsp.GetDesired().GetComposite().GetConnectionDetails())
			switch {
			case isForeign && (c.GetReason() != "NotAllowed" || c.GetStatus() != isFalse || changes || inside > 0 || published > 0):
				t.Errorf("%s %s: Composed is %s %s: %s, with the policies %s, %d parts and %d keys", provider, whose, c.GetStatus(), c.GetReason(), c.GetMessage(),
					policies, inside, published)
			case !isForeign && !changes:
				t.Errorf("%s %s: the claim's own is looked at alone: %s", provider, whose, c.GetMessage())
			}
		}
	}
}
