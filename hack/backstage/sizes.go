package main

import (
	"context"
	_ "embed" // The settings are a manifest.
	"fmt"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// settings by which the form's sizes are looked up: a queue has one on Azure in a Premium
// namespace of its own only.
//
//go:embed settings.yaml
var settings []byte

// A pipeline composes claims by the functions as they run.
type pipeline struct {
	renderer *render.Renderer
	settings *structpb.Struct
}

// compose returns what the functions make of a claim: the status, or why not.
func (p *pipeline) compose(manifest []byte) (*fnv1.RunFunctionResponse, error) {
	xr, err := render.XR(manifest, render.ScopeClaim, "")
	if err != nil {
		return nil, err
	}
	body, err := decoded(xr)
	if err != nil {
		return nil, err
	}
	config := &structpb.Struct{Fields: map[string]*structpb.Value{
		"metadata": structpb.NewStructValue(object.New(object.Map{"name": "platform"})),
		"data":     structpb.NewStructValue(p.settings),
	}}
	rsp, err := p.renderer.Pipeline(context.Background(), &fnv1.RunFunctionRequest{
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: body}},
		RequiredResources: map[string]*fnv1.Resources{
			"settings":     {Items: []*fnv1.Resource{{Resource: config}}},
			"settings-env": {Items: []*fnv1.Resource{{Resource: &structpb.Struct{}}}}, // prod waits for a layer of its own
		},
	})
	if err != nil {
		return nil, fmt.Errorf("cannot call the functions: %w", err)
	}
	if said := render.Fatal(rsp); said != "" {
		return nil, fmt.Errorf("%s", said)
	}
	return rsp, nil
}

func decoded(manifest []byte) (*structpb.Struct, error) {
	j, err := yaml.YAMLToJSON(manifest)
	if err != nil {
		return nil, fmt.Errorf("cannot read YAML: %w", err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		return nil, fmt.Errorf("cannot read an object: %w", err)
	}
	return s, nil
}

// sized is a claim of which only the size counts, with more in its section.
func sized(typ, provider, engine, profile, more string) []byte {
	if typ == claim.TypeDatabase {
		more = joinedBy(", ", "engine: "+engine, more)
	}
	return fmt.Appendf(nil, "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, metadata: {name: main, namespace: payments-dev-infra}, "+
		"spec: {provider: %s, type: %s, profile: %s, region: eu-west, %s: {%s}}}", provider, typ, profile, typ, more)
}

func joinedBy(sep string, words ...string) string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, sep)
}

// size is what a profile comes to, in words; "" where the cloud has no size of the type.
func (p *pipeline) size(typ, provider, engine, profile string) (string, error) {
	alone, err := p.sizeOf(sized(typ, provider, engine, profile, ""))
	if err != nil {
		return "", err
	}
	pair := alone
	if typ == claim.TypeDatabase || typ == claim.TypeCache {
		if pair, err = p.sizeOf(sized(typ, provider, engine, profile, "highAvailability: true")); err != nil {
			return "", err
		}
	}
	switch {
	case alone == "":
		return "", nil
	case alone != pair:
		return fmt.Sprintf("%s: %s; highly available: %s", profile, alone, pair), nil
	}
	return profile + ": " + alone, nil
}

// sizeOf reads the size off the status of a claim.
func (p *pipeline) sizeOf(manifest []byte) (string, error) {
	rsp, err := p.compose(manifest)
	if err != nil {
		return "", err
	}
	size := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "size")
	name := object.String(size, "instance")
	if name == "" {
		return "", nil
	}
	figure := func(field, form string) string {
		if n, ok := object.Number(size, field); ok && n > 0 {
			return fmt.Sprintf(form, n)
		}
		return ""
	}
	memory := figure("memoryGiB", "%g GiB of memory")
	if usable := figure("usableMemoryGiB", "%g GiB for keys"); usable != "" {
		memory = usable
	}
	figures := joinedBy(", ", figure("vcpu", "%g vCPU"), memory, figure("storageGiB", "%g GiB of disk"))
	if figures == "" {
		return name, nil
	}
	return fmt.Sprintf("%s (%s)", figures, name), nil
}

// most is the largest disk that every profile of the platform takes, up to a limit.
func (p *pipeline) most(provider, engine string, limit int) (int, error) {
	takes := func(profile string, gib int) bool {
		_, err := p.compose(sized(claim.TypeDatabase, provider, engine, profile, fmt.Sprintf("storageGiB: %d", gib)))
		return err == nil
	}
	for _, profile := range claim.Profiles {
		if takes(profile, limit) {
			continue
		}
		least, most := 20, limit
		if !takes(profile, least) {
			return 0, fmt.Errorf("%s takes no disk of %d GiB for %s on %s", profile, least, engine, provider)
		}
		for most-least > 1 {
			if between := (least + most) / 2; takes(profile, between) {
				least = between
			} else {
				most = between
			}
		}
		limit = least
	}
	return limit, nil
}

// providersWithSize are those on which a type has a size to choose.
func (p *pipeline) providersWithSize(typ string) ([]string, error) {
	var out []string
	for _, provider := range cloud.Providers {
		text, err := p.size(typ, provider, cloud.Postgres, claim.Profiles[0])
		if err != nil {
			return nil, err
		}
		if text != "" {
			out = append(out, provider)
		}
	}
	return out, nil
}
