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

// legacy makes a request of Crossplane 2.x one of 1.20, which answers in the older
// form only.
func legacy(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionRequest {
	req.RequiredResources, req.ExtraResources = nil, req.GetRequiredResources() //nolint:staticcheck // Crossplane 1.20 knows no other.
	return req
}

// specOf a claim of a provider and an engine, in the version that both offer.
func specOf(provider, engine string) string {
	version := map[string]string{"postgres": "17", "mysql": "8.4"}[engine]
	return xrHead + strings.NewReplacer("gcp", provider, "postgres", engine, `"17"`, `"`+version+`"`).Replace(specGCP)
}

const settingsPasswords = `
metadata: {name: platform-prod}
data:
  providers:
    gcp: {passwordSecret: {namespace: platform-secrets, nameFormat: "db-{externalName}", key: admin}}
    azure: {resourceGroup: rg, passwordSecret: {namespace: platform-secrets}}
`

// borrowers are how each provider and engine comes to a password on 1.20.
var borrowers = map[string]struct {
	provider, engine string
	consumer, ref    string // the resource that is given it, and by which field
	secret           string // that this refers to
	generate         any    // autoGeneratePassword of a new server
	published        string // key of the consumer's connection secret
}{
	"GCP/postgres": {
		"gcp", "postgres", keyUser, "passwordSecretRef", "{namespace: platform-secrets, name: db-gcp-payments-prod-cloudsql-main, key: admin}",
		nil, "attribute.password",
	},
	"GCP/mysql": {
		"gcp", "mysql", keyUser, "passwordSecretRef", "{namespace: platform-secrets, name: db-gcp-payments-prod-cloudsql-main, key: admin}", nil,
		"password",
	},
	"AWS/postgres": {
		"aws", "postgres", keyInstance, "passwordSecretRef",
		"{namespace: payments-prod-infra, name: aws-payments-prod-cloudsql-main-password, key: password}", true, "attribute.password",
	},
	"AWS/mysql": {
		"aws", "mysql", keyInstance, "passwordSecretRef",
		"{namespace: payments-prod-infra, name: aws-payments-prod-cloudsql-main-password, key: password}", true, "password",
	},
	"Azure/postgres": {
		"azure", "postgres", keyInstance, "administratorPasswordSecretRef",
		"{namespace: payments-prod-infra, name: azure-payments-prod-cloudsql-main-password, key: password}", true,
		"attribute.administrator_password",
	},
	"Azure/mysql": {
		"azure", "mysql", keyInstance, "administratorPasswordSecretRef",
		"{namespace: platform-secrets, name: azure-payments-prod-cloudsql-main-password, key: password}", nil, "attribute.administrator_password",
	},
}

// TestBorrowedPassword holds that on Crossplane 1.20, which composes no Secret, a
// database has a password all the same, publishes all or nothing, and keeps it on
// every later reconcile: with other settings, with none, and on Crossplane 2.x.
func TestBorrowedPassword(t *testing.T) {
	t.Parallel()
	for name, tc := range borrowers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := specOf(tc.provider, tc.engine)
			first := run(t, legacy(request(t, spec, settingsPasswords, nil)))
			if got := fatal(first); got != "" {
				t.Fatal(got)
			}
			at := []string{"spec", "forProvider", tc.ref}
			o := first.GetDesired().GetResources()[tc.consumer].GetResource()
			if diff := cmp.Diff(fromYAML(t, tc.secret), object.Struct(o, at...), protocmp.Transform()); diff != "" {
				t.Errorf("%s: -want, +got:\n%s", tc.ref, diff)
			}
			if diff := cmp.Diff(tc.generate, object.Get(o, "spec", "forProvider", "autoGeneratePassword").AsInterface()); diff != "" {
				t.Errorf("autoGeneratePassword: -want, +got:\n%s", diff)
			}
			for key, r := range first.GetDesired().GetResources() {
				if object.String(r.GetResource(), "kind") == "Secret" {
					t.Errorf("%s is a Secret, which Crossplane 1.20 cannot compose", key)
				}
			}

			observed := func(req *fnv1.RunFunctionRequest, password string) *fnv1.RunFunctionRequest {
				for key, r := range first.GetDesired().GetResources() {
					o := made(r.GetResource())
					object.Set(
						o,
						fromYAML(
							t,
							`{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}], atProvider: {id: x, address: db.example.org, fqdn: `+
								`db.example.org, publicIpAddress: db.example.org}}`,
						),
						"status",
					)
					req.Observed.Resources[key] = &fnv1.Resource{Resource: o}
				}
				if password != "" {
					req.GetObserved().GetResources()[tc.consumer].ConnectionDetails = map[string][]byte{tc.published: []byte(password)}
				}
				return req
			}
			if rsp := run(
				t, observed(legacy(request(t, spec, settingsPasswords, nil)), ""),
			); len(rsp.GetDesired().GetComposite().GetConnectionDetails()) > 0 || rsp.GetDesired().GetComposite().GetReady() != fnv1.Ready_READY_FALSE {
				t.Error("without the password it is ready, or half of the connection is published")
			}
			const others = "metadata: {name: p}\ndata: {providers: {gcp: {passwordSecret: {namespace: other}}, azure: {passwordSecret: {namespace: other}}}}"
			for reason, req := range map[string]*fnv1.RunFunctionRequest{
				"on 1.20":             legacy(request(t, spec, settingsPasswords, nil)),
				"without settings":    legacy(request(t, spec, "", nil)),
				"with other settings": legacy(request(t, spec, others, nil)),
				"on 2.x":              request(t, spec, "", nil),
			} {
				rsp := run(t, observed(req, "Kept1"))
				if got := fatal(rsp); got != "" {
					t.Errorf("%s: %s", reason, got)
					continue
				}
				o := rsp.GetDesired().GetResources()[tc.consumer].GetResource()
				if diff := cmp.Diff(fromYAML(t, tc.secret), object.Struct(o, at...), protocmp.Transform()); diff != "" {
					t.Errorf("%s the password is another one: -want, +got:\n%s", reason, diff)
				}
				if b, ok := object.Bool(o, "spec", "forProvider", "autoGeneratePassword"); b || ok != (tc.generate != nil) {
					t.Errorf("%s autoGeneratePassword is %t: a lost Secret would be made anew", reason, b)
				}
				if rsp.GetDesired().GetResources()[keyPassword] != nil {
					t.Errorf("%s a second password is composed", reason)
				}
				details := rsp.GetDesired().GetComposite().GetConnectionDetails()
				if string(details["password"]) != "Kept1" || string(details["username"]) != login || string(details["host"]) != "db.example.org" {
					t.Errorf("%s the connection details are %q", reason, details)
				}
			}
		})
	}
}

