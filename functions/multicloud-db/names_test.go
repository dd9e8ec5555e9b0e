package multiclouddb

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A name of a composed resource, and what its cloud takes as one. Sources: the
// CreateDBInstance, CreateDBSnapshot, CreateDBParameterGroup, CreateDBSubnetGroup
// and CreateSecurityGroup pages of AWS; the instance settings of Cloud SQL, where
// 98 are shared with a project id of at most 30; the naming rules of Azure
// resources; the resource instances of IBM Cloud; the names of Kubernetes objects.
var nameRules = []struct {
	kind string
	at   []string
	form *regexp.Regexp
	most int
}{
	{"DatabaseInstance", externalNameAt, regexp.MustCompile(`^[a-z]([a-z0-9-]*[a-z0-9])?$`), 98 - 30},
	{"Instance", body("identifier"), regexp.MustCompile(`^[a-z]([a-z0-9]|-[a-z0-9])*$`), 63},
	{"Instance", body("finalSnapshotIdentifier"), regexp.MustCompile(`^[a-z]([a-z0-9]|-[a-z0-9])*$`), 255},
	{"Instance", body("passwordSecretRef", "name"), subdomain, 253},
	{"ParameterGroup", externalNameAt, regexp.MustCompile(`^[a-z]([a-z0-9]|-[a-z0-9])*$`), 255},
	{"SubnetGroup", externalNameAt, regexp.MustCompile(`^[a-z0-9][a-z0-9._ -]*$`), 255},
	{"SecurityGroup", body("name"), regexp.MustCompile(`^[a-rt-z][a-z0-9._-]*$`), 255}, // none begins with sg-
	{"FlexibleServer", externalNameAt, regexp.MustCompile(`^[a-z0-9]([a-z0-9-]+[a-z0-9])?$`), 63},
	{"ResourceGroup", externalNameAt, regexp.MustCompile(`^[-\w.()]*[-\w()]$`), 90},
	{"ManagementLock", body("name"), regexp.MustCompile(`^[-\w]+$`), 260},
	{"Workspace", externalNameAt, regexp.MustCompile(`^[a-z]([a-z0-9-]*[a-z0-9])?$`), 63}, // a label of its state's Secret
	{"Workspace", body("varmap", "name"), regexp.MustCompile(`^[a-z][a-z0-9-]*$`), 180},
	{"Workspace", []string{"spec", "writeConnectionSecretToRef", "name"}, subdomain, 253},
	{"Secret", []string{"metadata", "name"}, subdomain, 253},
}

var (
	externalNameAt = []string{"metadata", "annotations", "crossplane.io/external-name"}
	subdomain      = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)
)

func body(path ...string) []string { return append([]string{"spec", "forProvider"}, path...) }

// TestNames holds for random claims that every name of every kind is legal, that
// no two claims share one, and that a claim keeps its own whatever else it says.
func TestNames(t *testing.T) {
	t.Parallel()
	const settings = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {subnetIDs: [a, b], vpcID: vpc-1}}}}}"
	words := []string{"a", "dev", "prod", "x-y", "9", "a.b", strings.Repeat("z", 40)}
	r := rand.New(rand.NewPCG(5, 6))
	pick := func(words []string) string {
		parts := make([]string, 1+r.IntN(5))
		for i := range parts {
			parts[i] = words[r.IntN(len(words))]
		}
		return strings.Join(parts, "-")
	}
	owner, seen := map[string]string{}, map[int]int{}
	for i := range 1500 {
		provider, engine := []string{"gcp", "aws", "azure", "ibm"}[i%4], []string{"postgres", "mysql"}[i/4%2]
		namespace, name := strings.ReplaceAll(pick(words[:5]), ".", "-"), pick(words)
		who := namespace + "/" + name
		if len(namespace) > 50 || len(name) > 253 {
			continue // the API server refuses them
		}
		xr := strings.NewReplacer("payments-prod-infra", namespace+"-prod-infra", "name: cloudsql-main,", "name: "+name+",").Replace(specOf(provider, engine))
		observed := map[string]string{}
		if provider == "azure" { // a lock comes once there is a server
			observed[keyInstance] = "{kind: FlexibleServer, status: {atProvider: {id: /server}}}"
			observed[keyPassword] = "{data: {password: cGFzcw==}}"
		}
		names := namesOf(t, run(t, request(t, xr, settings, observed)), seen)
		for _, n := range names {
			if other, ok := owner[n]; ok && other != who {
				t.Fatalf("%s and %s share %s", other, who, n)
			}
			owner[n] = who
		}
		edited := strings.Replace(xr, "  profile: medium", "  profile: small\n  deletionPolicy: Orphan\n  tags: {a: b}", 1)
		edited = strings.Replace(edited, "{engine", "{storageGiB: 999, highAvailability: true, engine", 1)
		again := namesOf(t, run(t, request(t, edited, settings, observed)), seen)
		if fmt.Sprint(names) != fmt.Sprint(again) {
			t.Fatalf("%s has other names after an edit: %v, then %v", who, names, again)
		}
	}
	for i, rule := range nameRules {
		if seen[i] == 0 {
			t.Errorf("no %s has a name at %v, so nothing was held", rule.kind, rule.at)
		}
	}
}

// namesOf are the names of what was composed, by kind and in order, each held
// against its rule.
func namesOf(t *testing.T, rsp *fnv1.RunFunctionResponse, seen map[int]int) []string {
	t.Helper()
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	var out []string
	for i, rule := range nameRules {
		for _, o := range ofKind(rsp, rule.kind) {
			n := object.String(o, rule.at...)
			if n == "" {
				continue // RDS gives some names itself
			}
			seen[i]++
			if !rule.form.MatchString(n) || len(n) > rule.most {
				t.Fatalf("%s: %v: %q is no name that is taken there", rule.kind, rule.at, n)
			}
			out = append(out, rule.kind+" "+n)
		}
	}
	return out
}

func ofKind(rsp *fnv1.RunFunctionResponse, kind string) []*structpb.Struct {
	var out []*structpb.Struct
	for _, r := range rsp.GetDesired().GetResources() {
		if object.String(r.GetResource(), "kind") == kind {
			out = append(out, r.GetResource())
		}
	}
	return out
}
