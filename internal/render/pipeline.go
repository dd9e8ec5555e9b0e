package render

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// Pipeline calls the functions one after the other, each with what the one before
// desired and put into the context, as Crossplane does. It ends at a fatal result.
func (r *Renderer) Pipeline(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	conditions := []*fnv1.Condition{}
	var rsp *fnv1.RunFunctionResponse
	for _, function := range Functions {
		var err error
		if rsp, err = r.Step(ctx, function, req); err != nil {
			return nil, err
		}
		conditions = append(conditions, rsp.GetConditions()...)
		if Fatal(rsp) != "" {
			break
		}
		req.Desired, req.Context = rsp.GetDesired(), rsp.GetContext()
	}
	rsp.Conditions = conditions
	return rsp, nil
}

// dial returns the connection to a function, which is kept for the next call.
func (p *process) dial() (*grpc.ClientConn, error) {
	p.dialing.Lock()
	defer p.dialing.Unlock()
	if p.conn == nil {
		conn, err := grpc.NewClient(p.address, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			return nil, err
		}
		p.conn = conn
	}
	return p.conn, nil
}

// Fatal returns the sentence of a fatal result, or "".
func Fatal(rsp *fnv1.RunFunctionResponse) string {
	for _, result := range rsp.GetResults() {
		if result.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
			return result.GetMessage()
		}
	}
	return ""
}
