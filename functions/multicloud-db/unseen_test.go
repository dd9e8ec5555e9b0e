package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestUnseen holds that a database whose managed resource somebody deleted, and which
// its XR still knows, is composed again as what it is: not where and what a new one
// would be by the defaults of today.
func TestUnseen(t *testing.T) {
	t.Parallel()
	const defaults = "metadata: {name: p}\ndata: {providers: {aws: {region: eu-central-1}}}"
	spec := strings.NewReplacer("gcp", "aws", "  region: eu-west\n", "", `, version: "16"`, "").Replace(specLive)
	compose := func(spec, status string) (region, version, refused string) {
		req := request(t, xrHead+spec, defaults, nil)
		if status != "" {
			object.Set(req.GetObserved().GetComposite().GetResource(), fromYAML(t, status), "status", "resource")
		}
		rsp := run(t, req)
		o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
		return object.String(o, "spec", "forProvider", "region"), object.String(o, "spec", "forProvider", "engineVersion"), fatal(rsp)
	}
	const known = `{name: aws-shop-staging-x, provider: aws, engine: postgres, region: eu-west-1, version: "16.4"`
	for name, tc := range map[string]struct {
		reason, spec, status     string
		region, version, refused string
	}{
		"New":   {"A new one follows the defaults.", spec, "", "eu-central-1", "17", ""},
		"Made":  {"One that was there stays where and what it is.", spec, known + ", endpoint: db.example.org}", "eu-west-1", "16", ""},
		"Never": {"One that never was reached may still be changed freely.", spec, known + "}", "eu-central-1", "17", ""},
		"Engine": {
			"Nor does its claim make another one of it.",
			strings.Replace(spec, "postgres", "mysql", 1), known + ", endpoint: db.example.org}", "", "",
			`spec.database.engine: "postgres" cannot become "mysql"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			region, version, refused := compose(tc.spec, tc.status)
			if diff := cmp.Diff([]string{tc.region, tc.version}, []string{region, version}); diff != "" {
				t.Errorf("\n%s\nregion and version: -want, +got:\n%s", tc.reason, diff)
			}
			if !strings.HasPrefix(refused, tc.refused) || (refused == "") != (tc.refused == "") {
				t.Errorf("\n%s\nwant %q, got %q", tc.reason, tc.refused, refused)
			}
		})
	}
}

// TestRegionOfSettings holds that a region which the settings alone know stays a live
// database's own while they are gone.
func TestRegionOfSettings(t *testing.T) {
	t.Parallel()
	l := alive(t, "aws")
	l.edit(t, "region: eu-west", "region: eu-isolated-1")
	object.Set(l.instance(), "eu-isolated-1", "metadata", "annotations", requested+"region")
	object.Set(l.instance(), "eu-isolated-1", "spec", "forProvider", "region")
	if got := fatal(l.run(t)); got != "" {
		t.Error(got)
	}
}

// TestPlacementLost holds that settings for new databases refuse no live one whose
// record of what its settings had said is lost: it stays where it is.
func TestPlacementLost(t *testing.T) {
	t.Parallel()
	const settings = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {subnetGroup: prod-db, kmsKeyID: \"arn:ours\"}}}}}"
	l := alive(t, "aws")
	object.Set(l.instance(), "default-vpc", "spec", "forProvider", "dbSubnetGroupName")
	object.Set(l.instance(), "arn:theirs", "spec", "forProvider", "kmsKeyId")
	delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), requested+placement)
	req := request(t, xrHead+l.spec, settings, nil)
	req.Observed = l.request.GetObserved()
	rsp := run(t, req)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	body := object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider")
	if diff := cmp.Diff([]string{"default-vpc", "arn:theirs"}, []string{object.String(body, "dbSubnetGroupName"), object.String(body, "kmsKeyId")}); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	if c := rsp.GetConditions()[0]; !strings.Contains(c.GetMessage(), "subnetGroup (for new databases only)") {
		t.Errorf("Composed says %q", c.GetMessage())
	}
}

// TestNameLost holds that a live database which nothing records the name of is still
// known by it, from what stands beside it, when its claim would now get another.
func TestNameLost(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := alive(t, provider)
			want := l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
			losses["Both"](l)
			delete(l.instance().GetFields(), "metadata")
			l.edit(t, "project: shop", "project: other")
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if diff := cmp.Diff(placeOf(want), placeOf(rsp.GetDesired().GetResources()[keyInstance].GetResource())); diff != "" {
				t.Errorf("it is another database: -before, +after:\n%s", diff)
			}
		})
	}
}
