package multiclouddb

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestFoundProtected holds that a claim made again where the settings say nothing of protection, such
// as in a cluster whose EnvironmentConfigs come after its claims, leaves a database as protected as its cloud
// reports it: to leave it so lasts, and what is lifted once lets a deletion through.
func TestFoundProtected(t *testing.T) {
	t.Parallel()
	const none, off = "metadata: {name: p}\ndata: {}", "metadata: {name: p}\ndata: {policy: {deletionProtection: false}}"
	asked := map[string][]string{
		"gcp": {"settings", "deletionProtectionEnabled"}, "aws": {"deletionProtection"}, "ibm": {"varmap", "deletion_protection"},
	}
	reports := map[string][]string{"gcp": asked["gcp"], "aws": asked["aws"], "ibm": {"outputs", "deletion_protection"}}
	for provider, path := range asked {
		for name, tc := range map[string]struct {
			reason, settings string
			there, want      bool
		}{
			"Protected":   {"Nobody has said that it is to be deleted with its claim.", none, true, true},
			"Less":        {"Settings that say less are for new databases.", off, true, true},
			"Unprotected": {"What was not protected is not by itself.", none, false, false},
		} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				left := aliveDatabase(t, provider, "postgres", "metadata: {name: p}\ndata: {policy: {deletionProtection: false}}")
				object.Set(left.instance(), tc.there, append([]string{"status", "atProvider"}, reports[provider]...)...)
				if provider == "gcp" { // which its provider says of every instance that it finds
					object.Set(left.instance(), true, "status", "atProvider", "deletionProtection")
				}
				got, _ := object.Bool(again(t, left, tc.settings).GetDesired().GetResources()[keyInstance].GetResource(), body(path...)...)
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Errorf("\n%s\nprotected: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}
