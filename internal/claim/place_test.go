package claim

import (
	"maps"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestPlace holds that what is said of project and env is advice that was not followed yet.
func TestPlace(t *testing.T) {
	const rename = `metadata.namespace: "default" is no {project}-{env}-infra with env one of dev, staging, prod, mgmt; rename it, or set `
	const direct = "metadata.namespace: is missing, and the Secrets of a resource need one; an XResource is made by a claim"
	cases := map[string]struct {
		reason, namespace string
		spec              object.Map
		want              string
	}{
		"Namespace":     {"A namespace of the platform says both.", "payments-dev-infra", nil, ""},
		"Neither":       {"A namespace that says nothing leaves both to be set.", "default", nil, rename + "spec.project and spec.env"},
		"Project":       {"A project that is set is not asked for again.", "default", object.Map{"project": "payments"}, rename + "spec.env"},
		"Env":           {"An env that is set is not asked for again.", "default", object.Map{"env": "dev"}, rename + "spec.project"},
		"Both":          {"With both set any namespace will do.", "default", object.Map{"project": "payments", "env": "dev"}, ""},
		"Direct":        {"An XR without a claim has no namespace for its Secrets.", "", nil, direct},
		"DirectAndBoth": {"An XR without a claim is not helped by a project and an env.", "", object.Map{"project": "payments", "env": "dev"}, direct},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			spec := object.Map{"provider": "gcp", "profile": "small", "database": object.Map{"engine": "postgres"}}
			maps.Copy(spec, tc.spec)
			o := object.New(object.Map{"kind": "XResource", "metadata": object.Map{"name": "main"}, "spec": spec})
			if tc.namespace != "" {
				o.GetFields()["metadata"].GetStructValue().Fields["namespace"] = structpb.NewStringValue(tc.namespace)
			}
			got := ""
			if _, err := FromXR(o); err != nil {
				got = err.Error()
			}
			if (got == "") != (tc.want == "") || !strings.HasPrefix(got, tc.want) || strings.HasPrefix(tc.want, rename) && got != tc.want {
				t.Errorf("\n%s\nFromXR(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}
