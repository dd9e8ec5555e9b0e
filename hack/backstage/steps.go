package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// The files of the template.
const (
	folder = "backstage/templates/create-resource"
	steps  = folder + "/steps.yaml"
	target = folder + "/template.yaml"
)

// A template without its form: what the platform sets, how things are named, and the steps.
type source struct {
	platform map[string]any
	names    map[string]any
	template string
}

// newForm reads the XRD and the settings by which sizes are looked up.
func newForm(root string) (*form, error) {
	s, err := readSchema(root)
	if err != nil {
		return nil, err
	}
	p, err := newPlatform(settings)
	return &form{p, s}, err
}

// template returns the whole template: the steps with the form's parameters.
func (f *form) template(root string) ([]byte, error) {
	src, err := readSource(root)
	if err != nil {
		return nil, err
	}
	out, err := src.expand()
	if err != nil {
		return nil, err
	}
	spec, ok := out["spec"].(object.Map)
	if !ok {
		return nil, fmt.Errorf("%s: has no spec", steps)
	}
	if spec["parameters"], err = f.parameters(); err != nil {
		return nil, err
	}
	b, err := yaml.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("cannot encode the template: %w", err)
	}
	return append([]byte(heading), b...), nil
}

// readSource reads the three documents of the steps' file.
func readSource(root string) (*source, error) {
	b, err := os.ReadFile(filepath.Join(root, steps))
	if err != nil {
		return nil, fmt.Errorf("cannot read the steps: %w", err)
	}
	docs := bytes.Split(b, []byte("\n---\n"))
	if len(docs) != 3 { //nolint:mnd // Those of source.
		return nil, fmt.Errorf("%s: has %d documents; wanted are what the platform sets, the names, and the template", steps, len(docs))
	}
	out := &source{template: string(docs[2])}
	for i, into := range []*map[string]any{&out.platform, &out.names} {
		if err := yaml.UnmarshalStrict(docs[i], into); err != nil {
			return nil, fmt.Errorf("%s: document %d: %w", steps, i+1, err)
		}
	}
	return out, nil
}

// bracketed is what stands for a value or a name.
var bracketed = regexp.MustCompile(`<[a-z]+>`)

// services are the words that claims' names begin with, by type and cloud: those of the clouds'
// services, as in examples.
var services = map[string]map[string]string{
	claim.TypeDatabase: {cloud.GCP: "cloudsql", cloud.AWS: "rds", cloud.Azure: "azure", cloud.IBM: "ibm"},
	claim.TypeBucket:   {cloud.GCP: "gcs", cloud.AWS: "s3", cloud.Azure: "blob", cloud.IBM: "cos"},
	claim.TypeCache:    {cloud.GCP: "memorystore", cloud.AWS: "elasticache", cloud.Azure: "managedredis", cloud.IBM: "redis"},
	claim.TypeQueue:    {cloud.GCP: "pubsub", cloud.AWS: "sqs", cloud.Azure: "servicebus", cloud.IBM: "rabbitmq"},
	claim.TypeCluster:  {cloud.GCP: "gke", cloud.AWS: "eks", cloud.Azure: "aks", cloud.IBM: "iks"},
}

// forges are where repositories are: what stands between a repository and what is shown of it in an
// address, and what a request is called there.
var forges = map[string]struct{ view, request string }{
	"github": {"", "pull request"},
	"gitlab": {"-/", "merge request"},
}

// forge is where the domains' repositories are; a step may be of one.
func (s *source) forge() string {
	name, _ := s.platform["forge"].(string)
	return name
}

// expand puts the platform's values and the names into the template, and leaves out the steps
// of the other forge and those that the platform does without.
func (s *source) expand() (object.Map, error) {
	if _, known := forges[s.forge()]; !known {
		return nil, fmt.Errorf("%s: forge: %q is not allowed; allowed are %s", steps, s.forge(), strings.Join(slices.Sorted(maps.Keys(forges)), ", "))
	}
	out := object.Map{}
	text, err := s.replace(s.template)
	if err != nil {
		return nil, err
	}
	if err := yaml.UnmarshalStrict([]byte(text), &out); err != nil {
		return nil, fmt.Errorf("%s: the template: %w", steps, err)
	}
	if name := bracketed.FindString(text); name != "" {
		return nil, fmt.Errorf("%s: %s stands for nothing", steps, name)
	}
	spec, _ := out["spec"].(object.Map)
	list, ok := spec["steps"].([]any)
	if !ok {
		return nil, errors.New(steps + ": the template has no steps")
	}
	var kept []any
	for _, item := range list {
		step, _ := item.(object.Map)
		of, _ := step["of"].(string)
		delete(step, "of")
		if of == "" || of == s.forge() || of == "register" && s.platform["register"] == true {
			kept = append(kept, step)
		}
	}
	spec["steps"] = kept
	return out, nil
}

// replace puts in what stands for names in angle brackets, and for names in these. What is no
// text is written as JSON, which is YAML too.
func (s *source) replace(text string) (string, error) {
	words, err := json.Marshal(services)
	if err != nil {
		return "", fmt.Errorf("cannot write the words of services: %w", err)
	}
	of := forges[s.forge()]
	names := map[string]string{
		"services": strings.ReplaceAll(string(words), "}}", "} }"), // two braces in a row would end an expression
		"blob":     of.view + "blob",
		"tree":     of.view + "tree",
		"request":  of.request,
	}
	lists := map[string]any{}
	for _, values := range []map[string]any{s.names, s.platform} {
		for name, v := range values {
			if word, ok := v.(string); ok {
				names[name] = word
			} else {
				lists[name] = v
			}
		}
	}
	for name, v := range lists {
		b, err := json.Marshal(filled(v, names))
		if err != nil {
			return "", fmt.Errorf("%s: %s: %w", steps, name, err)
		}
		text = strings.ReplaceAll(text, "<"+name+">", string(b))
	}
	return expanded(text, names), nil
}

// expanded is a text with names put in; names are made of names.
func expanded(text string, names map[string]string) string {
	for range len(names) {
		for name, word := range names {
			text = strings.ReplaceAll(text, "<"+name+">", word)
		}
	}
	return text
}

// filled puts names into the texts of a list.
func filled(v any, names map[string]string) any {
	switch v := v.(type) {
	case string:
		return expanded(v, names)
	case []any:
		for i := range v {
			v[i] = filled(v[i], names)
		}
	case map[string]any:
		for key := range v {
			v[key] = filled(v[key], names)
		}
	}
	return v
}
