package costtagger

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// composed are the resources that the goldens have of four clouds, as the step
// before left them: without labels, and with no tags but a Workspace's empty list.
func composed(b *testing.B) []*structpb.Struct {
	b.Helper()
	var out []*structpb.Struct
	for _, name := range []string{"cloudsql-main", "rds-main", "azure-main", "ibm-main"} {
		golden, err := os.ReadFile("../../test/render/testdata/payments-prod-infra/" + name + "-claim.yaml")
		if err != nil {
			b.Fatal(err)
		}
		for doc := range bytes.SplitSeq(golden, []byte("\n---\n")) {
			o := fromYAML(b, string(bytes.TrimPrefix(doc, []byte("---\n"))))
			if object.String(o, "kind") == "XResource" {
				continue
			}
			object.Set(o, object.Map{"annotations": object.Get(o, "metadata", "annotations")}, "metadata")
			delete(object.Struct(o, "spec", "forProvider").GetFields(), "tags")
			delete(object.Struct(o, "spec", "forProvider", "settings").GetFields(), "userLabels")
			if object.String(o, "kind") == "Workspace" {
				object.Set(o, []string{}, "spec", "forProvider", "varmap", "tags")
			}
			out = append(out, o)
		}
	}
	return out
}

// BenchmarkRunFunction tags what claims of four clouds are made of. Cloning the
// request is not counted.
func BenchmarkRunFunction(b *testing.B) {
	resources := composed(b)
	for _, count := range []int{10, 100} {
		b.Run(strconv.Itoa(count), func(b *testing.B) {
			req := request(xr(object.Map{"tags": object.Map{"cost-center": "CC-1"}}), nil)
			req.Context = fromYAML(b, "{apiextensions.crossplane.io/environment: {tags: {company: acme}}}")
			for i := range count {
				req.Desired.Resources[fmt.Sprintf("r%d", i)] = &fnv1.Resource{Resource: resources[i%len(resources)]}
			}
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				r := proto.CloneOf(req)
				b.StartTimer()
				run(b, r)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*count), "ns/resource")
		})
	}
}

// BenchmarkReadTable is what the table costs at the start of the process.
func BenchmarkReadTable(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		readTable(fieldTable)
	}
}
