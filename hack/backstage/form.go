package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A form is made of the XRD's schema, of the tables, and of what the functions make of sizes.
type form struct {
	*platform

	schema schema
}

// parameters are the form's pages.
func (f *form) parameters() ([]any, error) {
	what, err := f.what()
	if err != nil {
		return nil, err
	}
	details, err := f.details()
	if err != nil {
		return nil, err
	}
	return []any{what, f.owner(), details}, nil
}

// property is a field as a page shows it, on one cloud and of one engine where these count.
func (f *form) property(typ, provider, engine, path string, more object.Map) object.Map {
	row := fieldOf(path)
	out := f.schema.limits(path)
	out["title"] = row.title
	out["description"] = joined(row.text, leftEmpty(path, provider, engine), later(typ, provider, path))
	if out["type"] == "boolean" {
		maps.Copy(out, enum([]string{"true", "false"}, row.words))
		out["type"] = "string"
	} else if allowed := words(f.schema.at(path)); len(allowed) > 0 {
		maps.Copy(out, enum(allowed, row.words))
	}
	if row.mistake != "" {
		out["errorMessage"] = object.Map{"pattern": row.mistake}
	}
	maps.Copy(out, more)
	if _, listed := out["enum"]; listed {
		maps.DeleteFunc(out, func(key string, _ any) bool {
			return slices.Contains([]string{"pattern", "minLength", "maxLength"}, key)
		})
	}
	return out
}

// enum offers words, shown in other words where there are any.
func enum(words []string, shown map[string]string) object.Map {
	values, names := make([]any, 0, len(words)), make([]any, 0, len(words))
	for _, w := range words {
		values = append(values, w)
		name, ok := shown[w]
		if !ok {
			name = w
		}
		names = append(names, name)
	}
	out := object.Map{"type": "string", "enum": values}
	if len(shown) > 0 {
		out["enumNames"] = names
	}
	return out
}

// when adds properties to a page where answers are one of some words. The condition requires
// the answers: a form that lacks one would fulfil it otherwise.
func when(answers map[string][]string, required []string, properties object.Map) object.Map {
	has := object.Map{}
	for name, words := range answers {
		if len(words) == 1 {
			has[name] = object.Map{"const": words[0]}
		} else {
			has[name] = enumOnly(words)
		}
	}
	then := object.Map{"properties": properties}
	if len(required) > 0 {
		then["required"] = required
	}
	return object.Map{"if": object.Map{"properties": has, "required": slices.Sorted(maps.Keys(answers))}, "then": then}
}

func enumOnly(words []string) object.Map { return object.Map{"enum": enum(words, nil)["enum"]} }

// what is the page on what is made, and where.
func (f *form) what() (object.Map, error) {
	rules := []any{when(map[string][]string{"type": {claim.TypeDatabase}}, []string{"databaseEngine"}, object.Map{
		"databaseEngine": f.property(claim.TypeDatabase, "", "", "database.engine", nil),
	})}
	for _, p := range cloud.Providers {
		rules = append(rules, when(map[string][]string{"provider": {p}}, []string{"region"}, object.Map{
			"region": f.property("", p, "", "region", regions(p)),
		}))
	}
	for _, typ := range claim.Types {
		if !claim.Sized(typ) {
			continue
		}
		of, err := f.profiles(typ)
		if err != nil {
			return nil, err
		}
		rules = append(rules, of...)
	}
	return object.Map{
		"title":    "What you need",
		"required": []any{"type", "provider"},
		"ui:order": []any{"type", "provider", "databaseEngine", "profile", "region", "*"},
		"properties": object.Map{
			"type":     f.property("", "", "", "type", nil),
			"provider": f.property("", "", "", "provider", nil),
		},
		"allOf": rules,
	}, nil
}

// regions of a cloud: first those that all clouds share the names of.
func regions(provider string) object.Map {
	var words []string
	names := map[string]string{}
	for _, neutral := range cloud.NeutralRegions() {
		if own, err := cloud.Region(provider, neutral, nil); err == nil {
			words, names[neutral] = append(words, neutral), neutral+": "+own
		}
	}
	words = append(words, cloud.OwnRegions(provider)...)
	out := enum(words, names)
	out["description"] = joined(
		fieldOf("region").text, later("", provider, "region"), "The platform may keep to some of them, or have others: ask for those by an edit of the claim.")
	return out
}

// profiles are the rules on the size of a type.
func (f *form) profiles(typ string) ([]any, error) {
	providers, err := f.providersWithSize(typ)
	if err != nil {
		return nil, err
	}
	var rules []any
	for _, p := range placesOf(typ, providers) {
		property, err := f.profile(typ, p.provider, p.engine)
		if err != nil {
			return nil, err
		}
		var required []string
		if claim.NeedsProfile(typ) {
			required = []string{"profile"}
		}
		rules = append(rules, when(p.answers(), required, object.Map{"profile": property}))
	}
	return rules, nil
}

// profile is the choice of a size, each with what it comes to.
func (f *form) profile(typ, provider, engine string) (object.Map, error) {
	names := map[string]string{}
	for _, name := range claim.Profiles {
		text, err := f.size(typ, provider, engine, name)
		if err != nil {
			return nil, fmt.Errorf("the size %s of a %s on %s: %w", name, typ, provider, err)
		}
		names[name] = text
	}
	text := []string{costs[typ]}
	if typ != claim.TypeCluster {
		text = append(text, memberOf[provider])
	}
	if !claim.NeedsProfile(typ) {
		text = append(text, premium[provider], "Left empty: "+claim.Profiles[0]+".")
	}
	text = append(
		text, later(typ, provider, "profile"), "The platform may have changed what they come to, or added others: ask for those by an edit of the claim.",
	)
	more := enum(claim.Profiles, names)
	more["description"] = joined(text...)
	return f.property(typ, provider, engine, "profile", more), nil
}

// costs is what a size means for the bill.
var costs = map[string]string{
	claim.TypeDatabase: "Begin with the smaller one: a larger one costs more, for as long as it is there.",
	claim.TypeCache:    "How much memory there is. Begin with the smaller one: a larger one costs more, for as long as it is there.",
	claim.TypeQueue:    "How much the queue's own server can do, which costs for as long as it is there.",
	claim.TypeCluster:  "The size of one node. Begin with the smaller one: a larger one costs more, by as many nodes as there are.",
}

// memberOf is whose figures they are, on a cloud whose databases, caches and queues have members.
var memberOf = map[string]string{cloud.IBM: "The figures are those of one member; there are at least two, and all are billed."}

// premium says when the size of a queue counts.
var premium = map[string]string{cloud.Azure: "It counts where the platform gives each queue a Premium namespace of its own, and nowhere else."}
