package render

import (
	"context"
	"fmt"
	"slices"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// Step calls one of Functions, as it runs.
func (r *Renderer) Step(ctx context.Context, function string, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	i := slices.Index(Functions, function)
	if i < 0 {
		return nil, fmt.Errorf("%q is no function of the pipeline; there are %v", function, Functions)
	}
	conn, err := r.running[i].dial()
	if err != nil {
		return nil, fmt.Errorf("cannot reach %s: %w", function, err)
	}
	rsp, err := fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("cannot run %s: %w", function, err)
	}
	return rsp, nil
}
