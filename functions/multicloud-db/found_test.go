package multiclouddb

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestFound holds that a provider may change nothing before it is known whether the
// database is new, and that one which was there before its managed resource is given
// neither a password that it does not know nor the version of a later default.
func TestFound(t *testing.T) {
	t.Parallel()
	const find, all = "Observe,Create,LateInitialize", ""
	for _, provider := range cloud.Providers {
		for name, tc := range map[string]struct {
			reason   string
			observe  func(*fnv1.RunFunctionRequest)
			policies string // of a prod claim's instance
			composed string // the reason of Composed
			version  string
			complete bool // it is published how the database is reached
		}{
			"New":     {"Nobody has looked yet.", nil, find, "", "17", false},
			"Created": {"It was made with this password.", func(req *fnv1.RunFunctionRequest) { created17(t, req, provider) }, all, "", "17", true},
			"Found": {
				"It was there, and has another password.", func(req *fnv1.RunFunctionRequest) { found16(t, req, provider) }, find, "PasswordUnknown",
				"16", false,
			},
			"Restored": {
				"Somebody put its password into the Secret.", func(req *fnv1.RunFunctionRequest) { found16(t, req, provider); restored(req) }, all, "",
				"16", true,
			},
			"Published": {"It was known before, and somebody took the provider's annotations off.", func(req *fnv1.RunFunctionRequest) {
				found16(t, req, provider)
				published(t, req)
			}, all, "", "16", true},
		} {
			if provider == "ibm" && name == "Found" {
				tc.policies, tc.composed, tc.complete = all, "", true // its state has the password
			}
			if unfilled[provider] {
				tc.policies = map[string]string{find: "Observe,Create", all: "Observe,Create,Update"}[tc.policies]
			}
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				xr := strings.Replace(specOf(provider, "postgres"), `, version: "17"`, "", 1)
				req := request(t, xr, settingsProd, nil)
				if tc.observe != nil {
					for key, r := range run(t, proto.CloneOf(req)).GetDesired().GetResources() {
						req.Observed.Resources[key] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
					}
					tc.observe(req)
				}
				rsp := run(t, req)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				instance := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				if diff := cmp.Diff(tc.policies, strings.Join(list(instance, "spec", "managementPolicies"), ",")); diff != "" {
					t.Errorf("\n%s\nmanagementPolicies: -want, +got:\n%s", tc.reason, diff)
				}
				if got := askedOf(instance).version; got != tc.version {
					t.Errorf("\n%s\nthe version is %q, not %q", tc.reason, got, tc.version)
				}
				for _, c := range rsp.GetConditions() {
					if want := tc.composed; want != "" && (c.GetReason() != want || c.GetStatus() != fnv1.Status_STATUS_CONDITION_FALSE) {
						t.Errorf("\n%s\n%s is %s: %s", tc.reason, c.GetType(), c.GetReason(), c.GetMessage())
					}
				}
				if secret := rsp.GetDesired().GetResources()[keyPassword].GetResource(); name == "Created" && object.Struct(secret, "metadata", "annotations") != nil {
					t.Errorf("\n%s\nits Secret is still marked", tc.reason)
				}
				if details := rsp.GetDesired().GetComposite().GetConnectionDetails(); (len(details) > 0) != tc.complete {
					t.Errorf("\n%s\n%d connection details are published", tc.reason, len(details))
				}
			})
		}
	}
}

// seen has a provider show an instance.
func seen(t *testing.T, req *fnv1.RunFunctionRequest, provider, version string) {
	t.Helper()
	r := req.GetObserved().GetResources()[keyInstance]
	object.Set(r.GetResource(), fromYAML(t, atProvider(provider, version, 128)), "status", "atProvider")
	object.Set(r.GetResource(), fromYAML(t, `{c: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`).GetFields()["c"], "status", "conditions")
	r.ConnectionDetails = map[string][]byte{"host": []byte("h"), "port": []byte("1"), "username": []byte("u"), "password": []byte("p"), "database": []byte("d")}
}

func created17(t *testing.T, req *fnv1.RunFunctionRequest, provider string) {
	t.Helper()
	seen(t, req, provider, "17")
	for _, r := range req.GetObserved().GetResources() {
		r.Resource = made(r.GetResource())
	}
}

func found16(t *testing.T, req *fnv1.RunFunctionRequest, provider string) {
	t.Helper()
	seen(t, req, provider, "16")
}

func restored(req *fnv1.RunFunctionRequest) {
	if r := req.GetObserved().GetResources()[keyPassword]; r != nil {
		delete(r.GetResource().GetFields()["metadata"].GetStructValue().GetFields(), "annotations")
	}
}

func published(t *testing.T, req *fnv1.RunFunctionRequest) {
	t.Helper()
	if r := req.GetObserved().GetResources()[keyPassword]; r != nil {
		password, err := base64.StdEncoding.DecodeString(object.String(r.GetResource(), "data", passwordKey))
		if err != nil {
			t.Fatal(err)
		}
		req.Observed.Composite.ConnectionDetails = map[string][]byte{passwordKey: password}
	}
}

