// Package pipeline runs the composition functions in this process, on one claim and the
// settings that are given: what make render does by Crossplane's CLI, for many claims at once.
package pipeline

import (
	"context"
	"fmt"
	"maps"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	costtagger "github.com/victor-onl/crossplane-resources/functions/cost-tagger"
	multiclouddb "github.com/victor-onl/crossplane-resources/functions/multicloud-db"
	profilesizer "github.com/victor-onl/crossplane-resources/functions/profile-sizer"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// mostCalls is how often Crossplane calls a function whose requirements go on to change
// (maxRequirementsIterations in its internal/controller/apiextensions/composite).
const mostCalls = 5

// A Pipeline has the settings that claims are composed with.
type Pipeline struct {
	steps    []fnv1.FunctionRunnerServiceServer // in the order of the Compositions
	settings map[string]*structpb.Struct        // EnvironmentConfigs by name
}

// New takes the EnvironmentConfigs that there are. The last one of a name counts. Today tells
// which day it is; nil for the clock.
func New(settings []map[string]any, today func() time.Time) (*Pipeline, error) {
	steps := []fnv1.FunctionRunnerServiceServer{&multiclouddb.Function{Today: today}, &profilesizer.Function{}, &costtagger.Function{}}
	p := &Pipeline{steps: steps, settings: make(map[string]*structpb.Struct, len(settings))}
	for _, o := range settings {
		s, err := structpb.NewStruct(o)
		if err != nil {
			return nil, fmt.Errorf("cannot read the settings: %w", err)
		}
		p.settings[object.String(s, "metadata", "name")] = s
	}
	return p, nil
}

// An Answer is what the functions make of an XR.
type Answer struct {
	Refusal    string // the sentence of a fatal result, beside which nothing else counts
	Conditions []*fnv1.Condition
	Desired    map[string]*fnv1.Resource
	Status     *structpb.Struct // of the XR
}

// Main is the main composed resource, or nil.
func (a *Answer) Main() *structpb.Struct { return a.Desired[mainPart].GetResource() }

// Name is what the main resource is called in its cloud.
func (a *Answer) Name() string { return object.String(a.Status, "resource", "name") }

// Run calls each function with what the one before desired, as Crossplane does. It ends at a
// fatal result.
func (p *Pipeline) Run(ctx context.Context, xr *structpb.Struct, observed map[string]*fnv1.Resource) (*Answer, error) {
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: xr}, Resources: observed}}
	if len(observed) > 0 {
		req = proto.CloneOf(req) // parts of it may stand in the answer, and be edited there
	}
	out := &Answer{}
	for i, step := range p.steps {
		call := step.RunFunction // over what the steps before desire, which it edits in place
		if i == 0 {
			call = p.asked // nobody else asks for settings
		}
		rsp, err := call(ctx, req)
		if err != nil {
			return nil, err
		}
		out.Conditions = append(out.Conditions, rsp.GetConditions()...)
		if out.Refusal = render.Fatal(rsp); out.Refusal != "" {
			return out, nil
		}
		req = &fnv1.RunFunctionRequest{Observed: req.GetObserved(), Desired: rsp.GetDesired(), Context: rsp.GetContext()}
	}
	out.Desired = req.GetDesired().GetResources()
	out.Status = object.Struct(req.GetDesired().GetComposite().GetResource(), "status")
	return out, nil
}

// asked calls the first function until it asks for nothing else. Nothing is desired before
// it, and it leaves the settings as they are, so that all calls share them.
func (p *Pipeline) asked(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	var asked *fnv1.Requirements
	for range mostCalls {
		rsp, err := p.steps[0].RunFunction(ctx, req)
		if err != nil {
			return nil, err
		}
		if now := rsp.GetRequirements(); now == nil || proto.Equal(asked, now) || render.Fatal(rsp) != "" {
			return rsp, nil
		}
		asked = rsp.GetRequirements()
		req = &fnv1.RunFunctionRequest{Observed: req.GetObserved(), RequiredResources: p.answer(asked), Context: rsp.GetContext()}
	}
	return nil, fmt.Errorf("its requirements go on to change after %d calls", mostCalls)
}

// answer gives the settings that are asked for by name. Nothing else is there: no cluster is
// asked.
func (p *Pipeline) answer(asked *fnv1.Requirements) map[string]*fnv1.Resources {
	selectors := maps.Clone(asked.GetResources())
	out := make(map[string]*fnv1.Resources, len(selectors))
	for name, s := range selectors {
		found := &fnv1.Resources{}
		if o := p.settings[s.GetMatchName()]; o != nil && s.GetKind() == "EnvironmentConfig" {
			found.Items = []*fnv1.Resource{{Resource: o}}
		}
		out[name] = found
	}
	return out
}

// Region is the cloud's own name of where the main resource is.
func (a *Answer) Region() string { return object.String(a.Status, "resource", "region") }