// TestBorrowedWithoutStatus holds that a database of Crossplane 1.20 keeps its
// password on 2.x also where its consumer was restored without annotations and
// status: a Secret of ours would have the name of the provider's own.
func TestBorrowedWithoutStatus(t *testing.T) {
	t.Parallel()
	for name, tc := range borrowers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := specOf(tc.provider, tc.engine)
			first := run(t, legacy(request(t, spec, settingsPasswords, nil)))
			req := request(t, spec, "", nil)
			for key, r := range first.GetDesired().GetResources() {
				o := made(r.GetResource())
				delete(object.Struct(o, "metadata").GetFields(), "annotations")
				req.Observed.Resources[key] = &fnv1.Resource{Resource: o}
			}
			rsp := run(t, req)
			if rsp.GetDesired().GetResources()[keyPassword] != nil {
				t.Error("a second password is composed")
			}
			got := object.Struct(rsp.GetDesired().GetResources()[tc.consumer].GetResource(), "spec", "forProvider", tc.ref)
			if diff := cmp.Diff(fromYAML(t, tc.secret), got, protocmp.Transform()); diff != "" {
				t.Errorf("the password is another one: -want, +got:\n%s", diff)
			}
		})
	}
}

func TestBorrowRefused(t *testing.T) {
	t.Parallel()
	const composed = "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {passwordSecretRef: {name: a, namespace: b, " +
		"key: c}}}, status: {atProvider: {id: x}}}"
	cases := map[string]struct {
		reason, provider, engine, observed string
		want                               string
	}{
		"GCP": {
			"Nobody makes a password there.",
			"gcp", "postgres", "",
			"settings providers.gcp.passwordSecret: is missing, and Crossplane 1.20 composes no Secret for the password of a new postgres database on gcp",
		},
		"AzureSQL": {"Nor for this engine.", "azure", "mysql", "", "settings providers.azure.passwordSecret: is missing"},
		"Azure":    {"The provider makes this one.", "azure", "postgres", "", ""},
		"AWS":      {"And this one.", "aws", "mysql", "", ""},
		"IBM":      {"The module makes its own.", "ibm", "mysql", "", ""},
		"Downgrade": {
			"A Secret that 2.x composed is not seen on 1.20, and no other password is made.",
			"aws", "postgres", composed, "cannot keep the password of aws-payments-prod-cloudsql-main on Crossplane 1.20",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{}
			if tc.observed != "" {
				observed[keyInstance] = tc.observed
			}
			rsp := run(t, legacy(request(t, specOf(tc.provider, tc.engine), "", observed)))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.want) || (got == "") != (tc.want == "") {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if got := len(rsp.GetDesired().GetResources()) == 0; got != (tc.want != "") {
				t.Errorf("\n%s\nRunFunction(): nothing composed is %t", tc.reason, got)
			}
		})
	}
}

