package matrix

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/e2e/provider"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

// rounds are enough for all of a claim to be there: what is named by an id comes after it.
const rounds = 10

// TestStandIn plays the examples of caches and queues against the clouds of the control plane
// tests: each becomes ready with a connection, no cloud refuses anything on the way but what
// is not there yet, and once it is ready nothing changes any more.
func TestStandIn(t *testing.T) {
	files, err := filepath.Glob("../../examples/claims/*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		manifest, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if of := string(manifest); !strings.Contains(of, "type: cache") && !strings.Contains(of, "type: queue") {
			continue
		}
		env := strings.Split(filepath.Base(filepath.Dir(f)), "-")[1]
		settings, err := os.ReadFile("../../examples/settings/platform-" + env + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, scope := range []string{render.ScopeClaim, render.ScopeNamespaced} {
			t.Run(scope+"/"+env+"/"+filepath.Base(f), func(t *testing.T) {
				p := &play{cloud: provider.NewCloud(), observed: map[string]*fnv1.Resource{}, settings: fromYAML(t, string(settings))}
				xr, err := render.XR(manifest, scope, "")
				if err != nil {
					t.Fatal(err)
				}
				p.xr = fromYAML(t, string(xr))
				p.ready(t, cell{scope: scope})
			})
		}
	}
}

// TestStandInEdits edits every field of a live cache and queue that may be edited, as the
// control plane tests do.
func TestStandInEdits(t *testing.T) {
	settings, err := os.ReadFile("../../examples/settings/platform-dev.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range suite.Revisions() {
		manifest, err := os.ReadFile("../../examples/claims/payments-dev-infra/" + r.Claim + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, scope := range []string{render.ScopeClaim, render.ScopeNamespaced} {
			t.Run(scope+"/"+r.Claim, func(t *testing.T) {
				p := &play{cloud: provider.NewCloud(), observed: map[string]*fnv1.Resource{}, settings: fromYAML(t, string(settings))}
				xr, err := render.XR(manifest, scope, "")
				if err != nil {
					t.Fatal(err)
				}
				p.xr = fromYAML(t, string(xr))
				if r.First != nil {
					p.edit(t, map[string]any{object.String(p.xr, "spec", "type"): r.First})
				}
				p.ready(t, cell{scope: scope})
				p.edit(t, r.Edit)
				p.ready(t, cell{scope: scope})
				composed := map[string]*unstructured.Unstructured{}
				for name, o := range p.observed {
					composed[name] = &unstructured.Unstructured{Object: o.GetResource().AsMap()}
				}
				for _, h := range r.Has {
					if lacks := h.Lacks(composed); lacks != "" {
						t.Error(lacks)
					}
				}
			})
		}
	}
}

// TestStandInAgain makes claims of prod again that are gone, and whose resources stayed: they are
// found, and nothing is made twice. ElastiCache is left out, whose password has to be put back
// by hand before.
func TestStandInAgain(t *testing.T) {
	settings, err := os.ReadFile("../../examples/settings/platform-prod.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"memorystore", "managedredis", "redis", "pubsub", "sqs", "servicebus", "rabbitmq"} {
		manifest, err := os.ReadFile("../../examples/claims/payments-prod-infra/" + name + "-main.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, scope := range []string{render.ScopeClaim, render.ScopeNamespaced} {
			t.Run(scope+"/"+name, func(t *testing.T) {
				cloud, made := provider.NewCloud(), 0
				for _, again := range []string{"first-", "second-"} {
					xr, err := render.XR(manifest, scope, "")
					if err != nil {
						t.Fatal(err)
					}
					p := &play{
						cloud: cloud, observed: map[string]*fnv1.Resource{}, settings: fromYAML(t, string(settings)), xr: fromYAML(t, string(xr)), again: again,
					}
					object.Set(p.xr, again, "metadata", "uid")
					p.ready(t, cell{scope: scope})
					if now := len(cloud.History()); made > 0 && now != made {
						t.Errorf("it is found, and the cloud had to %v", cloud.History()[made:])
					}
					made = len(cloud.History())
				}
			})
		}
	}
}

// edit changes the spec.
func (p *play) edit(t *testing.T, fields map[string]any) {
	t.Helper()
	for key, value := range fields {
		v, err := structpb.NewValue(value)
		if err != nil {
			t.Fatal(err)
		}
		object.Struct(p.xr, "spec").Fields[key] = v
	}
}

// A play is one XR, and the cloud that its resources are made in.
type play struct {
	cloud    *provider.Cloud
	xr       *structpb.Struct
	settings *structpb.Struct
	observed map[string]*fnv1.Resource
	refusals map[string]string
	again    string                     // which XR of the same claim it is
	found    map[string]*fnv1.Resources // what Crossplane finds of what is asked for beside the settings
}

// ready plays until the XR is ready and nothing changes any more.
func (p *play) ready(t *testing.T, c cell) {
	t.Helper()
	var rsp *fnv1.RunFunctionResponse
	updates := 0
	for range rounds {
		updates = len(p.cloud.Updates())
		rsp = p.round(t)
	}
	for name, refusal := range p.refusals {
		t.Errorf("%s: %s", name, refusal)
	}
	if now := len(p.cloud.Updates()); now != updates {
		t.Errorf("it is changed without end: %v", p.cloud.Updates())
	}
	for _, e := range p.cloud.History() {
		if !strings.HasPrefix(e, "create ") {
			t.Error("it is made, and the cloud had to", e)
		}
	}
	allTrue(t, rsp)
	if keys := c.published(rsp); len(keys) < 4 {
		t.Errorf("it publishes %v", keys)
	}
}

// round calls the pipeline, and has the providers do one round.
func (p *play) round(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	req := &fnv1.RunFunctionRequest{
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: p.xr}, Resources: p.observed},
		RequiredResources: map[string]*fnv1.Resources{
			"settings": {}, "settings-env": {Items: []*fnv1.Resource{{Resource: p.settings}}},
		},
	}
	maps.Copy(req.GetRequiredResources(), p.found)
	rsp, err := renderer.Pipeline(t.Context(), proto.CloneOf(req))
	if err != nil {
		t.Fatal(err)
	}
	if got := render.Fatal(rsp); got != "" {
		t.Fatal(got)
	}
	p.refusals = map[string]string{}
	next := map[string]*fnv1.Resource{}
	for name, r := range rsp.GetDesired().GetResources() {
		next[name] = p.provide(t, name, proto.CloneOf(r.GetResource()))
	}
	p.observed = next
	if status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"); status != nil {
		object.Set(p.xr, status, "status")
	}
	return rsp
}

