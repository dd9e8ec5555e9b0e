package provider

import "fmt"

// serviceIKS is the service of clusters on IBM Cloud, by the variable of their module.
const serviceIKS = "containers-kubernetes"

// outputsOfCluster are those of the module that makes a cluster on IBM Cloud, of what was applied last.
func outputsOfCluster(b body, t Thing) map[string]any {
	v := b.variables()
	if has := t.has.variables(); len(has) > 0 {
		v = has
	}
	const id = "clusterid0123456789ab"
	region := v.text("location")
	return map[string]any{
		"cluster_id": id, "crn": "crn:v1:bluemix:public:" + serviceIKS + ":" + region + ":a/0:" + id + "::", "name": v.text("name"), "location": region,
		"resource_group_id": v.text("resource_group_id"), "kube_version": v.text("kube_version") + ".4", "status": "normal",
		"private_endpoint_url": "https://c100.private." + region + ".containers.cloud.ibm.com:30000", "public_endpoint_url": "",
		"vpe_endpoint_url": "https://" + id + ".vpe.private." + region + ".containers.cloud.ibm.com:30000",
		"tags":             v["tags"], "vpc_id": v.text("vpc_id"), "pod_subnet": v.text("pod_subnet"), "service_subnet": v.text("service_subnet"),
		"public_endpoint": flag("public_endpoint")(v), "outbound": flag("outbound")(v), "flavor": v.text("flavor"), "zones": v["zones"],
		"workers_per_zone": v["workers_per_zone"], "autoscaled": false, "kms_key_crn": v["kms_key_crn"], "deletion_protection": flag("deletion_protection")(v),
	}
}

// forbidsModule is what the module of a cluster says of what cannot change, and IBM Cloud of a version
// that is older, or two minors ahead.
func forbidsModule(has, asked body) string {
	was, is := has.variables(), asked.variables()
	if was.text("service") != serviceIKS {
		return ""
	}
	for _, field := range []string{"name", "vpc_id", "zones", "pod_subnet", "service_subnet", "flavor", "resource_group_id", "kms_key_crn"} {
		if before, after := fmt.Sprint(was[field]), fmt.Sprint(is[field]); before != after {
			return "observe failed: cannot diff (i.e. plan) tofu configuration: The cluster stays as it is: " + field + " is " + before + " and cannot become " + after
		}
	}
	if from, to := minor(was.text("kube_version")), minor(is.text("kube_version")); to < from || to > from+1 {
		return "update failed: cannot apply tofu configuration: the version " + was.text("kube_version") + " cannot become " + is.text("kube_version")
	}
	return ""
}
