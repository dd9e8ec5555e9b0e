package profilesizer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestGrowthAWS holds that a profile never ends the growth of a disk that has room to grow, nor
// lowers how far it may.
func TestGrowthAWS(t *testing.T) {
	cases := map[string]struct {
		reason, profile  string
		disk, there, was int // the limit that is reported, and the one that was asked for
		want             int
	}{
		"Smaller": {"A smaller profile shrinks no disk, which keeps its room.", "small", 500, 1000, 1000, 1000},
		"Found": {
			"A limit that somebody set at the cloud stays, though it was never asked for.",
			"small", 500, 1000, 0, 1000,
		},
		"Same":      {"A found limit above that of the profile that the disk fits stays.", "medium", 128, 1000, 0, 1000},
		"Larger":    {"A larger profile raises the limit.", "large", 128, 256, 256, 1024},
		"NoRoom":    {"A limit that RDS takes no more with this disk is ended.", "medium", 380, 400, 400, 0},
		"Tenth":     {"The least room is a tenth of the disk.", "small", 500, 550, 550, 550},
		"None":      {"A disk that was never to grow further than it has is not made to.", "small", 500, 0, 0, 0},
		"Raised":    {"A limit below that of the profile is raised.", "medium", 128, 150, 150, 256},
		"OnItsWay":  {"A limit on its way is asked for again.", "large", 512, 256, 1024, 1024},
		"LostNow":   {"Where the report is lost, what was asked for last counts.", "small", 500, -1, 1000, 1000},
		"Ours":      {"A limit that a larger profile had is one that has room.", "small", 128, 256, 256, 256},
		"AfterDisk": {"A disk that has grown by itself keeps its room under a smaller profile.", "small", 200, 256, 256, 256},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			there := fmt.Sprintf(", maxAllocatedStorage: %d", tc.there)
			if tc.there < 0 {
				there = ""
			}
			observed := fmt.Sprintf("{spec: {forProvider: {maxAllocatedStorage: %d}}, status: {atProvider: {id: x, allocatedStorage: %d%s}}}", tc.was, tc.disk, there)
			run := sizing{xr: "{profile: " + tc.profile + "}", desired: awsInstance, observed: observed}
			rsp, err := (&Function{}).RunFunction(t.Context(), run.request(t))
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			got, ok := object.Number(rsp.GetDesired().GetResources()["instance"].GetResource(), awsDiskLimit.forProvider...)
			if !ok || int(got) != tc.want {
				t.Errorf("\n%s\nmaxAllocatedStorage: want %d, got %g", tc.reason, tc.want, got)
			}
		})
	}
}

