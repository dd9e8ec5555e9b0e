package profilesizer

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A mark is a field that says what a database was made of: by being there, or by a word.
type mark struct {
	field field
	words []string // none means any value
}

// sources are the marks of a field that names a source, or refers to it.
func sources(name string) []mark {
	return []mark{{field: fieldAt(name)}, {field: fieldAt(name + "Ref")}, {field: fieldAt(name + "Selector")}}
}

func words(name string, words ...string) mark { return mark{fieldAt(name), words} }

// replicas are the marks of a read replica, by offer. It has at least its source's disk: Cloud
// SQL and Azure refuse a smaller one, and RDS gives none of its own. Sources: the CRDs of
// provider-gcp 3.0.0 (masterInstanceName, instanceType), provider-aws 2.5.0 (replicateSourceDb)
// and provider-azure 2.5.0 (createMode, sourceServerId, replicationRole); the replication roles
// of Azure's armpostgresqlflexibleservers and armmysqlflexibleservers.
var replicas = map[string][]mark{
	"aws":           sources("replicateSourceDb"),
	"gcp":           append(sources("masterInstanceName"), words("instanceType", "READ_REPLICA_INSTANCE", "READ_POOL_INSTANCE")),
	"azurePostgres": {words("createMode", "Replica"), words("replicationRole", "AsyncReplica", "GeoAsyncReplica")},
	"azureMySQL":    {words("createMode", "Replica"), words("replicationRole", "Replica")},
}

// copies are the marks of a database that is made of another's backup, by offer. Azure makes
// none with a smaller disk than the backup's. Once it is there, it is like any other.
var copies = map[string][]mark{
	"azurePostgres": append(sources("sourceServerId"), restored),
	"azureMySQL":    append(sources("sourceServerId"), words("createMode", "PointInTimeRestore", "GeoRestore")),
}

// restored is a mode of what is made of a backup, on Azure.
var restored = words("createMode", "PointInTimeRestore", "GeoRestore", "ReviveDropped")

// azureSource is the source that Azure reports of a read replica of PostgreSQL, and of no other
// server: the provider reports neither role nor mode but as its managed resource says them, and
// of a restored server the source that this says (postgresql_flexible_server_resource.go of
// terraform-provider-azurerm 4.80). Of MySQL it reports the role.
var azureSource = fieldAt("sourceServerId")

// azureRole is what Azure says of a server that was made as a replica, and may be one no more:
// its createMode stays.
var azureRole = fieldAt("replicationRole")

// isReplica reports whether a database is a read replica, by what is asked for or by what the
// cloud says.
func (o *offer) isReplica(desired, observed *structpb.Struct) bool {
	marks := replicas[o.key]
	isMarked := func(m mark) bool {
		return m.on(desired, m.field.forProvider) || m.on(desired, m.field.initProvider) || m.on(observed, m.field.atProvider)
	}
	if role := text(observed, azureRole.atProvider); role != "" && len(copies[o.key]) > 0 {
		return slices.ContainsFunc(marks, func(m mark) bool { return slices.Contains(m.words, role) && m.field.atProvider[2] == "replicationRole" })
	}
	if o.key == "azurePostgres" && text(observed, azureSource.atProvider) != "" {
		return !isMarked(restored)
	}
	return slices.ContainsFunc(marks, isMarked)
}

// isCopy reports whether a database is being made of another's backup.
func (o *offer) isCopy(desired *structpb.Struct, there int) bool {
	return there == 0 && slices.ContainsFunc(copies[o.key], func(m mark) bool {
		return m.on(desired, m.field.forProvider) || m.on(desired, m.field.initProvider)
	})
}

func (m mark) on(o *structpb.Struct, path []string) bool {
	v := object.Find(o, path...)
	if s, is := v.GetKind().(*structpb.Value_StringValue); is {
		return s.StringValue != "" && (len(m.words) == 0 || slices.Contains(m.words, s.StringValue))
	}
	return v != nil && len(m.words) == 0
}

// sourceOf fills in whose disk a database has.
func (n need) sourceOf(o *offer, desired, observed *structpb.Struct, there int) need {
	n.replica = o.isReplica(desired, observed)
	n.noDisk = n.replica || o.isCopy(desired, there)
	return n
}

// keepDisk leaves the disk of a replica alone, but for one that an earlier step asks to be
// smaller than it is.
func (s *sized) keepDisk(desired *structpb.Struct, f field, there int) {
	if asked := f.asked(desired); asked > 0 && asked < there {
		s.putDisk(desired, there, f, false)
	}
}
