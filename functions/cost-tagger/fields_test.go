package costtagger

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestKinds holds the traps: fields of the same name are cost tags on one kind
// and something else on another.
func TestKinds(t *testing.T) {
	cases := map[string]struct{ reason, want string }{
		"sql.gcp.upbound.io/DatabaseInstance":   {"Cloud SQL has them among its settings.", "+settings.userLabels"},
		"sql.gcp.m.upbound.io/DatabaseInstance": {"Both scopes have the same field.", "+settings.userLabels"},
		"sql.gcp.upbound.io/User":               {"A user has no labels.", ""},
		"container.gcp.upbound.io/Cluster": {
			"GKE calls them resource labels; nodeConfig.labels are Kubernetes'.",
			"nodeConfig.resourceLabels resourceLabels",
		},
		"container.gcp.upbound.io/NodePool":              {"A node pool's machines are labelled by its config.", "+nodeConfig.resourceLabels"},
		"compute.gcp.upbound.io/Instance":                {"GCP's tags are network tags.", "bootDisk.initializeParams.labels labels"},
		"compute.gcp.upbound.io/InstanceTemplate":        {"A template never changes.", "!disk.labels !labels"},
		"pubsub.gcp.upbound.io/Topic":                    {"GCP's tags of a map bind policies.", "labels"},
		"bigquery.gcp.upbound.io/Dataset":                {"resourceTags bind policies.", "labels"},
		"monitoring.gcp.upbound.io/NotificationChannel":  {"Its labels say where it sends to.", "userLabels"},
		"cloudidentity.gcp.upbound.io/Group":             {"Its labels are its type.", ""},
		"cloudrun.gcp.upbound.io/Service":                {"Cloud Run keeps them in metadata.", "+metadata.labels template.metadata.labels"},
		"s3.aws.upbound.io/BucketMetric":                 {"filter.tags selects objects.", ""},
		"s3.aws.upbound.io/BucketLifecycleConfiguration": {"So do a rule's.", ""},
		"securityhub.aws.upbound.io/Insight":             {"resourceTags select findings.", ""},
		"eks.aws.upbound.io/NodeGroup":                   {"labels are Kubernetes'.", "tags"},
		"autoscaling.aws.upbound.io/AutoscalingGroup":    {"A list of key, value and whether instances get it.", "tag=key,value,propagateAtLaunch"},
		"autoscaling.aws.upbound.io/GroupTag":            {"The kind is a tag of somebody's.", ""},
		"ec2.aws.upbound.io/Instance": {
			"EC2 takes volumeTags or tags of each device.",
			"?volumeTags ebsBlockDevice.tags-volumeTags rootBlockDevice.tags-volumeTags tags",
		},
		"network.azure.upbound.io/PublicIP":  {"ipTags are classes of addresses.", "tags"},
		"storage.azure.upbound.io/Container": {"metadata is no tags.", ""},
		"containerservice.azure.upbound.io/KubernetesCluster": {
			"The default pool's machines have tags of their own; nodeLabels are Kubernetes'.",
			"defaultNodePool.tags tags",
		},
		"network.azure.upbound.io/DNSZone": {"soaRecord.tags are a record's.", "tags"},
	}
	for name, tc := range cases {
		group, kind, _ := strings.Cut(name, "/")
		k := lookUp(group, kind)
		if k == nil {
			t.Errorf("%s is not in the table", name)
			continue
		}
		if diff := cmp.Diff(tc.want, k.texts()); diff != "" {
			t.Errorf("%s: %s -want, +got:\n%s", name, tc.reason, diff)
		}
	}
}

// texts are the fields of a kind as the table has them.
func (k *known) texts() string {
	texts := make([]string, len(k.fields))
	for i, f := range k.fields {
		texts[i] = f.String()
	}
	return strings.Join(texts, " ")
}

// String writes a field as the table has it.
func (f *field) String() string {
	text := strings.Join(f.path, ".")
	for mark, on := range map[string]bool{"+": f.create, "?": f.there, "!": f.once} {
		if on {
			text = mark + text
		}
	}
	if f.pair != nil {
		text += "=" + f.pair.key + "," + f.pair.value + "," + f.pair.flag
	}
	if f.beside != "" {
		text += "-" + f.beside
	}
	return text
}

