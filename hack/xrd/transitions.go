package main

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// made holds where the cloud has the resource. It is read off the old object: a write
// of the spec cannot change the status, and one of the status cannot change the spec,
// so that no write lifts it together with an edit.
const made = "(has(oldSelf.status) && has(oldSelf.status.resource) && has(oldSelf.status.resource.made) && oldSelf.status.resource.made)"

// shown are the rows whose value status.resource shows, by the field there. On a live
// resource they may be given where they say what it shows: what a claim left out, or
// says in other words.
var shown = map[string]string{"provider": "provider", "region": "region", "engine": "engine", "version": "version"}

// transitions returns the rules at the root of the schema: they refuse on a live
// resource what the guard of function-multicloud-db refuses, in its words. Until it is
// made a claim is edited freely.
//
// Fields are named in full, where optional values would be shorter: an API server knows
// how long a field can be, and takes an optional value for as long as can be.
//
// Each rule begins with what nearly every write passes by: Crossplane writes the status of claim
// and XR at each reconcile, and an API server then judges all rules again. Whether the resource is made
// is asked last, since each field that a rule names costs as much as it has neighbours in the schema (Structural.Properties in
// schema/cel/model of k8s.io/apiextensions-apiserver).
func transitions(spec object) []any {
	var rules []any
	for _, r := range lifecycle.Identity {
		rules = append(rules, transition(spec, r, "(has(oldSelf.spec.type) ? oldSelf.spec.type : '"+claim.TypeDatabase+"')")...)
	}
	for _, t := range types {
		for _, r := range t.rows {
			rules = append(rules, transition(spec, r, "'"+t.name+"'")...)
		}
	}
	return append(rules, oneMinor())
}

// oneMinor refuses a version of a live cluster that is more than one minor ahead of what runs, in the
// words of function-multicloud-db. Once the API server had taken it, the rule on older versions
// would keep it from being put right.
func oneMinor() object {
	was, is := fieldOf("oldSelf", "string", "spec", "cluster", "version"), fieldOf("self", "string", "spec", "cluster", "version")
	runs := fieldOf("oldSelf", "string", "status", "resource", "version")
	const form = `'^1[.][0-9]{2}$'`
	minor := func(v value) string { return fmt.Sprintf("int(%s.split('.')[1])", v.of) }
	return object{
		"rule": fmt.Sprintf("!(%s) || %s && %s == %s || !%s || !(%s) || !%s.matches(%s) || !%s.matches(%s) || %s - %s <= 1",
			is.there, was.there, was.of, is.of, made, runs.there, is.of, form, runs.of, form, minor(is), minor(runs)),
		"messageExpression": fmt.Sprintf(`'spec.cluster.version: "%%s" is more than one minor ahead of "%%s", and a cluster is upgraded by one at a time; `+
			`set "1.%%d" first, and wait until status.resource.version shows it'.format([%s, %s, %s + 1])`, is.of, runs.of, minor(runs)),
		"fieldPath": ".spec.cluster.version",
	}
}

