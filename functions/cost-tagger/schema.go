package costtagger

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

// field returns the field for tags of a resource; known is false where nobody can tell.
func (s *schemas) field(o *structpb.Struct) (t *target, known bool) {
	if !s.able {
		return nil, false
	}
	apiVersion, kind := object.String(o, "apiVersion"), object.String(o, "kind")
	name := apiVersion + "/" + kind
	if s.asked == nil {
		s.asked = map[string]*fnv1.SchemaSelector{}
	}
	s.asked[name] = &fnv1.SchemaSelector{ApiVersion: apiVersion, Kind: kind}
	schema := s.answered[name].GetOpenapiV3()
	if schema == nil {
		return nil, false
	}
	return fieldOf(schema, o), true
}

// A candidate is a field that may hold tags. The tags of a managed resource are named where
// nothing is written to their shape; labels and a composite's own are as likely something else.
type candidate struct {
	path  []string
	cloud cloudID
	named bool
}

func forProvider(names ...string) []string { return append([]string{"spec", "forProvider"}, names...) }

// fieldOf decides by a schema. Tags of a managed resource are below forProvider;
// any other kind is a composite with tags of its own in its spec. GCP's tags are
// never cost tags, and labels in a spec are Kubernetes' as likely as not.
func fieldOf(schema, o *structpb.Struct) *target {
	unwritten := &target{}
	group := groupOf(object.String(o, "apiVersion"))
	for _, c := range candidatesOf(strings.Split(group, "."), object.String(o, "kind")) {
		at := schema
		for _, key := range c.path {
			at = object.Struct(at, "properties", key)
		}
		if at == nil {
			continue
		}
		t := &target{path: c.path, cloud: c.cloud}
		t.shapeOf(at)
		t.settle(o)
		if t.unwritten == "" {
			return t
		}
		if c.named && unwritten.unwritten == "" {
			unwritten = t
		}
	}
	return unwritten
}

// candidatesOf lists the fields by the cloud that a group names. S3 of
// crossplane-contrib/provider-aws has its tags in tagging.tagSet, and what its EC2 launches in
// tagSpecifications.
func candidatesOf(words []string, kind string) []candidate {
	of := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(words, n) })
	}
	own := []string{"spec", "tags"}
	short := strings.Join(words[:min(2, len(words))], ".")
	switch {
	case of("gcp", "google"):
		return []candidate{
			{forProvider("userLabels"), idGCP, false}, {forProvider("resourceLabels"), idGCP, false}, {forProvider("labels"), idGCP, false},
		}
	case of("azure"):
		id := azureRules(short, kind)
		return []candidate{{forProvider("tags"), id, true}, {own, id, false}}
	case of("aws"):
		id := awsRules(short, kind)
		return []candidate{
			{forProvider("tags"), id, true}, {forProvider("tagging", "tagSet"), id, true}, {forProvider("tagSpecifications"), id, true}, {own, id, false},
		}
	case of("ibm", "ibmcloud", "ibm-cloud"):
		return []candidate{{forProvider("tags"), idIBM, true}, {own, idIBM, false}}
	}
	return []candidate{{forProvider("tags"), idAWS, true}, {forProvider("labels"), idGCP, false}, {own, idAWS, false}}
}
