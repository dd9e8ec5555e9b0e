package main

import (
	"fmt"
	"regexp"
	"slices"
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

// disksAzure are the sizes in GiB that Terraform's provider has for PostgreSQL. It
// crashes at others, which Premium SSD v2 has.
//
//nolint:gochecknoglobals // A table.
var disksAzure = []int{32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384, 32767}

// refuseAzure refuses to manage a server that the provider could not look at any more.
func (d *database) refuseAzure() error {
	if d.claim.Database.Engine != cloud.Postgres {
		return nil
	}
	var what string
	mb, machine := d.atNumber("storageMb"), d.at("skuName")
	switch {
	case mb > 0 && (mb%mbPerGiB != 0 || !slices.Contains(disksAzure, mb/mbPerGiB)):
		what = fmt.Sprintf("disk of %d MiB is a Premium SSD v2, which the provider cannot handle", mb)
	case confidential.MatchString(machine):
		what = fmt.Sprintf("machine %s is a confidential one, which no profile has", machine)
	default:
		return nil
	}
	return fmt.Errorf("spec.adopt: %q is refused for %s, whose %s; set it to \"Observe\"", manage, d.name, what)
}
