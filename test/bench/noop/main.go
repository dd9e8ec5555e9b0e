// Command noop is a composition function that returns what it gets, served as the
// real ones are but for their codec: what a call costs at the least by the SDK. With BENCH_CODEC=ours in
// its environment it has their codec too: what is left is the least that a call of theirs costs.
package main

import (
	"context"
	"os"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/response"
	"github.com/victor-onl/crossplane-resources/internal/runner"
)

type function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

// RunFunction passes on the desired state and the context.
func (function) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	return response.To(req), nil
}

func main() {
	runner.Main(runner.Function{Name: "function-noop", Server: function{}, Plain: os.Getenv("BENCH_CODEC") != "ours"})
}