// TestFoundVersion holds that a database which is found again by a claim without a
// version keeps the whole version that runs, as a claim of its engine would say it: in
// what is composed, in its record and in the claim's status.
func TestFoundVersion(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for name, tc := range map[string]struct{ reason, engine, runs, composed, want string }{
			"Postgres": {"A version of PostgreSQL is its major alone.", "postgres", "16", "16", "16"},
			"MySQL":    {"A version of MySQL has two parts: 8 is none.", "mysql", "8.4", "8.4", "8.4"},
			"OlderMySQL": {
				"One that is no longer on offer to new databases is kept all the same.",
				"mysql", "8.0", "8.0", "8.0",
			},
		} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				xr := specOf(provider, tc.engine)
				xr = strings.NewReplacer(`, version: "17"`, "", `, version: "8.4"`, "").Replace(xr)
				req := request(t, xr, settingsProd, nil)
				for key, r := range run(t, proto.CloneOf(req)).GetDesired().GetResources() {
					req.Observed.Resources[key] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
				}
				seen(t, req, provider, tc.runs)
				if tc.engine == cloud.MySQL {
					o := req.GetObserved().GetResources()[keyInstance].GetResource()
					mysql := strings.NewReplacer(
						"POSTGRES", "MYSQL", "postgresql", "mysql", "engine: postgres", "engine: mysql", "storageMb: 131072", "storage: {sizeGb: 128}",
					)
					object.Set(o, fromYAML(t, mysql.Replace(atProvider(provider, tc.runs, 128))), "status", "atProvider")
				}
				restored(req)
				rsp := run(t, req)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				got := []string{
					askedOf(o).version,
					object.String(o, "metadata", "annotations", requested+"version"),
					object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "version"),
				}
				if diff := cmp.Diff([]string{tc.composed, tc.want, tc.want}, got); diff != "" {
					t.Errorf("\n%s\ncomposed, recorded and shown: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestFoundStays holds that a database which was there goes with no claim before that
// knows its password, also where claims of its env take theirs with them.
func TestFoundStays(t *testing.T) {
	t.Parallel()
	req := request(t, strings.ReplaceAll(specOf("aws", "postgres"), "payments-prod", "payments-dev"), "", nil)
	play := func() string {
		for key, r := range run(t, proto.CloneOf(req)).GetDesired().GetResources() {
			req.Observed.Resources[key] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
		}
		return strings.Join(list(req.GetObserved().GetResources()[keyInstance].GetResource(), "spec", "managementPolicies"), ",")
	}
	policies := []string{play()}
	seen(t, req, "aws", "17")
	policies = append(policies, play())
	seen(t, req, "aws", "17")
	secret := req.GetObserved().GetResources()[keyPassword].GetResource()
	if got := object.String(secret, "data", passwordKey); got != "" {
		t.Errorf("the Secret has a password that opens nothing: %q", got)
	}
	for _, status := range []*structpb.Value{nil, object.Get(req.GetObserved().GetResources()[keyInstance].GetResource(), "status")} {
		silent := proto.CloneOf(req) // also where the provider says nothing for a moment
		if status == nil {
			delete(silent.GetObserved().GetResources()[keyInstance].GetResource().GetFields(), "status")
		}
		again := run(t, silent).GetDesired().GetResources()[keyPassword].GetResource()
		if diff := cmp.Diff(
			[]string{"", passwordWanted},
			[]string{object.String(again, "data", passwordKey), object.String(again, "metadata", "annotations", passwordMark)},
		); diff != "" {
			t.Errorf("password and mark: -want, +got:\n%s", diff)
		}
	}
	object.Set(secret, base64.StdEncoding.EncodeToString([]byte("kept")), "data", passwordKey)
	policies = append(policies, play())
	if got := object.String(
		req.GetObserved().GetResources()[keyPassword].GetResource(), "data", passwordKey,
	); got != base64.StdEncoding.EncodeToString([]byte("kept")) {
		t.Errorf("the password that was written is %q", got)
	}
	if diff := cmp.Diff([]string{"Observe,Create,Delete,LateInitialize", "Observe,Create,LateInitialize", ""}, policies); diff != "" {
		t.Errorf("managementPolicies before it was seen, then, and with its password: -want, +got:\n%s", diff)
	}
	if orphaned(req.GetObserved().GetResources()[keyInstance].GetResource()) {
		t.Error("with its password known it outlives its claim, which goes with it in dev")
	}
}

// TestFoundLegacy holds that on Crossplane 1.20 the claim says that a password which a
// provider makes may not be that of a database which was there.
func TestFoundLegacy(t *testing.T) {
	t.Parallel()
	req := legacy(request(t, specOf("aws", "postgres"), settingsProd, nil))
	for key, r := range run(t, req).GetDesired().GetResources() {
		req.Observed.Resources[key] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
	}
	seen(t, req, "aws", "17")
	if c := run(t, req).GetConditions()[0]; c.GetReason() != "Found" {
		t.Errorf("Composed is %s: %s", c.GetReason(), c.GetMessage())
	}
	req.Observed.Resources[keyInstance].Resource = made(req.GetObserved().GetResources()[keyInstance].GetResource())
	if c := run(t, req).GetConditions()[0]; c.GetReason() != "Composed" {
		t.Errorf("of one that it made Composed is %s: %s", c.GetReason(), c.GetMessage())
	}
}
