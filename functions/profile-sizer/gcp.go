package main

import (
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// skusGCP are Cloud SQL tiers of edition ENTERPRISE, the cheapest first. Custom
// machines have 1 or an even number of vCPUs, and 0.9 to 6.5 GiB of memory for
// each, at least 3.75 (cloud.google.com/sql/docs/postgres/create-instance).
//
//nolint:gochecknoglobals // A table, built once.
var skusGCP = func() []sku {
	out := []sku{{name: "db-g1-small", vcpu: 1, memoryGiB: 1.7}, custom(1, 3840)}
	for _, vcpu := range []int{2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96} {
		for _, perCPU := range []int{2048, 4096, 6144} {
			out = append(out, custom(vcpu, vcpu*perCPU))
		}
	}
	return out
}()

const mebibytesPerGibibyte = 1024

func custom(vcpu, memoryMiB int) sku {
	return sku{name: fmt.Sprintf("db-custom-%d-%d", vcpu, memoryMiB), vcpu: vcpu, memoryGiB: float64(memoryMiB) / mebibytesPerGibibyte}
}

// sizeGCP sizes a Cloud SQL instance. Its disk grows by itself, so the size asked
// for stands in initProvider, which counts at creation only, and in forProvider
// while more is asked for than is there.
func sizeGCP(desired, observed *structpb.Struct, p profile) (*sized, error) {
	s := &sized{profile: p.name, storageGiB: p.storageGiB, ha: object.String(desired, "spec", "forProvider", "settings", "availabilityType") == "REGIONAL"}
	skus := skusGCP
	if s.ha {
		skus = skusGCP[1:] // shared-core machines are outside the SLA
	}
	var err error
	if s.sku, err = fit(skus, p); err != nil {
		return nil, err
	}

	scope, other := "initProvider", "forProvider"
	if there, ok := object.Number(observed, "status", "atProvider", "settings", "diskSize"); ok {
		switch {
		case int(there) < p.storageGiB:
			scope, other = other, scope
		case int(there) > p.storageGiB:
			s.keep(int(there))
		}
	}
	if fields := object.Struct(desired, "spec", other, "settings").GetFields(); fields != nil {
		delete(fields, "diskSize") // never in both
	}
	s.ok = object.Set(desired, s.sku.name, "spec", "forProvider", "settings", "tier") &&
		object.Set(desired, "PD_SSD", "spec", "forProvider", "settings", "diskType") &&
		object.Set(desired, true, "spec", "forProvider", "settings", "diskAutoresize") &&
		object.Set(desired, p.storageGiB, "spec", scope, "settings", "diskSize")
	return s, nil
}
