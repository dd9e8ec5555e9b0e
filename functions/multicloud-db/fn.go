// Package multiclouddb is the composition function function-multicloud-db. It composes a
// claim, whatever its type, out of the managed resources of the claim's cloud.
package multiclouddb

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/environment"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// Function composes claims.
type Function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	// Today tells which day it is, of which an answer knows no more than the day: a version's
	// support ends on one. Nil for the clock.
	Today func() time.Time

	known settings.Known
}

// day is today's, in UTC.
func (f *Function) day() string {
	if f.Today != nil {
		return cloud.Day(f.Today())
	}
	return cloud.Day(time.Now())
}

// RunFunction decodes the request, has its type compose it, and encodes the answer. The
// desired state is written at the end only: a fatal result never comes with half a
// resource. A caller who has gone ends it between its stages.
func (f *Function) RunFunction(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp := response.To(req)
	fatal := func(reason string, err error) (*fnv1.RunFunctionResponse, error) {
		response.Fatal(rsp, lifecycle.ConditionComposed, reason, err)
		response.Unknown(rsp, lifecycle.ConditionProvisioned, "NotComposed", "")
		repeat(req, rsp)
		return rsp, nil
	}

	if err := ctx.Err(); err != nil {
		return nil, err
	}
	clouds, err := readInput(req.GetInput())
	if err != nil {
		return fatal("InvalidInput", err)
	}
	c, err := claim.FromXR(req.GetObserved().GetComposite().GetResource())
	if err != nil {
		return fatal(invalid(req, err))
	}
	if err := installed(clouds, c.Provider); err != nil {
		return fatal("NotInstalled", err)
	}
	given, err := readSettings(req, rsp, c, &f.known)
	if err != nil {
		return fatal("InvalidSettings", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	call := callOf(req, c, given)
	call.Log, call.Today = logger(ctx, req), f.day()
	t, ok := types.Find(c.Type)
	if !ok {
		return fatal(invalid(req, fmt.Errorf("spec.type: %q is not allowed; allowed are %s", c.Type, strings.Join(types.Words(), ", "))))
	}
	if refusal := t.RefuseDesired(desiredOf(req)); refusal != nil {
		return fatal(refusal.Reason, refusal.Err)
	}
	answer, needs, refusal := t.Run(call)
	require(rsp, needs, c.Namespace)
	if refusal != nil {
		return fatal(refusal.Reason, refusal.Err)
	}
	encode(rsp, answer)
	repeat(req, rsp)
	return rsp, nil
}

// repeat says again what the XR's conditions say that no refusal and no wait changes: which version
// there is, and what is in a store. After a fatal result Crossplane has each one Unknown that an
// answer lacks.
func repeat(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse) {
	for _, typ := range []string{lifecycle.ConditionEndOfLife, lifecycle.ConditionDelivered, lifecycle.ConditionRotated} {
		if slices.ContainsFunc(rsp.GetConditions(), func(c *fnv1.Condition) bool { return c.GetType() == typ }) {
			continue
		}
		was := object.Condition(req.GetObserved().GetComposite().GetResource(), typ)
		reason, message := object.String(was, "reason"), object.String(was, "message")
		switch object.String(was, "status") {
		case "True":
			response.True(rsp, typ, reason, message)
		case "False":
			response.False(rsp, typ, reason, message)
		}
	}
}

// logger logs what a live resource was held to, and why, where somebody asked for that. It
// is nil otherwise: a call costs nothing then.
func logger(ctx context.Context, req *fnv1.RunFunctionRequest) func(lifecycle.Decision) {
	log := slog.Default()
	if !log.Enabled(ctx, slog.LevelDebug) {
		return nil
	}
	return func(d lifecycle.Decision) {
		log.DebugContext(ctx, "held", "tag", req.GetMeta().GetTag(), "field", d.Field, "said", d.Said, "was", d.Was, "is", d.Is, "held", d.Held, "why", d.Why)
	}
}

// invalid is why a claim that cannot be read is refused: of a live resource first that its
// type was edited.
func invalid(req *fnv1.RunFunctionRequest, err error) (string, error) {
	said := object.String(req.GetObserved().GetComposite().GetResource(), "spec", "type")
	main := req.GetObserved().GetResources()[lifecycle.Instance].GetResource()
	if changed := lifecycle.RefuseType(main, cmp.Or(said, claim.TypeDatabase), types.Recognize); changed != nil {
		return "Refused", changed
	}
	return "InvalidClaim", err
}

// callOf is the request without gRPC.
func callOf(req *fnv1.RunFunctionRequest, c *claim.Claim, s given) lifecycle.Call {
	observed := func(r *fnv1.Resource) lifecycle.Observed {
		return lifecycle.Observed{Object: r.GetResource(), Details: r.GetConnectionDetails()}
	}
	call := lifecycle.Call{
		Claim: c, Settings: s.settings, Own: s.own, Layers: s.layers, Without: s.without, Late: s.late, Answered: s.answered,
		Legacy:    environment.Legacy(req),
		XR:        observed(req.GetObserved().GetComposite()),
		Parts:     make(map[string]lifecycle.Observed, len(req.GetObserved().GetResources())),
		Secrets:   map[string]lifecycle.Secret{},
		Recognize: types.Recognize,
	}
	for name, r := range req.GetObserved().GetResources() {
		call.Parts[name] = observed(r)
	}
	answers := maps.Clone(req.GetExtraResources()) //nolint:staticcheck // Crossplane 1.20 knows no other.
	if answers == nil {
		answers = map[string]*fnv1.Resources{}
	}
	maps.Copy(answers, req.GetRequiredResources())
	for name, found := range answers {
		secret := lifecycle.Secret{Answered: true}
		for _, item := range found.GetItems() {
			secret.Objects = append(secret.Objects, item.GetResource())
		}
		if len(secret.Objects) > 0 {
			secret.Object = secret.Objects[0]
		}
		call.Secrets[name] = secret
	}
	return call
}

// desiredOf are the resources that earlier steps desire.
func desiredOf(req *fnv1.RunFunctionRequest) map[string]*structpb.Struct {
	out := make(map[string]*structpb.Struct, len(req.GetDesired().GetResources()))
	for name, r := range req.GetDesired().GetResources() {
		out[name] = r.GetResource()
	}
	return out
}

// encode writes the answer into the desired state.
func encode(rsp *fnv1.RunFunctionResponse, a lifecycle.Answer) {
	if rsp.GetDesired().GetResources() == nil {
		rsp.Desired.Resources = make(map[string]*fnv1.Resource, len(a.Parts))
	}
	for name, p := range a.Parts {
		ready := fnv1.Ready_READY_FALSE
		if p.Ready {
			ready = fnv1.Ready_READY_TRUE
		}
		rsp.Desired.Resources[name] = &fnv1.Resource{Resource: p.Object, Ready: ready}
	}
	object.Set(response.Composite(rsp), a.Status, "status", "resource")
	if len(a.Backup) > 0 {
		object.Set(response.Composite(rsp), a.Backup, "status", "backup")
	}
	composite := rsp.GetDesired().GetComposite()
	if a.Unready {
		composite.Ready = fnv1.Ready_READY_FALSE
	}
	if len(a.Details) > 0 { // others may have set some
		if composite.GetConnectionDetails() == nil {
			composite.ConnectionDetails = make(map[string][]byte, len(a.Details))
		}
		maps.Copy(composite.GetConnectionDetails(), a.Details)
	}
	for _, c := range a.Conditions {
		set := map[lifecycle.Status]func(*fnv1.RunFunctionResponse, string, string, string){
			lifecycle.True: response.True, lifecycle.False: response.False, lifecycle.Unknown: response.Unknown,
		}[c.Status]
		set(rsp, c.Type, c.Reason, c.Message)
	}
}
