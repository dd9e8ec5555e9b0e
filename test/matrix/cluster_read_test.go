package matrix

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// readEKS reads it off a cluster of AWS, whose parts say it.
func readEKS(desired map[string]*fnv1.Resource) clusterMeaning {
	part := func(name string) *structpb.Struct {
		return object.Struct(desired[name].GetResource(), "spec", "forProvider")
	}
	main, body, pool, template := desired["instance"].GetResource(), part("instance"), part("nodes"), part("launch-template")
	is := func(path ...string) bool { on, _ := object.Bool(body, path...); return on }
	scaling := object.Struct(desired["nodes"].GetResource(), "spec", "initProvider", "scalingConfig")
	least, _ := object.Number(scaling, "minSize")
	most, _ := object.Number(scaling, "maxSize")
	machine := machines[object.String(template, "instanceType")]
	ebs := object.Get(template, "blockDeviceMappings").GetListValue().GetValues()[0].GetStructValue()
	tagged := object.String(body, "tags", "team") != "" && object.String(pool, "tags", "team") != ""
	for _, v := range object.Get(template, "tagSpecifications").GetListValue().GetValues() {
		tagged = tagged && object.String(v.GetStructValue(), "tags", "team") != ""
	}
	init := object.Struct(main, "spec", "initProvider")
	bootstraps, said := object.Bool(init, "accessConfig", "bootstrapClusterCreatorAdminPermissions")
	return clusterMeaning{
		vcpu: machine[0], memoryGiB: machine[1], least: least, most: most,
		zones: len(object.Get(pool, "subnetIds").GetListValue().GetValues()), private: is("vpcConfig", "endpointPrivateAccess"),
		authorized: !is("vpcConfig", "endpointPublicAccess") && object.Get(body, "vpcConfig", "publicAccessCidrs") == nil,
		encrypted: strings.HasSuffix(object.String(body, "encryptionConfig", "provider", "keyArn"), ":key/key") &&
			object.String(ebs, "ebs", "encrypted") == "true",
		identity: desired["addon-eks-pod-identity-agent"] != nil && object.String(pool, "nodeRoleArn") != "" &&
			object.String(template, "metadataOptions", "httpTokens") == "required" && said && !bootstraps,
		newestDisk: object.String(ebs, "ebs", "volumeType") == "gp3",
		version:    object.String(body, "version"), protected: is("deletionProtection"), orphan: orphaned(main), tagged: tagged,
		logs: slices.Contains(object.Get(body, "enabledClusterLogTypes").GetListValue().AsSlice(), any("api")),
	}
}

// readAKS reads it off a cluster of Azure, whose one pool stands in it.
func readAKS(desired map[string]*fnv1.Resource) clusterMeaning {
	main := desired["instance"].GetResource()
	body := object.Struct(main, "spec", "forProvider")
	pool := object.Struct(body, "defaultNodePool")
	is := func(path ...string) bool { on, _ := object.Bool(body, path...); return on }
	least, _ := object.Number(pool, "minCount")
	most, _ := object.Number(pool, "maxCount")
	machine := machines[object.String(pool, "vmSize")]
	return clusterMeaning{
		vcpu: machine[0], memoryGiB: machine[1], least: least, most: most, zones: len(object.Get(pool, "zones").GetListValue().GetValues()),
		private: is("privateClusterEnabled") && !is("privateClusterPublicFqdnEnabled"), authorized: object.Get(body, "apiServerAccessProfile") == nil,
		encrypted: strings.HasSuffix(object.String(body, "keyManagementService", "keyVaultKeyId"), "/keys/key/1") &&
			object.String(body, "diskEncryptionSetId") != "",
		identity: is("workloadIdentityEnabled") && is("oidcIssuerEnabled") && is("localAccountDisabled") &&
			is("azureActiveDirectoryRoleBasedAccessControl", "azureRbacEnabled") && object.String(body, "identity", "type") == "UserAssigned",
		newestDisk: object.String(pool, "osDiskType") == "Managed",
		version:    object.String(body, "kubernetesVersion"), protected: desired["lock"] != nil, orphan: orphaned(main),
		tagged: object.String(body, "tags", "team") != "" && object.String(pool, "tags", "team") != "",
	}
}

// readIKS reads it off a cluster of IBM Cloud, whose module has the rest: nodes and endpoint are private by it, its
// nodes have the disks of their flavor, nobody is let in but by IAM, and its logs are an agent's in the cluster.
func readIKS(desired map[string]*fnv1.Resource) clusterMeaning {
	main := desired["instance"].GetResource()
	v := object.Struct(main, "spec", "forProvider", "varmap")
	is := func(name string) bool { on, _ := object.Bool(v, name); return on }
	zones := len(object.Get(v, "zones").GetListValue().GetValues())
	perZone, _ := object.Number(v, "workers_per_zone")
	machine := machines[object.String(v, "flavor")]
	tagged := slices.ContainsFunc(object.Get(v, "tags").GetListValue().AsSlice(), func(tag any) bool {
		text, _ := tag.(string)
		return strings.HasPrefix(text, "team:")
	})
	return clusterMeaning{
		vcpu: machine[0], memoryGiB: machine[1], least: perZone * float64(zones), zones: zones, private: !is("public_endpoint") && !is("outbound"),
		authorized: !is("public_endpoint"), encrypted: strings.HasSuffix(object.String(v, "kms_key_crn"), ":key:key"), identity: true, newestDisk: true,
		version: object.String(v, "kube_version"), protected: is("deletion_protection"), orphan: orphaned(main), tagged: tagged,
	}
}
