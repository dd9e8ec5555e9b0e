package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestSizeKept holds from when to when a database that was taken over keeps its size, on
// every cloud: from the takeover until spec.profile is edited after that.
func TestSizeKept(t *testing.T) {
	t.Parallel()
	medium := map[string]string{"size": "kept", "profile": "medium"}
	released := map[string]string{"size": "profile"}
	cases := map[string]struct {
		reason  string
		record  string   // of the observed resource, instead of the one that was composed
		profile []string // that the claim has, call after call
		want    map[string]string
	}{
		"TakenOver": {"What is taken over keeps its size.", "requested-adopt: Observe", []string{"medium"}, medium},
		"AtOnce":    {"A resource of which nobody has a record yet is taken over likewise.", "", []string{"medium"}, medium},
		"Quiet":     {"Call after call nothing is edited.", "requested-adopt: Observe", []string{"medium", "medium", "medium"}, medium},
		"Looking": {
			"An edit while the claim only looks at the resource is no wish for a size yet.", "requested-adopt: Observe, requested-profile: nano",
			[]string{"medium"},
			released,
		},
		"Edited": {"An edit of the profile asks for the size of it.", "requested-adopt: Observe", []string{"medium", "large"}, released},
		"SetBack": {
			"A profile that is set back asks for its size, and not for an older one.", "requested-adopt: Observe",
			[]string{"medium", "large", "medium"},
			released,
		},
		"Before": {
			"What an older version took over is sized already, and stays so.", "requested-adopt: Manage", []string{"medium", "large"}, map[string]string{},
		},
		"NoSize": {"Half a record keeps the size as well.", "requested-adopt: Manage, requested-profile: medium", []string{"medium"}, medium},
		"NoProfile": {
			"Without the profile that there was, the next edit counts.", "requested-adopt: Manage, requested-size: kept",
			[]string{"large"},
			map[string]string{"size": "kept", "profile": "large"},
		},
		"NoAdopt": {
			"The record of a size alone is a record.", "requested-size: profile", []string{"medium"}, released,
		},
		"Odd": {"A word that nobody wrote keeps the size.", "requested-adopt: Manage, requested-size: huge", []string{"medium"}, medium},
	}
	for _, provider := range cloud.Providers {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				o := fromYAML(t, "{"+there[provider]+"}")
				annotations := fromYAML(t, "{"+strings.ReplaceAll(tc.record, "requested-", requested)+"}")
				object.Set(annotations, "old", requested+"external-name")
				for _, profile := range tc.profile {
					object.Set(o, annotations, "metadata", "annotations")
					o = manageAgain(t, provider, profile, o)
					annotations = object.Struct(o, "metadata", "annotations")
				}
				if diff := cmp.Diff(tc.want, sizeRecord(o)); diff != "" {
					t.Errorf("\n%s\nthe record of the size: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestSizeLost holds that losing a record resizes nothing: neither that of a database that
// keeps its size, nor that of one which is sized, which is as large as its profile by then.
func TestSizeLost(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for name, record := range map[string]string{"Kept": "Observe", "Sized": "Observe, " + requested + "profile: nano", "Before": "Manage"} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				o := fromYAML(t, "{"+there[provider]+"}")
				object.Set(o, fromYAML(t, "{"+requested+"external-name: old, "+requested+"adopt: "+record+"}"), "metadata", "annotations")
				o = manageAgain(t, provider, "medium", o)
				for name := range object.Struct(o, "metadata", "annotations").GetFields() {
					if strings.HasPrefix(name, requested) {
						delete(object.Struct(o, "metadata", "annotations").GetFields(), name)
					}
				}
				again := manageAgain(t, provider, "medium", o)
				if diff := cmp.Diff(map[string]string{"size": "kept", "profile": "medium"}, sizeRecord(again)); diff != "" {
					t.Errorf("the record of the size: -want, +got:\n%s", diff)
				}
			})
		}
	}
}

// manageAgain composes a claim that manages what is observed, and returns that with what
// was composed.
func manageAgain(t *testing.T, provider, profile string, observed *structpb.Struct) *structpb.Struct {
	t.Helper()
	xr := xrHead + strings.NewReplacer("gcp", provider, "medium", profile).Replace(specGCP) + "  externalName: old\n  adopt: Manage\n"
	req := request(t, xr, settingsAdopt, nil)
	req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: proto.CloneOf(observed)}
	rsp := run(t, req)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	if got := object.String(o, "metadata", "annotations", requested+"adopt"); got != manage {
		t.Fatalf("it is not taken over, but %q: %v", got, rsp.GetConditions())
	}
	object.Set(o, object.Get(observed, "status"), "status")
	return o
}

func sizeRecord(o *structpb.Struct) map[string]string {
	out := map[string]string{}
	for _, name := range []string{"size", "profile"} {
		if v := object.String(o, "metadata", "annotations", requested+name); v != "" {
			out[name] = v
		}
	}
	return out
}

// TestSizeAsFound holds that a database which keeps its size asks for the machine that it
// has, and one that is sized leaves that to the step which sizes.
func TestSizeAsFound(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ provider, status, path, want string }{
		"GCP":      {"gcp", "settings: {tier: db-n1-standard-8, ", "settings.tier", "db-n1-standard-8"},
		"AWS":      {"aws", "instanceClass: db.r6i.2xlarge, maxAllocatedStorage: 1000, ", "instanceClass", "db.r6i.2xlarge"},
		"AWSLimit": {"aws", "instanceClass: db.r6i.2xlarge, maxAllocatedStorage: 1000, ", "maxAllocatedStorage", "1000"},
		"Azure":    {"azure", "skuName: MO_Standard_E8ds_v4, storageTier: P40, ", "skuName", "MO_Standard_E8ds_v4"},
		"Tier":     {"azure", "skuName: MO_Standard_E8ds_v4, storageTier: P40, ", "storageTier", "P40"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := map[string]string{"gcp": "settings: {", "aws": "identifier:", "azure": "version:"}[tc.provider]
			status := tc.status
			if tc.provider != "gcp" {
				status += at
			}
			o := fromYAML(t, "{"+strings.Replace(there[tc.provider], at, status, 1)+"}")
			for profile, want := range map[string]string{"medium": tc.want, "large": ""} {
				object.Set(o, fromYAML(t, "{"+requested+"external-name: old, "+requested+"profile: medium}"), "metadata", "annotations")
				got := manageAgain(t, tc.provider, profile, o)
				asked := object.Get(got, append([]string{"spec", "forProvider"}, strings.Split(tc.path, ".")...)...)
				if diff := cmp.Diff(want, lifecycle.Text(asked)); diff != "" {
					t.Errorf("%s of profile %s: -want, +got:\n%s", tc.path, profile, diff)
				}
			}
		})
	}
}
