package profilesizer

import (
	"os"
	"regexp"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// TestReadme runs the pipelines of the README: what their first steps compose is
// sized as the README says.
func TestReadme(t *testing.T) {
	specs := map[string]string{
		"shop-database": "{parameters: {size: medium, diskGiB: 200}}",
		"shop":          "{service: {profile: medium}}",
		"warehouse":     "{profile: reporting}",
	}
	want := map[string]string{
		"shop-database": "Sized: medium: db.m7g.xlarge (4 vCPU, 16 GiB), 200 GiB of disk",
		"shop":          "Sized: small: db-custom-2-4096 (2 vCPU, 4 GiB), 64 GiB of disk",
		"warehouse":     "Sized: reporting: MO_Standard_E8ds_v5 (8 vCPU, 64 GiB), 2048 GiB of disk",
	}
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var environment *structpb.Struct
	compositions := map[string]*structpb.Struct{}
	for _, block := range yamlBlock.FindAllStringSubmatch(string(b), -1) {
		o := fromYAML(t, block[1])
		if object.String(o, "kind") == "EnvironmentConfig" {
			environment = object.Struct(o, "data")
		} else {
			compositions[object.String(o, "metadata", "name")] = o
		}
	}
	refused := schemaOf(t, "package/input/profile-sizer.fn.platform.victor.onl_sizes.yaml")
	for name := range want {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, "{apiVersion: acme.example/v1, kind: X, spec: "+specs[name]+"}")}},
				Desired:  &fnv1.State{Resources: map[string]*fnv1.Resource{}},
			}
			if name == "warehouse" {
				req.Context = object.New(object.Map{"apiextensions.crossplane.io/environment": environment})
			}
			for _, v := range object.Get(compositions[name], "spec", "pipeline").GetListValue().GetValues() {
				step := v.GetStructValue()
				for _, r := range object.Get(step, "input", "resources").GetListValue().GetValues() {
					if base := object.Struct(r.GetStructValue(), "base"); base != nil {
						req.Desired.Resources[object.String(r.GetStructValue(), "name")] = &fnv1.Resource{Resource: base}
					}
				}
				if object.String(step, "step") == "size" {
					req.Input = object.Struct(step, "input")
				}
			}
			if req.GetInput() != nil && refused(req.GetInput().AsMap()) {
				t.Error("the CRD refuses the input")
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			if got := conditionOf(rsp); got != want[name] {
				t.Errorf("want %q, got %q", want[name], got)
			}
			if name != "shop" {
				return
			}
			cpu := object.Get(
				rsp.GetDesired().GetResources()["report"].GetResource(), "spec", "jobTemplate", "spec", "template", "spec", "containers",
			).GetListValue().GetValues()[0].GetStructValue()
			if got := object.String(cpu, "resources", "limits", "cpu"); got != "250m" {
				t.Errorf("the job's limit of CPU is %q", got)
			}
			if pods, _ := object.Number(rsp.GetDesired().GetResources()["autoscaler"].GetResource(), "spec", "maxReplicas"); pods != 4 {
				t.Errorf("the autoscaler has at most %g pods", pods)
			}
		})
	}
}
