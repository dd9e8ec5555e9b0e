package cluster

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// theirs are the blocks of a cluster of AKS that others turn on: Defender for Cloud and policies of the
// subscription, in all of its clusters and again and again, and whoever keeps upgrades to a window. They
// are optional and not computed in kubernetes_cluster_resource.go and kubernetes_addons.go of
// terraform-provider-azurerm 4.80, so that the provider takes them off where they are left out
// (Azure/terraform-azurerm-aks issues 329 and 495). Fields are named where the provider reports more
// than it is told.
var theirs = []struct {
	block  string
	fields []string
}{
	{"microsoftDefender", nil},
	{"monitorMetrics", nil},
	{"omsAgent", []string{"logAnalyticsWorkspaceId", "msiAuthForMonitoringEnabled"}},
	{"keyVaultSecretsProvider", []string{"secretRotationEnabled", "secretRotationInterval"}},
	{"maintenanceWindow", nil},
	{"maintenanceWindowAutoUpgrade", nil},
	{"maintenanceWindowNodeOs", nil},
}

// theirsAzure has the provider leave alone what others turn on. What stands at the top of initProvider it
// sends with a creation, and ignores from then on (filterInitExclusiveDiffs of pkg/controller in upjet). A
// block needs a value there that Azure takes, and so the provider may take it off once, before the first
// report of it; the switch of Azure Policy has one from the start.
func theirsAzure(in In) object.Map {
	init := object.Map{"azurePolicyEnabled": false}
	if !in.Exists() {
		return init
	}
	for _, t := range theirs {
		there := object.Struct(in.Main(), "status", "atProvider", t.block)
		if there == nil {
			there = object.Struct(in.Main(), "spec", "initProvider", t.block)
		}
		if there != nil {
			init[t.block] = only(there, t.fields)
		}
	}
	return init
}

// only is a block with some of its fields alone, or with all of them.
func only(block *structpb.Struct, fields []string) any {
	if fields == nil {
		return structpb.NewStructValue(block)
	}
	out := object.Map{}
	for _, field := range fields {
		if v := block.GetFields()[field]; lifecycle.IsSaid(v) {
			out[field] = v
		}
	}
	return out
}
