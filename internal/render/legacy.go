package render

import "context"

// RenderLegacy renders a claim by the CLI of Crossplane 1.20, which has its engine
// inside, knows no namespaced XRs, and takes one file of settings.
func (r *Renderer) RenderLegacy(ctx context.Context, q Request) ([]byte, error) {
	q.Scope = ScopeClaim
	files, err := r.prepare(q)
	if err != nil {
		return nil, err
	}
	args := []string{"render", files.xr, files.composition, r.functions, "--timeout=60s"}
	if files.settings != "" {
		args = append(args, "--extra-resources="+files.settings)
	}
	if files.observed != "" {
		args = append(args, "--observed-resources="+files.observed)
	}
	return r.command(ctx, q, args)
}
