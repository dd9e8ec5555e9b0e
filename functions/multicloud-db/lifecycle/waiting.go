package lifecycle

import (
	"maps"
	"slices"
	"strings"
)

// unresolved begins what a provider says of a reference to a resource that is not there yet, or
// has no id yet (errResolveReferences of pkg/reconciler/managed in crossplane-runtime, 1.20 and
// 2.4; behind it are errNoMatches and errNoValue of pkg/reference).
const unresolved = "cannot resolve references"

// waitsFor is the part for which another one waits with what its provider said, or "" of an error
// that somebody has to mend. A provider tries at once to make what stands on another resource, and
// tries again less and less often: what it said of a reference outlives the wait by a minute, so
// that it counts for as long as the part is not ready. References lead to the claim's own parts:
// what is of others is named by its id. Of a part that is ready no error is kept back for another
// one that fails itself.
func (s standings) waitsFor(part, said string) string {
	if main, composed := s.parts[Instance]; composed && !main.Ready && slices.Contains(s.inside, part) {
		return Instance
	}
	before := slices.Clone(s.before[partIn(slices.Collect(maps.Keys(s.before)), part)])
	if slices.Contains(s.inside, part) {
		before = append(before, Instance)
	}
	serves, referred := s.parts[part].Ready, ""
	for _, other := range slices.Sorted(maps.Keys(s.parts)) {
		if partIn(before, other) == "" {
			continue
		}
		if _, failed := failure(s.Object(other)); !s.parts[other].Ready && (!serves || !failed) {
			return other
		}
		if strings.HasSuffix(Group(s.parts[other].Object), ".upbound.io") {
			referred = other
		}
	}
	if serves || !strings.HasPrefix(said, unresolved) {
		return ""
	}
	return referred
}

// waiting tells of the first part by name whose provider says what it waits for another one with.
// What is inside the main part fails in many words until that is ready, which are not repeated.
func (s standings) waiting() string {
	for _, name := range slices.Sorted(maps.Keys(s.parts)) {
		said, failed := failure(s.Object(name))
		if !failed {
			continue
		}
		if other := s.waitsFor(name, said); other != "" && (s.parts[other].Ready || !slices.Contains(s.inside, name)) {
			return "; " + name + " (" + NameOf(s.Object(name)) + ") waits for " + other + ": " + said
		}
	}
	return ""
}
