package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

func fromYAML(t testing.TB, manifest string) *structpb.Struct {
	t.Helper()
	j, err := yaml.YAMLToJSON([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	gcpInstance = `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {availabilityType: ZONAL}}}}`
	awsInstance = `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {multiAz: true}}}`
)

func TestRunFunction(t *testing.T) {
	cases := map[string]struct {
		reason, xr, desired, observed, environment string
		want, fatal                                string
	}{
		"GCP": {
			reason:  "A new disk stands in initProvider, where it does not fight the autoresizer.",
			xr:      "spec: {profile: medium}",
			desired: gcpInstance,
			want: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {
				forProvider: {settings: {availabilityType: ZONAL, tier: db-custom-4-16384, diskType: PD_SSD, diskAutoresize: true}},
				initProvider: {settings: {diskSize: 128}}}}`,
		},
		"GCPShared": {
			reason:  "The smallest profile is a shared core.",
			xr:      "spec: {profile: nano}",
			desired: gcpInstance,
			want: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {
				forProvider: {settings: {availabilityType: ZONAL, tier: db-g1-small, diskType: PD_SSD, diskAutoresize: true}},
				initProvider: {settings: {diskSize: 32}}}}`,
		},
		"GCPSharedHA": {
			reason:  "A shared core has no SLA, so high availability takes a core of its own.",
			xr:      "spec: {profile: nano}",
			desired: strings.Replace(gcpInstance, "ZONAL", "REGIONAL", 1),
			want: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {
				forProvider: {settings: {availabilityType: REGIONAL, tier: db-custom-1-3840, diskType: PD_SSD, diskAutoresize: true}},
				initProvider: {settings: {diskSize: 32}}}}`,
		},
		"GCPGrow": {
			reason:   "A larger disk than is there has to be asked for in forProvider.",
			xr:       "spec: {profile: medium, database: {storageGiB: 300}}",
			desired:  gcpInstance,
			observed: "status: {atProvider: {settings: {diskSize: 128}}}",
			want: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {
				forProvider: {settings: {availabilityType: ZONAL, tier: db-custom-4-16384, diskType: PD_SSD, diskAutoresize: true, diskSize: 300}}}}`,
		},
		"AWS": {
			reason:  "RDS gets its disk, and room to grow.",
			xr:      "spec: {profile: small}",
			desired: awsInstance,
			want:    `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {multiAz: true, instanceClass: db.t4g.medium, allocatedStorage: 64, maxAllocatedStorage: 128}}}`,
		},
		"AWSGrown": {
			reason:   "A disk that has grown keeps its size under a smaller profile.",
			xr:       "spec: {profile: small}",
			desired:  awsInstance,
			observed: "status: {atProvider: {allocatedStorage: 500}}",
			want:     `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {multiAz: true, instanceClass: db.t4g.medium, allocatedStorage: 500}}}`,
		},
		"AWSReplica": {
			reason:  "A replica has its source's disk.",
			xr:      "spec: {profile: small}",
			desired: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {replicateSourceDb: main}}}`,
			want:    `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {replicateSourceDb: main, instanceClass: db.t4g.medium}}}`,
		},
		"GCPOneScope": {
			reason:  "A disk size of an earlier step does not stand beside ours.",
			xr:      "spec: {profile: nano}",
			desired: `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance, spec: {forProvider: {settings: {diskSize: 50}}}}`,
			want: `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance, spec: {
				forProvider: {settings: {tier: db-g1-small, diskType: PD_SSD, diskAutoresize: true}}, initProvider: {settings: {diskSize: 32}}}}`,
		},
		"Settings": {
			reason:      "The platform's own profile picks the smallest class that fits.",
			xr:          "spec: {profile: reporting}",
			desired:     awsInstance,
			environment: "profiles: {reporting: {vcpu: 8, memoryGiB: 64, storageGiB: 2048}}",
			want:        `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {multiAz: true, instanceClass: db.r7g.2xlarge, allocatedStorage: 2048, maxAllocatedStorage: 4096}}}`,
		},
		"Unknown":   {reason: "An unknown profile lists those that exist.", xr: "spec: {profile: huge}", desired: awsInstance, fatal: `spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge`},
		"Missing":   {reason: "A missing profile is never guessed.", xr: "spec: {}", desired: awsInstance, fatal: "spec.profile: is missing; allowed are"},
		"WrongType": {reason: "A wrong type is named.", xr: "spec: {profile: 5}", desired: awsInstance, fatal: "spec.profile: 5 is no string"},
		"TooLarge":  {reason: "What nothing satisfies names the nearest.", xr: "spec: {profile: x}", desired: awsInstance, environment: "profiles: {x: {vcpu: 128, memoryGiB: 8, storageGiB: 64}}", fatal: `spec.profile: "x" asks for 128 vCPU and 8 GiB, which no size gives; the largest is db.r7g.16xlarge`},
		"Foreign":   {reason: "A kind that it does not know passes through.", xr: "spec: {}", desired: "{apiVersion: v1, kind: Secret}", want: "{apiVersion: v1, kind: Secret}"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, tc.xr)}, Resources: map[string]*fnv1.Resource{}},
				Desired:  &fnv1.State{Resources: map[string]*fnv1.Resource{"instance": {Resource: fromYAML(t, tc.desired)}}},
			}
			if tc.observed != "" {
				req.Observed.Resources["instance"] = &fnv1.Resource{Resource: fromYAML(t, tc.observed)}
			}
			if tc.environment != "" {
				req.Context = fromYAML(t, "apiextensions.crossplane.io/environment: {"+tc.environment+"}")
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), proto.Clone(req).(*fnv1.RunFunctionRequest))
			if err != nil {
				t.Fatal(err)
			}
			if tc.fatal != "" {
				if len(rsp.GetResults()) != 1 || !strings.HasPrefix(rsp.GetResults()[0].GetMessage(), tc.fatal) {
					t.Errorf("\n%s\nRunFunction(): want fatal %q, got %v", tc.reason, tc.fatal, rsp.GetResults())
				}
				return
			}
			if len(rsp.GetResults()) > 0 {
				t.Errorf("\n%s\nRunFunction(): results %v", tc.reason, rsp.GetResults())
			}
			if diff := cmp.Diff(fromYAML(t, tc.want), rsp.GetDesired().GetResources()["instance"].GetResource(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestCatalog holds that a profile gets no less than it means, and that sizes
// never fall from one profile to the next.
func TestCatalog(t *testing.T) {
	for cloud, skus := range map[string][]sku{"gcp": skusGCP, "gcp with high availability": skusGCP[1:], "aws": skusAWS} {
		last := sku{}
		for _, name := range claim.Profiles {
			p, err := profileOf(name, nil)
			if err != nil {
				t.Fatal(err)
			}
			s, err := fit(skus, p)
			if err != nil {
				t.Fatal(err)
			}
			if s.vcpu < p.vcpu || s.memoryGiB < p.memoryGiB {
				t.Errorf("%s: %s gets %v, less than %v", cloud, name, s, p)
			}
			if s.vcpu < last.vcpu || s.memoryGiB < last.memoryGiB {
				t.Errorf("%s: %s gets %v, less than the profile before it, %v", cloud, name, s, last)
			}
			last = s
		}
	}
}
