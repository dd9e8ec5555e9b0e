package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestAllowlistWhole plays what becomes of the allowlist of a live server on IBM Cloud, which is
// changed in place: a list takes somebody's access only where the settings are whole, as on AWS.
func TestAllowlistWhole(t *testing.T) {
	t.Parallel()
	settings := func(list string) string {
		return "metadata: {name: platform-prod}\ndata: {policy: {requireNetwork: false}, providers: {ibm: {regions: {eu-es: {" + list + "}}}}}"
	}
	const first, second = "10.0.0.0/16", "10.1.0.0/16"
	both, one, moved := []string{first, second}, []string{first}, []string{"10.2.0.0/16", first, second}
	missing := func(l *live) {
		object.Set(l.xr(), append(list(l.xr(), "status", "resource", "settings"), "platform-prod-shop"), "status", "resource", "settings")
	}
	for name, tc := range map[string]struct {
		reason, list string
		change       func(*live)
		want         []string // at each of three calls
		note         bool     // Composed names allowedCIDRs
	}{
		"Taken":     {"A network that is taken out is let in no more.", "allowedCIDRs: [10.0.0.0/16]", nil, one, false},
		"Unchanged": {"A list that says the same changes nothing.", "allowedCIDRs: [10.0.0.0/16, 10.1.2.3/16]", nil, both, false},
		"Twice":     {"A network that is said twice is let in once.", "allowedCIDRs: [10.0.0.0/16, 10.1.0.0/16, 10.1.2.3/16]", nil, both, false},
		"Order":     {"A list in another order is the same, and said as it stands.", "allowedCIDRs: [10.1.0.0/16, 10.0.0.0/16]", nil, []string{second, first}, false},
		"Gone":      {"A list that is gone takes nobody's access.", "", nil, both, true},
		"Empty":     {"An empty allowlist would let everybody in.", "allowedCIDRs: []", nil, both, true},
		"Late": {
			"A layer that the settings list and that is missing may let a network in.", "allowedCIDRs: [10.0.0.0/16]",
			func(l *live) {
				o := l.request.GetRequiredResources()["settings-env"].GetItems()[0].GetResource()
				object.Set(o, []any{"platform-prod-shop"}, "data", "layers")
			}, both, true,
		},
		"Layer": {
			"A layer that was there last time and is missing may let a network in, also at later calls.", "allowedCIDRs: [10.0.0.0/16]",
			missing, both, true,
		},
		"Added": {
			"Whoever is let in by what is there is let in at once, also while a layer is missing.", "allowedCIDRs: [10.2.0.0/16]", missing, moved, true,
		},
	} {
		for typ, spec := range map[string]string{"database": specLive, "cache": specCache, "queue": specQueueIBM} {
			bothScopes(t, name+"/"+typ, func(t *testing.T, head string) {
				spec := strings.NewReplacer("gcp", "ibm", "env: staging", "env: prod", "writeConnectionSecretToRef: {name: sessions}", "").Replace(spec)
				l := &live{provider: "ibm", spec: spec}
				l.request = request(t, head+spec, settings("allowedCIDRs: [10.0.0.0/16, 10.1.0.0/16]"), nil)
				see := func(rsp *fnv1.RunFunctionResponse) {
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					o := made(rsp.GetDesired().GetResources()[keyInstance].GetResource())
					l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
					object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
				}
				for range 2 {
					see(l.run(t))
				}
				setSettings(t, l, settings(tc.list))
				if tc.change != nil {
					tc.change(l)
				}
				for call := range 3 {
					rsp := l.run(t)
					o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
					if diff := cmp.Diff(tc.want, list(o, "spec", "forProvider", "varmap", "allowlist")); diff != "" {
						t.Fatalf("\n%s\ncall %d: -want, +got:\n%s", tc.reason, call, diff)
					}
					if says := composedAs(rsp).GetMessage(); strings.Contains(says, "eu-es.allowedCIDRs") != tc.note {
						t.Errorf("\n%s\ncall %d: Composed says %q, want allowedCIDRs named: %t", tc.reason, call, says, tc.note)
					}
					see(rsp)
				}
			})
		}
	}
}
