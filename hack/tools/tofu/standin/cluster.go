package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// The kinds of IBM Cloud Kubernetes Service. What is played of them is from
// resource_ibm_container_vpc_cluster.go and resource_ibm_container_vpc_worker_pool.go of
// terraform-provider-ibm v2.5.0.
const (
	kindCluster = "ibm_container_vpc_cluster"
	kindPool    = "ibm_container_vpc_worker_pool"

	clusterID = "clusterid0123456789ab"
	poolID    = "clusterid0123456789ab-aaa1"
	vpcID     = "r010-00000000-0000-4000-8000-000000000001"
)

// clusterRuns is the version that runs: what somebody upgraded it to, as STANDIN_RUNS says, else a
// patch of what was asked for.
func clusterRuns(asked string) string {
	if there := os.Getenv("STANDIN_RUNS"); there != "" {
		return there
	}
	return asked + ".4"
}

// answerCluster is what IBM Cloud says of a cluster, of its pool, or of one that is looked at.
func answerCluster(kind, name string, t cty.Type, fields map[string]cty.Value) cty.Value {
	texts := map[string]string{
		"id": clusterID, "crn": "crn:v1:bluemix:public:containers-kubernetes:eu-de:a/0:" + clusterID + "::", "state": "normal",
		"resource_group_id": strings.Repeat("0", 32), "resource_name": "ibm-payments-prod-main", "vpc_id": vpcID,
		"pod_subnet": "172.17.0.0/18", "service_subnet": "172.21.0.0/16", "kube_version": clusterRuns("1.35"),
		"private_service_endpoint_url": "https://c100.private.eu-de.containers.cloud.ibm.com:30000",
		"vpe_service_endpoint_url":     "https://" + clusterID + ".vpe.private.eu-de.containers.cloud.ibm.com:30000", "public_service_endpoint_url": "",
		"worker_pool_id": poolID,
	}
	switch {
	case kind == kindPool && name == "id":
		return cty.StringVal(clusterID + "/" + poolID)
	case name == "tags":
		return cty.SetVal([]cty.Value{cty.StringVal("project:legacy")})
	case name == "worker_pools":
		return decoded(`[{"name":"default","flavor":"bx2.4x16","worker_count":1,"isolation":"public","id":"`+poolID+`","host_pool_id":null,"labels":{},
			"operating_system":"UBUNTU_24_64","secondary_storage":[],"state":"normal","zones":[{"zone":"eu-de-1","worker_count":1,
			"subnets":[{"id":"02b7-1","primary":true}]}]}]`, t)
	case t == cty.Bool:
		return cty.False
	case texts[name] != "" || name == "public_service_endpoint_url":
		return cty.StringVal(texts[name])
	}
	return cty.NullVal(t)
}

// existingCluster is what the provider reads of one at an import: no node, and nothing of what was told
// how to go about it.
func existingCluster(t cty.Type, fields map[string]cty.Value) cty.Value {
	for _, name := range []string{
		"id", "crn", "state", "resource_group_id", "resource_name", "vpc_id", "pod_subnet", "service_subnet", "kube_version", "private_service_endpoint_url",
		"vpe_service_endpoint_url", "public_service_endpoint_url",
	} {
		fields[name] = answerCluster(kindCluster, name, cty.String, fields)
	}
	fields["name"], fields["disable_public_service_endpoint"] = fields["resource_name"], cty.True
	fields["tags"] = answerCluster(kindCluster, "tags", t.AttributeType("tags"), fields)
	return cty.ObjectVal(fields)
}

// readNow is a resource as it is read again: a cluster has the version that runs.
func readNow(kind string, state cty.Value) cty.Value {
	if kind != kindCluster || state.IsNull() || os.Getenv("STANDIN_RUNS") == "" {
		return state
	}
	fields := state.AsValueMap()
	fields["kube_version"] = cty.StringVal(os.Getenv("STANDIN_RUNS"))
	return cty.ObjectVal(fields)
}

// suppress leaves the patch of a cluster's version out of its plan, as the provider does.
func suppress(kind string, prior cty.Value, fields map[string]cty.Value) {
	if kind != kindCluster || prior.IsNull() {
		return
	}
	if was := prior.GetAttr("kube_version"); minor(known(was)) == minor(known(fields["kube_version"])) {
		fields["kube_version"] = was
	}
}

// updateCluster upgrades a cluster, control plane first and then each node that is older, as the provider
// does, and writes down in the file STANDIN_LOG in which order. It says why that failed: by a node where
// STANDIN_FAILS says so.
func updateCluster(kind string, prior cty.Value, fields map[string]cty.Value) string {
	if kind != kindCluster {
		return ""
	}
	asked := known(fields["kube_version"])
	if prior.IsNull() {
		fields["kube_version"] = cty.StringVal(clusterRuns(asked))
		return ""
	}
	was := known(prior.GetAttr("kube_version"))
	if from, to := minor(was), minor(asked); from != to {
		if to != from+1 {
			return fmt.Sprintf("Request failed with status code: 400, description: the version %s cannot become %s", was, asked)
		}
		note("control plane " + asked)
		fields["kube_version"] = cty.StringVal(clusterRuns(asked))
	} else if prior.GetAttr("patch_version").RawEquals(fields["patch_version"]) && prior.GetAttr("update_all_workers").RawEquals(fields["update_all_workers"]) {
		return ""
	}
	if os.Getenv("STANDIN_FAILS") == "node" {
		fields["patch_version"] = cty.NullVal(cty.String)
		return "Worker node - kube-1 is failed to replace"
	}
	note("nodes " + "1." + strconv.Itoa(minor(known(fields["kube_version"]))))
	return ""
}

func minor(version string) int {
	parts := strings.Split(version, ".")
	if len(parts) < 2 {
		return 0
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil {
		return 0
	}
	return n
}

// note writes a line to the file of the test.
func note(line string) {
	path := os.Getenv("STANDIN_LOG")
	if path == "" {
		return
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err) // the test's folder is there
	}
	defer f.Close() //nolint:errcheck // What is not written is missed.
	fmt.Fprintln(f, line)
}
