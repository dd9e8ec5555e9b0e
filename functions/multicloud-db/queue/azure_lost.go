package queue

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// isOwnNamespace reports whether a namespace was made for the queue alone: by its name, and
// by how the queue was told of it, since a namespace of the platform's may have any name.
func isOwnNamespace(r lifecycle.Resource, id string) bool {
	return strings.EqualFold(id[strings.LastIndex(id, "/")+1:], namespaceName(r.Name)) && (r.Object(partNamespace) != nil || isReferred(r.Live))
}

// isReferred reports whether the queue was told of its namespace by a reference, which only
// one of its own is. A provider that has followed the reference leaves it there.
func isReferred(l lifecycle.Live) bool {
	asked := object.Struct(l.Main(), "spec", "forProvider")
	return object.Struct(asked, "namespaceIdSelector") != nil || object.Struct(asked, "namespaceIdRef") != nil
}

// namespaceID is the id of the queue's own namespace, once Azure has it: by the queue, where
// the namespace's managed resource is gone. A namespace that was only looked at, or that has
// another name than the queue's own, is none of the queue's: it gets neither lock nor endpoint.
func namespaceID(r lifecycle.Resource) string {
	own := r.Object(partNamespace)
	if managed.OnlyObserved(own) || r.IsOther(partNamespace) {
		return ""
	}
	return cmp.Or(object.String(own, "status", "atProvider", "id"), r.There("namespaceId"))
}

// groupLost is the resource group that is in the id of the queue's own namespace. A namespace
// of the platform's is in the platform's.
func groupLost(l lifecycle.Live) string {
	if !isReferred(l) {
		return object.String(l.Object(partNamespace), "spec", "forProvider", "resourceGroupName")
	}
	return azure.GroupIn(l.There("namespaceId"))
}

// skuLost is the SKU of a namespace of which there is no record: Premium alone has an
// endpoint, and else it is what is asked for or said. Were that wrong, the provider would
// refuse it and lose nothing: no namespace changes its SKU without being made anew (ForceNew
// of azurerm_servicebus_namespace), which Upjet does not do.
func skuLost(l lifecycle.Live) string {
	if l.Object(partEndpoint) != nil {
		return settings.SKUPremium
	}
	asked := object.String(l.Object(partNamespace), "spec", "forProvider", "sku")
	return cmp.Or(asked, l.Provider().Regions[l.Last("region")].Queue.SKU)
}

// The records of what no setting says of a namespace.
const (
	recordPublic = "public"
	recordUnits  = "units"
)

// recordNamespace records what no setting says of the queue's own namespace, so that it is
// composed as it was where its managed resource is gone.
func recordNamespace(in Held) {
	if in.Adopted() || isShared(in) {
		return
	}
	if is, asked := asksPublic(in); asked {
		in.Record(recordPublic, strconv.FormatBool(is))
	}
	if n := unitsThere(in); n > 0 {
		in.Record(recordUnits, strconv.Itoa(n))
	}
}

// asksPublic reports whether a live namespace is to be reached from everywhere, and whether
// anybody knows. What was asked for last counts, else the record of it: one that somebody has
// opened since is closed again. One that is only looked for yet stays closed where Azure reports
// it so, and is closed where the settings have a subnet for it; Azure closes no Standard one.
func asksPublic(in Held) (is, asked bool) {
	o := in.Object(partNamespace)
	if managed.OnlyObserved(o) || in.IsOther(partNamespace) {
		o = nil
	}
	if is, asked = object.Bool(object.Struct(o, "spec", "forProvider"), "publicNetworkAccessEnabled"); !asked {
		recorded := in.Annotated(recordPublic)
		is, asked = recorded == "true", recorded != ""
	}
	there, told := object.Bool(object.Struct(o, "status", "atProvider"), "publicNetworkAccessEnabled")
	if !told || !in.WasFound(partNamespace) || !in.IsSought(partNamespace) {
		return is, asked
	}
	return there && (is || !asked || !isPremium(in)), true
}

// unitsThere are those that a live namespace was asked for last, or had when it was found.
func unitsThere(in Held) int {
	for _, body := range in.Tells(partNamespace) {
		if n, told := object.Number(body, "capacity"); told && n > 0 && !in.IsOther(partNamespace) {
			return int(n)
		}
	}
	return number(in.Annotated(recordUnits))
}
