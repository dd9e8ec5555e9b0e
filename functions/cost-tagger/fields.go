package costtagger

import (
	_ "embed"
	"strings"
)

// fieldTable is made by make truth; it says itself how to read it.
//
//go:embed fields.txt
var fieldTable string

// A field is where a kind of managed resource keeps cost tags.
type field struct {
	path   []string // below spec.forProvider; any list on the way is walked
	create bool     // parents are made where they are missing
	there  bool     // only where the field itself is there
	once   bool     // cannot change once the resource exists
	beside string   // not where this field of spec.forProvider is there
	pair   *pair    // a list of objects, else a map
}

// A pair names the fields of a tag in a list of objects.
type pair struct{ key, value, flag string }

// known is what the table has of a kind; without fields it cannot be tagged.
type known struct {
	cloud  cloudID
	fields []*field
}

// A kind as the table has it: the group without the domain of the provider, which
// differs between cluster-scoped and namespaced resources.
type kind struct{ group, kind string }

// kinds is the whole table: some 2,250 kinds.
var kinds = readTable(fieldTable)

// readTable reads the table. Kinds of one line and one cloud share what they have.
// Kinds whose fields vary by version are left out: they are asked for, as kinds
// are that nobody knows.
func readTable(text string) map[kind]*known {
	const size = 2400
	out := make(map[kind]*known, size)
	parsed := map[string][]*field{}
	group := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		paths, names, ok := strings.Cut(line, ": ")
		switch {
		case line == "" || line[0] == '#':
			continue
		case !ok:
			group = line
			continue
		case paths == "*":
			continue
		}
		fields, ok := parsed[paths]
		if !ok {
			fields = readFields(paths)
			parsed[paths] = fields
		}
		var shared [cloudCount]*known
		for name := range strings.SplitSeq(names, " ") {
			id := cloudOf(group, name)
			if shared[id] == nil {
				shared[id] = &known{id, fields}
			}
			out[kind{group, name}] = shared[id]
		}
	}
	return out
}

func readFields(text string) []*field {
	if text == "-" {
		return nil
	}
	var out []*field
	for word := range strings.SplitSeq(text, " ") {
		f := &field{}
		switch word[0] {
		case '+':
			f.create = true
		case '?':
			f.there = true
		case '!':
			f.once = true
		}
		word = strings.TrimLeft(word, "+?!")
		word, f.beside, _ = strings.Cut(word, "-")
		path, names, listed := strings.Cut(word, "=")
		if listed {
			n := append(strings.Split(names, ","), "")
			f.pair = &pair{n[0], n[1], n[2]}
		}
		f.path = strings.Split(path, ".")
		out = append(out, f)
	}
	return out
}

// lookUp returns what the table has of a kind, or nil where it has no such kind.
func lookUp(group, name string) *known {
	if !strings.HasSuffix(group, domain) {
		return nil
	}
	return kinds[kind{shortGroup(group), name}]
}

// domain ends the groups of the table's providers.
const domain = ".upbound.io"

// shortGroup is a group without the domain, the same in both scopes: rds.aws.
func shortGroup(group string) string {
	return strings.TrimSuffix(strings.TrimSuffix(group, domain), ".m")
}

// groupOf takes the group out of an apiVersion; "" is Kubernetes' core.
func groupOf(apiVersion string) string {
	group, _, ok := strings.Cut(apiVersion, "/")
	if !ok {
		return ""
	}
	return group
}

// native says whether a group is Kubernetes', Crossplane's own, or External Secrets'. What lies in it
// costs nothing at a cloud, so nobody misses tags on it.
func native(group string) bool {
	switch group {
	case "apiextensions.crossplane.io", "ops.crossplane.io", "pkg.crossplane.io", "protection.crossplane.io", "external-secrets.io":
		return true
	}
	return !strings.Contains(group, ".") || strings.HasSuffix(group, ".k8s.io")
}
