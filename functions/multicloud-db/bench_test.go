package multiclouddb

import (
	"strconv"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// BenchmarkLayers measures a call by how many layers its settings are made of, each of which
// has the networks of all clouds.
func BenchmarkLayers(b *testing.B) {
	for n := 1; n <= 3; n++ {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(b, xrHead+specGCP)}},
				RequiredResources: map[string]*fnv1.Resources{
					"settings": {}, "settings-env": {}, "settings-project": {}, keyPassword: {}, keyConnection: {},
				},
			}
			for _, requirement := range []string{"settings-env", "settings", "settings-project"}[:n] {
				layer := fromYAML(b, placed)
				object.Set(layer, requirement, "data", "tags", requirement)
				req.RequiredResources[requirement] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: layer}}}
			}
			b.ReportAllocs()
			for b.Loop() {
				rsp, err := (&Function{}).RunFunction(b.Context(), proto.CloneOf(req))
				if err != nil || len(rsp.GetDesired().GetResources()) == 0 {
					b.Fatal(err, rsp.GetConditions())
				}
			}
		})
	}
}
