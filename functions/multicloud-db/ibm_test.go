package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestPlanIBM(t *testing.T) {
	t.Parallel()
	const gen2 = "metadata: {name: p}\ndata: {providers: {ibm: {plan: standard-gen2}}}"
	const live = "{spec: {forProvider: {varmap: {plan: %}}}, metadata: {annotations: {platform.victor.onl/requested-version: \"16\"}}, status: " +
		"{atProvider: {id: x}}}"
	spec := xrHead + strings.NewReplacer("gcp", "ibm", `"17"`, `"16"`).Replace(specGCP)

	cases := map[string]struct {
		reason, xr, settings, live string
		want, fatal                string
	}{
		"Default":  {"Classic has every size.", spec, "", "", "standard", ""},
		"Settings": {"A platform can choose Gen2.", spec, gen2, "", "standard-gen2", ""},
		"Nano":     {"The smallest profile has no size there.", strings.Replace(spec, "medium", "nano", 1), gen2, "", "standard", ""},
		"Sticky":   {"The plan is chosen once: IBM would make the database anew.", spec, gen2, strings.Replace(live, "%", "standard", 1), "standard", ""},
		"Upgrade":  {"Classic upgrades in place.", strings.Replace(spec, `"16"`, `"17"`, 1), "", strings.Replace(live, "%", "standard", 1), "standard", ""},
		"NoUpgrade": {
			"Gen2 does not.", strings.Replace(spec, `"16"`, `"17"`, 1), "", strings.Replace(live, "%", "standard-gen2", 1), "",
			`spec.database.version: "16" cannot become "17" on a live database`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{}
			if tc.live != "" {
				observed[keyInstance] = tc.live
			}
			rsp := run(t, request(t, worded(tc.xr, "17"), tc.settings, observed))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.fatal) || (got == "") != (tc.fatal == "") {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.fatal, got))
			}
			got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "varmap", "plan")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nplan: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestConnectionIBM(t *testing.T) {
	t.Parallel()
	req := request(t, xrHead+strings.Replace(specGCP, "gcp", "ibm", 1), "", map[string]string{
		keyInstance: "{kind: Workspace, status: {conditions: [{type: Synced, status: \"True\"}, {type: Ready, status: \"True\"}]}}",
	})
	req.GetObserved().GetResources()[keyInstance].ConnectionDetails = map[string][]byte{
		"host": []byte("a.private.databases.appdomain.cloud"), "port": []byte("31234"), "username": []byte("admin"),
		"password": []byte("pass"), "database": []byte("ibmclouddb"), "ca_crt": []byte("pem"),
	}
	rsp := run(t, req)
	want := map[string][]byte{
		"host": []byte("a.private.databases.appdomain.cloud"), "port": []byte("31234"), "username": []byte("admin"),
		"password": []byte("pass"), "database": []byte("ibmclouddb"), "ca.crt": []byte("pem"), "sslmode": []byte("require"),
		"uri": []byte("postgresql://admin:pass@a.private.databases.appdomain.cloud:31234/ibmclouddb?sslmode=require"),
	}
	if diff := cmp.Diff(want, rsp.GetDesired().GetComposite().GetConnectionDetails()); diff != "" {
		t.Errorf("connection details: -want, +got:\n%s", diff)
	}
	if rsp.GetDesired().GetResources()[keyPassword] != nil {
		t.Error("a password was composed that IBM makes itself")
	}
}

// TestFoundIBM holds that a claim made again may change its database, also where
// there is something to change: a Workspace is ready only while there is nothing.
func TestFoundIBM(t *testing.T) {
	t.Parallel()
	const find, all = "Observe,Create,LateInitialize", ""
	for name, tc := range map[string]struct{ reason, status, want string }{
		"New":     {"There is no state yet.", "{}", find},
		"Changed": {"Its state has a database, which is not as asked for.", "{atProvider: {outputs: {crn: crn}}}", all},
		"Same":    {"It is as asked for.", `{conditions: [{type: Ready, status: "True"}]}`, all},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			xr := xrHead + strings.Replace(specGCP, "gcp", "ibm", 1)
			rsp := run(t, request(t, xr, "", map[string]string{
				keyInstance: "{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace, spec: {forProvider: {varmap: {plan: standard}}}, status: " + tc.status + "}",
			}))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			got := strings.Join(list(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "managementPolicies"), ",")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nmanagementPolicies: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
