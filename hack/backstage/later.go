package main

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// says is what the form says of a change later, by the rule of the field.
var says = map[lifecycle.Rule]string{
	lifecycle.Free:      "Can be changed at any time.",
	lifecycle.Immutable: "Cannot be changed once it is made.",
	lifecycle.Upgrades:  "Later it only becomes newer, and the database is down meanwhile.",
	lifecycle.Grows:     "Later it only grows.",
	lifecycle.GrowsWhereKept: "Can be raised at any time. Fewer days delete messages that are older, and are refused where the queue is protected or " +
		"outlives its claim.",
	lifecycle.TurnsOn: "Once on it stays on.",
}

// ofSize is what a change of the size comes to. No rule of a field has it: the sizer decides.
var ofSize = map[string]string{
	claim.TypeDatabase: "Can be changed at any time, in both directions; the database then restarts.",
	claim.TypeCache:    "Can be changed at any time, in both directions; connections drop meanwhile.",
	claim.TypeQueue:    "Can be changed at any time, in both directions.",
}

// ofSizeOn is what a change of the size comes to beside that, by type and cloud.
var ofSizeOn = map[string]map[string]string{
	claim.TypeCluster: {
		cloud.GCP: newNodes, cloud.AWS: newNodes, cloud.IBM: "Cannot be changed once it is made.",
		cloud.Azure: "Can be changed, in both directions; all nodes are made anew, and pods move twice. Where the cluster is protected it takes the help of a lead.",
	},
	claim.TypeCache: {cloud.Azure: "Without high availability all keys are lost then, and where the cache outlives its claim it keeps its size instead."},
}

// newNodes is what another size of a node comes to.
const newNodes = "Can be changed at any time, in both directions; each node is made anew, a few at a time."

// ofUpgrade is what a newer version comes to where that is not as for a database.
var ofUpgrade = map[string]string{claim.TypeCluster: "Later it only becomes newer, one version at a time, and the nodes are made anew for it."}

// later is what a change of a field comes to on one cloud.
func later(typ, provider, path string) string {
	if path == "profile" {
		return joined(ofSize[typ], ofSizeOn[typ][provider])
	}
	rule := ruleOf(typ, provider, path)
	text := says[rule]
	if own := ofUpgrade[typ]; rule == lifecycle.Upgrades && own != "" {
		text = own
	}
	return joined(text, fieldOf(path).also[provider])
}

// ruleOf is the rule of a field on one cloud; what has no row changes freely.
func ruleOf(typ, provider, path string) lifecycle.Rule {
	rows := lifecycle.Identity
	if t, ok := types.Find(typ); ok {
		rows = append(slices.Clip(rows), t.Rows()...)
	}
	for _, row := range rows {
		if row.Path == "spec."+path {
			return row.RuleOn(provider)
		}
	}
	return lifecycle.Free
}

// joined are sentences one behind the other.
func joined(sentences ...string) string { return joinedBy(" ", sentences...) }

// joinedBy puts those words together that are not empty.
func joinedBy(sep string, words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), sep)
}
