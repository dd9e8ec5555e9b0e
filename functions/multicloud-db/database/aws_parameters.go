package database

import (
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// requireTLS is the parameter by which an engine refuses clients without TLS: on
// RDS the default groups leave it off for MySQL 8.4 and PostgreSQL 14.
var requireTLS = map[string]string{cloud.Postgres: "rds.force_ssl", cloud.MySQL: "require_secure_transport"}

// applyMethod is how RDS applies the parameter of requireTLS. PostgreSQL 15 and later have
// the parameter on by default, which RDS reports with the method pending-reboot: with
// another one the provider would set the parameter again without end
// (hashicorp/terraform-provider-aws issue 39252). A new instance starts with it.
var applyMethod = map[string]string{cloud.Postgres: "pending-reboot", cloud.MySQL: "immediate"}

// addParametersAWS gives the instance a parameter group that requires TLS. A group belongs
// to one major version. After an upgrade the older groups stay until RDS reports that the
// instance uses the new one, and are then deleted, also where the instance outlives its
// claim.
func addParametersAWS(in In, parts lifecycle.Parts, body object.Map) {
	family := in.Want.Engine + versionOfServer(in)
	suffix := "-" + strings.ReplaceAll(family, ".", "-")
	body["parameterGroupName"] = in.Name + suffix
	parts[partParameterGroup+suffix] = parameterGroup(in, suffix, family)

	used := in.At("parameterGroupName") == in.Name+suffix
	for key, r := range in.Parts {
		old, ok := strings.CutPrefix(key, partParameterGroup)
		if _, composed := parts[key]; !ok || composed || used && !lifecycle.IsOrphan(r.Object) {
			continue
		}
		p := parameterGroup(in, old, object.String(r.Object, "spec", "forProvider", "family"))
		if used { // told first to go in RDS as well, or it would stay behind
			p.Fate = lifecycle.Goes
		}
		parts[key] = p
	}
}

func parameterGroup(in In, suffix, family string) lifecycle.Part {
	part := lifecycle.Part{Kind: kindParameterGroup, Name: in.Name + suffix, Body: object.Map{
		"region":      in.Region,
		"family":      family,
		"description": "Parameters of " + in.Name,
	}}
	asked := []aws.Parameter{{Name: requireTLS[in.Want.Engine], Value: "1", Method: applyMethod[in.Want.Engine]}}
	for _, p := range in.Want.tuned {
		if len(p.adds) > 0 {
			there, known := aws.ListOf(in.Object(partParameterGroup+suffix), p.name)
			if !known && p.isUnsaid(in.Held) {
				continue
			}
			if !known {
				there = unsaidAWS
			}
			p.value = union(there, p.adds)
		}
		method := "immediate"
		if p.restarts {
			method = "pending-reboot"
		}
		asked = append(asked, aws.Parameter{Name: p.name, Value: p.value, Method: method})
	}
	aws.AddParameters(&part, in.Object(partParameterGroup+suffix), asked...)
	return part
}
