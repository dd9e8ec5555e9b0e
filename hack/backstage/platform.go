package main

import (
	"context"
	_ "embed" // The settings are a manifest.
	"errors"
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/cmd/claims/pipeline"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// settings by which the form's sizes are looked up: a queue has one on Azure in a Premium
// namespace of its own only.
//
//go:embed settings.yaml
var settings []byte

// A platform composes claims by the functions, with its settings.
type platform struct{ functions *pipeline.Pipeline }

// lookedUp is the day on which the table of versions was made. The form offers what the table
// does, whatever the day is on which somebody makes it.
func lookedUp() time.Time { return time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC) }

// newPlatform has the same settings in every env, as a layer of the env's own: prod waits for
// one.
func newPlatform(settings []byte) (*platform, error) {
	data := object.Map{}
	if err := yaml.UnmarshalStrict(settings, &data); err != nil {
		return nil, fmt.Errorf("cannot read the settings: %w", err)
	}
	var layers []map[string]any
	for _, env := range claim.Envs {
		layers = append(layers, object.Map{
			"apiVersion": "apiextensions.crossplane.io/v1beta1", "kind": "EnvironmentConfig",
			"metadata": object.Map{"name": "platform-" + env}, "data": data,
		})
	}
	functions, err := pipeline.New(layers, lookedUp)
	return &platform{functions}, err
}

// compose returns what the functions make of a claim, or why not.
func (p *platform) compose(manifest []byte) (*pipeline.Answer, error) {
	o := object.Map{}
	if err := yaml.UnmarshalStrict(manifest, &o); err != nil {
		return nil, fmt.Errorf("cannot read a claim: %w", err)
	}
	xr, err := render.XROf(o, render.ScopeClaim, "")
	if err != nil {
		return nil, err
	}
	body, err := structpb.NewStruct(xr)
	if err != nil {
		return nil, fmt.Errorf("cannot read a claim: %w", err)
	}
	answer, err := p.functions.Run(context.Background(), body, nil)
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot call the functions: %w", err)
	case answer.Refusal != "":
		return nil, errors.New(answer.Refusal)
	}
	return answer, nil
}
