package main

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/queue"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// details is the last page: what has a default, by type and cloud.
func (f *form) details() (object.Map, error) {
	var rules []any
	for _, typ := range claim.Types {
		for _, p := range placesOf(typ, cloud.Providers) {
			properties, err := f.section(typ, p.provider, p.engine)
			if err != nil {
				return nil, err
			}
			if len(properties) > 0 {
				rules = append(rules, when(p.answers(), nil, properties))
			}
		}
	}
	var order []any
	for i := range fields {
		order = append(order, fields[i].parameter())
	}
	return object.Map{
		"title":       "Details",
		"description": "All of it has a default, and may be left empty.",
		"ui:order":    append(order, "*"),
		"properties":  object.Map{},
		"allOf":       append(rules, f.fates()...),
	}, nil
}

// section are the fields of a type's own section, but for the engine, which the first page has.
func (f *form) section(typ, provider, engine string) (object.Map, error) {
	out := object.Map{}
	for _, row := range ofType(typ) {
		if row.path == "database.engine" || !row.isAsked(provider) {
			continue
		}
		more := object.Map{}
		switch row.path {
		case "database.version":
			more = versions(provider, engine)
		case "cluster.version":
			more = versions(provider, cloud.Kubernetes)
		case "cluster.nodes":
			more = nodes()
		case "database.name":
			more = logical(engine)
		case "database.storageGiB":
			gib := f.schema.at(row.path)
			most, err := f.most(provider, engine, number(gib["minimum"]), number(gib["maximum"]))
			if err != nil {
				return nil, err
			}
			more = object.Map{"maximum": most}
		case "database.backupRetentionDays":
			days := cloud.Retention(provider, engine)
			more = object.Map{"minimum": days.Min, "maximum": days.Max}
		case "queue.access":
			more = f.access(provider)
		}
		out[row.parameter()] = f.property(typ, provider, engine, row.path, more)
	}
	return out, nil
}

// versions of an engine, each with the day on which its support ends.
func versions(provider, engine string) object.Map {
	names := map[string]string{}
	words := cloud.Versions(provider, engine)
	for _, v := range words {
		s, _ := cloud.SupportOf(provider, engine, v)
		by := ""
		if s.Makers {
			by = " by its makers"
		}
		names[v] = engines[engine] + " " + v + ", supported" + by + " until " + s.Ends
	}
	return enum(words, names)
}

// nodes are the bounds that a cluster may have.
func nodes() object.Map {
	names := map[string]string{}
	for _, f := range frames {
		least, most, _ := strings.Cut(f, "-")
		if names[f] = least; most != least {
			names[f] += " to " + most
		}
	}
	return enum(frames, names)
}

// logical refuses the names that the engine keeps for itself.
func logical(engine string) object.Map {
	words := []any{}
	for _, w := range cloud.ReservedNames(engine) {
		words = append(words, w)
	}
	return object.Map{
		"not": object.Map{"enum": words},
		"errorMessage": object.Map{
			"pattern": fieldOf("database.name").mistake, "not": "is a word or a database of " + engines[engine] + "'s own; choose another",
		},
	}
}

// access are the identities that a queue lets in, in the form of their cloud.
func (f *form) access(provider string) object.Map {
	pattern, allowed := queue.PrincipalForm(provider)
	principal := item(f.schema.at("queue.access"), "principal")
	role := enum(words(item(f.schema.at("queue.access"), "role")), map[string]string{"send": "Sends", "receive": "Receives, and reads the dead letters"})
	role["title"] = "What it does"
	return object.Map{
		"description": joined("Identities of apps at the cloud, each "+allowed+".",
			"Those of the queue's own account alone, but for what the platform allows; nobody lets everybody in.",
			leftEmpty("queue.access", provider, ""), "Can be changed at any time.", fieldOf("queue.access").also[provider]),
		"uniqueItems": true,
		"items": object.Map{
			"type": "object", "required": []any{"principal", "role"},
			"properties": object.Map{
				"principal": object.Map{
					"type": "string", "title": "Identity", "pattern": pattern, "minLength": principal["minLength"], "maxLength": principal["maxLength"],
					"not":          object.Map{"enum": []any{"*", "allUsers", "allAuthenticatedUsers"}},
					"errorMessage": object.Map{"pattern": "is " + allowed, "not": "is everybody; name who is to be let in"},
				},
				"role": role,
			},
			"ui:order": []any{"principal", "role"},
		},
	}
}

// fates is what becomes of the resource when its claim is deleted, by env: Delete is refused
// where a resource outlives its claim.
func (f *form) fates() []any {
	var rules []any
	for _, keeps := range []bool{false, true} {
		envs := slices.DeleteFunc(slices.Clone(claim.Envs), func(env string) bool { return lifecycle.IsKept(env) != keeps })
		more := enum(fates(envs[0]), fieldOf("deletionPolicy").words)
		rules = append(rules, when(map[string][]string{"env": envs}, nil, object.Map{
			"deletionPolicy": f.property("", "", "", "deletionPolicy", more),
		}))
	}
	return rules
}

// item is a property of a list's items.
func item(list object.Map, name string) object.Map {
	items, _ := list["items"].(object.Map)
	properties, _ := items["properties"].(object.Map)
	out, _ := properties[name].(object.Map)
	return out
}

// number is one of a decoded manifest.
func number(v any) int {
	n, _ := v.(float64)
	return int(n)
}
