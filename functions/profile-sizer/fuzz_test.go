package profilesizer

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// FuzzSettings holds that no settings, input or XR make the function panic, that
// it answers with either a fatal result or sizes, and that a disk never shrinks.
func FuzzSettings(f *testing.F) {
	f.Add(`{"profiles":{"small":{"vcpu":8,"memoryGiB":64,"storageGiB":2048}}}`, `{}`, `{"profile":"small"}`, 128.0)
	f.Add(`{"profiles":{"small":{"vcpu":-1}}}`, `{"profiles":{"x":{"skus":{"gcp":"db-custom-2-8192"}}}}`, `{"profile":"x","database":{"storageGiB":40}}`, 1e9)
	f.Add(`{"profiles":{"x":{"vcpu":0.1,"memoryGiB":1024,"storageGiB":20}}}`, `{"resources":[{"name":"aws","profile":"x"}]}`, `{}`, -1.0)
	f.Add(`{"profiles":[]}`, `{"profileFrom":"spec.a.b"}`, `{"a":{"b":"nano"}}`, 0.5)
	f.Add(`{"profiles":{"nano":{"skus":{"gcp":"db-custom--1-0","ibm":"multitenant"}}}}`, `{"statusTo":"status.x"}`, `{"profile":"nano","database":5}`, 32.0)
	f.Add(`{"profiles":{"x":{"cacheGiB":301,"skus":{"gcpCache":"13 GiB","azureQueue":"-1 MU"}}}}`, `{}`, `{"type":"queue","profile":"x"}`, 0.1)
	f.Add(
		`{"profiles":{"x":{"memoryGiB":0.125,"skus":{"ibmCache":"multitenant","awsCache":{"name":"cache.x.y","vcpu":1,"memoryGiB":1}}}}}`,
		`{"defaultProfile":"x"}`, `{"type":"cache"}`, 5000.0,
	)
	f.Fuzz(func(t *testing.T, settings, input, spec string, there float64) {
		parsed := make([]*structpb.Struct, 3)
		for i, text := range []string{settings, input, spec} {
			parsed[i] = &structpb.Struct{}
			if protojson.Unmarshal([]byte(text), parsed[i]) != nil {
				return
			}
		}
		disk := object.New(object.Map{"status": object.Map{"atProvider": object.Map{
			"allocatedStorage": there, "storageMb": there * mebibytes, "settings": object.Map{"diskSize": there},
			"storage": object.Map{"sizeGb": there}, "outputs": object.Map{"disk_mb": there * mebibytes},
			"memorySizeGb": there, "capacity": there, "nodeType": spec, "highAvailabilityEnabled": there < 1,
		}}})
		req := &fnv1.RunFunctionRequest{
			Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: object.New(object.Map{"spec": parsed[2]})}, Resources: map[string]*fnv1.Resource{}},
			Desired:  &fnv1.State{Resources: everything(t)},
			Context:  object.New(object.Map{"apiextensions.crossplane.io/environment": parsed[0]}),
			Input:    parsed[1],
		}
		for name := range req.GetDesired().GetResources() {
			req.Observed.Resources[name] = &fnv1.Resource{Resource: disk}
		}
		rsp, err := (&Function{}).RunFunction(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if len(rsp.GetResults()) > 0 {
			return
		}
		for name, r := range rsp.GetDesired().GetResources() {
			if gib, ok := diskOf(r.GetResource()); ok && gib < there && there < maxStorageGiB {
				t.Errorf("%s: a disk of %g GiB is asked to have %g", name, there, gib)
			}
		}
	})
}

// diskOf returns the disk that a desired resource asks for, in GiB.
func diskOf(o *structpb.Struct) (gib float64, ok bool) {
	for _, f := range []struct {
		path []string
		unit float64
	}{
		{awsDisk.forProvider, 1},
		{gcpDisk.forProvider, 1},
		{gcpDisk.initProvider, 1},
		{azureMySQLDisk.forProvider, 1},
		{azurePostgresDisk.forProvider, mebibytes},
		{ibmDisk.forProvider, mebibytes},
	} {
		if n, ok := object.Number(o, f.path...); ok {
			return n / f.unit, true
		}
	}
	return 0, false
}
