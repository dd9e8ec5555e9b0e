package matrix

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// TestGrownOnRDS holds that a live database on RDS grows across the size from which a
// gp3 volume is striped: what the provider has filled in of the smaller one, and sends
// with each change of the disk, is not what RDS is asked for then.
func TestGrownOnRDS(t *testing.T) {
	const filled = "optionGroupName: default, iops: 3000, storageThroughput: 125"
	for name, tc := range map[string]struct {
		reason string
		gib    float64 // that the claim asks for; 0 where only its profile does
		there  string
		want   string
	}{
		"Profile":  {"A larger profile grows the disk.", 0, "allocatedStorage: 128, " + filled, "512 12000 500 1024"},
		"Claim":    {"So does the claim.", 400, "allocatedStorage: 128, " + filled, "400 12000 500 800"},
		"ByItself": {"RDS has grown it that far.", 200, "allocatedStorage: 400, maxAllocatedStorage: 400, iops: 12000, storageThroughput: 500", "400 12000 500 0"},
		"Bought":   {"Somebody bought more.", 0, "allocatedStorage: 512, iops: 20000, storageThroughput: 700", "512 20000 700 1024"},
		"Smaller":  {"It stays below.", 399, "allocatedStorage: 128, " + filled, "399 0 0 798"},
	} {
		for _, engine := range engines {
			for _, scope := range scopes {
				c := cell{provider: "aws", engine: engine, scope: scope, env: "prod", profile: "medium"}
				t.Run(name+"/"+c.String(), func(t *testing.T) {
					observed := c.observe(t, c.run(t, full, nil).GetDesired().GetResources())
					o := observed["instance"].GetResource()
					for field, v := range fromYAML(t, "{"+filled+"}").GetFields() {
						object.Set(o, v, "spec", "forProvider", field)
					}
					object.Set(o, fromYAML(t, "{id: x, "+tc.there+"}"), "status", "atProvider")
					c.profile = "large"
					req := c.request(t, full, observed)
					if tc.gib > 0 {
						edit(t, object.Struct(req.GetObserved().GetComposite().GetResource(), "spec"), "database.storageGiB", tc.gib)
					}
					rsp, err := renderer.Pipeline(t.Context(), req)
					if err != nil {
						t.Fatal(err)
					}
					if got := render.Fatal(rsp); got != "" {
						t.Fatal(got)
					}
					spec := object.Struct(rsp.GetDesired().GetResources()["instance"].GetResource(), "spec", "forProvider")
					number := func(field string) float64 {
						n, _ := object.Number(spec, field)
						return n
					}
					got := fmt.Sprintf("%g %g %g %g", number("allocatedStorage"), number("iops"), number("storageThroughput"), number("maxAllocatedStorage"))
					if diff := cmp.Diff(tc.want, got); diff != "" {
						t.Errorf("\n%s\ndisk, IOPS, throughput, limit: -want, +got:\n%s", tc.reason, diff)
					}
				})
			}
		}
	}
}