// provide has the provider of a resource do what it does.
func (p *play) provide(t *testing.T, name string, o *structpb.Struct) *fnv1.Resource {
	t.Helper()
	const external, succeeded = "crossplane.io/external-name", "crossplane.io/external-create-succeeded"
	if object.String(o, "metadata", "name") == "" {
		object.Set(o, "made-"+name, "metadata", "name")
	}
	if !strings.HasSuffix(strings.Split(object.String(o, "apiVersion"), "/")[0], ".upbound.io") {
		return &fnv1.Resource{Resource: o}
	}
	if was := object.String(p.observed[name].GetResource(), "metadata", "annotations", external); was != "" {
		object.Set(o, was, "metadata", "annotations", external) // its provider wrote it, and nobody takes it away
	}
	mr := &unstructured.Unstructured{Object: o.AsMap()}
	mr.SetUID(types.UID(p.again + name))
	a := p.cloud.Round(mr)
	if a.Refusal != "" {
		p.refusals[name] = a.Refusal
		refused := map[string]any{"type": "Synced", "status": "False", "reason": "ReconcileError", "message": a.Refusal}
		object.Set(o, []any{refused}, "status", "conditions")
		return &fnv1.Resource{Resource: o}
	}
	b, err := json.Marshal(a.At)
	if err != nil {
		t.Fatal(err)
	}
	at := &structpb.Struct{}
	if err := protojson.Unmarshal(b, at); err != nil {
		t.Fatal(err)
	}
	object.Set(o, a.ExternalName, "metadata", "annotations", external)
	object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", succeeded)
	object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
	object.Set(o, at, "status", "atProvider")
	out := &fnv1.Resource{Resource: o, ConnectionDetails: map[string][]byte{}}
	for key, value := range a.Details {
		out.ConnectionDetails[key] = []byte(value)
	}
	return out
}
