// Package render runs the three functions and the real Crossplane CLI on a claim,
// with no cluster and no Docker.
package render

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The scopes of an XR.
const (
	ScopeClaim      = "claim"
	ScopeNamespaced = "namespaced"
)

// XR turns a claim's manifest into the XR that Crossplane would make of it: a
// cluster-scoped one behind a claim, or the manifest itself where XRs are
// namespaced. A provider that is not empty takes the place of the claim's own.
func XR(manifest []byte, scope, provider string) ([]byte, error) {
	c := map[string]any{}
	if err := yaml.Unmarshal(manifest, &c); err != nil {
		return nil, fmt.Errorf("cannot read YAML, and one object is expected: %w", err)
	}
	xr, err := XROf(c, scope, provider)
	if err != nil {
		return nil, err
	}
	return yaml.Marshal(xr)
}

// XROf is XR of a claim that is decoded already, parts of which the XR has.
func XROf(c map[string]any, scope, provider string) (map[string]any, error) {
	if c["apiVersion"] != "platform.victor.onl/v1alpha1" || c["kind"] != "Resource" {
		return nil, fmt.Errorf("is %v %v; make it apiVersion platform.victor.onl/v1alpha1, kind Resource", c["apiVersion"], c["kind"])
	}
	meta, _ := c["metadata"].(map[string]any)
	name, _ := meta["name"].(string)
	namespace, _ := meta["namespace"].(string)
	if name == "" || namespace == "" {
		return nil, errors.New("needs metadata.name and metadata.namespace; the namespace is {project}-{env}-infra")
	}
	spec, _ := c["spec"].(map[string]any)
	if err := check(name, spec); err != nil {
		return nil, err
	}
	if spec != nil && provider != "" {
		spec["provider"] = provider
	}
	switch scope {
	case ScopeNamespaced:
	case ScopeClaim:
		c = composite(c, meta, name, namespace)
	default:
		return nil, fmt.Errorf("cannot render scope %q; allowed are %s, %s", scope, ScopeClaim, ScopeNamespaced)
	}
	return c, nil
}

// nameForm is what Kubernetes takes as an object's name.
var nameForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)

// maxName is how long Crossplane lets the name of a claim or of an XR be.
const maxName = 63

var illegal = regexp.MustCompile(`[^a-z0-9.-]+`)

// check refuses what an API server would, and no function sees: names, and what
// Crossplane does not copy into the XR.
func check(name string, spec map[string]any) error {
	if !nameForm.MatchString(name) || len(name) > maxName {
		meant := strings.Trim(illegal.ReplaceAllString(strings.ToLower(name), "-"), "-.")
		if !nameForm.MatchString(meant) || len(meant) > maxName {
			meant = ""
		}
		return fmt.Errorf("metadata.name: %q is not allowed; allowed are at most %d lowercase letters, digits, hyphens and dots, "+
			"with a letter or a digit at both ends%s", name, maxName, object.DidYouMean(meant))
	}
	secret, _ := spec["writeConnectionSecretToRef"].(map[string]any)
	if namespace, ok := secret["namespace"]; ok {
		return fmt.Errorf("spec.writeConnectionSecretToRef.namespace: "+claim.SecretElsewhere, fmt.Sprint(namespace))
	}
	if name, ok := secret["name"].(string); ok && !claim.SecretName.MatchString(name) {
		return fmt.Errorf("spec.writeConnectionSecretToRef.name: "+claim.SecretNameMistake, name)
	}
	return nil
}