// TestSettingsOfPipeline holds that Crossplane 1.20 is told apart where a step before
// brings the settings, and that nothing is asked for once a password is there.
func TestSettingsOfPipeline(t *testing.T) {
	t.Parallel()
	environment := fromYAML(t, `{apiextensions.crossplane.io/environment: {providers: {gcp: {network: net, passwordSecret: {namespace: secrets}}}}}`)
	ask := func(observed map[string]string) *fnv1.RunFunctionRequest {
		req := request(t, specOf("gcp", "postgres"), "", observed)
		req.Context, req.RequiredResources = proto.CloneOf(environment), nil
		return req
	}
	first := run(t, ask(nil))
	if first.GetRequirements().GetExtraResources()["crossplane-version"] == nil { //nolint:staticcheck // Crossplane 1.20 knows no other.
		t.Error("a new database does not ask which Crossplane this is")
	}
	req := ask(nil)
	req.ExtraResources = map[string]*fnv1.Resources{"crossplane-version": {}} //nolint:staticcheck // Crossplane 1.20 knows no other.
	rsp := run(t, req)
	if got := fatal(rsp); got != "" || rsp.GetDesired().GetResources()[keyPassword] != nil {
		t.Errorf("a Secret is composed on Crossplane 1.20, or %q", got)
	}
	live := map[string]string{keyInstance: "{kind: DatabaseInstance}", keyPassword: "{data: {password: cGFzcw==}}"}
	if rsp := run(t, ask(live)); rsp.GetRequirements() != nil {
		t.Errorf("a database with a password asks for %v", rsp.GetRequirements())
	}
}

// TestBeforeVersion holds that the first call, which says nothing of Crossplane's
// version, is not refused.
func TestBeforeVersion(t *testing.T) {
	t.Parallel()
	req := request(t, strings.Replace(specOf("gcp", "postgres"), "payments-prod", "payments-dev", 1), "", nil)
	req.RequiredResources = nil
	rsp := run(t, req)
	if fatal(rsp) != "" || len(rsp.GetDesired().GetResources()) == 0 {
		t.Errorf("refused: %q", fatal(rsp))
	}
}
