package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestSettingsGone(t *testing.T) {
	t.Parallel()
	t.Run("Network", func(t *testing.T) {
		t.Parallel()
		const live = "{kind: DatabaseInstance, spec: {providerConfigRef: {name: prod}, forProvider: {encryptionKeyName: key, settings: " +
			"{ipConfiguration: {ipv4Enabled: false, privateNetwork: net}}}}, status: {atProvider: {id: x}}}"
		o := run(t, request(t, xrHead+specGCP, "", map[string]string{keyInstance: live})).GetDesired().GetResources()[keyInstance].GetResource()
		want := fromYAML(t, "{ipv4Enabled: false, privateNetwork: net, sslMode: ENCRYPTED_ONLY}")
		if diff := cmp.Diff(want, object.Struct(o, "spec", "forProvider", "settings", "ipConfiguration"), protocmp.Transform()); diff != "" {
			t.Errorf("a live instance changed its network: -want, +got:\n%s", diff)
		}
		if got := object.String(o, "spec", "forProvider", "encryptionKeyName"); got != "key" {
			t.Errorf("a live instance changed its key to %q", got)
		}
		if got := object.String(o, "spec", "providerConfigRef", "name"); got != "prod" {
			t.Errorf("a live instance changed its account to that of %q", got)
		}
	})
	t.Run("Protection", func(t *testing.T) {
		t.Parallel()
		xr := strings.Replace(xrHead, "payments-prod", "payments-dev", 1) + specGCP
		for _, live := range []string{
			"{spec: {deletionPolicy: Orphan, forProvider: {deletionProtection: true}}, status: {atProvider: {id: x}}}",
			"{spec: {managementPolicies: [Observe, Create, Update, LateInitialize], forProvider: {deletionProtection: true}}, status: {atProvider: {id: x}}}",
		} {
			o := run(t, request(t, xr, "", map[string]string{keyInstance: live})).GetDesired().GetResources()[keyInstance].GetResource()
			protected, _ := object.Bool(o, "spec", "forProvider", "deletionProtection")
			if got := object.String(o, "spec", "deletionPolicy"); got != "Orphan" || !protected {
				t.Errorf("%s: deletionPolicy is %s, deletionProtection %t", live, got, protected)
			}
		}
	})
	t.Run("ComposedNetwork", func(t *testing.T) {
		t.Parallel()
		spec := xrHead + strings.Replace(specGCP, "gcp", "aws", 1)
		const subnets = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {subnetIDs: [subnet-1, subnet-2], vpcID: vpc-1, " +
			"allowedCIDRs: [10.0.0.0/16]}}}}}"
		first := run(t, request(t, spec, subnets, nil)).GetDesired().GetResources()
		req := request(t, spec, "", nil)
		for name, r := range first {
			req.Observed.Resources[name] = &fnv1.Resource{Resource: made(r.GetResource())}
		}
		object.Set(req.GetObserved().GetResources()[keyInstance].GetResource(), "x", "status", "atProvider", "id")
		delete(object.Struct(first[keyInstance].GetResource(), "spec").GetFields(), "managementPolicies") // it is made now
		delete(object.Struct(first[keyPassword].GetResource(), "metadata").GetFields(), "annotations")
		rsp := run(t, req)
		if diff := cmp.Diff(first, rsp.GetDesired().GetResources(), protocmp.Transform(), protocmp.IgnoreFields(&fnv1.Resource{}, "ready")); diff != "" {
			t.Errorf("the settings are gone, and so is: -before, +after:\n%s", diff)
		}
		if got := rsp.GetConditions()[0].GetReason(); got != "SettingsKept" {
			t.Errorf("Composed is %s", got)
		}
	})
	t.Run("Changed", func(t *testing.T) {
		t.Parallel()
		const live = "{metadata: {annotations: {" + createSucceeded + ": t}}, spec: {forProvider: {resourceGroupName: rg-prod, delegatedSubnetId: a, " +
			"privateDnsZoneId: b}}, status: {atProvider: {id: x}}}"
		const other = "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg-other}}}"
		got := fatal(run(t, request(t, xrHead+strings.Replace(specGCP, "gcp", "azure", 1), other, map[string]string{
			keyInstance: live,
			keyPassword: "{data: {password: cGFzcw==}}",
		})))
		if want := `settings providers.azure.resourceGroup: "rg-prod" cannot become "rg-other" on a live database`; !strings.HasPrefix(got, want) {
			t.Errorf("-want, +got:\n%s", cmp.Diff(want, got))
		}
	})
	t.Run("OwnGroup", func(t *testing.T) {
		t.Parallel()
		spec := specOf("azure", "postgres")
		first := run(t, request(t, spec, "", nil)).GetDesired().GetResources()
		for _, tc := range []struct{ reason, settings string }{
			{"A group of its own is nobody's setting.", ""},
			{"A group for new databases moves no old one.", "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg}}}"},
		} {
			req := request(t, spec, tc.settings, nil)
			for name, r := range first {
				req.Observed.Resources[name] = &fnv1.Resource{Resource: made(r.GetResource())}
			}
			object.Set(req.GetObserved().GetResources()[keyInstance].GetResource(), "x", "status", "atProvider", "id")
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Errorf("\n%s\n%s", tc.reason, got)
				continue
			}
			if c := rsp.GetConditions()[0]; c.GetReason() != "NoNetwork" || rsp.GetDesired().GetResources()[keyResourceGroup] == nil {
				t.Errorf("\n%s\nComposed is %s: %s", tc.reason, c.GetReason(), c.GetMessage())
			}
			got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "resourceGroupName")
			if want := "azure-payments-prod-cloudsql-main"; got != want {
				t.Errorf("\n%s\nresourceGroupName: %q", tc.reason, got)
			}
		}
	})
	t.Run("Added", func(t *testing.T) {
		t.Parallel()
		const live = "{metadata: {annotations: {" + createSucceeded + ": x}}, spec: {forProvider: {region: europe-west1}}, status: {atProvider: {id: x}}}"
		const key = "metadata: {name: p}\ndata: {providers: {gcp: {network: net, regions: {europe-west1: {kmsKeyID: key}}}}}"
		rsp := run(t, request(t, xrHead+specGCP, key, map[string]string{keyInstance: live}))
		if got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "encryptionKeyName"); got != "" {
			t.Errorf("a live instance was given the key %q, which the cloud cannot add", got)
		}
		want := "the live database stays as it is, although the settings say otherwise: settings providers.gcp.regions.europe-west1.kmsKeyID (for new databases only)"
		if got := rsp.GetConditions()[0].GetMessage(); got != want {
			t.Errorf("-want, +got:\n%s", cmp.Diff(want, got))
		}
	})
}

