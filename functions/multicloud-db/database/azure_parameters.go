package database

import (
	"cmp"
	"slices"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds of one parameter each, as the CRDs of provider-azure name them. Neither has more to fill in.
var (
	kindPostgresParameter = managed.Kind{Group: "dbforpostgresql.azure", Version: "v1beta1", Kind: "FlexibleServerConfiguration", Unfilled: true}
	kindMySQLParameter    = managed.Kind{Group: "dbformysql.azure", Version: "v1beta1", Kind: "FlexibleServerConfiguration", Unfilled: true}
)

// addParametersAzure sets each parameter by a managed resource of its own, once the server has an
// id: of PostgreSQL a parameter is found by that, and its provider restarts the server for one that
// it makes. What is there already, or waits, the provider only looks at: of a key that is in
// initProvider alone it asks for nothing again.
func addParametersAzure(in In, parts lifecycle.Parts) {
	server := in.At("id")
	if server == "" {
		return
	}
	for _, p := range in.Want.tuned {
		part := lifecycle.Part{Kind: kindPostgresParameter, Name: server + "/configurations/" + p.name, Fate: lifecycle.Outlives, Body: object.Map{
			"name": p.name, "serverId": server,
		}}
		if in.Want.Engine == cloud.MySQL {
			part.Kind, part.Name = kindMySQLParameter, p.name
			part.Body = object.Map{"resourceGroupName": azure.Group(in.Resource, in.Want.ResourceGroup), "serverName": in.Name}
		}
		there := tunedAt[cloud.Azure](in.Held, p.name)
		switch {
		case !managed.MayUpdate(in.Main()), p.unknown: // the server may be somebody else's, and a list is somebody's too
			part.Looks = true
		case p.waits && in.Object(partParameter+p.name) == nil, p.waits && managed.OnlyObserved(in.Object(partParameter+p.name)):
			part.Looks = true
		case p.waits:
			part.Init = object.Map{"value": cmp.Or(there.reported, there.asked, p.value)}
		case (p.restarts || len(p.adds) > 0) && there.reported == p.value:
			part.Init = object.Map{"value": p.value}
		default:
			part.Body["value"] = p.value
		}
		parts[partParameter+p.name] = part
	}
}

// isNamed reports whether somebody here names the parameter that a part sets.
func isNamed(in In, part string) bool {
	return slices.ContainsFunc(in.Want.tuned, func(p parameter) bool { return partParameter+p.name == part })
}
