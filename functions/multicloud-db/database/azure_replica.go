package database

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// replicatesAzure reports whether a server of an engine is a read replica. A server has a
// source also where it was restored from one, or was a replica once. Terraform's azurerm
// reads the role of a server of MySQL. Of PostgreSQL it reads the source, and repeats what
// createMode and replicationRole were asked for: a restored server of PostgreSQL of which
// nobody asked for a createMode looks like a replica.
func replicatesAzure(engine string) func(lifecycle.Live) bool {
	return func(l lifecycle.Live) bool {
		role := l.At("replicationRole")
		if engine == cloud.MySQL && role != "" {
			return role == "Replica"
		}
		primary := func(role string) bool { return role == "None" || role == "Source" }
		return l.At("sourceServerId") != "" && !primary(role) && !primary(askedAzure(l, "replicationRole")) &&
			isOfReplica(l.At("createMode")) && isOfReplica(askedAzure(l, "createMode"))
	}
}

// isOfReplica reports whether a createMode may be a replica's. Update is how a server that is
// there is asked for, whatever it was made of.
func isOfReplica(mode string) bool { return mode == "" || mode == "Replica" || mode == "Update" }

// askedAzure is a field as a server's managed resource asks for it.
func askedAzure(l lifecycle.Live, name string) string {
	for _, at := range []string{"forProvider", "initProvider"} {
		if v := object.String(l.Main(), "spec", at, name); v != "" {
			return v
		}
	}
	return ""
}
