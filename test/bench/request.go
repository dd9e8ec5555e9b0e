package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

// clouds are the examples whose resources are measured with.
var clouds = []string{"cloudsql-main", "rds-main", "azure-main", "ibm-main"}

// A composition is what the first step of the pipeline makes of the examples.
type composition struct {
	request   *fnv1.RunFunctionRequest // of the first example, with the settings
	context   *structpb.Struct         // for the later steps
	resources []*fnv1.Resource         // of all examples
	names     []string
}

// compose has the composer make the resources of the example of each cloud.
func compose(ctx context.Context, root string, by *server) (*composition, error) {
	settings, err := readObject(filepath.Join(root, "examples", "settings", "platform-prod.yaml"))
	if err != nil {
		return nil, err
	}
	c := &composition{}
	for _, name := range clouds {
		file := filepath.Join(root, "examples", "claims", "payments-prod-infra", name+".yaml")
		xr, err := readXR(file)
		if err != nil {
			return nil, err
		}
		req := &fnv1.RunFunctionRequest{
			Meta: &fnv1.RequestMeta{
				Tag: "bench",
				Capabilities: []fnv1.Capability{
					fnv1.Capability_CAPABILITY_CAPABILITIES, fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES, fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS,
					fnv1.Capability_CAPABILITY_CONDITIONS,
				},
			},
			Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: xr}},
			RequiredResources: map[string]*fnv1.Resources{
				"settings-env": {Items: []*fnv1.Resource{{Resource: settings}}},
				"settings":     {},
			},
		}
		rsp, err := by.call(ctx, req)
		if err != nil {
			return nil, err
		}
		if c.request == nil {
			c.request, c.context = req, rsp.GetContext()
		}
		resources := rsp.GetDesired().GetResources()
		for _, key := range slices.Sorted(maps.Keys(resources)) {
			c.resources = append(c.resources, resources[key])
			c.names = append(c.names, name+"-"+key)
		}
	}
	if len(c.resources) == 0 {
		return nil, errors.New("the examples compose nothing")
	}
	return c, nil
}

// requests are what Crossplane 2.2 and later sends in a reconcile after the first: the first step
// gets the resources at once that it required the last time, and the later ones the context (read
// in FetchingFunctionRunner of its internal/xfn).
type requests struct{ first, later *fnv1.RunFunctionRequest }

// repeat returns the requests with as many desired resources as it is told.
func (c *composition) repeat(size int) requests {
	desired := make(map[string]*fnv1.Resource, size)
	for i := range size {
		of := i % len(c.resources)
		desired[fmt.Sprintf("%s-%d", c.names[of], i/len(c.resources))] = c.resources[of]
	}
	state := &fnv1.State{Resources: desired}
	return requests{
		first: &fnv1.RunFunctionRequest{
			Meta: c.request.GetMeta(), Observed: c.request.GetObserved(), RequiredResources: c.request.GetRequiredResources(), Desired: state,
		},
		later: &fnv1.RunFunctionRequest{Meta: c.request.GetMeta(), Observed: c.request.GetObserved(), Context: c.context, Desired: state},
	}
}

// readXR returns what Crossplane makes of a claim.
func readXR(file string) (*structpb.Struct, error) {
	manifest, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read a claim: %w", err)
	}
	xr, err := render.XR(manifest, render.ScopeClaim, "")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return object(xr)
}

func readObject(file string) (*structpb.Struct, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read the settings: %w", err)
	}
	return object(b)
}

func object(manifest []byte) (*structpb.Struct, error) {
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
