package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// gated is a request under a platform's policy and no other settings.
func gated(t *testing.T, xr, policy string, observed map[string]*fnv1.Resource) *fnv1.RunFunctionRequest {
	t.Helper()
	req := request(t, xr, "", nil)
	settings := fromYAML(t, "metadata: {name: platform}\n"+
		"data: {providers: {gcp: {bucketNameSalt: acme-prod, network: prod}, aws: {region: eu-west-1}}, policy: "+policy+"}")
	req.RequiredResources["settings"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: settings}}}
	for name, r := range observed {
		req.Observed.Resources[name] = proto.CloneOf(r)
	}
	return req
}

// liveUnder is what a claim has that was made under a policy which let it be made.
func liveUnder(t *testing.T, xr string) map[string]*fnv1.Resource {
	t.Helper()
	const open = `{adopt: manage, adoptNames: ["*"], overrides: {project: true, env: true}}`
	req := gated(t, xr, open, nil)
	first := run(t, req)
	if got := fatal(first); got != "" {
		t.Fatal(got)
	}
	for name, r := range first.GetDesired().GetResources() {
		req.Observed.Resources[name] = &fnv1.Resource{Resource: made(r.GetResource())}
	}
	object.Set(req.GetObserved().GetResources()[keyInstance].GetResource(), fromYAML(t, atProvider("gcp", "17", 128)), "status", "atProvider")
	again := run(t, req)
	if got := fatal(again); got != "" {
		t.Fatal(got)
	}
	for name, r := range again.GetDesired().GetResources() {
		o := req.GetObserved().GetResources()[name].GetResource()
		object.Put(o, object.Get(r.GetResource(), "spec"), "spec")
		for key, v := range object.Struct(r.GetResource(), "metadata", "annotations").GetFields() {
			object.Put(o, v, "metadata", "annotations", key)
		}
		object.Set(o, fromYAML(t, "{project: payments, env: prod}"), "metadata", "labels")
	}
	return req.GetObserved().GetResources()
}

// gateCases are claims, each against a policy that refuses it, with the words.
var gateCases = map[string]struct{ reason, spec, policy, want string }{
	"Provider": {
		"A cloud that is not in the list is refused.", "", "{allowed: {providers: [aws, ibm]}}",
		`spec.provider: "gcp" is not allowed by settings policy.allowed.providers; allowed are aws, ibm`,
	},
	"Type": {
		"A type that is not in the list is refused.", "", "{allowed: {types: [bucket]}}",
		`spec.type: "database" is not allowed by settings policy.allowed.types; allowed are bucket`,
	},
	"Region": {
		"A region is compared as its cloud spells it.", "", "{allowed: {regions: [eu-central, europe-west2, eu-west-1]}}",
		`spec.region: "europe-west1" is not allowed by settings policy.allowed.regions; allowed are eu-central, europe-west2, eu-west-1`,
	},
	"Profile": {
		"A profile that is not in the list is refused.", "", "{allowed: {profiles: [nano, small]}}",
		`spec.profile: "medium" is not allowed by settings policy.allowed.profiles; allowed are nano, small`,
	},
	"Engine": {
		"An engine that is not in the list is refused.", "", "{allowed: {engines: [mysql]}}",
		`spec.database.engine: "postgres" is not allowed by settings policy.allowed.engines; allowed are mysql`,
	},
	"Version": {
		"A version that is not in the list is refused, also one that the claim has by default.", "", `{allowed: {versions: ["16", "8.4"]}}`,
		`spec.database.version: "17" is not allowed by settings policy.allowed.versions; allowed are 16, 8.4`,
	},
	"Disk": {
		"A disk that is larger than the largest is refused.", "database: {storageGiB: 600}", "{allowed: {maxStorageGiB: 512}}",
		"spec.database.storageGiB: 600 is not allowed by settings policy.allowed.maxStorageGiB; allowed is at most 512",
	},
	"Env": {
		"No claim names another env than its namespace unless the settings let it.", "env: dev", "{}",
		`spec.env: "dev" is not allowed by settings policy.overrides.env; allowed is prod, which the namespace payments-prod-infra says`,
	},
	"Project": {
		"To name another env is not to name another project.", "project: shop", "{overrides: {env: true}}",
		`spec.project: "shop" is not allowed by settings policy.overrides.project; allowed is payments, which the namespace payments-prod-infra says`,
	},
	"Entity": {
		"No claim's costs go to the entity of another project.", "entity: resource:default/GCP-Shop-prod-main", "{}",
		`spec.entity: "resource:default/gcp-shop-prod-main" is not allowed by settings policy.overrides.project; allowed is what is of the project payments`,
	},
	"Adopt": {
		"Nothing that exists is named unless the settings let it.", "externalName: old", "{}",
		`spec.externalName: "old" is not allowed by settings policy.adopt; allowed is none: no claim here may name what exists already`,
	},
	"Manage": {
		"To look at what exists is not to take it over.", "externalName: old, adopt: Manage", "{adopt: observe}",
		`spec.adopt: "Manage" is not allowed by settings policy.adopt; allowed is Observe`,
	},
	"AllowDelete": {
		"The annotation lifts protection only where the settings let it.", "annotated", "{allowDelete: false}",
		`metadata.annotations[platform.victor.onl/allow-delete]: "true" is not allowed by settings policy.allowDelete; allowed is to leave the annotation out`,
	},
}

