package costtagger

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// readme returns the objects of the README by kind and name.
func readme(t *testing.T) map[string]*structpb.Struct {
	t.Helper()
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*structpb.Struct{}
	for _, block := range yamlBlock.FindAllStringSubmatch(string(b), -1) {
		o := fromYAML(t, block[1])
		out[object.String(o, "kind")+" "+object.String(o, "metadata", "name")] = o
	}
	return out
}

func steps(composition *structpb.Struct) map[string]*structpb.Struct {
	out := map[string]*structpb.Struct{}
	for _, v := range object.Get(composition, "spec", "pipeline").GetListValue().GetValues() {
		out[object.String(v.GetStructValue(), "step")] = v.GetStructValue()
	}
	return out
}

// TestReadmePlatform holds that the first pipeline is the platform's own, which
// the goldens run by Crossplane with all three functions.
func TestReadmePlatform(t *testing.T) {
	b, err := os.ReadFile("../../apis/claims/composition.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got := readme(t)["Composition xresources.platform.victor.onl"]
	if diff := cmp.Diff(object.Get(fromYAML(t, string(b)), "spec", "pipeline"), object.Get(got, "spec", "pipeline"), protocmp.Transform()); diff != "" {
		t.Errorf("the README's pipeline: -apis/claims, +README:\n%s", diff)
	}
}

// TestReadme runs the other pipelines: what their first steps desire is tagged as
// the README says. The functions of those steps are not here: of
// function-patch-and-transform the bases are taken, and the template of
// function-go-templating is run by what that function runs it with.
func TestReadme(t *testing.T) {
	objects := readme(t)
	cases := map[string]struct{ xr, want, message, status string }{
		"shop-queue": {
			xr: "{metadata: {labels: {acme.example/team: shop}}, spec: {parameters: {tags: {product: web/shop}}}}",
			want: "policy: {region: eu-west-1}\n" +
				"queue: {region: eu-west-1, tags: {tier: gold, cost-center: cc-1234, team: shop, product: web/shop}}\n",
			message: "1 resource tagged; no tag field: QueuePolicy",
		},
		"shop-machines": {
			xr: "{spec: {zones: [europe-west1-b, europe-west1-c]}}",
			want: "machine-europe-west1-b: {zone: europe-west1-b, machineType: e2-small, tags: [web], labels: {cost-center: cc-1234, " +
				"product: web_shop}, bootDisk: {initializeParams: {size: 20, labels: {cost-center: cc-1234, product: web_shop}}}}\n" +
				"machine-europe-west1-c: {zone: europe-west1-c, machineType: e2-small, tags: [web], labels: {cost-center: cc-1234, " +
				"product: web_shop}, bootDisk: {initializeParams: {size: 20, labels: {cost-center: cc-1234, product: web_shop}}}}\n",
			message: "2 resources tagged",
			status: "{status: {cost: {tags: {cost-center: CC-1234, product: web/shop}, adjusted: ['gcp: cost-center value encoded as " +
				"cc-1234', 'gcp: product value encoded as web_shop']}}}",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			pipeline := steps(objects["Composition "+name])
			req := request(fromYAML(t, tc.xr), nil)
			req.Input = object.Struct(pipeline["tag"], "input")
			if err := inputChecker(t)(req.GetInput()); err != nil {
				t.Errorf("the CRD refuses the input: %v", err)
			}
			if _, ok := pipeline["settings"]; ok {
				req.Context = object.New(object.Map{"apiextensions.crossplane.io/environment": object.Get(objects["EnvironmentConfig finance"], "data")})
			}
			compose := object.Struct(pipeline["compose"], "input")
			desire(t, req, compose)
			rsp := run(t, req)
			want := fromYAML(t, tc.want)
			got := &structpb.Struct{Fields: map[string]*structpb.Value{}}
			for name, r := range rsp.GetDesired().GetResources() {
				got.Fields[name] = object.Get(r.GetResource(), "spec", "forProvider")
			}
			if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
			if diff := cmp.Diff(tc.message, rsp.GetConditions()[0].GetMessage()); diff != "" {
				t.Errorf("condition: -want, +got:\n%s", diff)
			}
			if diff := cmp.Diff(fromYAML(t, tc.status), rsp.GetDesired().GetComposite().GetResource(), protocmp.Transform()); tc.status != "" && diff != "" {
				t.Errorf("status: -want, +got:\n%s", diff)
			}
		})
	}
}

// desire puts into a request what the step before would.
func desire(t *testing.T, req *fnv1.RunFunctionRequest, input *structpb.Struct) {
	t.Helper()
	for _, r := range object.Get(input, "resources").GetListValue().GetValues() {
		req.Desired.Resources[object.String(r.GetStructValue(), "name")] = &fnv1.Resource{Resource: object.Struct(r.GetStructValue(), "base")}
	}
	text := object.String(input, "inline", "template")
	if text == "" {
		return
	}
	parsed, err := template.New("inline").Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var made strings.Builder
	data := map[string]any{"observed": map[string]any{"composite": map[string]any{"resource": req.GetObserved().GetComposite().GetResource().AsMap()}}}
	if err := parsed.Execute(&made, data); err != nil {
		t.Fatal(err)
	}
	for doc := range strings.SplitSeq(made.String(), "---\n") {
		if strings.TrimSpace(doc) == "" {
			continue
		}
		o := fromYAML(t, doc)
		req.Desired.Resources[object.String(o, "metadata", "annotations", "gotemplating.fn.crossplane.io/composition-resource-name")] = &fnv1.Resource{Resource: o}
	}
}

// TestReadmeRules holds the figures of the README against the tables.
func TestReadmeRules(t *testing.T) {
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		fmt.Sprintf("| Google Cloud | %d | %d of", gcpMost, gcpKey),
		fmt.Sprintf("| AWS | %d, since the provider adds %d; S3 objects %d | %d letters", awsMost, awsProviders, awsObjectMost, awsKey),
		fmt.Sprintf("| Azure | %d; %d on DNS zones, Automation and CDN | %d, on storage accounts %d,", azureMost, azureFewMost, azureKey, azureAccountKey),
		fmt.Sprintf("| IBM Cloud | %d | with the value %d of", ibmMost, costtag.Most("ibm", "")+1),
		"not `" + strings.Join(azurePrefixes, "`, `") + "`",
		"| `" + reasonTagged + "` | True |", "| `" + reasonObserved + "` | False |", "| `" + reasonPaused + "` | False |",
		"| `" + reasonNotUpdated + "` | False |", "| `" + reasonDropped + "` | False |", "| `" + reasonNotTagged + "` | False |",
		"| `" + reasonNoTags + "` | False |",
	} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the README lacks %q", want)
		}
	}
}
