package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestProtectionBack holds that a database which was taken over protected, and whose claim
// allowed the deletion and then no more, is protected again; and that one which was not
// protected gets no protection by that.
func TestProtectionBack(t *testing.T) {
	t.Parallel()
	at := map[string][]string{"gcp": {"settings", "deletionProtectionEnabled"}, "aws": {"deletionProtection"}}
	for provider, path := range at {
		for _, on := range []bool{true, false} {
			live := fromYAML(t, "{"+lookedAt[provider]+"}")
			object.Set(live, on, append([]string{"status", "atProvider"}, path...)...)
			status := object.Get(live, "status")
			xr := xrHead + strings.Replace(specGCP, "gcp", provider, 1) + "  externalName: old\n  adopt: Manage\n"
			allowed := strings.Replace(xr, "labels: {", "annotations: {platform.victor.onl/allow-delete: \"true\"}, labels: {", 1)
			for i, step := range []struct {
				reason, xr string
				want       bool
			}{
				{"It is taken over as it is.", xr, on},
				{"The claim lets it go.", allowed, false},
				{"The claim keeps it again.", xr, on},
			} {
				req := request(t, step.xr, settingsAdopt, map[string]string{keyInstance: "{}"})
				req.GetObserved().GetResources()[keyInstance].Resource = live
				rsp := run(t, req)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				live = rsp.GetDesired().GetResources()[keyInstance].GetResource()
				got, _ := object.Bool(live, append([]string{"spec", "forProvider"}, path...)...)
				if got != step.want {
					t.Errorf("\n%s\n%s, step %d: protected is %t, not %t", step.reason, provider, i, got, step.want)
				}
				object.Set(live, status, "status")
				object.Set(live, step.want, append([]string{"status", "atProvider"}, path...)...)
			}
		}
	}
}
