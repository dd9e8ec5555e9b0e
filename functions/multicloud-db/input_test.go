package multiclouddb

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const clouds = "apiVersion: multicloud-db.fn.platform.victor.onl/v1beta1\nkind: Clouds\n"

// fatalOf is the reason of Composed and what a fatal result says, both "" without one.
func fatalOf(rsp *fnv1.RunFunctionResponse) (reason, message string) {
	for _, r := range rsp.GetResults() {
		if r.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
			return rsp.GetConditions()[0].GetReason(), r.GetMessage()
		}
	}
	return "", ""
}

// TestInput holds what an input lets pass of a live database of Google Cloud, and that
// nothing is desired beside what was there where it refuses.
func TestInput(t *testing.T) {
	t.Parallel()
	const others = "spec.provider: \"gcp\" is not on this cluster, and what is there of it stays as it is; the platform's Configuration is for "
	cases := map[string]struct{ reason, input, want, says string }{
		"None":  {"Without an input every cloud is there, as with all versions before it.", "", "", ""},
		"Own":   {"A claim of the Configuration's own cloud is composed.", clouds + "clouds: [gcp]", "", ""},
		"Among": {"A Configuration of one's own may have several clouds.", clouds + "clouds: [ibm, gcp]", "", ""},
		"Other": {
			"A claim of another cloud is told so, where Crossplane would only say that a kind has no match.",
			clouds + "clouds: [aws]", "NotInstalled", others + "aws",
		},
		"Others": {"All clouds that are there are named.", clouds + "clouds: [aws, ibm]", "NotInstalled", others + "aws, ibm"},
		"Empty": {
			"No cloud at all would refuse every claim.",
			clouds + "clouds: []", "InvalidInput", "input.clouds: is missing; allowed are gcp, aws, azure, ibm",
		},
		"Word": {
			"A word that no claim has is a slip.", clouds + "clouds: [gcp, GCP]", "InvalidInput",
			`input.clouds: "GCP" is not allowed; allowed are gcp, aws, azure, ibm`,
		},
		"Kind": {
			"The sizer's input at the wrong step is refused.", "apiVersion: profile-sizer.fn.platform.victor.onl/v1beta1\nkind: Sizes\nclouds: [gcp]", "InvalidInput",
			`input.apiVersion: "profile-sizer.fn.platform.victor.onl/v1beta1" is not allowed; allowed are ` + inputVersion,
		},
		"Field": {
			"A field that nobody reads is refused.",
			clouds + "clouds: [gcp]\ncloud: gcp", "InvalidInput", "input.cloud: unknown field; did you mean input.clouds?",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := request(t, xrHead+specGCP, settingsProd, nil)
			if tc.input != "" {
				req.Input = fromYAML(t, tc.input)
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			reason, message := fatalOf(rsp)
			if reason != tc.want || !strings.Contains(message, tc.says) {
				t.Errorf("\n%s\nfatal is %q: %q; want %q: %q", tc.reason, reason, message, tc.want, tc.says)
			}
			if tc.want != "" {
				if diff := cmp.Diff(req.GetDesired().GetResources(), rsp.GetDesired().GetResources(), protocmp.Transform()); diff != "" {
					t.Errorf("\n%s\ndesired resources: -want, +got:\n%s", tc.reason, diff)
				}
			}
		})
	}
}

// TestInputSchema holds that the package describes the input as the function reads it.
func TestInputSchema(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("package/input/multicloud-db.fn.platform.victor.onl_clouds.yaml")
	if err != nil {
		t.Fatal(err)
	}
	crd := fromYAML(t, string(b))
	version := object.Get(crd, "spec", "versions").GetListValue().GetValues()[0].GetStructValue()
	is := object.String(crd, "spec", "group") + "/" + object.String(version, "name") + " " + object.String(crd, "spec", "names", "kind")
	if want := inputVersion + " " + inputKind; is != want {
		t.Errorf("the input is %s, want %s", is, want)
	}
	want, err := structpb.NewValue([]any{cloud.Providers[0], cloud.Providers[1], cloud.Providers[2], cloud.Providers[3]})
	if err != nil {
		t.Fatal(err)
	}
	got := object.Get(version, "schema", "openAPIV3Schema", "properties", "clouds", "items", "enum")
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("clouds: -function, +schema:\n%s", diff)
	}
}
