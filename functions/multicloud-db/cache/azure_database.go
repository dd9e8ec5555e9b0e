package cache

import (
	"cmp"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// How keys are spread over the nodes: behind one endpoint, which every client speaks to, or by
// the cluster protocol.
const (
	clusteringOne = "EnterpriseCluster"
	clusteringOSS = "OSSCluster"
)

// The fields that say how often the keys are written to a disk: one of the two.
const (
	frequencyRDB = "persistenceRedisDatabaseBackupFrequency"
	frequencyAOF = "persistenceAppendOnlyFileBackupFrequency"
)

// databaseThere is the cache's one database as Azure reports it, else as it was asked for
// last: a report that is lacking for once changes nothing.
func databaseThere(l lifecycle.Live) *structpb.Struct {
	if !l.Exists() {
		return nil
	}
	if there := object.Struct(l.Main(), "status", "atProvider", "defaultDatabase"); len(there.GetFields()) > 0 {
		return there
	}
	return object.Struct(l.Main(), "spec", "forProvider", "defaultDatabase")
}

// databaseAzure is the cache's one database, which is always asked for. An update deletes the
// database with all keys, and makes another, where the block is left out, and where one of
// three fields is another than at Azure: clusteringPolicy, module and
// geoReplicationGroupName (managed_redis_resource.go of terraform-provider-azurerm 4.80, which
// calls none of it a replacement, so that Upjet lets it pass). Hence the three are as Azure
// reports them, whatever claim, settings or record say, and a cache that is there gets none.
func databaseAzure(in In) object.Map {
	there := databaseThere(in.Live)
	db := object.Map{
		"accessKeysAuthenticationEnabled": true,        // false where it is unset: no password at all
		"clientProtocol":                  "Encrypted", // TLS
		"clusteringPolicy":                cmp.Or(object.String(there, "clusteringPolicy"), in.Want.Clustering),
		"evictionPolicy":                  cmp.Or(evictionsAzure[in.Want.Eviction], in.Want.Eviction),
	}
	var modules []any
	for _, v := range object.Get(there, "module").GetListValue().GetValues() {
		m := v.GetStructValue()
		modules = append(modules, object.Map{"name": object.String(m, "name"), "args": lifecycle.Optional(object.String(m, "args"))})
	}
	if len(modules) > 0 {
		db["module"] = modules
	}
	if group := object.String(there, "geoReplicationGroupName"); group != "" {
		db["geoReplicationGroupName"] = group
		return db // which takes no persistence
	}
	if field, every := persistenceAzure(in, there); every != "" {
		db[field] = every
	}
	return db
}

// persistenceAzure is by snapshots, or by a log where there is one already.
func persistenceAzure(in In, there *structpb.Struct) (field, every string) {
	log, snapshots := object.String(there, frequencyAOF), object.String(there, frequencyRDB)
	found := in.Exists() && in.Life != lifecycle.Made
	switch {
	case found && in.Want.said.persistence == nil && log == "":
		return frequencyRDB, snapshots
	case found && in.Want.said.persistence == nil, in.Want.Persistence == "true" && log != "":
		return frequencyAOF, log
	case in.Want.Persistence != "true":
		return "", ""
	case in.Adopted() && snapshots != "":
		return frequencyRDB, snapshots
	}
	return frequencyRDB, "12h"
}
