package crds

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// roles are, for each provider that the packages bring, the example that says how it
// reaches its cloud, and the rights that the example has to name.
var roles = map[string]struct {
	example string
	rights  []string
}{
	"gcp-sql":                {"gcp", []string{"roles/cloudsql.admin", "roles/compute.networkUser"}},
	"gcp-storage":            {"gcp", []string{"roles/storage.admin"}},
	"gcp-redis":              {"gcp", []string{"roles/redis.admin"}},
	"gcp-pubsub":             {"gcp", []string{"roles/pubsub.admin"}},
	"gcp-container":          {"gcp", []string{"roles/container.admin"}},
	"aws-rds":                {"aws", []string{"AmazonRDSFullAccess"}},
	"aws-ec2":                {"aws", []string{"security groups", "launch templates"}},
	"aws-eks":                {"aws", []string{"eks:*"}},
	"aws-s3":                 {"aws", []string{"AmazonS3FullAccess"}},
	"aws-elasticache":        {"aws", []string{"AmazonElastiCacheFullAccess"}},
	"aws-sqs":                {"aws", []string{"AmazonSQSFullAccess"}},
	"azure-containerservice": {"azure", []string{"role Contributor", "clusters"}},
	"azure-dbforpostgresql":  {"azure", []string{"role Contributor"}},
	"azure-dbformysql":       {"azure", []string{"role Contributor"}},
	"azure-authorization":    {"azure", []string{"Microsoft.Authorization/locks/*", "Microsoft.Authorization/roleAssignments/*"}},
	"azure-cache":            {"azure", []string{"role Contributor"}},
	"azure-network":          {"azure", []string{"role Contributor"}},
	"azure-servicebus":       {"azure", []string{"role Contributor"}},
	"azure-storage":          {"azure", []string{"Storage Blob Data Contributor", "Storage Queue Data Contributor", "storageUseAzureAD: true"}},
	"opentofu": {"ibm", []string{
		"databases-for-postgresql", "databases-for-mysql", "databases-for-redis", "messages-for-rabbitmq", "cloud-object-storage",
	}},
}

// provided are the packages of providers in a Configuration. A family has no kind of its own
// that takes a right.
var provided = regexp.MustCompile(`(?m)^ *package: \S*/provider-(\S+)$`)

// TestRoles holds that whoever applies the examples of provider configs is told which
// rights each provider of the packages takes: a provider without them fails in the cluster
// only.
func TestRoles(t *testing.T) {
	packages, err := filepath.Glob("../../package/*/crossplane.yaml")
	if err != nil || len(packages) == 0 {
		t.Fatal("no packages", err)
	}
	brought := map[string]bool{}
	for _, file := range packages {
		for _, m := range provided.FindAllStringSubmatch(read(t, file), -1) {
			if !strings.HasPrefix(m[1], "family-") {
				brought[m[1]] = true
			}
		}
	}
	if want, got := slices.Sorted(maps.Keys(roles)), slices.Sorted(maps.Keys(brought)); !slices.Equal(want, got) {
		t.Errorf("rights are known of the providers %v, and the packages bring %v", want, got)
	}
	for name, role := range roles {
		// A comment is one text, wherever its lines break.
		text := strings.Join(strings.Fields(strings.ReplaceAll(read(t, "../../examples/providers/"+role.example+".yaml"), "\n#", "\n")), " ")
		for _, right := range role.rights {
			if !strings.Contains(text, right) {
				t.Errorf("examples/providers/%s.yaml does not say %q, without which provider-%s can do nothing", role.example, right, name)
			}
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