// TestGrowthGCP holds that no disk of Cloud SQL is asked to be larger than it may grow by itself,
// and that a limit which is there neither goes nor falls.
func TestGrowthGCP(t *testing.T) {
	const none = -1
	cases := map[string]struct {
		reason, profile          string
		desired, asked, reported int // limits
		disk, want               int
	}{
		"Found": {
			"A disk that grows past the limit that a step names takes the limit with it.",
			"large", 80, none, 80, 50, 1024,
		},
		"Reported":     {"A limit that only the cloud knows rises, too.", "large", none, none, 80, 50, 1024},
		"Asked":        {"A limit that was asked for before rises in the same way.", "large", none, 80, none, 50, 1024},
		"Room":         {"A limit with room stays what a step names.", "large", 600, none, 600, 50, 600},
		"Equal":        {"A limit at the disk is one that somebody chose.", "large", 512, none, 512, 50, 512},
		"Raised":       {"A limit that was raised stays once the disk is there.", "large", none, 1024, 1024, 512, 1024},
		"RaisedNamed":  {"A step that still names the old limit does not bring it back.", "large", 80, 1024, 1024, 512, 1024},
		"Shrunk":       {"A smaller profile keeps the disk, and the limit above it.", "small", 80, 1024, 1024, 512, 1024},
		"NoLimit":      {"0 is no limit, and none is made.", "large", none, 0, 0, 50, none},
		"NoLimitNamed": {"A step that names no limit ends the one that is there.", "large", 0, 80, 80, 50, 0},
		"New":          {"A new disk may grow to twice what is asked for, as on RDS.", "large", none, none, none, 0, 1024},
		"NewNamed":     {"A step that names another limit is obeyed.", "large", 600, none, none, 0, 600},
		"NewUnlimited": {"A step may name none.", "large", 0, none, none, 0, 0},
		"NewLargest":   {"The largest disk is the largest limit.", "large, database: {storageGiB: 60000}", none, none, none, 0, 65536},
		"OnItsWay":     {"A limit that the cloud does not report yet stays asked for.", "large", none, 1024, 0, 512, 1024},
		"Silent":       {"So does one of which the report is lost.", "large", none, 1024, none, 512, 1024},
		"ByHand":       {"A limit that somebody raises in the managed resource stays until the cloud has it.", "large", none, 2048, 1024, 512, 2048},
		"Older":        {"A disk that lived before there was a limit gets none.", "large", none, none, none, 512, none},
		"Largest":      {"The largest disk is the largest limit.", "large, database: {storageGiB: 60000}", 80, none, 80, 50, 65536},
		"OnlyReported": {"A limit that has room, and that nobody asks for, is the cloud's.", "small", none, none, 80, 50, none},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			limit := func(n int, before string) string {
				if n == none {
					return ""
				}
				return fmt.Sprintf("%sdiskAutoresizeLimit: %d", before, n)
			}
			desired := "{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {" + limit(tc.desired, "") + "}}}}"
			observed := fmt.Sprintf(
				"{spec: {forProvider: {settings: {%s}}}, status: {atProvider: {id: x, settings: {diskSize: %d%s}}}}", limit(tc.asked, ""), tc.disk,
				limit(tc.reported, ", "),
			)
			if tc.disk == 0 {
				observed = ""
			}
			run := sizing{xr: "{profile: " + tc.profile + "}", desired: desired, observed: observed}
			rsp, err := (&Function{}).RunFunction(t.Context(), run.request(t))
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			got := none
			for _, place := range [][]string{gcpLimit.initProvider, gcpLimit.forProvider} {
				if n, ok := object.Number(rsp.GetDesired().GetResources()["instance"].GetResource(), place...); ok {
					got = int(n)
				}
			}
			if got != tc.want {
				t.Errorf("\n%s\ndiskAutoresizeLimit: want %d, got %d", tc.reason, tc.want, got)
			}
		})
	}
}

// TestLimitOfNew holds that the limit of a new disk reaches the instance that is made for it, and none
// that turns out to have been there: such a disk may be larger than the limit already.
func TestLimitOfNew(t *testing.T) {
	const made = "metadata: {annotations: {crossplane.io/external-create-succeeded: x}}, "
	const failed = "metadata: {annotations: {crossplane.io/external-create-pending: a, crossplane.io/external-create-failed: b}}, "
	for name, tc := range map[string]struct {
		reason, observed string
		init, want       float64 // where the limit stands; 0 for nowhere
	}{
		"New":    {"Nothing is there.", "", 256, 0},
		"Unseen": {"Its provider has not looked yet.", "{%}", 256, 0},
		"Failed": {"Its creation failed, and is tried again.", "{" + failed + "%}", 256, 0},
		"Making": {"It is being made.", "{" + made + "%}", 0, 256},
		"Made": {
			"It is there, and has the limit.",
			"{" + made + "%, status: {atProvider: {id: x, settings: {diskSize: 128, diskAutoresizeLimit: 256}}}}", 0, 256,
		},
		"Copied": {
			"A copy has its source's limit first.",
			"{" + made + "%, status: {atProvider: {id: x, settings: {diskSize: 128, diskAutoresizeLimit: 0}}}}", 0, 256,
		},
		"Found": {
			"It outlived its claim, without a limit.",
			"{%, status: {atProvider: {id: x, settings: {diskSize: 300, diskAutoresizeLimit: 0}}}}", 600, 0,
		},
		"FoundOlder": {
			"It is reported without one.",
			"{%, status: {atProvider: {id: x, settings: {diskSize: 300}}}}", 600, 0,
		},
		"FoundWith": {
			"Its own limit is the cloud's.",
			"{%, status: {atProvider: {id: x, settings: {diskSize: 300, diskAutoresizeLimit: 900}}}}", 0, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			run := sizing{
				xr: "{profile: medium}", desired: gcpInstance,
				observed: strings.Replace(tc.observed, "%", "spec: {initProvider: {settings: {diskSize: 128, diskAutoresizeLimit: 256}}}", 1),
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), run.request(t))
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			desired := rsp.GetDesired().GetResources()["instance"].GetResource()
			init, _ := object.Number(desired, gcpLimit.initProvider...)
			got, _ := object.Number(desired, gcpLimit.forProvider...)
			if init != tc.init || got != tc.want {
				t.Errorf("\n%s\nwant %g in initProvider and %g in forProvider, got %g and %g", tc.reason, tc.init, tc.want, init, got)
			}
		})
	}
}

