package multiclouddb

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// FuzzRunFunction holds that no request makes the function panic, and that none
// is answered with both a fatal result and resources.
func FuzzRunFunction(f *testing.F) {
	f.Add([]byte(`{"observed":{"composite":{"resource":{"metadata":{"name":"x","namespace":"a-prod-infra"},` +
		`"spec":{"provider":"aws","region":"eu-west","profile":"small","database":{"engine":"mysql"}}}}}}`))
	f.Add([]byte(`{"observed":{"composite":{"resource":{"spec":{"provider":5,"claimRef":"a","database":[]}}}}}`))
	f.Add([]byte(`{"requiredResources":{"settings":{"items":[{"resource":{"data":{"providers":{"gcp":[]}}}}]}},` +
		`"observed":{"composite":{"resource":{"metadata":{"namespace":"a-dev-infra"},"spec":{"provider":"gcp","database":{"engine":"postgres"}}}},` +
		`"resources":{"instance":{"resource":{"metadata":"x","status":{"conditions":"y"}}}}}}`))
	for _, cloud := range []string{"gcp", "aws", "azure", "ibm"} {
		f.Add([]byte(`{"observed":{"composite":{"resource":{"metadata":{"name":"x","namespace":"a-dev-infra"},"spec":{"type":"cache","provider":"` + cloud +
			`","region":"eu-west","profile":"nano","cache":{"persistence":true}}}},"resources":{"instance":{"resource":{"metadata":{},"spec":{"forProvider":` +
			`{"defaultDatabase":[]}},"status":{"atProvider":{"id":"x","defaultDatabase":{"module":["x"]}}}}}}}}`))
	}
	f.Add([]byte(`{"requiredResources":{"settings":{"items":[{"resource":{"data":{"providers":{"gcp":{"projectID":"acme-prod"}}}}}]}},` +
		`"observed":{"composite":{"resource":{"metadata":{"name":"x","namespace":"a-prod-infra"},"spec":{"provider":"gcp","type":"queue","region":"eu-west",` +
		`"queue":{"access":[{"principal":"allUsers","role":"send"}]}}}},"resources":{"sender-x":{"resource":{"spec":"x"}},"instance":{"resource":{"status":5}}}}}`))
	f.Add([]byte(`{"requiredResources":{"settings-env":{},"settings":{},"restore-source":{"items":[{"resource":{"spec":{"provider":"aws","database":[]},` +
		`"status":{"resource":{"made":true,"version":5}}}}]},"restore-managed":{"items":[{"resource":{"metadata":{"annotations":[]}}}]}},"observed":` +
		`{"composite":{"resource":{"metadata":{"name":"x","namespace":"a-dev-infra"},"spec":{"provider":"aws","region":"eu-west","profile":"nano",` +
		`"database":{"engine":"mysql","restoreFrom":{"name":"y"}}}}},"resources":{"instance":{"resource":{"spec":{"initProvider":5}}}}}}`))
	f.Add([]byte(`{"requiredResources":{"settings-env":{},"settings":{"items":[{"resource":{"data":{"policy":{"restoreFrom":"any"}}}}]}},"observed":` +
		`{"composite":{"resource":{"metadata":{"name":"x","namespace":"a-dev-infra"},"spec":{"provider":"azure","region":"eu-west","profile":"nano",` +
		`"database":{"engine":"postgres","restoreFrom":{"externalName":"/SUBSCRIPTIONS/1/resourceGroups/g/providers/microsoft.dbforpostgresql/` +
		`flexibleServers/y"}}}}},"resources":{"instance":{"resource":{"spec":{"managementPolicies":["Observe"],"initProvider":{"createMode":5}}}}}}}`))
	f.Add([]byte(`{"requiredResources":{"settings":{"items":[{"resource":{"data":{"providers":{"gcp":{"projectID":"acme-prod","regions":{"europe-west1":` +
		`{"cluster":{"network":"n","subnetwork":"s","podsRange":"p","servicesRange":"q","nodeServiceAccount":"a@b","zones":["b"]}}}}}}}}]}},"observed":` +
		`{"composite":{"resource":{"metadata":{"name":"x","namespace":"a-dev-infra"},"spec":{"provider":"gcp","type":"cluster","region":"eu-west",` +
		`"profile":"nano","cluster":{"version":"1.36","nodes":{"max":2}}}}},"resources":{"instance":{"resource":{"metadata":{},"spec":{"initProvider":5},` +
		`"status":{"atProvider":{"id":"x","masterVersion":"1","masterAuth":[]}}}},"nodes":{"resource":{"spec":{"forProvider":{"nodeLocations":[5]}}}}}}}`))
	f.Fuzz(func(t *testing.T, request []byte) {
		req := &fnv1.RunFunctionRequest{}
		if protojson.Unmarshal(request, req) != nil {
			return
		}
		before := len(req.GetDesired().GetResources())
		rsp, err := (&Function{}).RunFunction(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if fatal(rsp) != "" && len(rsp.GetDesired().GetResources()) != before {
			t.Error("a fatal result came with resources")
		}
	})
}
