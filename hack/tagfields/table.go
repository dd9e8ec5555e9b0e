package tagfields

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Heading of the table, which says how to read it.
const Heading = `# Which fields of spec.forProvider hold the cost tags of a kind, in both scopes.
# Made by make truth from the CRDs of the providers below; do not edit.
# A group, then its fields with the kinds that have them; - is no field, and * one
# that not every version of the provider has: there the installed schema decides.
#   a.b      a map of strings where a is there; in each item if a is a list
#   +a.b     as above, and its parents are made
#   ?a       where the field itself is there
#   !a       only while the resource is not created yet: it cannot change later
#   a=k,v,p  a list of objects with key, value and, if named, a field that is true
#   a-b      not beside the field b of spec.forProvider
`

// A Table has words for each kind, by group: the fields of the table, or what a
// reading has.
type Table map[string]map[string][]string

// none marks a kind without a field for tags, varying one whose fields are not the
// same in all versions of its provider: a field that an installed CRD lacks would
// make the API server refuse the whole object.
const (
	none    = "-"
	varying = "*"
)

// add puts a kind into the table, or further words that its other scope has.
func (t Table) add(group, kind string, words []string) {
	if t[group] == nil {
		t[group] = map[string][]string{}
	}
	words = append(slices.Clone(words), t[group][kind]...)
	slices.Sort(words)
	t[group][kind] = slices.Compact(words)
}

// fill adds the kinds of another Table that are not here yet, and marks those that
// have other fields there.
func (t Table) fill(other Table) {
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

// Text writes the table by group, then by words, then by kind.
func (t Table) Text(heading string) string {
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

// Parse reads what Text has written.
func Parse(text string) Table {
	t := Table{}
	group := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		words, kinds, ok := strings.Cut(line, ": ")
		switch {
		case strings.HasPrefix(line, "#"):
		case !ok:
			group = line
		default:
			for kind := range strings.FieldsSeq(kinds) {
				t.add(group, kind, strings.Fields(strings.TrimPrefix(words, none)))
			}
		}
	}
	return t
}

// Kinds lists the kinds of the table as group/kind, in order.
func (t Table) Kinds() []string {
	var all []string
	for group, kinds := range t {
		for kind := range kinds {
			all = append(all, group+"/"+kind)
		}
	}
	slices.Sort(all)
	return all
}

// Differing lists the kinds that another table has too, and with other words.
func (t Table) Differing(other Table) []string {
	return slices.DeleteFunc(t.Kinds(), func(of string) bool {
		group, kind, _ := strings.Cut(of, "/")
		words, ok := other[group][kind]
		return !ok || slices.Equal(words, t[group][kind])
	})
}

// Summary counts the kinds of each cloud.
func (t Table) Summary() string {
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