// TestPolicyKept holds that settings which say less, or nothing any more, leave a
// live database as it is backed up, available, protected and orphaned; what the
// claim itself says counts.
func TestPolicyKept(t *testing.T) {
	t.Parallel()
	const strict = "metadata: {name: p}\ndata: {policy: {deletionPolicy: Orphan, deletionProtection: true, highAvailability: true, backupRetentionDays: 30}}"
	const loose = "metadata: {name: p}\ndata: {policy: {deletionPolicy: Delete, deletionProtection: false}}"
	xr := strings.Replace(xrHead, "payments-prod", "payments-dev", 1) + specGCP
	claimed := strings.Replace(xr, "engine:", "highAvailability: false, backupRetentionDays: 7, engine:", 1) + "  deletionPolicy: Delete\n"
	allowed := strings.Replace(xr, "metadata: {", "metadata: {annotations: {platform.victor.onl/allow-delete: \"true\"}, ", 1)
	cases := map[string]struct {
		reason, xr, settings string
		ha                   bool
		days                 int
		protected, orphan    bool
		kept                 string
	}{
		"Unchanged": {"The settings say so.", xr, strict, true, 30, true, true, ""},
		"Gone":      {"The settings say nothing any more.", xr, "", true, 30, true, true, "settings policy.deletionProtection, settings policy.deletionPolicy"},
		"Less": {
			"The settings say less, which is for new databases.",
			xr, loose, true, 30, true, true,
			"settings policy.deletionProtection (for new databases only), settings policy.deletionPolicy (for new databases only)",
		},
		"Claim":   {"The claim says less; only the annotation takes the protection away.", claimed, "", false, 7, true, false, "settings policy.deletionProtection"},
		"Allowed": {"The annotation lets one claim go.", allowed, strict, true, 30, false, false, ""},
	}
	for _, provider := range []string{"gcp", "aws", "azure"} {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				cloudOf := func(xr string) string { return strings.Replace(xr, "provider: gcp", "provider: "+provider, 1) }
				req := request(t, cloudOf(xr), strict, nil)
				for range 2 { // a lock waits for the id of what it locks
					for key, r := range run(t, proto.CloneOf(req)).GetDesired().GetResources() {
						o := made(r.GetResource())
						if key == keyInstance {
							object.Set(o, "/server", "status", "atProvider", "id")
						}
						req.Observed.Resources[key] = &fnv1.Resource{Resource: o}
					}
				}
				next := request(t, cloudOf(tc.xr), tc.settings, nil)
				next.Observed.Resources = req.GetObserved().GetResources()
				rsp := run(t, proto.CloneOf(next))
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				is := askedOf(o)
				protected, _ := object.Bool(o, "spec", "forProvider", "deletionProtection")
				if provider == "azure" { // a lock goes in two steps
					next.Observed.Resources[keyLock] = rsp.GetDesired().GetResources()[keyLock]
					protected = run(t, next).GetDesired().GetResources()[keyLock] != nil
				}
				if is.highAvailability != tc.ha || is.retentionDays != tc.days || protected != tc.protected || orphaned(o) != tc.orphan {
					t.Errorf(
						"\n%s\nRunFunction(): high availability %t, %d days of backups, protected %t, orphan %t",
						tc.reason, is.highAvailability, is.retentionDays, protected, orphaned(o),
					)
				}
				if c := rsp.GetConditions()[0]; !strings.Contains(c.GetMessage(), tc.kept) {
					t.Errorf("\n%s\nComposed: want what is kept, %q, got %s: %q", tc.reason, tc.kept, c.GetReason(), c.GetMessage())
				}
			})
		}
	}
}
