package multiclouddb

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// reached is what each provider shows, by engine, of a database that was there and is reached, with
// the port that RDS has it at.
var reached = map[string]map[string]string{
	"gcp": {
		"postgres": "kind: DatabaseInstance, STATUS databaseVersion: POSTGRES_17, region: europe-west1, privateIpAddress: h, settings: {diskSize: 50}}}",
		"mysql":    "kind: DatabaseInstance, STATUS databaseVersion: MYSQL_8_4, region: europe-west1, privateIpAddress: h, settings: {diskSize: 50}}}",
	},
	"aws": {
		"postgres": `kind: Instance, STATUS identifier: old, engine: postgres, engineVersionActual: "17.4", region: eu-west-1, allocatedStorage: 50, ` +
			`address: h, port: 6432}}`,
		"mysql": `kind: Instance, STATUS identifier: old, engine: mysql, engineVersionActual: 8.4.5, region: eu-west-1, allocatedStorage: 50, ` +
			`address: h, port: 6306}}`,
	},
	"azure": {
		"postgres": `kind: FlexibleServer, STATUS version: "17", location: westeurope, storageMb: 65536, resourceGroupName: old, fqdn: h}}`,
		"mysql":    `kind: FlexibleServer, STATUS version: "8.4", location: westeurope, storage: {sizeGb: 64}, resourceGroupName: old, fqdn: h}}`,
	},
	"ibm": {
		"postgres": `kind: Workspace, STATUS outputs: {crn: crn, service: databases-for-postgresql, engine_version: "17", location: eu-es, ` +
			`disk_mb: 51200, plan: standard}}}`,
		"mysql": `kind: Workspace, STATUS outputs: {crn: crn, service: databases-for-mysql, engine_version: "8.4", location: eu-es, ` +
			`disk_mb: 51200, plan: standard}}}`,
	},
}

// publishedThere is what providers publish: the CA of Cloud SQL, and the login that the module for IBM Cloud makes.
var publishedThere = map[string]map[string][]byte{
	"gcp": {"serverCACertificateCert": []byte("CA")},
	"ibm": {"host": []byte("h"), "port": []byte("1"), "username": []byte("made"), "password": []byte("made-here"), "database": []byte("ibmclouddb")},
}

// takenOverBy is a database that its claim has taken over, and that is ready; asked is the connection
// Secret that the claim asks for, "" for none.
func takenOverBy(t *testing.T, provider, engine string, isNamespaced bool, asked string) *live {
	t.Helper()
	spec := strings.TrimPrefix(specOf(provider, engine), xrHead) + "  externalName: old\n  adopt: Manage\n"
	xr := xrHead + spec
	if isNamespaced {
		xr = namespaced(xr, asked)
		if asked == "" {
			xr, _, _ = strings.Cut(xr, "  writeConnectionSecretToRef")
		}
		xr = regexp.MustCompile(`(?m)^  claimRef.*\n`).ReplaceAllString(xr, "")
	} else {
		xr += "  writeConnectionSecretToRef: {name: 1-2-3, namespace: crossplane-system}\n" // as Crossplane writes it into each XR
	}
	shown := strings.Replace(reached[provider][engine], "STATUS", looked+
		`status: {conditions: [{type: Ready, status: "True"}, {type: Synced, status: "True"}], atProvider: {id: db-1,`, 1)
	l := &live{provider: provider, spec: spec, request: request(t, xr, settingsAdopt, map[string]string{keyInstance: "{" + shown + "}"})}
	l.request.Observed.Resources[keyInstance].ConnectionDetails = publishedThere[provider]
	if !isNamespaced {
		ref := ""
		if asked != "" {
			ref = ", spec: {writeConnectionSecretToRef: {name: " + asked + "}}"
		}
		claim := fromYAML(t, "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, metadata: {uid: claim-1}"+ref+"}")
		l.request.RequiredResources["claim"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: claim}}}
	}
	for range 2 { // what it takes is composed and observed, its lock on Azure too
		for name, r := range l.run(t).GetDesired().GetResources() {
			o := made(r.GetResource())
			object.Set(o, object.Get(l.instance(), "status"), "status")
			l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o, ConnectionDetails: l.request.GetObserved().GetResources()[name].GetConnectionDetails()}
		}
	}
	if got := object.String(l.instance(), "metadata", "annotations", requested+"adopt"); got != manage {
		t.Fatalf("it is not taken over: %v", l.run(t).GetConditions())
	}
	return l
}

// writes has somebody write a Secret into the claim's namespace, under the name of the database's.
func (l *live) writes(t *testing.T, data map[string]string) *structpb.Struct {
	t.Helper()
	s := fromYAML(t, "{apiVersion: v1, kind: Secret, type: Opaque, metadata: {name: old-password, namespace: payments-prod-infra}}")
	for key, value := range data {
		object.Set(s, base64.StdEncoding.EncodeToString([]byte(value)), "data", key)
	}
	l.request.RequiredResources[keyPassword] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: s}}}
	return s
}

// ownersLogin is what an owner writes.
func ownersLogin() map[string]string {
	return map[string]string{"username": "boss", "password": "s3cret-of-theirs", "database": "orders"}
}

// publishedBy is the connection that an answer publishes, in either scope.
func publishedBy(t *testing.T, rsp *fnv1.RunFunctionResponse) map[string]string {
	t.Helper()
	out := map[string]string{}
	for key, value := range rsp.GetDesired().GetComposite().GetConnectionDetails() {
		out[key] = string(value)
	}
	for key, v := range object.Struct(rsp.GetDesired().GetResources()[keyConnection].GetResource(), "data").GetFields() {
		value, err := base64.StdEncoding.DecodeString(v.GetStringValue())
		if err != nil {
			t.Fatal(err)
		}
		out[key] = string(value)
	}
	return out
}

// isUnready reports whether an answer has the XR not ready.
func isUnready(rsp *fnv1.RunFunctionResponse) bool {
	return rsp.GetDesired().GetComposite().GetReady() == fnv1.Ready_READY_FALSE
}

// everywhere runs a test on each cloud, for each engine, in both scopes.
func everywhere(t *testing.T, test func(t *testing.T, provider, engine string, isNamespaced bool)) {
	t.Helper()
	for _, provider := range cloud.Providers {
		for _, engine := range cloud.Engines {
			for scope, isNamespaced := range map[string]bool{"Claim": false, "Namespaced": true} {
				t.Run(provider+"/"+engine+"/"+scope, func(t *testing.T) {
					t.Parallel()
					test(t, provider, engine, isNamespaced)
				})
			}
		}
	}
}
