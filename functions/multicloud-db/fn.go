package main

import (
	"context"
	"maps"

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
// database. A caller who has gone ends it between its stages.
func (f *Function) RunFunction(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp := response.To(req)
	fatal := func(reason string, err error) (*fnv1.RunFunctionResponse, error) {
		response.Fatal(rsp, conditionComposed, reason, err)
		response.Unknown(rsp, conditionProvisioned, "NotComposed", "")
		return rsp, nil
	}

	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := claim.FromXR(req.GetObserved().GetComposite().GetResource())
	if err != nil {
		return fatal("InvalidClaim", err)
	}
	s, asked, err := environment(req, rsp, c)
	if err != nil {
		return fatal("InvalidSettings", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d := newDatabase(c, s, asked, req.GetObserved())
	if err := d.guard(d.identity()); err != nil {
		return fatal("Refused", err)
	}
	if err := d.resolve(s.Policy); err != nil {
		return fatal("InvalidClaim", err)
	}
	if err := d.guard(d.record()); err != nil {
		return fatal("Refused", err)
	}
	if err := d.keepSettings(); err != nil {
		return fatal("Refused", err)
	}
	if d.observing() {
		instance, err := d.cloud.observe(d)
		if err != nil {
			return fatal("InvalidSettings", err)
		}
		d.writeObserved(rsp, instance)
		return rsp, nil
	}
	if d.undecided() {
		settings.RequireVersion(rsp)
	}
	if err := d.borrow(settings.Legacy(req)); err != nil {
		return fatal("NoPassword", err)
	}
	if !settings.Legacy(req) {
		d.requireSecrets(req, rsp) // Crossplane 1.20 composes none
	}
	if err := d.foreignSecret(); err != nil {
		return fatal("ForeignSecret", err)
	}
	if err := d.readPassword(); err != nil {
		return fatal("PasswordLost", err)
	}
	composed, err := d.cloud.compose(d)
	if err != nil {
		return fatal("InvalidSettings", err)
	}
	d.composePassword(composed)
	if err := d.lost(composed); err != nil {
		return fatal("Refused", err)
	}

	conn := d.cloud.connection(d)
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

// environment returns the settings of the claim's env: those of the
// EnvironmentConfig that was asked for, else those that a step before put into the
// pipeline's context. Asked is false while Crossplane has not looked yet.
//
// What was asked for comes first, and is asked for again: Crossplane calls until
// the requirements are the same twice, and hands the context of one call to the
// next, so that our own settings come back to us in it.
func environment(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, c *claim.Claim) (s *settings.Settings, asked bool, err error) {
	data, name, asked := settings.Answered(req)
	if given, ok := settings.FromContext(req.GetContext()); ok && !asked {
		s, err := settings.Parse(given, "settings")
		return s, true, err
	}
	settings.Require(rsp, c.Env, settings.Legacy(req))
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
	d.makeRoom(composed)
	if rsp.GetDesired().GetResources() == nil {
		rsp.Desired.Resources = make(map[string]*fnv1.Resource, len(composed))
	}
	for name, o := range composed {
		rsp.Desired.Resources[name] = &fnv1.Resource{Resource: o, Ready: d.ready(name, o)}
	}
	xr := response.Composite(rsp)
	object.Set(xr, d.status(conn), "status", "resource")
	switch {
	case !conn.complete() && !d.passwordless():
		rsp.Desired.Composite.Ready = fnv1.Ready_READY_FALSE
	case conn.complete() && !d.claim.Namespaced:
		publish(rsp, conn.details())
	}
	if !conn.complete() && d.live() != nil {
		publish(rsp, d.xr.GetConnectionDetails()) // a gap in what the provider says empties no Secret
	}

	if reason, message := d.composedAs(); d.passwordMissing() {
		response.False(rsp, conditionComposed, reasonPasswordUnknown, d.passwordUnknown())
	} else if d.asked {
		response.True(rsp, conditionComposed, reason, message)
	} else {
		response.Unknown(rsp, conditionComposed, "AwaitingSettings", "")
	}
	d.provisioned(rsp, conn)
}

// composedAs is the reason and the message of the condition Composed.
func (d *database) composedAs() (reason, message string) {
	reason, message = d.cloud.remark(d)
	switch {
	case d.adopted():
		return "Adopted", d.name + " was there before its claim: who reaches it, and how it is tuned, stays as it was"
	case d.borrowed && d.generated() && d.found():
		return "Found", d.name + " was there before this claim; where the password that the claim publishes does not open it, set it on the server"
	case reason != "" && len(d.kept) > 0:
		return reason, message + "; " + d.keeps()
	case reason != "":
		return reason, message
	case len(d.kept) > 0:
		return "SettingsKept", d.keeps()
	default:
		return "Composed", ""
	}
}

// noNetwork is the remark on a database without a network.
func (d *database) noNetwork(setting, so string) (reason, message string) {
	return "NoNetwork", d.setting(setting) + " is not set: " + so
}

// publish adds to the XR's connection details, of which others may have set some.
func publish(rsp *fnv1.RunFunctionResponse, details map[string][]byte) {
	c := rsp.GetDesired().GetComposite()
	if c.GetConnectionDetails() == nil {
		c.ConnectionDetails = make(map[string][]byte, len(details))
	}
	maps.Copy(c.GetConnectionDetails(), details)
}
