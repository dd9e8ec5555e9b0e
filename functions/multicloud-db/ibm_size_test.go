package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// TestBehindIBM holds that a size which IBM refused is told, although the Workspace
// is ready.
func TestBehindIBM(t *testing.T) {
	t.Parallel()
	const again = " was asked for: where that stays, IBM Cloud refused it, and is asked again when the claim asks for another size"
	const shared = "disk_mb: 51200, host_flavor: multitenant, "
	for name, tc := range map[string]struct {
		reason, asked, there string
		reasonGot, message   string
	}{
		"Same":    {"It is as large as asked for.", "disk_mb: 51200, host_flavor: multitenant", "disk_mb: 51200, host_flavor: multitenant", "Available", ""},
		"Larger":  {"Somebody made the disk larger.", "disk_mb: 51200", "disk_mb: 61440", "Available", ""},
		"Unsaid":  {"IBM need not name a host.", "disk_mb: 51200, host_flavor: multitenant", `disk_mb: 51200, host_flavor: ""`, "Available", ""},
		"Unknown": {"An older module has no such outputs.", "disk_mb: 51200, host_flavor: multitenant", "", "Available", ""},
		"Disk": {
			"The disk did not grow.",
			"disk_mb: 51200, host_flavor: multitenant", "disk_mb: 20480, host_flavor: multitenant", "NotResized",
			"instance (Workspace ibm-main) has disks of 20 GiB, and 50 GiB" + again,
		},
		"Host": {
			"The host is the old one.",
			"host_flavor: b3c.8x32.encrypted", "host_flavor: b3c.4x16.encrypted", "NotResized",
			"instance (Workspace ibm-main) has hosts of b3c.4x16.encrypted, and b3c.8x32.encrypted" + again,
		},
		"Memory": {
			"All sizes of shared compute have one name, and this one has the memory of before.",
			shared + "memory_mb: 8192, cpu_count: 0", shared + "memory_mb: 4096, cpu_count: 0", "NotResized",
			"instance (Workspace ibm-main) has memory of 4 GiB, and 8 GiB" + again,
		},
		"CPUs": {
			"CPUs by number are asked for of one that has a share.",
			shared + "memory_mb: 8192, cpu_count: 2", shared + "memory_mb: 8192, cpu_count: 0", "NotResized",
			"instance (Workspace ibm-main) has dedicated CPUs numbering 0, and 2" + again,
		},
		"MoreMemory": {"Somebody gave it more memory.", shared + "memory_mb: 4096, cpu_count: 0", shared + "memory_mb: 8192, cpu_count: 2", "Available", ""},
		"NoMemory": {
			"A host of its own brings its memory, which the module does not report.",
			"host_flavor: b3c.4x16.encrypted, memory_mb: 8192, cpu_count: 2", "host_flavor: b3c.4x16.encrypted, memory_mb: null, cpu_count: null", "Available", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := request(t, xrHead+strings.Replace(specGCP, "gcp", "ibm", 1), "", map[string]string{
				keyInstance: `{kind: Workspace, spec: {forProvider: {varmap: {name: ibm-main, plan: standard, ` + tc.asked + `}}}, status: {conditions: [{type: ` +
					`Synced, status: "True"}, {type: Ready, status: "True"}], atProvider: {outputs: {crn: crn, ` + tc.there + `}}}}`,
			})
			req.GetObserved().GetResources()[keyInstance].ConnectionDetails = map[string][]byte{
				"host": []byte("h"), "port": []byte("1"), "username": []byte("admin"), "password": []byte("pass"), "database": []byte("ibmclouddb"),
			}
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			var got *fnv1.Condition
			for _, c := range rsp.GetConditions() {
				if c.GetType() == conditionProvisioned {
					got = c
				}
			}
			if diff := cmp.Diff([]string{tc.reasonGot, tc.message}, []string{got.GetReason(), got.GetMessage()}); diff != "" {
				t.Errorf("\n%s\nProvisioned: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
