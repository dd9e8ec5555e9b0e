package main

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
)

const group = "platform.victor.onl"

type object = map[string]any

// A version is what the XRDs take from the generated CRD, with the rules of fields at
// the root, which see spec and status.
type version struct {
	Spec, Status object
	Rules        []any
}

func parseVersion(crd []byte) (*version, error) {
	var in struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema struct {
						Properties struct {
							Spec   object `json:"spec"`
							Status object `json:"status"`
						} `json:"properties"`
					} `json:"openAPIV3Schema"`
				} `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}
	if err := yaml.Unmarshal(crd, &in); err != nil {
		return nil, fmt.Errorf("cannot decode the generated CRD: %w", err)
	}
	if len(in.Spec.Versions) != 1 {
		return nil, fmt.Errorf("cannot use the generated CRD: want 1 version, got %d", len(in.Spec.Versions))
	}
	p := in.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties
	if p.Spec == nil || p.Status == nil {
		return nil, errors.New("cannot use the generated CRD: it has no spec or no status")
	}
	return &version{Spec: withRules(p.Spec), Status: p.Status, Rules: transitions(p.Spec)}, nil
}

// withRules adds to a spec what comes from tables: the types, and the rules of fields.
func withRules(spec object) object {
	at(spec, "type")["enum"] = typeNames()
	spec["x-kubernetes-validations"] = append(byType(spec), tables()...)
	return spec
}

// claimDefinition brings neither writeConnectionSecretToRef nor
// compositionSelector: Crossplane adds its own to a v1 XRD.
func claimDefinition(v *version) object {
	return definition("v1", "xresources", object{
		"group":      group,
		"names":      object{"kind": "XResource", "plural": "xresources"},
		"claimNames": object{"kind": "Resource", "plural": "resources"},
		"connectionSecretKeys": []string{
			"host", "port", "username", "password", "database", "uri", "sslmode", "ca.crt",
			"bucket", "account", "endpoint", "region",
			"tls",
			"type", "queue", "topic", "deadLetterQueue", "url", "deadLetterURL", "project", "accountID", "connectionString",
			"name", "provider", "version", "kubeconfig", "oidcIssuer",
		},
		"versions": versions(v.Spec, v.Status, v.Rules),
	})
}

// namespacedDefinition adds the two fields that Crossplane gives to claims
// only, so that one manifest is valid on both.
func namespacedDefinition(v *version) (object, error) {
	spec := object{}
	maps.Copy(spec, v.Spec)
	properties, ok := v.Spec["properties"].(object)
	if !ok {
		return nil, errors.New("cannot use the generated CRD: its spec has no properties")
	}
	added := object{"writeConnectionSecretToRef": connectionSecret(), "compositionSelector": selector()}
	maps.Copy(added, properties)
	spec["properties"] = added
	was, is := fieldOf("oldSelf", "string", "status", "resource", "connectionSecret"), fieldOf("self", "string", "spec", "writeConnectionSecretToRef")
	rules := append(append([]any{}, v.Rules...), object{
		"rule":      fmt.Sprintf("!%s || !(%s) || %s && %s.name == %s", made, was.there, is.there, is.of, was.of),
		"fieldPath": ".spec.writeConnectionSecretToRef.name",
		"message":   "spec.writeConnectionSecretToRef.name: " + lifecycle.SecretStays,
	})
	return definition("v2", "resources", object{
		"group":    group,
		"scope":    "Namespaced",
		"names":    object{"kind": "Resource", "plural": "resources"},
		"versions": versions(spec, v.Status, rules),
	}), nil
}

func definition(api, plural string, spec object) object {
	name := plural + "." + group
	spec["defaultCompositionRef"] = object{"name": name}
	return object{
		"apiVersion": "apiextensions.crossplane.io/" + api,
		"kind":       "CompositeResourceDefinition",
		"metadata":   object{"name": name},
		"spec":       spec,
	}
}

func versions(spec, status object, rules []any) []any {
	return []any{object{
		"name":                     "v1alpha1",
		"served":                   true,
		"referenceable":            true,
		"additionalPrinterColumns": columns(),
		"schema": object{"openAPIV3Schema": object{
			"description":              about,
			"type":                     "object",
			"required":                 []string{"spec"},
			"properties":               object{"spec": spec, "status": status},
			"x-kubernetes-validations": rules,
		}},
	}}
}

func connectionSecret() object {
	return object{
		"type":        "object",
		"title":       "Connection secret",
		"description": "The Secret, in this namespace, that gets the host, port, user and password. Can be named later, and does not change then.",
		"required":    []string{"name"},
		"properties": object{"name": object{
			"type": "string", "title": "Name", "description": "The Secret's name.", "minLength": 1, "maxLength": 253,
			"x-kubernetes-validations": []any{secretName()},
		}},
	}
}

// secretName refuses names that no Secret can have, in the words of internal/claim. It
// judges a name that is new or changed only: Crossplane writes to a live XR as well, whose
// name was accepted once, and which is to be mended by an edit.
func secretName() object {
	return object{
		"optionalOldSelf":   true,
		"rule":              fmt.Sprintf("self.matches('%s') || oldSelf.hasValue() && oldSelf.value() == self", claim.SecretName),
		"messageExpression": "'spec.writeConnectionSecretToRef.name: " + strings.Replace(claim.SecretNameMistake, "%q", `"%s"`, 1) + "'.format([self])",
	}
}

// selector selects nothing here: Crossplane reads spec.crossplane. The function
// reads the provider out of it.
func selector() object {
	return object{
		"type":        "object",
		"title":       "Composition selector",
		"description": "The older way to name the provider, by matchLabels.provider.",
		"properties": object{"matchLabels": object{
			"type": "object", "description": "Labels, of which provider is read.", "maxProperties": 10,
			"additionalProperties": object{"type": "string", "maxLength": 63},
		}},
	}
}
