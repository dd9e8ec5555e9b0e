package wire

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// TestShared holds that values which many resources share are written in each of them,
// whatever else has their row.
func TestShared(t *testing.T) {
	const layers, each, resources = 6, 40, 100
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // A test is to be the same each time.
		layer := []*structpb.Value{structpb.NewStringValue("text"), structpb.NewBoolValue(true), {}, structpb.NewStructValue(nil)}
		for range layers {
			next := make([]*structpb.Value, each)
			for i := range next {
				pick := func() *structpb.Value { return layer[random.IntN(len(layer))] }
				if random.IntN(2) == 0 {
					next[i] = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{pick(), pick()}})
					continue
				}
				next[i] = structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{"a": pick(), strconv.Itoa(i): pick()}})
			}
			layer = next
		}
		rsp := &fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
		for i := range resources {
			rsp.Desired.Resources[strconv.Itoa(i)] = &fnv1.Resource{Resource: layer[random.IntN(each)].GetStructValue()}
		}
		if err := holdWrite(t, rsp); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
}
