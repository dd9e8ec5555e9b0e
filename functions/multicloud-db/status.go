package main

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// maxMessage is the length, in bytes, of a provider's message on the claim.
const maxMessage = 400

// ready says whether a composed resource is. A Secret is when it exists.
func (d *database) ready(name string, desired *structpb.Struct) fnv1.Ready {
	o := d.observedObject(name)
	if o == nil {
		return fnv1.Ready_READY_FALSE
	}
	if object.String(desired, "kind") == "Secret" || object.String(object.Condition(o, "Ready"), "status") == "True" {
		return fnv1.Ready_READY_TRUE
	}
	return fnv1.Ready_READY_FALSE
}

// status is what the XR shows of the database.
func (d *database) status(c connection) object.Map {
	s := object.Map{
		"name":     d.name,
		"entity":   d.claim.Entity,
		"provider": d.claim.Provider,
		"region":   d.region,
		"engine":   d.claim.Database.Engine,
		"version":  d.version,
		"port":     c.port,
	}
	if c.host != "" {
		s["endpoint"] = c.host
	}
	return s
}

// provisioned repeats the first error of a provider, by the composed resources'
// names in order, so that it neither hides nor flaps.
func (d *database) provisioned(rsp *fnv1.RunFunctionResponse, c connection) {
	names := make([]string, 0, len(rsp.GetDesired().GetResources()))
	for name := range rsp.GetDesired().GetResources() {
		names = append(names, name)
	}
	slices.Sort(names)

	waiting := ""
	for _, name := range names {
		o := d.observedObject(name)
		if s := object.Condition(o, "Synced"); object.String(s, "status") == "False" {
			response.False(rsp, conditionProvisioned, "ProviderError", fmt.Sprintf("%s (%s %s): %s", name,
				object.String(o, "kind"), object.String(o, "metadata", "name"), d.oneLine(object.String(s, "message"))))
			return
		}
		if waiting == "" && rsp.GetDesired().GetResources()[name].GetReady() == fnv1.Ready_READY_FALSE {
			waiting = name
		}
	}
	switch {
	case waiting != "":
		response.False(rsp, conditionProvisioned, "Creating", waiting+" is not ready yet")
	case !c.complete():
		response.False(rsp, conditionProvisioned, "Creating", "the provider has not said yet where the database is reached")
	default:
		response.True(rsp, conditionProvisioned, "Available", "")
	}
}

// oneLine makes one short line of a provider's message, without the password.
func (d *database) oneLine(message string) string {
	message = strings.Join(strings.Fields(message), " ")
	if len(d.password) > 0 {
		message = strings.ReplaceAll(message, string(d.password), "…")
	}
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "") + "…"
	}
	return message
}
