package cache

import (
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// addParametersAWS gives the cache a parameter group with its eviction policy. A group belongs
// to one major version of one engine. After an upgrade the older groups stay until ElastiCache
// reports that the cache uses the new one, and are then deleted, also where the cache outlives
// its claim.
func addParametersAWS(in In, parts lifecycle.Parts, body object.Map) {
	major, _, _ := strings.Cut(versionThere(in), ".")
	family := engineAWS + major
	suffix := "-" + family
	body["parameterGroupName"] = in.Name + suffix
	parts[partParameterGroup+suffix] = parameterGroup(in, suffix, family)

	used := in.At("parameterGroupName") == in.Name+suffix
	for key, r := range in.Parts {
		old, ok := strings.CutPrefix(key, partParameterGroup)
		if _, composed := parts[key]; !ok || composed || used && !lifecycle.IsOrphan(r.Object) {
			continue
		}
		p := parameterGroup(in, old, object.String(r.Object, "spec", "forProvider", "family"))
		if used { // told first to go at AWS as well, or it would stay behind
			p.Fate = lifecycle.Goes
		}
		parts[key] = p
	}
}

// parameterGroup has its name twice: the provider takes the id of one from its own name.
func parameterGroup(in In, suffix, family string) lifecycle.Part {
	name := in.Name + suffix
	part := lifecycle.Part{Kind: kindParameterGroup, Name: name, Body: object.Map{
		"region":      in.Region,
		"name":        name,
		"family":      family,
		"description": "Parameters of " + in.Name,
	}}
	aws.AddParameters(&part, in.Object(partParameterGroup+suffix), aws.Parameter{
		Name: policyRedis, Value: in.Want.Eviction, Unsaid: evictUnsaid,
	})
	return part
}