// TestComposedKinds holds where the cost tags of everything stand that caches and queues are made
// of, in both scopes.
func TestComposedKinds(t *testing.T) {
	cases := map[string]struct{ reason, want string }{
		"redis.gcp/Instance":                      {"Memorystore has labels.", "labels"},
		"elasticache.aws/ReplicationGroup":        {"ElastiCache tags a group, and its nodes with it.", "tags"},
		"elasticache.aws/SubnetGroup":             {"A subnet group has tags of its own.", "tags"},
		"elasticache.aws/ParameterGroup":          {"A parameter group has tags of its own.", "tags"},
		"ec2.aws/SecurityGroup":                   {"A security group has tags of its own.", "tags"},
		"ec2.aws/SecurityGroupIngressRule":        {"A rule has tags of its own.", "tags"},
		"cache.azure/ManagedRedis":                {"A cache has tags.", "tags"},
		"network.azure/PrivateEndpoint":           {"An endpoint is paid by the hour, and has tags.", "tags"},
		"pubsub.gcp/Topic":                        {"GCP's tags of a topic bind policies.", "labels"},
		"pubsub.gcp/Subscription":                 {"GCP's tags of a subscription bind policies.", "labels"},
		"pubsub.gcp/TopicIAMMember":               {"A right has no labels.", ""},
		"pubsub.gcp/SubscriptionIAMMember":        {"A right to a subscription has no labels.", ""},
		"sqs.aws/Queue":                           {"A queue of SQS has tags.", "tags"},
		"servicebus.azure/ServiceBusNamespace":    {"The namespace is what is paid for.", "tags"},
		"servicebus.azure/Queue":                  {"A queue of Service Bus is in its namespace's bill.", ""},
		"servicebus.azure/QueueAuthorizationRule": {"A rule is a key, and no thing of the bill.", ""},
		"authorization.azure/RoleAssignment":      {"A role that is assigned has no tags.", ""},
		"authorization.azure/ManagementLock":      {"A lock has no tags.", ""},
		"azure/ResourceGroup":                     {"A resource group has tags, which nothing in it inherits.", "tags"},
	}
	for name, tc := range cases {
		group, kind, _ := strings.Cut(name, "/")
		for _, suffix := range []string{".upbound.io", ".m.upbound.io"} {
			k := lookUp(group+suffix, kind)
			if k == nil {
				t.Errorf("%s%s is not in the table", name, suffix)
				continue
			}
			if diff := cmp.Diff(tc.want, k.texts()); diff != "" {
				t.Errorf("%s%s: %s -want, +got:\n%s", name, suffix, tc.reason, diff)
			}
		}
	}
}

