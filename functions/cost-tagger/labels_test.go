package costtagger

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestUnfound holds that a claim without the label by which Backstage selects is told of it,
// with the value that its composed resources get, and that nothing else comes of it.
func TestUnfound(t *testing.T) {
	const (
		own  = "gcp-payments-prod-main"
		long = "a123456789a123456789a123456789a123456789a123456789a123456789a123456789"
	)
	short := claim.LabelValue(long)
	cases := map[string]struct {
		reason  string
		label   any // nil for none
		entity  string
		observe bool
		means   string // the value that is composed
		told    bool
	}{
		"There":     {"A claim that has the label is not told of it.", own, "", false, own, false},
		"Missing":   {"Without the label the condition names it and its value.", nil, "", false, own, true},
		"Empty":     {"An empty label selects nothing.", "", "", false, own, true},
		"Another":   {"The label of another entity is shown beside the one that is meant.", "main", "", false, own, true},
		"Case":      {"A label selects by its exact letters.", "GCP-payments-prod-main", "", false, own, true},
		"Entity":    {"An entity that the claim names gives the value.", "cart", "component:shop/cart", false, "cart", false},
		"NotEntity": {"The value by default is another one where the claim names an entity.", own, "component:shop/cart", false, "cart", true},
		"Long":      {"The value of a long entity is the shortened one, as on what is composed.", nil, "resource:default/" + long, false, short, true},
		"LongThere": {"The shortened value is taken on the claim.", short, "resource:default/" + long, false, short, false},
		"NoName":    {"An entity without a name gives no label, and none is asked for.", "main", "resource:default/", false, "", false},
		"Observed":  {"A claim that only looks at a resource is told as well.", nil, "", true, own, true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			x, labels := xr(nil), object.Map{"team": "team-payments", "backstage.io/system": "gateway"}
			if tc.label != nil {
				labels[claim.KubernetesID] = tc.label
			}
			object.Set(x, labels, "metadata", "labels")
			if tc.entity != "" {
				object.Set(x, tc.entity, "spec", "entity")
			}
			o, message, status := mr("rds.aws.upbound.io/v1beta3", "Instance", nil), "1 resource tagged", fnv1.Status_STATUS_CONDITION_TRUE
			if tc.observe {
				object.Set(o, []any{"Observe"}, "spec", "managementPolicies")
				message, status = "0 resources tagged; only observed: r", fnv1.Status_STATUS_CONDITION_FALSE
			}
			switch {
			case tc.told && tc.label == nil:
				message += fmt.Sprintf("; kubernetes-id: the claim has no label backstage.io/kubernetes-id, by which Backstage finds it; set it to %q", tc.means)
			case tc.told:
				message += fmt.Sprintf("; kubernetes-id: the claim's label backstage.io/kubernetes-id is %q, by which Backstage does not find it; set it to %q",
					tc.label, tc.means)
			}
			rsp := run(t, request(x, map[string]*structpb.Struct{"r": o}))
			c := rsp.GetConditions()[0]
			if diff := cmp.Diff([]any{status, message}, []any{c.GetStatus(), c.GetMessage()}); diff != "" {
				t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
			if len(rsp.GetResults()) > 0 || rsp.GetDesired().GetComposite().GetReady() != fnv1.Ready_READY_UNSPECIFIED {
				t.Errorf("\n%s\nthe call has results, or says whether the XR is ready: %v", tc.reason, rsp)
			}
			composed := object.String(rsp.GetDesired().GetResources()["r"].GetResource(), "metadata", "labels", claim.KubernetesID)
			if diff := cmp.Diff(tc.means, composed); diff != "" {
				t.Errorf("\n%s\nthe label of what is composed: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
