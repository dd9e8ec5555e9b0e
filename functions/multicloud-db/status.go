package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// ready says whether a composed resource is. A Secret is when it exists, and so is
// every kind that no provider reports on.
func (d *database) ready(name string, desired *structpb.Struct) fnv1.Ready {
	o := d.observedObject(name)
	if o == nil {
		return fnv1.Ready_READY_FALSE
	}
	if !strings.HasSuffix(group(desired), ".upbound.io") || object.String(object.Condition(o, "Ready"), "status") == "True" {
		return fnv1.Ready_READY_TRUE
	}
	return fnv1.Ready_READY_FALSE
}

// status is what the XR shows of the database. Where it is reached stays once it is
// known, whatever a provider does not say for a moment.
func (d *database) status(c connection) object.Map {
	s := object.Map{
		"name":     d.name,
		"entity":   d.claim.Entity,
		"provider": d.claim.Provider,
		"region":   d.region,
		"engine":   d.claim.Database.Engine,
		"version":  d.engineVersion(),
	}
	if c.port != 0 {
		s["port"] = c.port
	}
	if c.host != "" {
		s["endpoint"] = c.host
	}
	d.keepShown(s)
	return s
}

// keepShown keeps what the XR shows of the same database where nothing is known for
// the moment.
func (d *database) keepShown(s object.Map) {
	shown := object.Struct(d.xr.GetResource(), "status", "resource")
	same := object.String(shown, "name") == d.name
	for _, name := range []string{"region", "engine", "version", "endpoint", "port"} {
		if s[name] != nil && s[name] != "" {
			continue
		}
		delete(s, name)
		if v, ok := shown.GetFields()[name]; ok && same {
			s[name] = v
		}
	}
}

// provisioned repeats the first error of a provider, by the composed resources'
// names in order, so that it neither hides nor flaps.
func (d *database) provisioned(rsp *fnv1.RunFunctionResponse, c connection) {
	desired := rsp.GetDesired().GetResources()
	waiting, early := "", desired[keyInstance].GetReady() == fnv1.Ready_READY_FALSE
	for _, name := range slices.Sorted(maps.Keys(desired)) {
		o := d.observedObject(name)
		if said, failed := failure(o); failed && (!early || !inside(name)) {
			response.False(rsp, conditionProvisioned, "ProviderError", d.oneLine(fmt.Sprintf("%s (%s): %s", name, named(o), said)))
			return
		}
		if waiting == "" && desired[name].GetReady() == fnv1.Ready_READY_FALSE {
			waiting = name
		}
	}
	instance, behind := d.observedObject(keyInstance), d.behind()
	switch o := d.observedObject(waiting); {
	case d.passwordMissing():
		response.False(rsp, conditionProvisioned, reasonPasswordUnknown, d.passwordUnknown())
	case waiting != "" && o == nil:
		response.False(rsp, conditionProvisioned, "Creating", waiting+" is being created")
	case waiting == keyInstance && d.live() != nil && d.underWay() != "":
		response.False(rsp, conditionProvisioned, "Changing", d.oneLine(waiting+" ("+named(o)+") is not ready, and "+d.underWay()+" is under way"))
	case waiting != "" && object.String(object.Condition(o, "Ready"), "reason") == "Unavailable":
		response.False(rsp, conditionProvisioned, "Unavailable", waiting+" ("+named(o)+") is not available")
	case waiting != "":
		response.False(rsp, conditionProvisioned, "Creating", waiting+" ("+named(o)+") is being created")
	case !c.complete() && !d.passwordless() && !d.observing():
		response.False(rsp, conditionProvisioned, "Creating", "the provider has not said yet where the database is reached")
	case behind != "":
		response.False(rsp, conditionProvisioned, "NotResized", keyInstance+" ("+named(instance)+") "+behind)
	case d.underWay() != "":
		response.True(rsp, conditionProvisioned, "Changing", d.oneLine(keyInstance+" ("+named(instance)+") is available, and "+d.underWay()+" is under way"))
	default:
		response.True(rsp, conditionProvisioned, "Available", "")
	}
}

// inside says whether a resource is in the instance. Until that is there, its provider
// has nothing to look into, and says so as an error.
func inside(name string) bool { return name == keyDatabase || name == keyUser }

// failure is what a provider says that went wrong with a resource: what it could not
// do at all, or, while Synced stays True, in the background.
func failure(o *structpb.Struct) (said string, failed bool) {
	for _, t := range []string{"Synced", "LastAsyncOperation"} {
		if c := object.Condition(o, t); object.String(c, "status") == "False" {
			return cmp.Or(object.String(c, "message"), object.String(c, "reason"), "no reason given"), true
		}
	}
	return "", false
}

// named says which resource an observed object is, by its kind and by the name
// that it has at the cloud. The external name of a Workspace is that of a state.
func named(o *structpb.Struct) string {
	name := cmp.Or(
		object.String(o, "spec", "forProvider", "varmap", "name"),
		object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation),
		object.String(o, "metadata", "name"),
	)
	return strings.TrimSpace(object.String(o, "kind") + " " + name)
}

// behind is what a database is not, although it was asked for.
func (d *database) behind() string {
	if d.cloud.behind == nil {
		return ""
	}
	return d.cloud.behind(d)
}

// underWay is what the cloud is doing to a database that is there: RDS names it,
// and for the others Upjet says that something is.
func (d *database) underWay() string {
	if state := d.at("status"); state != "" && state != "available" {
		return strconv.Quote(state)
	}
	if object.String(object.Condition(d.observedObject(keyInstance), "AsyncOperation"), "reason") == "Ongoing" {
		return "a change"
	}
	return ""
}
