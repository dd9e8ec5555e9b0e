package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// looked is the record of an instance that only looks at a database.
const looked = "metadata: {annotations: {" + requested + "external-name: old}}, "

// there is what each provider shows of a database that agrees with specGCP.
var there = map[string]string{
	"gcp": "kind: DatabaseInstance, " + looked + "status: {atProvider: {id: x, databaseVersion: POSTGRES_17, region: europe-west1, settings: {diskSize: 50, " +
		"ipConfiguration: {privateNetwork: old}}}}",
	"aws": "kind: Instance, " + looked + "status: {atProvider: {id: db-1, identifier: old, engine: postgres, engineVersionActual: " +
		"\"17.4\", region: eu-west-1, " +
		"allocatedStorage: 50, dbSubnetGroupName: old, username: boss, storageEncrypted: false}}",
	"azure": "kind: FlexibleServer, " + looked + "status: {atProvider: {id: x, version: \"17\", location: westeurope, storageMb: 65536, resourceGroupName: old, " +
		"administratorLogin: boss, delegatedSubnetId: old}}",
	"ibm": "kind: Workspace, " + looked + "status: {conditions: [{type: Ready, status: \"True\"}], atProvider: {outputs: {crn: crn, service: " +
		"databases-for-postgresql, engine_version: \"17\", location: eu-es, disk_mb: 51200, plan: standard, tags: [\"owner:old\"]}}}",
}

const settingsAdopt = "metadata: {name: p}\ndata: {providers: {gcp: {network: new}, aws: {regions: {eu-west-1: {subnetGroup: new}}}, azure: " +
	"{resourceGroup: rg}, ibm: {plan: standard-gen2}}}"

func TestObserve(t *testing.T) {
	t.Parallel()
	for provider, live := range there {
		spec := xrHead + strings.Replace(specGCP, "gcp", provider, 1) + "  externalName: old\n"
		cases := map[string]struct {
			reason, spec, observed string
			reasonGot, message     string
		}{
			"Before": {"Nothing is known before the provider has looked.", spec, "", "Observing", "the provider has not said yet what old is"},
			"Agrees": {"What is there is what the claim says.", spec, live, "Observed", "old is what the claim says"},
			"Differs": {
				"What is there is not what the claim says.", strings.Replace(spec, `"17"`, `"16"`, 1), live,
				"Differs", `old is not what the claim says, and only looked at: spec.database.version: "16" is asked for and "17" is there`,
			},
			"DiffersManage": {
				"Then it is not taken over either.", strings.Replace(spec, `"17"`, `"16"`, 1) + "  adopt: Manage\n", live,
				"Differs", `old is not what the claim says`,
			},
		}
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				observed := map[string]string{}
				if tc.observed != "" {
					observed[keyInstance] = "{" + tc.observed + "}"
				}
				rsp := run(t, request(t, tc.spec, settingsAdopt, observed))
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				if got := slices.Collect(maps.Keys(rsp.GetDesired().GetResources())); !cmp.Equal(got, []string{keyInstance}) {
					t.Errorf("an observed database composes %v", got)
				}
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				if policies := list(o, "spec", "managementPolicies"); provider != "ibm" && !cmp.Equal(policies, []string{"Observe"}) {
					t.Errorf("managementPolicies are %v", policies)
				}
				if provider == "ibm" && strings.Contains(object.String(o, "spec", "forProvider", "module"), "resource \"") {
					t.Error("the module that looks has a resource")
				}
				c := rsp.GetConditions()[0]
				if diff := cmp.Diff(tc.reasonGot, c.GetReason()); diff != "" || !strings.HasPrefix(c.GetMessage(), tc.message) {
					t.Errorf("\n%s\nComposed: -want, +got:\n%s%s", tc.reason, diff, cmp.Diff(tc.message, c.GetMessage()))
				}
			})
		}
	}
}

// TestManage holds that a database is taken over as it is.
func TestManage(t *testing.T) {
	t.Parallel()
	want := map[string]map[string]string{ // paths under spec.forProvider; "" is absent
		"gcp":   {"settings.ipConfiguration.privateNetwork": "old", "databaseVersion": "POSTGRES_17"},
		"aws":   {"identifier": "old", "dbSubnetGroupName": "old", "username": "boss", "passwordSecretRef.name": "", "parameterGroupName": ""},
		"azure": {"resourceGroupName": "old", "delegatedSubnetId": "old", "administratorLogin": "boss", "administratorPasswordSecretRef.name": ""},
		"ibm":   {"varmap.crn": "crn", "varmap.plan": "standard"},
	}
	for provider, live := range there {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			spec := xrHead + strings.Replace(specGCP, "gcp", provider, 1) + "  externalName: old\n  adopt: Manage\n"
			rsp := run(t, request(t, spec, settingsAdopt, map[string]string{keyInstance: "{" + live + "}"}))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			for key := range rsp.GetDesired().GetResources() {
				if key == keyPassword || key == keyDatabase || key == keyUser || key == keyResourceGroup {
					t.Errorf("%s was composed for a database that has its own", key)
				}
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			for path, value := range want[provider] {
				got := object.String(o, append([]string{"spec", "forProvider"}, strings.Split(path, ".")...)...)
				if got != value {
					t.Errorf("%s is %q, not %q", path, got, value)
				}
			}
			if got := object.String(o, "spec", "deletionPolicy"); got != "Orphan" {
				t.Errorf("deletionPolicy is %q: it was there before its claim", got)
			}
			if encrypted, ok := object.Bool(o, "spec", "forProvider", "storageEncrypted"); ok && encrypted {
				t.Error("storageEncrypted changed, which makes a database anew")
			}
		})
	}
}

