package profilesizer

import (
	"fmt"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// BenchmarkRunFunction sizes a tenth of the desired resources, as a pipeline has
// them. Cloning the request is not counted.
func BenchmarkRunFunction(b *testing.B) {
	for _, count := range []int{10, 100} {
		for name, environment := range map[string]string{
			"plain":    "",
			"settings": "{apiextensions.crossplane.io/environment: {profiles: {medium: {storageGiB: 256}, reporting: {vcpu: 8, memoryGiB: 64, storageGiB: 2048}}}}",
		} {
			b.Run(fmt.Sprintf("%d/%s", count, name), func(b *testing.B) {
				req := &fnv1.RunFunctionRequest{
					Observed: &fnv1.State{
						Composite: &fnv1.Resource{Resource: fromYAML(b, "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, spec: {profile: medium}}")},
					},
					Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{}},
				}
				if environment != "" {
					req.Context = fromYAML(b, environment)
				}
				kinds := []string{awsInstance, gcpInstance, ibmWorkspace(""), azureServer(zoneRedundant)}
				for i := range count {
					manifest := "{apiVersion: v1, kind: Secret, metadata: {name: x}}"
					if i%10 == 0 {
						manifest = kinds[i/10%len(kinds)]
					}
					req.Desired.Resources[fmt.Sprintf("r%d", i)] = &fnv1.Resource{Resource: fromYAML(b, manifest)}
				}
				f := &Function{}
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					r := proto.CloneOf(req)
					b.StartTimer()
					if rsp, err := f.RunFunction(b.Context(), r); err != nil || len(rsp.GetResults()) > 0 {
						b.Fatal(err, rsp.GetResults())
					}
				}
			})
		}
	}
}