// saying is the example claim with more said in its spec.
func saying(spec string) string {
	xr := xrHead + specGCP
	switch {
	case spec == "annotated":
		return strings.Replace(xr, "labels:", `annotations: {platform.victor.onl/allow-delete: "true"}, labels:`, 1)
	case strings.HasPrefix(spec, "database: {"):
		return strings.Replace(xr, "{engine", strings.TrimSuffix(strings.TrimPrefix(spec, "database: "), "}")+", engine", 1)
	case spec == "":
		return xr
	}
	return xr + "  " + strings.ReplaceAll(spec, ", ", "\n  ") + "\n"
}

func TestGates(t *testing.T) {
	t.Parallel()
	for name, tc := range gateCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, gated(t, saying(tc.spec), tc.policy, nil))
			if got := fatal(rsp); !strings.Contains(got, tc.want) {
				t.Errorf("\n%s\ngot %q, want %q", tc.reason, got, tc.want)
			}
			if c := rsp.GetConditions()[0]; c.GetReason() != "NotAllowed" || c.GetStatus() != fnv1.Status_STATUS_CONDITION_FALSE {
				t.Errorf("\n%s\nComposed: %v", tc.reason, c)
			}
		})
	}
}

// TestGatesLive holds that what lives stays as it was made under policies of which none
// would let it be made, and that the claim is told. The state is that of an older version:
// no annotation is of the gates.
func TestGatesLive(t *testing.T) {
	t.Parallel()
	for name, tc := range gateCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			xr := saying(tc.spec)
			observed := liveUnder(t, xr)
			for key, value := range map[string]string{"project": "project: shop", "env": "env: dev"} {
				if strings.HasPrefix(tc.spec, key) {
					for _, r := range observed {
						object.Set(r.GetResource(), strings.TrimPrefix(value, key+": "), "metadata", "labels", key)
					}
				}
			}
			before := run(t, gated(t, xr, `{adopt: manage, adoptNames: ["*"], overrides: {project: true, env: true}}`, observed))
			rsp := run(t, gated(t, xr, tc.policy, observed))
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\na live one is refused: %s", tc.reason, got)
			}
			for part, r := range before.GetDesired().GetResources() {
				if !proto.Equal(r, rsp.GetDesired().GetResources()[part]) {
					t.Errorf("\n%s\n%s is composed otherwise", tc.reason, part)
				}
			}
			c := rsp.GetConditions()[0]
			if !strings.Contains(c.GetMessage(), tc.want) || c.GetStatus() == fnv1.Status_STATUS_CONDITION_FALSE {
				t.Errorf("\n%s\nComposed: %v", tc.reason, c)
			}
		})
	}
}
