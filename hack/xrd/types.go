package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	registry "github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// A resourceType is a type of claim with the rules of its fields. Its own section of
// the spec has its name.
type resourceType struct {
	name string
	rows []lifecycle.Row
}

// types that a claim can be of, with the rules of whoever composes them. Those
// of settings are no business of the API server.
var types = ofRegistry()

func ofRegistry() []resourceType {
	out := make([]resourceType, 0, len(claim.Types))
	for _, name := range claim.Types {
		t := resourceType{name: name}
		if composer, ok := registry.Find(name); ok {
			t.rows = slices.DeleteFunc(composer.Rows(), func(r lifecycle.Row) bool { return !strings.HasPrefix(r.Path, "spec.") })
		}
		out = append(out, t)
	}
	return out
}

// others returns an expression that holds where the section of another type stands in
// the spec, which a rule of its own refuses.
func others(name string) string {
	there := make([]string, 0, len(types))
	for _, t := range types {
		if t.name != name {
			there = append(there, "has(self."+t.name+")")
		}
	}
	return strings.Join(there, " || ")
}

// byType returns the rules of the spec that follow from its type: what it needs, and
// whose sections it does not have. The words are those of internal/claim.
func byType(spec object) []any {
	var rules []any
	for _, t := range types {
		rules = append(rules, object{
			"rule":      fmt.Sprintf("!has(self.%s) || self.type == '%s'", t.name, t.name),
			"fieldPath": "." + t.name,
			"messageExpression": fmt.Sprintf(`'spec.%[1]s: belongs to type %[1]s, and spec.type is "%%s"; set spec.type: %[1]s, or take spec.%[1]s out'`+
				".format([self.type])", t.name),
		})
		if field := required(spec, t.name); field != "" {
			rules = append(rules, object{
				"rule":      fmt.Sprintf("self.type != '%s' || has(self.%s) || %s", t.name, t.name, others(t.name)),
				"fieldPath": "." + t.name + "." + field,
				"message":   fmt.Sprintf("spec.%s.%s: is missing; allowed are %s", t.name, field, strings.Join(words(spec, t.name, field), ", ")),
			})
		}
		if claim.NeedsProfile(t.name) {
			rules = append(rules, object{
				"rule":      fmt.Sprintf("self.type != '%s' || has(self.profile) || %s", t.name, others(t.name)),
				"fieldPath": ".profile",
				"message":   fmt.Sprintf("spec.profile: is missing; allowed for a %s are %s, and those that the settings add", t.name, strings.Join(claim.Profiles, ", ")),
			})
		}
	}
	return rules
}

// required returns the first field that the section of a type cannot do without, or "".
func required(spec object, section string) string {
	fields, _ := at(spec, section)["required"].([]any)
	if len(fields) == 0 {
		return ""
	}
	return fields[0].(string) //nolint:forcetypeassert // As controller-gen writes it.
}

// words that an enumerated field takes.
func words(spec object, path ...string) []string {
	enum, _ := at(spec, path...)["enum"].([]any)
	out := make([]string, 0, len(enum))
	for _, w := range enum {
		out = append(out, fmt.Sprint(w))
	}
	return out
}

// at returns the schema of a field; an empty one where there is no such field.
func at(schema object, path ...string) object {
	for _, name := range path {
		properties, _ := schema["properties"].(object)
		schema, _ = properties[name].(object)
	}
	return schema
}

// typeNames are what the API takes as spec.type.
func typeNames() []string {
	names := make([]string, 0, len(types))
	for _, t := range types {
		names = append(names, t.name)
	}
	slices.SortStableFunc(names, func(a, b string) int { return slices.Index(claim.Types, a) - slices.Index(claim.Types, b) })
	return names
}
