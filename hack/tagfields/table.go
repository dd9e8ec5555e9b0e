package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const heading = `# Which fields of spec.forProvider hold the cost tags of a kind, in both scopes.
# Made by hack/tagfields from the providers' CRDs; do not edit.
# A group, then its fields with the kinds that have them; - is no field, and * one
# that not every version of the provider has: there the installed schema decides.
#   a.b      a map of strings where a is there; in each item if a is a list
#   +a.b     as above, and its parents are made
#   ?a       where the field itself is there
#   !a       only while the resource is not created yet: it cannot change later
#   a=k,v,p  a list of objects with key, value and, if named, a field that is true
#   a-b      not beside the field b of spec.forProvider
`

// A table has the fields of each kind, by group.
type table map[string]map[string][]string

// none marks a kind without a field for tags, varying one whose fields are not the
// same in all versions of its provider: a field that an installed CRD lacks would
// make the API server refuse the whole object.
const (
	none    = "-"
	varying = "*"
)

// add puts a kind into the table, or further fields that its other scope has.
func (t table) add(k managedKind, fields []string) {
	if t[k.group] == nil {
		t[k.group] = map[string][]string{}
	}
	for _, f := range t[k.group][k.kind] {
		if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	slices.Sort(fields)
	t[k.group][k.kind] = fields
}

// fill adds the kinds of another table that are not here yet, and marks those that
// have other fields there.
func (t table) fill(other table) {
	for group, kinds := range other {
		if t[group] == nil {
			t[group] = map[string][]string{}
		}
		for kind, fields := range kinds {
			here, ok := t[group][kind]
			switch {
			case !ok:
				t[group][kind] = fields
			case !slices.Equal(here, fields):
				t[group][kind] = []string{varying}
			}
		}
	}
}

// String writes the table by group, then by fields, then by kind.
func (t table) String() string {
	var b strings.Builder
	b.WriteString(heading)
	for _, group := range slices.Sorted(maps.Keys(t)) {
		byFields := map[string][]string{}
		for kind, list := range t[group] {
			fields := none
			if len(list) > 0 {
				fields = strings.Join(list, " ")
			}
			byFields[fields] = append(byFields[fields], kind)
		}
		fmt.Fprintln(&b, group)
		for _, fields := range slices.Sorted(maps.Keys(byFields)) {
			slices.Sort(byFields[fields])
			fmt.Fprintf(&b, "%s: %s\n", fields, strings.Join(byFields[fields], " "))
		}
	}
	return b.String()
}

// summary counts the kinds of each cloud.
func (t table) summary() string {
	all, tagged := map[string]int{}, map[string]int{}
	for group, kinds := range t {
		cloud := group[strings.LastIndex(group, ".")+1:]
		for _, fields := range kinds {
			all[cloud]++
			if len(fields) > 0 {
				tagged[cloud]++
			}
		}
	}
	var parts []string
	for _, cloud := range slices.Sorted(maps.Keys(all)) {
		parts = append(parts, fmt.Sprintf("%s: %d of %d kinds", cloud, tagged[cloud], all[cloud]))
	}
	return strings.Join(parts, ", ")
}
