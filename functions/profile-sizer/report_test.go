package profilesizer

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const deployment = `{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: a}]}}}}`

func TestReport(t *testing.T) {
	const xr = "{apiVersion: platform.victor.onl/v1alpha1, kind: XResource, spec: {profile: small}}"
	const foreign = "{apiVersion: acme.example/v1, kind: Shop, spec: {profile: small}}"
	const size = "{profile: small, instance: db.t4g.medium, vcpu: 2, memoryGiB: 4, storageGiB: 64, highAvailability: true}"
	cases := map[string]struct {
		reason, xr, input   string
		desired, observed   map[string]string
		composite           string // desired, before
		want, wantCondition string
	}{
		"Resource": {
			reason: "A Resource gets its size.", xr: xr, desired: map[string]string{"a": awsInstance}, composite: "{status: {resource: {name: x}}}",
			want: "{status: {resource: {name: x}, size: " + size + "}}", wantCondition: "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 64 GiB of disk",
		},
		"Foreign": {
			reason: "Another XR gets a condition only: Crossplane cannot apply a field that its XRD does not have.", xr: foreign, desired: map[string]string{
				"a": awsInstance,
			},
			wantCondition: "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 64 GiB of disk",
		},
		"OtherKind": {
			reason: "Another kind of our group does not have the field either.", xr: "{apiVersion: platform.victor.onl/v1alpha1, kind: Service, " +
				"spec: {profile: small}}", desired: map[string]string{
				"a": awsInstance,
			},
			wantCondition: "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 64 GiB of disk",
		},
		"ForeignStatus": {
			reason: "It gets its size where the input says.", xr: foreign, input: "{statusTo: status.database.size}", desired: map[string]string{"a": awsInstance},
			want: "{status: {database: {size: " + size + "}}}", wantCondition: "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 64 GiB of disk",
		},
		"Several": {
			reason: "The status is about the database, and notes name their resource.", xr: xr, desired: map[string]string{
				"a": deployment,
				"b": awsInstance,
				"c": gcpInstance,
			},
			observed: map[string]string{"c": "{status: {atProvider: {settings: {diskSize: 100}}}}"},
			want:     "{status: {size: " + size + "}}", wantCondition: "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 64 GiB of disk; c: the disk " +
				"keeps its 100 GiB although 64 are asked for, since a disk never shrinks",
		},
		"NoDatabase": {
			reason: "Without one, it is about the first by name.", xr: xr, desired: map[string]string{
				"b": deployment,
				"a": "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {}}",
			},
			want: "{status: {size: {profile: small}}}", wantCondition: "Sized: small: 1 to 2 replicas",
		},
		"Unwritten": {
			reason: "A body that cannot be written stays desired, and is said; the others are sized.", xr: xr, desired: map[string]string{
				"a": "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: []}}",
				"b": awsInstance,
			},
			want: "{status: {size: " + size + "}}", wantCondition: "NotSized: cannot size a: no kind with a size, or a field on the way is missing or no object",
		},
		"StatusInTheWay": {
			reason: "A status that is no object is said.", xr: xr, desired: map[string]string{"a": awsInstance}, composite: "{status: x}",
			want: "{status: x}", wantCondition: "NotSized: cannot size the XR's status.size: no kind with a size, or a field on the way is missing or no object",
		},
		"Nothing": {reason: "Nothing to size, nothing to say.", xr: "{}", desired: map[string]string{"a": "{apiVersion: v1, kind: Secret}"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, tc.xr)}, Resources: resources(t, tc.observed)},
				Desired:  &fnv1.State{Resources: resources(t, tc.desired)},
			}
			if tc.composite != "" {
				req.Desired.Composite = &fnv1.Resource{Resource: fromYAML(t, tc.composite)}
			}
			if tc.input != "" {
				req.Input = fromYAML(t, tc.input)
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			if diff := cmp.Diff(tc.wantCondition, conditionOf(rsp)); diff != "" {
				t.Errorf("\n%s\nRunFunction(): condition: -want, +got:\n%s", tc.reason, diff)
			}
			if tc.want == "" {
				if rsp.GetDesired().GetComposite() != nil {
					t.Errorf("\n%s\nRunFunction(): desired XR %v", tc.reason, rsp.GetDesired().GetComposite())
				}
			} else if diff := cmp.Diff(fromYAML(t, tc.want), rsp.GetDesired().GetComposite().GetResource(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRunFunction(): XR: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func resources(t testing.TB, manifests map[string]string) map[string]*fnv1.Resource {
	t.Helper()
	out := map[string]*fnv1.Resource{}
	for name, m := range manifests {
		out[name] = &fnv1.Resource{Resource: fromYAML(t, m)}
	}
	return out
}

// everything is one desired resource of each kind that has a size, and one that
// has none.
func everything(t testing.TB) map[string]*fnv1.Resource {
	t.Helper()
	return resources(t, map[string]string{
		"aws": awsInstance, "gcp": gcpInstance, "ibm": ibmWorkspace(""), "postgres": azureServer(zoneRedundant), "mysql": azureMySQL(""),
		"redis": cacheOnGCP(""), "elasticache": cacheOnAWS(""), "managed": cacheOnAzure(""), "ibmRedis": cacheOnIBM("persistence: true"),
		"premium": queueOnAzure("sku: Premium"), "rabbit": queueOnIBM(""),
		"deployment": deployment, "secret": "{apiVersion: v1, kind: Secret, metadata: {name: x}}",
	})
}

// TestSpecification holds what Crossplane's function specification asks for: the
// tag, the context and what is not ours come back, the same request gives the same
// bytes, and what was sized once is not changed by being sized again.
func TestSpecification(t *testing.T) {
	req := &fnv1.RunFunctionRequest{
		Meta:     &fnv1.RequestMeta{Tag: "abc"},
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, spec: {profile: large}}")}},
		Desired:  &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, "{status: {a: b}}"), Ready: fnv1.Ready_READY_FALSE}, Resources: everything(t)},
		Context:  fromYAML(t, "{other: {a: b}}"),
	}
	run := func(desired *fnv1.State) *fnv1.RunFunctionResponse {
		r := proto.CloneOf(req)
		if desired != nil {
			r.Desired = proto.CloneOf(desired)
		}
		rsp, err := (&Function{}).RunFunction(t.Context(), r)
		if err != nil || len(rsp.GetResults()) > 0 {
			t.Fatal(err, rsp.GetResults())
		}
		return rsp
	}
	first := run(nil)
	if first.GetMeta().GetTag() != "abc" {
		t.Errorf("the tag is %q", first.GetMeta().GetTag())
	}
	if diff := cmp.Diff(req.GetContext(), first.GetContext(), protocmp.Transform()); diff != "" {
		t.Errorf("the context changed: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(req.GetDesired().GetResources()["secret"], first.GetDesired().GetResources()["secret"], protocmp.Transform()); diff != "" {
		t.Errorf("what has no size changed: -want, +got:\n%s", diff)
	}
	c := first.GetDesired().GetComposite()
	if c.GetReady() != fnv1.Ready_READY_FALSE || object.String(c.GetResource(), "status", "a") != "b" {
		t.Errorf("the XR of earlier steps changed: %v", c)
	}
	want := encoded(t, first)
	for range 20 {
		if encoded(t, run(nil)) != want {
			t.Fatal("the same request gives other bytes")
		}
	}
	if encoded(t, run(first.GetDesired())) != want {
		t.Error("sizing again changes what was sized")
	}
}

func encoded(t *testing.T, rsp *fnv1.RunFunctionResponse) string {
	t.Helper()
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(rsp)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestTogether holds that calls do not meet in what their answers share, the names
// of the catalog's sizes: make race watches them.
func TestTogether(t *testing.T) {
	req := &fnv1.RunFunctionRequest{
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, spec: {profile: large}}")}},
		Desired:  &fnv1.State{Resources: everything(t)},
	}
	answers := make([]string, 8)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() {
			for range 20 {
				rsp, err := (&Function{}).RunFunction(t.Context(), proto.CloneOf(req))
				if err != nil {
					t.Error(err)
					return
				}
				b, err := proto.MarshalOptions{Deterministic: true}.Marshal(rsp)
				if err != nil {
					t.Error(err)
				}
				answers[i] = string(b)
			}
		})
	}
	wg.Wait()
	for _, answer := range answers {
		if answer != answers[0] || answer == "" {
			t.Fatal("the same request gives other bytes")
		}
	}
}