// TestTakenOverAndSilent holds that a database which was taken over stays as it was
// composed last, where its provider says nothing of it for a moment.
func TestTakenOverAndSilent(t *testing.T) {
	t.Parallel()
	// Fields that find a database, or let people reach it.
	placement := map[string][]string{
		"gcp":   {"region", "settings.ipConfiguration.privateNetwork"},
		"aws":   {"region", "identifier", "dbSubnetGroupName", "username", "storageEncrypted"},
		"azure": {"location", "resourceGroupName", "delegatedSubnetId", "administratorLogin"},
		"ibm":   {"module", "varmap.crn", "varmap.plan", "varmap.location", "varmap.name", "varmap.resource_group_id", "varmap.tags"},
	}
	silences := map[string]string{
		"Absent": `{conditions: [{type: Synced, status: "True"}]}`,
		"Empty":  `{conditions: [{type: Synced, status: "True"}], atProvider: {}}`,
		"Id":     `{conditions: [{type: Synced, status: "True"}], atProvider: {id: old}}`,
	}
	for provider, paths := range placement {
		for silence, status := range silences {
			t.Run(provider+"/"+silence, func(t *testing.T) {
				t.Parallel()
				xr := xrHead + strings.Replace(specGCP, "gcp", provider, 1) + "  externalName: old\n  adopt: Manage\n"
				first := run(
					t, request(t, xr, settingsAdopt, map[string]string{keyInstance: "{" + there[provider] + "}"}),
				).GetDesired().GetResources()[keyInstance].GetResource()
				silent := proto.CloneOf(first)
				object.Set(silent, fromYAML(t, status), "status")
				unchanged(t, xr, first, silent, paths)
			})
		}
	}
}

// unchanged holds that what an instance has at some paths of spec.forProvider is
// composed again where it is observed like that.
func unchanged(t *testing.T, xr string, first, observed *structpb.Struct, paths []string) {
	t.Helper()
	req := request(t, xr, settingsAdopt, nil)
	req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: observed}
	rsp := run(t, req)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	again := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	for _, path := range paths {
		at := append([]string{"spec", "forProvider"}, strings.Split(path, ".")...)
		if diff := cmp.Diff(object.Get(first, at...).AsInterface(), object.Get(again, at...).AsInterface()); diff != "" {
			t.Errorf("%s: -before, +after:\n%s", path, diff)
		}
	}
}

// TestTakenOverWorkspace holds that a Workspace which manages an existing database
// keeps its module where record and status are both lost: the module that only
// looks at one has no resource, so that OpenTofu would destroy the database.
func TestTakenOverWorkspace(t *testing.T) {
	t.Parallel()
	xr := xrHead + strings.Replace(specGCP, "gcp", "ibm", 1) + "  externalName: old\n  adopt: Manage\n"
	first := run(t, request(t, xr, settingsAdopt, map[string]string{keyInstance: "{" + there["ibm"] + "}"})).GetDesired().GetResources()[keyInstance].GetResource()
	bare := proto.CloneOf(first)
	delete(bare.GetFields(), "status")
	object.Set(bare, fromYAML(t, "{annotations: {crossplane.io/external-name: adopt-old-12345678}}"), "metadata")
	unchanged(t, xr, first, bare, []string{"module", "varmap.crn", "varmap.plan", "varmap.resource_group_id"})
}

// TestAsCareful holds that a database which is taken over is kept no less carefully
// than it was, unless claim or settings say so.
func TestAsCareful(t *testing.T) {
	t.Parallel()
	careful := map[string]string{
		"gcp":   "availabilityType: REGIONAL, backupConfiguration: {transactionLogRetentionDays: 14, backupRetentionSettings: {retainedBackups: 20}}, diskSize: 50",
		"aws":   "multiAz: true, backupRetentionPeriod: 20, deletionProtection: true, id:",
		"azure": "highAvailability: {mode: SameZone}, backupRetentionDays: 20, id:",
	}
	at := map[string]string{"gcp": "diskSize: 50", "aws": "id:", "azure": "id:"}
	for provider, how := range careful {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			xr := strings.Replace(xrHead, "payments-prod", "payments-dev", 1) + strings.Replace(specGCP, "gcp", provider, 1) + "  externalName: old\n  adopt: Manage\n"
			live := "{" + strings.Replace(there[provider], at[provider], how, 1) + "}"
			for reason, tc := range map[string]struct {
				xr, settings string
				ha           bool
				days         int
			}{
				"nobody says":           {xr, "", true, 20},
				"the claim says":        {strings.Replace(xr, "{engine", "{highAvailability: false, backupRetentionDays: 8, engine", 1), "", false, 8},
				"the settings say less": {xr, "metadata: {name: p}\ndata: {policy: {highAvailability: false, backupRetentionDays: 9}}", true, 20},
				"the settings say more": {xr, "metadata: {name: p}\ndata: {policy: {backupRetentionDays: 25}}", true, 25},
			} {
				rsp := run(t, request(t, tc.xr, tc.settings, map[string]string{keyInstance: live}))
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				a := askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource())
				if a.highAvailability != tc.ha || a.retentionDays != tc.days {
					t.Errorf("%s: high availability is %t, and backups are kept for %d days", reason, a.highAvailability, a.retentionDays)
				}
				if c := rsp.GetConditions()[0]; c.GetReason() != "Adopted" {
					t.Errorf("%s: Composed is %s: %s", reason, c.GetReason(), c.GetMessage())
				}
			}
		})
	}
}
