package wire

import (
	"fmt"
	"testing"

	"google.golang.org/grpc/encoding"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// Benchmark reads a request and writes a response, of what the goldens of four clouds
// have, by each codec.
func Benchmark(b *testing.B) {
	var objects []*structpb.Struct
	all := goldens(b)
	for _, name := range []string{"cloudsql-main", "rds-main", "azure-main", "ibm-main"} {
		objects = append(objects, all[name+"-claim"]...)
	}
	for _, count := range []int{10, 100} {
		full, answer := exchange(objects, count)
		req := &fnv1.RunFunctionRequest{Meta: full.GetMeta(), Observed: &fnv1.State{Composite: full.GetObserved().GetComposite()}, Desired: full.GetDesired()}
		rsp := &fnv1.RunFunctionResponse{Meta: answer.GetMeta(), Desired: answer.GetDesired(), Conditions: answer.GetConditions()}
		data := received(encode(b, req))
		for name, codec := range map[string]encoding.CodecV2{"plain": plain, "wire": Codec{}} {
			b.Run(fmt.Sprintf("read/%d/%s", count, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := codec.Unmarshal(data, &fnv1.RunFunctionRequest{}); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("write/%d/%s", count, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					out, err := codec.Marshal(rsp)
					if err != nil {
						b.Fatal(err)
					}
					out.Free()
				}
			})
		}
	}
}
