package main

import (
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// requested prefixes the annotations of the instance that record what was last
// asked for. The guard judges by them alone: what the cloud did to a database
// since is no fault of its claim.
const requested = "platform.victor.onl/requested-"

// managed puts a body into its envelope. The instance, and only it, records what
// was asked for.
func (d *database) managed(kind managed.Kind, externalName string, body object.Map) *structpb.Struct {
	r := managed.Resource{
		Kind:           kind,
		ExternalName:   externalName,
		ProviderConfig: d.settings.ProviderConfig,
		Orphan:         d.policy.orphan,
		ForProvider:    body,
	}
	if kind == kindDatabaseInstance || kind == kindInstance {
		r.Annotations = map[string]string{}
		for _, f := range d.record() {
			if f.value != "" {
				r.Annotations[requested+f.name] = f.value
			}
		}
	}
	return r.Object(d.claim.Namespaced)
}

// A field of the claim that cannot change freely while its database lives.
type field struct {
	name, path, value string
	// mayChange is nil for a field that stays as it is for good.
	mayChange func(from, to string) bool
}

func (d *database) record() []field {
	c, storage := d.claim, d.recorded("storage-gib")
	if c.Database.StorageGiB > 0 {
		storage = strconv.Itoa(c.Database.StorageGiB)
	}
	return []field{
		{name: "provider", path: "spec.provider", value: c.Provider},
		{name: "type", path: "spec.type", value: c.Type},
		{name: "engine", path: "spec.database.engine", value: c.Database.Engine},
		{name: "database", path: "spec.database.name", value: c.Database.Name},
		{name: "region", path: "spec.region", value: d.region},
		{name: "project", path: "spec.project", value: c.Project},
		{name: "env", path: "spec.env", value: c.Env},
		{name: "version", path: "spec.database.version", value: d.version, mayChange: notOlder},
		{name: "storage-gib", path: "spec.database.storageGiB", value: storage, mayChange: notSmaller},
	}
}

// recorded returns what was last asked for in a field, or "" before anything was.
func (d *database) recorded(name string) string {
	return object.String(d.observedObject(keyInstance), "metadata", "annotations", requested+name)
}

// guard refuses what would lose or move a live database.
func guard(d *database) error {
	if !d.asked {
		return nil
	}
	for _, f := range d.record() {
		was := d.recorded(f.name)
		if was == "" || was == f.value || f.value == "" || f.mayChange != nil && f.mayChange(was, f.value) {
			continue
		}
		return fmt.Errorf("%s: %q cannot become %q on a live database; set it back to %q, or make a second claim and migrate", f.path, was, f.value, was)
	}
	return nil
}

func notSmaller(from, to string) bool {
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	return errA == nil && errB == nil && b >= a
}

func notOlder(from, to string) bool {
	a, b := strings.Split(from, "."), strings.Split(to, ".")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return notSmaller(a[i], b[i])
		}
	}
	return len(b) >= len(a)
}