// transition returns the rule of a row; a row that changes freely, or is about the
// settings, has none.
func transition(spec object, r lifecycle.Row, noun string) []any {
	path := strings.Split(r.Path, ".")
	kind, _ := at(spec, path[1:]...)["type"].(string)
	was, is, status := fieldOf("oldSelf", kind, path...), fieldOf("self", kind, path...), value{}
	if name := shown[r.Name]; name != "" {
		status = fieldOf("oldSelf", kind, "status", "resource", name)
	}
	asBefore := fmt.Sprintf("(%s ? %s && %s == %s : !%s)", is.given(), was.given(), is.of, was.of, was.given())
	var passes []string // one of which is enough, beside that nothing is made yet
	switch r.Rule {
	case lifecycle.Immutable:
		if r.Decided { // what lives where the claim was silent is in no field that a rule sees
			passes = []string{fmt.Sprintf("!(%s && %s) || %s == %s", was.there, is.there, is.of, was.of), no(made)}
			break
		}
		passes = append([]string{asBefore, no(made)}, saysShown(is, status, r.Name)...)
	case lifecycle.Upgrades:
		shows := "true"
		if status.of != "" {
			shows = fmt.Sprintf("!(%s && %s) || %s", is.there, status.there, notOlder(status.of, is.of))
		}
		passes = []string{asBefore, no(made), fmt.Sprintf("(%s ? %s && %s : %s)", was.there, is.there, notOlder(was.of, is.of), shows)}
	case lifecycle.Grows:
		passes = []string{no("(" + was.there + ")"), fmt.Sprintf("%s && %s >= %s", is.there, is.of, was.of), no(made)}
	case lifecycle.TurnsOn:
		passes = []string{fmt.Sprintf("!(%s && %s)", was.there, was.of), fmt.Sprintf("%s && %s", is.there, is.of), no(made)}
	case lifecycle.Free, lifecycle.GrowsWhereKept, lifecycle.Sticky, lifecycle.Joins, lifecycle.Once, lifecycle.Follows, lifecycle.Floor, lifecycle.Stays,
		lifecycle.Pinned:
		return nil
	}
	before := was.text("''")
	if status.of != "" {
		before = was.text(status.text("''"))
	}
	if r.On != nil {
		provider := fieldOf("oldSelf", "string", "status", "resource", "provider")
		passes = append(passes, fmt.Sprintf("!(%s && %s in %s)", provider.there, provider.of, list(r.On)))
	}
	return []any{object{
		"rule": strings.Join(passes, " || "),
		"messageExpression": fmt.Sprintf(`'%s: "%%s" cannot become "%%s" on a live %%s; set it back to "%%s", or make a second claim and migrate'`+
			".format([%s, %s, %s, %s])",
			r.Path, before, is.text("''"), noun, before),
		"fieldPath": "." + r.Path,
	}}
}

// A value is a field of the old or the new object, as an expression, with the one that
// holds where the field is there. The spec is always there.
type value struct{ of, there, kind string }

func fieldOf(object, kind string, path ...string) value {
	v := value{of: object, kind: kind}
	var there []string
	for _, name := range path {
		v.of += "." + name
		if name != "spec" {
			there = append(there, "has("+v.of+")")
		}
	}
	v.there = strings.Join(there, " && ")
	return v
}

// given holds where the field is there, as there does, and names each field above it once. An API server
// knows what it costs to ask for an optional value, and not to use one.
func (v value) given() string {
	parts := strings.Split(v.of, ".")
	if len(parts) == 3 { // a field of the spec, which is always there
		return v.there
	}
	return strings.Join(parts[:2], ".") + ".?" + strings.Join(parts[2:], ".?") + ".hasValue()"
}

// text is how a message repeats the value, or something else where it is not there.
func (v value) text(otherwise string) string {
	text := v.of
	if v.kind != "string" {
		text = "string(" + v.of + ")"
	}
	return fmt.Sprintf("(%s ? %s : %s)", v.there, text, otherwise)
}

// no holds where something does not.
func no(that string) string { return "!" + that }

// saysShown holds where a value says what status shows, if it shows it: of a region the
// cloud's own name, or the neutral one.
func saysShown(is, status value, name string) []string {
	if status.of == "" {
		return nil
	}
	out := []string{fmt.Sprintf("%s && %s && %s == %s", is.there, status.there, is.of, status.of)}
	if name == "region" {
		regions := neutralRegions()
		out = append(out, fmt.Sprintf("%s && %s && %s in %s && %s in %s[%s]", is.there, status.there, is.of, regions, status.of, regions, is.of))
	}
	return out
}

// neutralRegions is a literal map of each neutral region to the own regions that it
// stands for. No two clouds have one of the same name.
func neutralRegions() string {
	var entries []string
	for _, neutral := range cloud.NeutralRegions() {
		var regions []string
		for _, provider := range cloud.Providers {
			if region, err := cloud.Region(provider, neutral, nil); err == nil {
				regions = append(regions, region)
			}
		}
		entries = append(entries, fmt.Sprintf("'%s': %s", neutral, list(regions)))
	}
	return "{" + strings.Join(entries, ", ") + "}"
}

// notOlder holds where the second of two versions is no older than the first. Of what
// is no version the schema speaks.
func notOlder(was, is string) string {
	const form = `'^[0-9]{1,3}([.][0-9]{1,3})?$'`
	number := func(v string) string {
		return fmt.Sprintf("int(%[1]s.split('.')[0]) * 1000 + (%[1]s.contains('.') ? int(%[1]s.split('.')[1]) : 0)", v)
	}
	return fmt.Sprintf("(!%s.matches(%s) || !%s.matches(%s) || %s <= %s)", was, form, is, form, number(was), number(is))
}
