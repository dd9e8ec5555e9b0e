package main

import (
	"context"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// The conditions that this function sets on XR and claim.
const (
	conditionComposed    = "Composed"
	conditionProvisioned = "Provisioned"
)

// Function composes databases.
type Function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

// RunFunction decodes the request, composes, and encodes the answer. The desired
// state is written at the end only: a fatal result never comes with half a
// database.
func (f *Function) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp := response.To(req)
	fatal := func(reason string, err error) (*fnv1.RunFunctionResponse, error) {
		response.Fatal(rsp, conditionComposed, reason, err)
		response.Unknown(rsp, conditionProvisioned, "NotComposed", "")
		return rsp, nil
	}

	c, err := claim.FromXR(req.GetObserved().GetComposite().GetResource())
	if err != nil {
		return fatal("InvalidClaim", err)
	}
	s, asked, err := environment(req, rsp, c)
	if err != nil {
		return fatal("InvalidSettings", err)
	}
	d, err := newDatabase(c, s, asked, req.GetObserved().GetResources())
	if err != nil {
		return fatal("InvalidClaim", err)
	}
	if err := guard(d); err != nil {
		return fatal("Refused", err)
	}
	if err := d.readPassword(); err != nil {
		return fatal("PasswordLost", err)
	}
	composed, err := clouds[c.Provider].compose(d)
	if err != nil {
		return fatal("InvalidSettings", err)
	}
	composed[keyPassword] = d.passwordSecret()
	if err := d.lost(composed); err != nil {
		return fatal("Refused", err)
	}

	conn := clouds[c.Provider].connection(d)
	if c.Namespaced {
		if secret, err := d.connectionSecret(conn); err != nil {
			return fatal("ForeignSecret", err)
		} else if secret != nil {
			composed[keyConnection] = secret
		}
	}
	d.write(rsp, composed, conn)
	return rsp, nil
}

// environment returns the settings of the claim's env: those that a step before
// put into the pipeline's context, else those of an EnvironmentConfig. Asked is
// false while Crossplane has not looked for it yet.
func environment(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, c *claim.Claim) (s *settings.Settings, asked bool, err error) {
	if data, ok := settings.FromContext(req.GetContext()); ok {
		s, err := settings.Parse(data, "settings")
		return s, true, err
	}
	settings.Require(rsp, c.Env)
	data, name, asked := settings.Answered(req)
	if data == nil {
		return &settings.Settings{}, asked, nil
	}
	s, err = settings.Parse(data, "settings "+name+": data")
	if err != nil {
		return nil, true, err
	}
	settings.ToContext(rsp, data)
	return s, true, nil
}

// write puts what was composed into the desired state, with the readiness that
// was observed, and the status and conditions of the XR.
func (d *database) write(rsp *fnv1.RunFunctionResponse, composed map[string]*structpb.Struct, conn connection) {
	if rsp.GetDesired().GetResources() == nil {
		rsp.Desired.Resources = make(map[string]*fnv1.Resource, len(composed))
	}
	for name, o := range composed {
		rsp.Desired.Resources[name] = &fnv1.Resource{Resource: o, Ready: d.ready(name, o)}
	}
	xr := response.Composite(rsp)
	object.Set(xr, d.status(conn), "status", "resource")
	switch {
	case !conn.complete():
		rsp.Desired.Composite.Ready = fnv1.Ready_READY_FALSE
	case !d.claim.Namespaced:
		rsp.Desired.Composite.ConnectionDetails = conn.details()
	}

	switch missing := clouds[d.claim.Provider].missing(d); {
	case !d.asked:
		response.Unknown(rsp, conditionComposed, "AwaitingSettings", "")
	case missing != "":
		response.True(rsp, conditionComposed, "NoNetwork", missing+" is not set: the database is closed, and nothing outside the provider's own connectors reaches it")
	default:
		response.True(rsp, conditionComposed, "Composed", "")
	}
	d.provisioned(rsp, conn)
}
