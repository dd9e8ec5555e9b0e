package main

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// requireTLS is the parameter by which an engine refuses clients without TLS: on
// RDS the default groups leave it off for MySQL 8.4 and PostgreSQL 14.
//
//nolint:gochecknoglobals // A table.
var requireTLS = map[string]string{cloud.Postgres: "rds.force_ssl", cloud.MySQL: "require_secure_transport"}

// applyMethod is how RDS applies it. PostgreSQL 15 and later have it on by default, and
// RDS reads that back as pending-reboot: the provider would set it again without end
// (hashicorp/terraform-provider-aws issue 39252). A new instance starts with it.
//
//nolint:gochecknoglobals // A table.
var applyMethod = map[string]string{cloud.Postgres: "pending-reboot", cloud.MySQL: "immediate"}

// parametersAWS gives the instance a parameter group that requires TLS. A group
// belongs to one major version: those before stay until the instance is seen to
// use the new one, and are then deleted, also where the instance outlives its claim.
func (d *database) parametersAWS(composed map[string]*structpb.Struct, body object.Map) {
	family := d.claim.Database.Engine + d.engineVersion()
	suffix := "-" + strings.ReplaceAll(family, ".", "-")
	body["parameterGroupName"] = d.name + suffix
	composed[keyParameterGroup+suffix] = d.parameterGroupAWS(suffix, family)

	used, policy := d.at("parameterGroupName") == d.name+suffix, d.policy
	d.policy.orphan = policy.orphan && !used // told first to go in RDS as well, or it would stay behind
	for key, r := range d.observed {
		old, ok := strings.CutPrefix(key, keyParameterGroup)
		if ok && composed[key] == nil && (!used || orphaned(r.GetResource())) {
			composed[key] = d.parameterGroupAWS(old, object.String(r.GetResource(), "spec", "forProvider", "family"))
		}
	}
	d.policy = policy
}

func (d *database) parameterGroupAWS(suffix, family string) *structpb.Struct {
	return d.managed(keyParameterGroup+suffix, kindParameterGroup, d.name+suffix, object.Map{
		"region":      d.region,
		"family":      family,
		"description": "Parameters of " + d.name,
		"parameter": []any{object.Map{
			"name":        requireTLS[d.claim.Database.Engine],
			"value":       "1",
			"applyMethod": applyMethod[d.claim.Database.Engine],
		}},
	})
}
