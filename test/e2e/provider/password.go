package provider

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// secrets are the references to a Secret's key that has a password, in lower case, and the
// fields by which the provider makes it.
var secrets = map[string]string{"passwordsecretref": "autoGeneratePassword", "authtokensecretref": "autoGenerateAuthToken", "passwordwosecretref": "-"}

// passwords returns the passwords, in base64, that a resource is told by references to a Secret's
// key: under versioned the one that comes with a version. Where one is not there the provider makes
// one if it was told so, else it is an error here. Upjet takes it for an empty one, without an error
// (storeSensitiveData in its pkg/resource/sensitive.go), which a test of the function models.
func (p *Provider) passwords(ctx context.Context, o *unstructured.Unstructured, b body) (map[string]string, error) {
	given := map[string]string{}
	for key, v := range b {
		ref, _ := v.(map[string]any)
		makes := ""
		for suffix, by := range secrets {
			if strings.HasSuffix(strings.ToLower(key), suffix) {
				makes = by
			}
		}
		if makes == "" || ref == nil {
			continue
		}
		namespace, _ := ref["namespace"].(string)
		if namespace == "" {
			namespace = o.GetNamespace()
		}
		r := plane.Ref{GVK: plane.Kind("v1", "Secret"), Namespace: namespace, Name: fmt.Sprint(ref["name"])}
		s, err := p.client.Get(ctx, r)
		if plane.IsNotFound(err) && flag(makes)(b) {
			s, err = p.generate(ctx, o, r, fmt.Sprint(ref["key"]))
		}
		if err != nil {
			return nil, fmt.Errorf("cannot get the referenced secret: %w", err)
		}
		value, _, err := unstructured.NestedString(s.Object, "data", fmt.Sprint(ref["key"]))
		if err != nil || value == "" {
			return nil, fmt.Errorf("cannot find the key %v in the referenced secret %s", ref["key"], r)
		}
		if isVersioned(key) {
			given[versioned] = value
		} else {
			given[""] = value
		}
	}
	return given, nil
}

// generate makes a password and the Secret for it, which goes with the resource.
func (p *Provider) generate(ctx context.Context, o *unstructured.Unstructured, r plane.Ref, key string) (*unstructured.Unstructured, error) {
	s := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "Secret",
		"metadata": map[string]any{"name": r.Name, "namespace": r.Namespace, "ownerReferences": []any{map[string]any{
			"apiVersion": o.GetAPIVersion(), "kind": o.GetKind(), "name": o.GetName(), "uid": string(o.GetUID()),
		}}},
		"data": map[string]any{key: base64.StdEncoding.EncodeToString([]byte(rand.Text()))},
	}}
	return p.client.Apply(ctx, s)
}
