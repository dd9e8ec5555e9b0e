package render

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strings"
)

// suffixLength is how long the suffix is that Crossplane gives an XR's name.
const suffixLength = 5

// ofClaim are the fields that Crossplane gives the spec of every claim, and whether its
// claim controller copies each into the XR. Sources: CompositeResourceClaimSpecProps and
// PropagateSpecProps in crossplane-runtime's pkg/xcrd v2.4.0, and in crossplane's
// internal/xcrd v1.20.0, which has publishConnectionDetailsTo too.
var ofClaim = map[string]bool{
	"compositeDeletePolicy":       false,
	"compositionRef":              true,
	"compositionRevisionRef":      false, // unless its update is manual
	"compositionRevisionSelector": true,
	"compositionSelector":         true,
	"compositionUpdatePolicy":     true,
	"publishConnectionDetailsTo":  false,
	"resourceRef":                 false,
	"writeConnectionSecretToRef":  false,
}

// copies reports whether the claim controller copies a field of the claim's spec.
func copies(spec map[string]any, field string) bool {
	if field == "compositionRevisionRef" {
		return spec["compositionUpdatePolicy"] == "Manual"
	}
	copied, known := ofClaim[field]
	return copied || !known
}

// composite is what Crossplane's claim controller does: labels and annotations
// are copied, but for those of Kubernetes, and so is the spec but for what belongs to the
// claim alone.
func composite(c, meta map[string]any, name, namespace string) map[string]any {
	labels := map[string]any{"crossplane.io/claim-name": name, "crossplane.io/claim-namespace": namespace}
	maps.Copy(labels, withoutReserved(meta["labels"]))
	sum := sha256.Sum256([]byte(namespace + "/" + name))
	xrMeta := map[string]any{"name": name + "-" + hex.EncodeToString(sum[:])[:suffixLength], "labels": labels}
	if a := withoutReserved(meta["annotations"]); len(a) > 0 {
		xrMeta["annotations"] = a
	}
	xr := map[string]any{"apiVersion": c["apiVersion"], "kind": "XResource", "metadata": xrMeta}
	own, ok := c["spec"].(map[string]any)
	if !ok {
		return xr
	}
	spec := map[string]any{"claimRef": map[string]any{
		"apiVersion": c["apiVersion"], "kind": c["kind"], "name": name, "namespace": namespace,
	}}
	for k, v := range own {
		if copies(own, k) {
			spec[k] = v
		}
	}
	xr["spec"] = spec
	return xr
}

// withoutReserved are labels or annotations without those of Kubernetes' own, such as what
// kubectl applied last (withoutReservedK8sEntries in crossplane's claim controller).
func withoutReserved(entries any) map[string]any {
	out := map[string]any{}
	all, _ := entries.(map[string]any)
	for k, v := range all {
		domain, _, _ := strings.Cut(k, "/")
		if !strings.HasSuffix(domain, "kubernetes.io") && !strings.HasSuffix(domain, "k8s.io") {
			out[k] = v
		}
	}
	return out
}