// TestLimitStays holds that a limit which was asked for is asked for again on every way that the size
// of an instance takes: left out, it would be none.
func TestLimitStays(t *testing.T) {
	for name, tc := range map[string]struct{ reason, profile, desired, there string }{
		"Same":     {"Nothing changes.", "medium", "", ""},
		"Smaller":  {"A smaller profile shrinks no disk.", "nano", "", ""},
		"Larger":   {"A larger profile has a larger disk.", "large", "", ""},
		"Held":     {"Nothing in the catalog runs it, so that it keeps what it has.", "medium", "settings: {diskType: HYPERDISK_BALANCED}", ""},
		"Replica":  {"A replica has its source's disk.", "medium", "masterInstanceName: main", "masterInstanceName: main"},
		"Edition":  {"A machine of another edition.", "medium", "settings: {edition: ENTERPRISE_PLUS}", ""},
		"NoGrowth": {"A step ends the disk's growth.", "medium", "settings: {diskAutoresize: false}", ""},
		"Kept":     {"Its size stays as it was found.", "medium", "kept", ""},
		"Paused":   {"Nothing of it is changed.", "medium", "paused", ""},
		"Observed": {"It is looked at.", "medium", "frozen", ""},
	} {
		for _, reported := range []string{"", ", diskAutoresizeLimit: 0", ", diskAutoresizeLimit: 300"} {
			if tc.desired == "kept" && strings.HasSuffix(reported, " 0") {
				continue // of what was taken over the report counts
			}
			t.Run(name+reported, func(t *testing.T) {
				head, body, policies := "", tc.desired, ""
				switch tc.desired {
				case "kept":
					head, body = "metadata: {annotations: {"+keepAnnotation+": "+keepWord+"}}, ", ""
				case "paused":
					head, body = `metadata: {annotations: {crossplane.io/paused: "true"}}, `, ""
				case "frozen":
					policies, body = "managementPolicies: [Observe, Create], ", ""
				}
				there := tc.there
				if there != "" {
					there += ", "
				}
				run := sizing{
					xr:      "{profile: " + tc.profile + "}",
					desired: "{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, " + head + "spec: {" + policies + "forProvider: {" + body + "}}}",
					observed: "{spec: {forProvider: {settings: {diskAutoresizeLimit: 300}}}, status: {atProvider: {id: x, " + there +
						"settings: {tier: db-custom-4-16384, edition: ENTERPRISE, diskType: PD_SSD, diskSize: 128" + reported + "}}}}",
				}
				rsp, err := (&Function{}).RunFunction(t.Context(), run.request(t))
				if err != nil || len(rsp.GetResults()) > 0 {
					t.Fatal(err, rsp.GetResults())
				}
				got, _ := object.Number(rsp.GetDesired().GetResources()["instance"].GetResource(), gcpLimit.forProvider...)
				if got < 300 {
					t.Errorf("\n%s\ndiskAutoresizeLimit: want 300 or more, got %g", tc.reason, got)
				}
			})
		}
	}
}
