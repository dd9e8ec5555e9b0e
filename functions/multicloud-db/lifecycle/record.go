package lifecycle

import (
	"cmp"
	"slices"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Requested prefixes the annotations of the main resource that record what was last
// asked for. Edits are judged by the record: a claim is not refused for what the cloud
// has done to its resource since.
const Requested = "platform.victor.onl/requested-"

// inStatus are the recorded fields that status.resource shows, by their names there. The
// version is not one of them, since status.resource shows the version that runs.
var inStatus = map[string]string{"external-name": "name", "provider": "provider", "region": "region", "engine": "engine"}

// Annotated is what the main resource's annotations record of a field, or "".
func (l Live) Annotated(name string) string {
	return object.String(l.Main(), "metadata", "annotations", Requested+name)
}

// Last is what was last asked for in a field of a live resource, or "". The annotations
// say it. Where they are gone, or an older version of this function wrote none, the XR's
// status does, else the specs of the composed resources. Of an adopted resource status
// and spec show what it is, not what was asked for, so only its name is read there.
func (l Live) Last(name string) string {
	switch {
	case l.Life == Forgotten && l.Annotated(name) != "":
		return l.Annotated(name)
	case l.Life == Forgotten && name == "external-name" && l.renamed:
		return l.name(l)
	case l.Life == Forgotten:
		return l.Shown(inStatus[name])
	case !l.exists:
		return ""
	}
	if v := l.Annotated(name); v != "" {
		return v
	}
	if _, shown := l.table.Fields[name]; shown && l.isUnread() && name != "external-name" {
		return l.unreadWas(name)
	}
	switch {
	case name == "adopt":
		return l.adoptedAs()
	case l.adopted && name != "external-name":
		return ""
	case name == "external-name" && l.renamed:
		return l.name(l)
	}
	return cmp.Or(l.Shown(inStatus[name]), l.specified(name))
}

// Shown is a field of the XR's status.resource, or "".
func (l Live) Shown(name string) string {
	if name == "" {
		return ""
	}
	return object.String(l.XR.Object, "status", "resource", name)
}

// specified reads a field off the composed resources' specs and labels.
func (l Live) specified(name string) string {
	o := l.Main()
	switch name {
	case "provider":
		provider, _ := l.Recognize(o)
		return provider
	case "type":
		_, typ := l.Recognize(o)
		return typ
	case "project", "env":
		return object.String(o, "metadata", "labels", name)
	case "external-name":
		if name := l.Asked("external-name"); name != "" {
			return name // of a kind whose external name is not the resource's
		}
		return cmp.Or(object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation), l.name(l))
	}
	return l.Asked(name)
}

// adoptedAs reads off a main resource without a record whether the claim that names it
// observes or manages it, or "" where the claim made it.
func (l Live) adoptedAs() string {
	o := l.Main()
	if l.Annotated(alone) != "" || l.Copying() != "" {
		return ""
	}
	if slices.Equal(Strings(o, "spec", "managementPolicies"), []string{"Observe"}) {
		return AdoptObserve
	}
	if l.table.AdoptedAs != nil {
		if as := l.table.AdoptedAs(o); as != "" {
			return as
		}
	}
	if object.Struct(o, "spec", "forProvider") == nil {
		return ""
	}
	name := l.Last("external-name")
	// One that was taken over has another name than its claim's own, and nothing beside it
	// that is composed for one of ours.
	foreign := name != "" && name != l.Claim.External() && l.beside != "" && l.Object(l.beside) == nil
	if l.adopted && name == l.Claim.ExternalName || !l.adopted && foreign {
		return AdoptManage
	}
	return ""
}
