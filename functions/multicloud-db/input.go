package multiclouddb

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// What the function's input is, as package/input describes it. The Compositions of a
// Configuration for one cloud have it.
const (
	inputVersion = "multicloud-db.fn.platform.victor.onl/v1beta1"
	inputKind    = "Clouds"
)

// readInput returns the clouds that the Composition's Configuration has providers of. Without
// an input these are all.
func readInput(in *structpb.Struct) ([]string, error) {
	if len(in.GetFields()) == 0 {
		return cloud.Providers, nil
	}
	r := object.Read(in, "input")
	r.Ignore("metadata")
	r.OneOf("apiVersion", inputVersion)
	r.OneOf("kind", inputKind)
	clouds := r.Strings("clouds")
	for _, c := range clouds {
		if !slices.Contains(cloud.Providers, c) {
			r.Failf("clouds", "%q is not allowed; allowed are %s", c, strings.Join(cloud.Providers, ", "))
		}
	}
	if len(clouds) == 0 {
		r.Missingf("clouds", "allowed are %s", strings.Join(cloud.Providers, ", "))
	}
	r.Done()
	return clouds, r.Err()
}

// installed refuses a claim of a cloud whose providers the Configuration does not bring: the
// cluster does not know what would be composed, and Crossplane says no more than that a kind
// has no match. What is there already stays as it is.
func installed(clouds []string, provider string) error {
	if slices.Contains(clouds, provider) {
		return nil
	}
	return fmt.Errorf("spec.provider: %q is not on this cluster, and what is there of it stays as it is; "+
		"the platform's Configuration is for %s, and the one for all clouds has the rest", provider, strings.Join(clouds, ", "))
}
