package modules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"

	"github.com/victor-onl/crossplane-resources/test/moduletest"
)

// TestClusterModules holds the modules of a cluster against the provider's schema.
func TestClusterModules(t *testing.T) {
	for name, module := range map[string]string{"made": Cluster(), "known": KnownCluster(), "looked at": ObserveCluster()} {
		for _, key := range []cty.Value{cty.NullVal(cty.String), cty.StringVal(key)} {
			known := map[string]cty.Value{"kms_key_crn": key, "kube_version": cty.StringVal("1.35")}
			if diff := cmp.Diff([]string(nil), moduletest.Problems(t, module, known)); diff != "" {
				t.Errorf("%s with the key %#v: -want, +got problems:\n%s", name, key, diff)
			}
		}
	}
}

// TestClusterIgnored holds that each argument which forces a new cluster or pool, or which the provider takes
// once, is under ignore_changes: of the first kind a change destroys, of the second nobody sees it.
func TestClusterIgnored(t *testing.T) {
	for resource, arguments := range map[string][]string{
		`resource "ibm_container_vpc_cluster"`: {
			"name", "vpc_id", "service_subnet", "pod_subnet", "network_plugin", "resource_group_id", // force a new one
			"flavor", "zones", "worker_count", "worker_labels", "taints", "security_groups", "kms_instance_id", "crk", "kms_account_id", "entitlement",
			"cos_instance_crn", "operating_system", "secondary_storage", "host_pool_id", "disable_public_service_endpoint",
		},
		`resource "ibm_container_vpc_worker_pool"`: {
			"flavor", "worker_pool_name", "cluster", "vpc_id", "resource_group_id", "secondary_storage", "host_pool_id", "zones",
		},
	} {
		for name, module := range map[string]string{"made": Cluster(), "known": KnownCluster()} {
			_, from, _ := strings.Cut(module, resource)
			_, from, _ = strings.Cut(from, "ignore_changes = [")
			list, _, _ := strings.Cut(from, "]")
			ignored := map[string]bool{}
			for argument := range strings.SplitSeq(list, ",") {
				ignored[strings.TrimSpace(argument)] = true
			}
			for _, argument := range arguments {
				if !ignored[argument] {
					t.Errorf("%s: a change of %s of %s is not ignored", name, argument, resource)
				}
			}
		}
	}
}

func TestClusterVariables(t *testing.T) {
	null, text, number := moduletest.Null, cty.StringVal, cty.NumberIntVal
	zone := func(name, subnet string) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"name": text(name), "subnet_id": text(subnet)})
	}
	place := map[string]moduletest.Variable{
		"service": {
			Reason: "the service of clusters", Takes: []cty.Value{text("containers-kubernetes")}, Refuses: []cty.Value{null, text("databases-for-redis")},
		},
		"name": {
			Reason:  "what IBM Cloud takes as the name of a cluster",
			Takes:   []cty.Value{text("ibm-payments-prod-main"), text(strings.Repeat("a", 35))},
			Refuses: []cty.Value{null, text(""), text("1a"), text("a b"), text("a_b"), text(strings.Repeat("a", 36))},
		},
		"location": {
			Reason: "a region", Takes: []cty.Value{text("eu-de"), text("us-south")}, Refuses: []cty.Value{null, text(""), text("EU-DE"), text(`eu-de"}`)},
		},
		"resource_group_id": {
			Reason: "an ID, or the default group", Takes: []cty.Value{null, text(strings.Repeat("0a", 16))}, Refuses: []cty.Value{text(""), text("default")},
		},
	}
	network := moduletest.Variable{
		Reason: "an IPv4 network, or IBM's choice", Takes: []cty.Value{null, text("172.17.0.0/18")},
		Refuses: []cty.Value{text(""), text("172.17.0.0"), text("fd00::/8")},
	}
	flag := moduletest.Variable{Reason: "yes or no", Takes: []cty.Value{cty.True, cty.False}, Refuses: []cty.Value{null, text("maybe")}}
	made := map[string]moduletest.Variable{
		"kube_version": {
			Reason:  "a minor version",
			Takes:   []cty.Value{text("1.35")},
			Refuses: []cty.Value{null, text(""), text("1.35.4"), text("1.9"), text("4.18_openshift")},
		},
		"vpc_id": {Reason: "an ID", Takes: []cty.Value{text("r010-0b-1")}, Refuses: []cty.Value{null, text(""), text("a b")}},
		"zones": {
			Reason: "one or more zones, each with a subnet",
			Takes:  []cty.Value{cty.ListVal([]cty.Value{zone("eu-de-1", "02b7-1")}), cty.ListVal([]cty.Value{zone("us-south-1", "a"), zone("us-south-2", "b")})},
			Refuses: []cty.Value{
				null, cty.ListValEmpty(zone("", "").Type()), cty.ListVal([]cty.Value{zone("eu-de", "a")}), cty.ListVal([]cty.Value{zone("eu-de-1", "")}),
			},
		},
		"flavor": {
			Reason:  "the size of a node",
			Takes:   []cty.Value{text("bx2.4x16"), text("cx2.2x4"), text("bx3d.4x20"), text("mx2.16x128.2000gb")},
			Refuses: []cty.Value{null, text(""), text("multitenant"), text("bx2-4x16"), text("BX2.4x16")},
		},
		"workers_per_zone": {
			Reason: "a whole number", Takes: []cty.Value{number(1), number(50)}, Refuses: []cty.Value{null, number(0), number(-1), cty.NumberFloatVal(1.5)},
		},
		"pod_subnet": network, "service_subnet": network,
		"public_endpoint": flag, "outbound": flag, "deletion_protection": flag, "allow_delete": flag,
		"kms_key_crn": {
			Reason: "the CRN of a key, which has instance and key, or none",
			Takes:  []cty.Value{null, text(key), text("crn:v1:bluemix:public:hs-crypto:eu-de:a/0:1:key:2")},
			Refuses: []cty.Value{
				text(""), text("my-key"), text("crn:v1:bluemix:public:kms:eu-de:a/0:1::"), text("crn:v1:bluemix:public:databases-for-mysql:eu-de:a/0:1:key:2"),
			},
		},
		"tags": {
			Reason:  "what IBM takes as a tag",
			Takes:   []cty.Value{moduletest.List(), moduletest.List("project:payments", "team:team payments")},
			Refuses: []cty.Value{null, text("a"), moduletest.List("a/b"), moduletest.List(""), moduletest.List(strings.Repeat("a", 129))},
		},
	}
	known := map[string]moduletest.Variable{
		"cluster_id": {
			Reason:  "the ID of a cluster",
			Takes:   []cty.Value{text("cabcdefw0ghi1jk2lmno")},
			Refuses: []cty.Value{null, text(""), text("ibm-payments-prod-main"), text("crn:v1:bluemix")},
		},
	}
	for name, tc := range map[string]struct {
		module string
		groups []map[string]moduletest.Variable
	}{
		"Made":   {Cluster(), []map[string]moduletest.Variable{place, made}},
		"Known":  {KnownCluster(), []map[string]moduletest.Variable{place, made, known}},
		"Looked": {ObserveCluster(), []map[string]moduletest.Variable{place}},
	} {
		t.Run(name, func(t *testing.T) { moduletest.Variables(t, tc.module, tc.groups...) })
	}
}
