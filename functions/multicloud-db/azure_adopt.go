package main

import (
	"fmt"
	"regexp"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

func observeAzure(d *database) (*structpb.Struct, error) {
	if d.settings.ResourceGroup == "" && d.asked {
		return nil, fmt.Errorf("%s: is missing, and the database that spec.externalName names is looked for in it", d.setting("resourceGroup"))
	}
	kind := kindPostgresServer
	if d.claim.Database.Engine == cloud.MySQL {
		kind = kindMySQLServer
	}
	return d.look(kind, object.Map{"location": d.region, "resourceGroupName": optional(d.settings.ResourceGroup)}), nil
}

// factsAzure of a server; the engine is in its kind, and another one's is not found.
func factsAzure(d *database) facts {
	mb := d.atNumber("storageMb")
	if d.claim.Database.Engine == cloud.MySQL {
		mb = d.atNumber("storage", "sizeGb") * mbPerGiB
	}
	region := strings.ToLower(strings.ReplaceAll(d.at("location"), " ", ""))
	return facts{
		engine:           d.claim.Database.Engine,
		version:          versionAzure(d),
		region:           region,
		storageGiB:       mb / mbPerGiB,
		highAvailability: standbyAzure(d.at("highAvailability", "mode")) != "",
		retentionDays:    d.atNumber("backupRetentionDays"),
	}
}

// confidential machines are of their own: Terraform's provider computes no change from
// or to one, and so can no longer look at the server.
var confidential = regexp.MustCompile(`_Standard_[DE]C`)

// The disks of PostgreSQL in MiB are twice the one before, from the smallest on, and
// two that are a GiB or so less. Terraform's provider crashes at others, which Premium
// SSD v2 has.
const smallestAzure = 32 * mbPerGiB

func knownDiskAzure(mb int) bool {
	return mb == 4095*mbPerGiB || mb == 32767*mbPerGiB || mb >= smallestAzure && mb&(mb-1) == 0
}

// refuseAzure refuses to manage a server that the provider could not look at any more.
func (d *database) refuseAzure() error {
	if d.claim.Database.Engine != cloud.Postgres {
		return nil
	}
	var what string
	mb, machine := d.atNumber("storageMb"), d.at("skuName")
	switch {
	case mb > 0 && !knownDiskAzure(mb):
		what = fmt.Sprintf("disk of %d MiB is a Premium SSD v2, which the provider cannot handle", mb)
	case confidential.MatchString(machine):
		what = fmt.Sprintf("machine %s is a confidential one, which no profile has", machine)
	default:
		return nil
	}
	return fmt.Errorf("spec.adopt: %q is refused for %s, whose %s; set it to \"Observe\"", manage, d.name, what)
}
