package main

import (
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// requested prefixes the annotations of the instance that record what was last
// asked for. The guard judges by them: what the cloud did to a database since is no
// fault of its claim.
const requested = "platform.victor.onl/requested-"

// managed puts a body into its envelope. The instance, and only it, records what
// was asked for.
func (d *database) managed(key string, kind managed.Kind, externalName string, body object.Map) *structpb.Struct {
	r := managed.Resource{
		Kind:           kind,
		ExternalName:   externalName,
		ProviderConfig: d.settings.ProviderConfig,
		Orphan:         d.policy.orphan || key == keyInstance && d.passwordMissing(),
		Find:           !d.settled(key),
		ForProvider:    body,
	}
	if key == keyInstance {
		r.Unfilled = d.cloud.unfilled
		r.Annotations = d.annotations()
	}
	return r.Object(d.claim.Namespaced)
}

func (d *database) annotations() map[string]string {
	out := map[string]string{}
	for _, f := range d.record() {
		if f.value != "" {
			out[requested+f.name] = f.value
		}
	}
	return out
}

// A field of the claim that cannot change freely while its database lives.
type field struct {
	name, path, value string
	// mayChange is nil for a field that stays as it is for good.
	mayChange func(from, to string) bool
}

// identity are the fields that the claim's text alone decides. They are judged
// before anything is looked up by them: that a version of the one engine is none of
// another says less than that the engine cannot change.
func (d *database) identity() []field {
	if d.adopted() {
		return nil // an adopted database that is only looked at may be put right; others are judged below
	}
	c := d.claim
	return []field{
		{name: "provider", path: "spec.provider", value: c.Provider},
		{name: "type", path: "spec.type", value: c.Type},
		{name: "engine", path: "spec.database.engine", value: c.Database.Engine},
		{name: "project", path: "spec.project", value: c.Project},
		{name: "env", path: "spec.env", value: c.Env},
	}
}

// record is everything that is kept of what was asked for.
func (d *database) record() []field {
	c, storage := d.claim, d.recorded("storage-gib")
	if c.Database.StorageGiB > 0 {
		storage = strconv.Itoa(c.Database.StorageGiB)
	}
	adoption := []field{{name: "external-name", path: "spec.externalName", value: d.name}}
	if d.adopted() {
		adoption = append(adoption, field{name: "adopt", path: "spec.adopt", value: "Observe", mayChange: anything})
	}
	if d.observing() {
		return adoption // the claim may still be put right
	}
	if d.adopted() {
		adoption[1].value = manage
	}
	return append(adoption, []field{
		{name: "provider", path: "spec.provider", value: c.Provider},
		{name: "type", path: "spec.type", value: c.Type},
		{name: "engine", path: "spec.database.engine", value: c.Database.Engine},
		{name: "database", path: "spec.database.name", value: c.Database.Name},
		{name: "region", path: "spec.region", value: d.region},
		{name: "project", path: "spec.project", value: c.Project},
		{name: "env", path: "spec.env", value: c.Env},
		{name: "version", path: "spec.database.version", value: d.version, mayChange: d.upgrade},
		{name: "storage-gib", path: "spec.database.storageGiB", value: storage, mayChange: d.growth},
	}...)
}

// guard refuses what would lose or move a live database.
func (d *database) guard(fields []field) error {
	for _, f := range fields {
		was := d.recorded(f.name)
		if was == "" || was == f.value || f.value == "" || f.mayChange != nil && f.mayChange(was, f.value) {
			continue
		}
		return cannotBecome(f.path, was, f.value)
	}
	return nil
}

// cannotBecome is how a change on a live database is refused. The rules of the XRDs
// say the same at admission.
func cannotBecome(path, was, asked string) error {
	return fmt.Errorf("%s: %q cannot become %q on a live database; set it back to %q, or make a second claim and migrate", path, was, asked, was)
}

// upgrade says whether a live database can go from one version to another.
func (d *database) upgrade(from, to string) bool {
	there := d.cloud.version(d)
	if d.annotated("version") == "" && there == from || d.found() && there == to {
		return true // the cloud may have moved it there itself, and keeps it there
	}
	if d.claim.Provider == cloud.IBM && d.planIBM() == settings.PlanGen2 {
		return false // in place it has none
	}
	return notOlder(from, to)
}

// growth says whether a live database's disk can go from one size to another.
func (d *database) growth(from, to string) bool {
	if d.annotated("storage-gib") == "" && strconv.Itoa(d.cloud.facts(d).storageGiB) == from {
		return true // it may have grown by itself, and the sizer keeps it
	}
	return notSmaller(from, to)
}

func anything(string, string) bool { return true }

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
