package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// manage is the value of spec.adopt that takes a database over.
const manage = "Manage"

// facts are what an existing database is: what cannot change freely, and how
// carefully it is kept.
type facts struct {
	engine, version, region string
	storageGiB              int

	highAvailability bool
	retentionDays    int
}

// complete says whether the provider has told what the claim is compared with.
func (f facts) complete() bool {
	return f.engine != "" && f.version != "" && f.region != "" && f.storageGiB > 0
}

// differences from the claim, a sentence each; the disk may be larger than asked.
func (d *database) differences(f facts) []string {
	var out []string
	for _, c := range []struct{ path, claim, there string }{
		{"spec.database.engine", d.claim.Database.Engine, f.engine},
		{"spec.region", d.region, f.region},
		{"spec.database.version", d.version, f.version},
	} {
		if c.claim != c.there {
			out = append(out, fmt.Sprintf("%s: %q is asked for and %q is there", c.path, c.claim, c.there))
		}
	}
	if d.claim.Database.StorageGiB > 0 && d.claim.Database.StorageGiB < f.storageGiB {
		out = append(out, fmt.Sprintf("spec.database.storageGiB: %d is asked for and %d is there, which cannot shrink", d.claim.Database.StorageGiB, f.storageGiB))
	}
	return out
}

// adoption reads what the claim says of a database that exists. Managing begins
// once the claim agrees with what is there, and does not end by an edit.
func (d *database) adoption() error {
	was := d.recorded("adopt")
	switch {
	case d.claim.ExternalName == "" && was != "":
		return fmt.Errorf("spec.externalName: is missing on a live database that was adopted; set it back to %q", d.recorded("external-name"))
	case d.claim.ExternalName == "" && d.claim.Adopt != "":
		return errors.New("spec.adopt: is set without spec.externalName; name the database to adopt, or leave spec.adopt out")
	case d.claim.ExternalName == "":
		return nil
	case was == "" && d.live() != nil && d.recorded("external-name") == "": // else the guard compares them
		return fmt.Errorf("spec.externalName: %q is to be adopted by a claim that has made a database of its own; take the field out, or adopt by a second claim", d.claim.ExternalName)
	case was == manage && d.claim.Adopt != manage:
		return fmt.Errorf("spec.adopt: %q cannot become %q on a live database; set it back, or delete the claim, which leaves the database, and observe it by a second one", manage, d.claim.Adopt)
	}
	d.managing = was == manage
	if d.claim.Adopt == manage && !d.managing {
		f := d.cloud.facts(d)
		d.managing = f.complete() && len(d.differences(f)) == 0
	}
	return nil
}

// adopted says whether the database was there before its claim.
func (d *database) adopted() bool { return d.claim.ExternalName != "" }

// observing says whether the database is only looked at.
func (d *database) observing() bool { return d.adopted() && !d.managing }

// look is the instance that only looks at the database.
func (d *database) look(kind managed.Kind, body object.Map) *structpb.Struct {
	return managed.Resource{
		Kind:           kind,
		ExternalName:   d.name,
		ProviderConfig: d.settings.ProviderConfig,
		Orphan:         true,
		Observe:        true,
		ForProvider:    body,
		Annotations:    d.annotations(),
	}.Object(d.claim.Namespaced)
}

// careful is how carefully the instance is kept: as was asked for last, and of an
// adopted one as it is, which is no less once it is taken over.
func (d *database) careful() asked {
	a := askedOf(d.observedObject(keyInstance))
	if d.adopted() {
		f := d.cloud.facts(d)
		a.highAvailability = a.highAvailability || f.highAvailability
		a.retentionDays = max(a.retentionDays, f.retentionDays)
	}
	return a
}

// takeOver leaves an adopted instance as it is in all that is not the claim's to
// say. It is put into the managed resource, and what is not there is taken out.
func (d *database) takeOver(instance *structpb.Struct) {
	there := d.live()
	g, _, _ := strings.Cut(group(instance), ".upbound.io")
	for _, field := range asItIs[strings.TrimSuffix(g, ".m")] {
		path := strings.Split(field, ".")
		if v := object.Get(there, path...); said(v) {
			object.Set(instance, v, append([]string{"spec", "forProvider"}, path...)...)
			continue
		}
		last := len(path) - 1
		if parent := object.Struct(instance, append([]string{"spec", "forProvider"}, path[:last]...)...); parent != nil {
			delete(parent.GetFields(), path[last])
		}
	}
}

// said tells a value from none: providers write what is unset as empty.
func said(v *structpb.Value) bool {
	switch k := v.GetKind().(type) {
	case nil, *structpb.Value_NullValue:
		return false
	case *structpb.Value_StringValue:
		return k.StringValue != ""
	case *structpb.Value_StructValue:
		return len(k.StructValue.GetFields()) > 0
	case *structpb.Value_ListValue:
		return len(k.ListValue.GetValues()) > 0
	default:
		return true
	}
}

// writeObserved shows an existing database that is only looked at.
func (d *database) writeObserved(rsp *fnv1.RunFunctionResponse, instance *structpb.Struct) {
	if rsp.GetDesired().GetResources() == nil {
		rsp.Desired.Resources = map[string]*fnv1.Resource{}
	}
	rsp.Desired.Resources[keyInstance] = &fnv1.Resource{Resource: instance, Ready: d.ready(keyInstance, instance)}
	f, conn := d.cloud.facts(d), d.cloud.connection(d)
	status := d.status(conn)
	for name, value := range map[string]string{"engine": f.engine, "version": f.version, "region": f.region} {
		status[name] = value // what it is, not what is asked for
	}
	d.keepShown(status)
	object.Set(response.Composite(rsp), status, "status", "resource")

	switch differences := d.differences(f); {
	case !f.complete():
		response.Unknown(rsp, conditionComposed, "Observing", "the provider has not said yet what "+d.name+" is")
	case len(differences) > 0:
		response.False(rsp, conditionComposed, "Differs", d.name+" is not what the claim says, and only looked at: "+strings.Join(differences, "; "))
	default:
		response.True(rsp, conditionComposed, "Observed", d.name+" is what the claim says, with "+strconv.Itoa(f.storageGiB)+" GiB of disk, and only looked at; spec.adopt Manage takes it over")
	}
	d.provisioned(rsp, conn)
}
