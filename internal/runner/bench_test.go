package runner

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/response"
	"github.com/victor-onl/crossplane-resources/test/loopback"
)

// A passer returns what it gets.
type passer struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

func (passer) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	return response.To(req), nil
}

// ready is the codec of a caller who encoded the request once, and reads no answer.
type ready []byte

func (r ready) Marshal(any) (mem.BufferSlice, error) { return mem.BufferSlice{mem.SliceBuffer(r)}, nil }
func (ready) Unmarshal(mem.BufferSlice, any) error   { return nil }
func (ready) Name() string                           { return "proto" }

// BenchmarkServe calls a function that returns what it gets over gRPC, by each codec: what
// a call costs besides a function's own work and the caller's.
func BenchmarkServe(b *testing.B) {
	golden, err := os.ReadFile("../../test/render/testdata/payments-prod-infra/rds-main-claim.yaml")
	if err != nil {
		b.Fatal(err)
	}
	var objects []*structpb.Struct
	for doc := range strings.SplitSeq(strings.TrimPrefix(string(golden), "---\n"), "\n---\n") {
		j, err := yaml.YAMLToJSON([]byte(doc))
		o := &structpb.Struct{}
		if err != nil || protojson.Unmarshal(j, o) != nil {
			b.Fatal("the golden is no object", err)
		}
		objects = append(objects, o)
	}
	for _, count := range []int{10, 100} {
		req := &fnv1.RunFunctionRequest{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
		for i := range count {
			req.Desired.Resources[strconv.Itoa(i)] = &fnv1.Resource{Resource: objects[i%len(objects)]}
		}
		encoded, err := proto.Marshal(req)
		if err != nil {
			b.Fatal(err)
		}
		for _, plain := range []bool{true, false} {
			b.Run(fmt.Sprintf("%d/plain=%t", count, plain), func(b *testing.B) {
				ctx, stop := context.WithCancel(b.Context())
				defer stop()
				o := Options{Address: loopback.Free(b), Insecure: true, MaxRecvMessageSize: 4, TTL: time.Minute}
				done := make(chan error, 1)
				go func() {
					done <- Run(ctx, Function{Name: "function-passer", Server: passer{}, Plain: plain}, o, slog.New(slog.DiscardHandler))
				}()
				conn, err := grpc.NewClient(o.Address, grpc.WithTransportCredentials(insecure.NewCredentials()),
					grpc.WithDefaultCallOptions(grpc.WaitForReady(true), grpc.ForceCodecV2(ready(encoded))))
				if err != nil {
					b.Fatal(err)
				}
				client := fnv1.NewFunctionRunnerServiceClient(conn)
				b.ReportAllocs()
				for b.Loop() {
					if _, err := client.RunFunction(ctx, req); err != nil {
						b.Fatal(err)
					}
				}
				_ = conn.Close()
				stop()
				if err := <-done; err != nil {
					b.Fatal(err)
				}
			})
		}
	}
}
