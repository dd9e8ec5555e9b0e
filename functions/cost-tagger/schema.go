package main

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// schemas are the installed schemas of kinds that the table lacks. Crossplane
// knows what is asked for only in the next round, so each costs one on every
// reconcile: nothing is asked for a kind that the table has.
type schemas struct {
	able     bool
	answered map[string]*fnv1.Schema
	asked    map[string]*fnv1.SchemaSelector
}

func schemasOf(req *fnv1.RunFunctionRequest) *schemas {
	return &schemas{
		able:     slices.Contains(req.GetMeta().GetCapabilities(), fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS),
		answered: req.GetRequiredSchemas(),
	}
}

// require asks for what was missed, each time: a requirement that is gone from an
// answer is one that Crossplane no longer serves.
func (s *schemas) require(rsp *fnv1.RunFunctionResponse) {
	if len(s.asked) == 0 {
		return
	}
	if rsp.GetRequirements() == nil {
		rsp.Requirements = &fnv1.Requirements{}
	}
	rsp.Requirements.Schemas = s.asked
}

// field returns the path of the tags of a kind and the cloud that rules them; no
// path where the kind has no such field, and known is false where nobody can tell.
func (s *schemas) field(apiVersion, kind string) (path []string, id cloudID, known bool) {
	if !s.able {
		return nil, 0, false
	}
	name := apiVersion + "/" + kind
	if s.asked == nil {
		s.asked = map[string]*fnv1.SchemaSelector{}
	}
	s.asked[name] = &fnv1.SchemaSelector{ApiVersion: apiVersion, Kind: kind}
	schema := s.answered[name].GetOpenapiV3()
	if schema == nil {
		return nil, 0, false
	}
	path, id = fieldOf(schema, groupOf(apiVersion))
	return path, id, true
}

// fieldOf decides by a schema. Tags of a managed resource are below forProvider;
// any other kind is a composite with tags of its own in its spec. GCP's tags are
// never cost tags, and labels in a spec are Kubernetes' as likely as not.
func fieldOf(schema *structpb.Struct, group string) ([]string, cloudID) {
	words := strings.Split(group, ".")
	of := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(words, n) })
	}
	type candidate struct {
		path []string
		id   cloudID
	}
	tags, labels := []string{"spec", "forProvider", "tags"}, []string{"spec", "forProvider", "labels"}
	own := []string{"spec", "tags"}
	var candidates []candidate
	switch {
	case of("gcp", "google"):
		for _, name := range []string{"userLabels", "resourceLabels", "labels"} {
			candidates = append(candidates, candidate{[]string{"spec", "forProvider", name}, idGCP})
		}
	case of("azure"):
		candidates = []candidate{{tags, idAzure}, {own, idAzure}}
	case of("aws"):
		candidates = []candidate{{tags, idAWS}, {own, idAWS}}
	default:
		candidates = []candidate{{tags, idAWS}, {labels, idGCP}, {own, idAWS}}
	}
	for _, c := range candidates {
		if isMap(schema, c.path) {
			return c.path, c.id
		}
	}
	return nil, 0
}

func isMap(schema *structpb.Struct, path []string) bool {
	for _, key := range path {
		schema = object.Struct(schema, "properties", key)
	}
	return object.String(schema, "additionalProperties", "type") == "string"
}