// TestKindsCount holds the counts that were read from the CRDs by other means, of
// fields at the top of forProvider. Further kinds are of older versions.
func TestKindsCount(t *testing.T) {
	all, top := map[string]int{}, map[string]int{}
	for k, what := range kinds {
		cloud := k.group[strings.LastIndexByte(k.group, '.')+1:]
		all[cloud]++
		for _, f := range what.fields {
			if len(f.path) == 1 && f.pair == nil && slices.Contains([]string{"tags", "labels", "userLabels", "resourceLabels"}, f.path[0]) {
				top[cloud]++
				break
			}
		}
	}
	// AWS: 539. Azure: 294, and 19 of kinds that are gone. GCP: 113 fields, less
	// the labels of NotificationChannel, Group and Intent, which are none; and 1
	// that is gone. Less those whose versions differ, which are asked for: they
	// have a field at the newest version, but for BotConnection.
	want := map[string]int{"aws": 539 - 2, "azure": 294 + 19 - 1, "gcp": 113 - 3 + 1 - 5}
	if diff := cmp.Diff(want, top); diff != "" {
		t.Errorf("kinds with a field at the top: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"aws": 1030 - 2, "azure": 767 + 43 - 2, "gcp": 406 + 3 - 5}, all); diff != "" {
		t.Errorf("kinds: -want, +got:\n%s", diff)
	}
}

// TestKindsVarying holds that a kind is not known whose field a version of its
// provider lacks: the API server would refuse the object there.
func TestKindsVarying(t *testing.T) {
	for _, name := range []string{
		"botservice.azure/BotConnection", "cloudfront.aws/Function", "compute.gcp/HaVPNGateway", "compute.gcp/InterconnectAttachment", "compute.gcp/SecurityPolicy",
		"ec2.aws/VPCIpamPoolCidrAllocation", "eventarc.gcp/Channel", "redis.gcp/Cluster", "sql.azure/MSSQLManagedDatabase",
	} {
		group, kind, _ := strings.Cut(name, "/")
		if k := lookUp(group+".upbound.io", kind); k != nil {
			t.Errorf("%s is known, with %v", name, k.fields)
		}
	}
}

// TestKindsAgainstCRDs writes tags to every kind of the snapshot, and holds that
// they stand where the CRD has a map of strings.
func TestKindsAgainstCRDs(t *testing.T) {
	files, err := filepath.Glob("../../test/crds/snapshot/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no snapshot", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		body := map[string]any{}
		if err := yaml.Unmarshal(b, &body); err != nil {
			t.Fatal(err)
		}
		crd, err := structpb.NewStruct(body)
		if err != nil {
			t.Fatal(err)
		}
		group, kind := object.String(crd, "spec", "group"), object.String(crd, "spec", "names", "kind")
		schema := object.Get(crd, "spec", "versions").GetListValue().GetValues()[0].GetStructValue()
		forProvider := object.Struct(schema, "schema", "openAPIV3Schema", "properties", "spec", "properties", "forProvider")
		if forProvider == nil || strings.HasPrefix(group, "opentofu.") {
			continue
		}
		k := lookUp(group, kind)
		if k == nil {
			t.Errorf("%s of %s is not in the table", kind, group)
			continue
		}
		for _, f := range k.fields {
			if !isMap(forProvider, f.path) {
				t.Errorf("%s of %s has no map %v", kind, group, f.path)
			}
		}
		if len(k.fields) == 0 && (isMap(forProvider, []string{"tags"}) || isMap(forProvider, []string{"labels"})) {
			t.Errorf("%s of %s has tags that the table lacks", kind, group)
		}
	}
}

func TestCloudOf(t *testing.T) {
	for name, want := range map[string]cloudID{
		"sql.gcp/DatabaseInstance": idGCP, "rds.aws/Instance": idAWS, "s3.aws/Bucket": idAWS, "s3.aws/Object": idAWSObject,
		"iam.aws/Role": idAWSIAM, "iam.aws/Policy": idAWSIAM, "iam.aws/InstanceProfile": idAWSIAM, "rolesanywhere.aws/Profile": idAWS,
		"storage.azure/Account": idAzureAccount, "storage.azure/Container": idAzure, "automation.azure/Account": idAzureFew, "cdn.azure/Profile": idAzureFew,
		"network.azure/DNSZone": idAzureDNS, "network.azure/PrivateDNSZone": idAzureDNS, "network.azure/PrivateDNSARecord": idAzureDNS,
		"network.azure/PrivateDNSZoneVirtualNetworkLink": idAzureDNS, "network.azure/PrivateDNSResolver": idAzure,
		"network.azure/TrafficManagerProfile": idAzureDNS, "network.azure/VirtualNetwork": idAzure,
	} {
		group, kind, _ := strings.Cut(name, "/")
		if got := cloudOf(group, kind); got != want {
			t.Errorf("cloudOf(%s) = %s, want %s", name, clouds[got].name, clouds[want].name)
		}
	}
}

// isMap reports whether a schema has a map of strings at a path.
func isMap(schema *structpb.Struct, path []string) bool {
	for _, key := range path {
		schema = object.Struct(schema, "properties", key)
		if items := object.Struct(schema, "items"); items != nil {
			schema = items
		}
	}
	return holdsStrings(schema)
}
