package main

import (
	"cmp"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Azure chooses the zones of a server and of its standby, and swaps them when it fails
// over. What the provider does about that is in the source of Terraform's azurerm and
// of Upjet: a zone in forProvider, where late initialization puts it, is where the
// server has to go back to; a standby of PostgreSQL that is left out is one to be
// removed, at which every update fails; one of MySQL that is written is high
// availability to be made anew. So the zones stand in initProvider, as they are:
// nobody fills them in or goes by them there. Providers up to 2.7.0, whose Upjet takes
// what is nested in initProvider for a wish, fail until the standby has been written again.

// zones are those of the server and of its standby, as the provider reported them, or
// where that is lost as they were written last.
func (d *database) zones() (server, standby string) {
	o := d.observedObject(keyInstance)
	at := func(path ...string) string {
		return cmp.Or(d.at(path...), object.String(o, append([]string{"spec", "initProvider"}, path...)...))
	}
	return at("zone"), at("highAvailability", "standbyAvailabilityZone")
}

// placedAzure says whether it is known in which zone the server is, if in any. Until
// then the provider is not to fill the zone in.
func placedAzure(d *database) bool {
	zone, _ := d.zones()
	return zone != "" || d.at("id") != ""
}

// writeZones into a server.
func (d *database) writeZones(server *structpb.Struct) {
	zone, standby := d.zones()
	if zone != "" {
		object.Set(server, zone, "spec", "initProvider", "zone")
	}
	available := object.Struct(server, "spec", "forProvider", "highAvailability") != nil
	if standby != "" && available && d.claim.Database.Engine == cloud.Postgres {
		object.Set(server, standby, "spec", "initProvider", "highAvailability", "standbyAvailabilityZone")
	}
}
