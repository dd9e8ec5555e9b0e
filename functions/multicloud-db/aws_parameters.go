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

// parametersAWS gives the instance a parameter group that requires TLS. A group
// belongs to one major version: those before stay until the instance is seen to
// use the new one.
func (d *database) parametersAWS(composed map[string]*structpb.Struct, body object.Map) {
	family := d.claim.Database.Engine + d.engineVersion()
	suffix := "-" + strings.ReplaceAll(family, ".", "-")
	body["parameterGroupName"] = d.name + suffix
	composed[keyParameterGroup+suffix] = d.parameterGroupAWS(suffix, family)

	if d.at("parameterGroupName") == d.name+suffix {
		return
	}
	for key, r := range d.observed {
		old, ok := strings.CutPrefix(key, keyParameterGroup)
		if ok && composed[key] == nil {
			composed[key] = d.parameterGroupAWS(old, object.String(r.GetResource(), "spec", "forProvider", "family"))
		}
	}
}

func (d *database) parameterGroupAWS(suffix, family string) *structpb.Struct {
	return d.managed(keyParameterGroup+suffix, kindParameterGroup, d.name+suffix, object.Map{
		"region":      d.region,
		"family":      family,
		"description": "Parameters of " + d.name,
		"parameter": []any{object.Map{
			"name":        requireTLS[d.claim.Database.Engine],
			"value":       "1",
			"applyMethod": "immediate",
		}},
	})
}
