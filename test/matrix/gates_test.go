package matrix

import (
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// gated sends a namespaced claim through the three functions, under settings by the key of
// their requirement.
func gated(t *testing.T, claim string, layers map[string]string, observed *structpb.Struct) *fnv1.RunFunctionResponse {
	t.Helper()
	xr, err := render.XR([]byte(claim), render.ScopeNamespaced, "")
	if err != nil {
		t.Fatal(err)
	}
	req := &fnv1.RunFunctionRequest{
		Observed:          &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, string(xr))}, Resources: map[string]*fnv1.Resource{}},
		RequiredResources: map[string]*fnv1.Resources{},
	}
	for _, key := range []string{"settings", "settings-env", "settings-project", "settings-own-env", "settings-own-project"} {
		req.RequiredResources[key] = &fnv1.Resources{}
	}
	for key, data := range layers {
		o := &structpb.Struct{Fields: map[string]*structpb.Value{
			"metadata": structpb.NewStructValue(fromYAML(t, "{name: "+key+"}")), "data": structpb.NewStructValue(fromYAML(t, data)),
		}}
		req.RequiredResources[key] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: o}}}
	}
	if observed != nil {
		req.Observed.Resources["instance"] = &fnv1.Resource{Resource: observed}
	}
	rsp, err := renderer.Pipeline(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

const claimHead = "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\n"

// Two claims that went through before the platform could say no.
const (
	takesProd = claimHead + `metadata: {name: x, namespace: blog-dev-infra, annotations: {platform.victor.onl/allow-delete: "true"}}
spec:
  {provider: gcp, profile: medium, region: eu-west, externalName: gcp-payments-prod-cloudsql-main, adopt: Manage, deletionPolicy: Delete,
   database: {engine: postgres, version: "17", name: orders, storageGiB: 200, highAvailability: true, backupRetentionDays: 30}}`
	tooLarge = claimHead + `metadata: {name: big, namespace: toy-dev-infra}
spec: {provider: aws, profile: xlarge, region: us-east, database: {engine: postgres, version: "14", storageGiB: 60000, highAvailability: true}}`
)

// TestRefused holds that each of them is refused, first and over what is observed.
func TestRefused(t *testing.T) {
	prod := fromYAML(t, `
apiVersion: sql.gcp.m.upbound.io/v1beta1
kind: DatabaseInstance
metadata: {name: x-instance, annotations: {crossplane.io/external-name: gcp-payments-prod-cloudsql-main, platform.victor.onl/requested-adopt: Observe}}
spec: {managementPolicies: [Observe], forProvider: {region: europe-west1}}
status:
  conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]
  atProvider: {id: x, databaseVersion: POSTGRES_17, region: europe-west1, settings: {tier: db-custom-4-16384, edition: ENTERPRISE, diskSize: 200,
    availabilityType: REGIONAL, deletionProtectionEnabled: true, backupConfiguration: {backupRetentionSettings: {retainedBackups: 30}},
    userLabels: {project: payments, env: prod, service: cloudsql-main, backstage-entity: resource_default_gcp-payments-prod-cloudsql-main}}}`)
	cases := map[string]struct {
		reason, claim, settings string
		observed                *structpb.Struct
		want                    string
	}{
		"Adopt": {
			"Without a policy no claim names what exists.", takesProd, "{providers: {gcp: {network: dev}}}", nil,
			`is not allowed by settings policy.adopt; allowed is `,
		},
		"AdoptSeen": {
			"Without a policy what is observed already is not taken over.", takesProd, "{providers: {gcp: {network: dev}}}", prod,
			`is not allowed by settings policy.adopt; allowed is `,
		},
		"AdoptOthers": {
			"With a policy that lets all names be adopted another's database is not taken over.", takesProd,
			`{policy: {adopt: manage, adoptNames: ["*"]}}`, prod,
			"gcp-payments-prod-cloudsql-main carries project=payments, and this claim is of blog",
		},
		"Large": {
			"A list of profiles holds for each env that it is said in.", tooLarge, "{policy: {allowed: {profiles: [nano, small]}}}", nil,
			`spec.profile: "xlarge" is not allowed by settings policy.allowed.profiles; allowed are nano, small`,
		},
		"Disk": {
			"A largest disk is compared with the disk that the claim names.", tooLarge, "{policy: {allowed: {maxStorageGiB: 512}}}", nil,
			"spec.database.storageGiB: 60000 is not allowed by settings policy.allowed.maxStorageGiB; allowed is at most 512",
		},
		"ProfilesDisk": {
			"A largest disk is compared with the disk that comes with a profile.", strings.Replace(tooLarge, "storageGiB: 60000, ", "", 1),
			"{policy: {allowed: {maxStorageGiB: 512}}}", nil, "spec.profile: a disk of 1024 GiB, as the profile xlarge has it here, is not allowed",
		},
		"Region": {
			"A region is compared as its cloud spells it.", tooLarge, "{policy: {allowed: {regions: [eu-west, us-central1]}}}", nil,
			`spec.region: "us-east-1" is not allowed by settings policy.allowed.regions; allowed are eu-west, us-central1`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var observed *structpb.Struct
			if tc.observed != nil {
				observed = proto.CloneOf(tc.observed)
			}
			if got := render.Fatal(gated(t, tc.claim, map[string]string{"settings": tc.settings}, observed)); !strings.Contains(got, tc.want) {
				t.Errorf("%s\ngot %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}

// TestTenancy holds that no claim of a dev namespace, whatever it and its env's settings
// say, gets what is prod's, unless the settings of its own namespace let it: the network,
// the account, the policy, or a database. Settings of prod let everybody do everything.
func TestTenancy(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	word := func(words ...string) string { return words[r.IntN(len(words))] }
	const prod = `{providers: {gcp: {providerConfig: prod-account, network: prod-network}, aws: {providerConfig: prod-account,
 regions: {eu-west-1: {subnetGroup: prod-network}}},
 azure: {providerConfig: prod-account, regions: {westeurope: {postgres: {delegatedSubnetID: /prod-network}}}},
 ibm: {providerConfig: prod-account}},
 policy: {adopt: manage, adoptNames: ["*"], overrides: {project: true, env: true}, deletionPolicy: Orphan, deletionProtection: true}}`
	composed, refused := 0, 0
	for range 400 {
		provider := word(providers...)
		overrides := word("", "overrides: {project: true}", "overrides: {env: false}")
		own := "{providers: {" + provider + ": {providerConfig: dev-account}}, policy: {" + strings.Trim(
			word("", "adopt: observe", `adoptNames: ["*"]`)+", "+overrides, ", ") + "}}"
		annotations := word("", `annotations: {platform.victor.onl/allow-delete: "true"}, `)
		more := word("", "env: prod", "project: payments, env: prod", "project: payments", "env: dev") + ", " +
			word("", "entity: resource:default/gcp-payments-prod-main") + ", " +
			word("", "externalName: gcp-payments-prod-main", "externalName: gcp-payments-prod-main, adopt: Manage",
				"externalName: gcp-payments-prod-main, adopt: Observe") +
			", " + word("", "deletionPolicy: Delete", "deletionPolicy: Orphan") + ", " + word("", "tags: {project: payments, env: prod}")
		var fields []string
		for field := range strings.SplitSeq(more, ", ") {
			if field != "" {
				fields = append(fields, field)
			}
		}
		claim := claimHead + "metadata: {" + annotations + "name: x, namespace: blog-dev-infra}\nspec: {" + strings.Join(append(fields,
			"provider: "+provider, "profile: small", "region: eu-west", "database: {engine: postgres}"), ", ") + "}"
		overridden := strings.Contains(claim, "env: prod,") && strings.Contains(strings.SplitAfter(claim, "spec: ")[1], "env: prod")
		layers := map[string]string{"settings-env": own}
		if overridden {
			layers = map[string]string{"settings-env": prod, "settings-own-env": own}
		}
		rsp := gated(t, claim, layers, nil)
		desired := maps.Clone(rsp.GetDesired().GetResources())
		if render.Fatal(rsp) != "" {
			refused++
			continue // Crossplane composes nothing of it
		}
		composed++
		for name, c := range desired {
			text := c.GetResource().String()
			for _, theirs := range []string{"prod-account", "prod-network"} {
				if strings.Contains(text, theirs) {
					t.Errorf("%s has %s of prod by\n%s\nunder %s", name, theirs, claim, own)
				}
			}
			if labels := object.Struct(c.GetResource(), "metadata", "labels"); object.String(labels, "env") != "dev" {
				t.Errorf("%s is labelled as prod's by\n%s\nunder %s", name, claim, own)
			}
			if strings.Contains(text, "resource:default/gcp-payments-prod-main") && !strings.Contains(own, "project: true") {
				t.Errorf("the costs of %s are read as prod's by\n%s\nunder %s", name, claim, own)
			}
			if policies := policiesOf(c.GetResource()); strings.Contains(text, "gcp-payments-prod-main") && name == "instance" &&
				strings.Contains(claim, "externalName") && len(policies) != 1 && provider != "ibm" {
				t.Errorf("%s may change prod's database, by %v, by\n%s\nunder %s", name, policies, claim, own)
			}
		}
	}
	if composed == 0 || refused == 0 {
		t.Errorf("%d claims composed something, and %d were refused: one of both was not tried", composed, refused)
	}
}
