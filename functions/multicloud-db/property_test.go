package multiclouddb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// choices are what a random case is made of: a fuzzer's bytes, or a seed's.
type choices struct{ rest []byte }

// below returns a number below n; 0 once the bytes are used up.
func (c *choices) below(n int) int {
	if len(c.rest) == 0 {
		return 0
	}
	b := c.rest[0]
	c.rest = c.rest[1:]
	return int(b) % n
}

func pick[T any](c *choices, of ...T) T { return of[c.below(len(of))] }

// holds makes a live database, lets things happen to claim, settings and what is
// observed, and checks that the result is fatal, with nothing desired, or desires
// every resource that is observed. What may go all the same is listed by mayGo.
func holds(t *testing.T, c *choices) (refused bool) {
	t.Helper()
	provider, namespaced := cloud.Providers[c.below(len(cloud.Providers))], c.below(2) == 1
	xr := xrHead
	if namespaced {
		xr = "\napiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: main, namespace: payments-prod-infra}\nspec:\n"
	}
	spec := "  provider: " + provider + "\n  profile: medium\n  region: eu-west\n  env: " + pick(c, "prod", "dev") +
		"\n  database: {engine: " + pick(c, "postgres", "mysql") +
		pick(c, "", "", ", restoreFrom: {name: orders}") + pick(c, "", "", ", parameters: {maxConnections: 500}") + "}\n  writeConnectionSecretToRef: {name: main}\n"
	req := request(t, xr+spec, wrap(settingsOf[c.below(10)]), nil)
	rsp := run(t, proto.CloneOf(req))
	if fatal(rsp) != "" {
		return true // such settings make no database
	}
	for range 2 { // the second time there is an id, and what waits for one
		for name, r := range rsp.GetDesired().GetResources() {
			o := made(r.GetResource())
			if object.String(o, "kind") != "Secret" {
				object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
			}
			req.Observed.Resources[name] = &fnv1.Resource{Resource: o}
		}
		instance := req.GetObserved().GetResources()[keyInstance]
		object.Set(instance.GetResource(), fromYAML(t, atProvider(provider, "17", 128)), "status", "atProvider")
		instance.ConnectionDetails = map[string][]byte{
			"host": []byte("h"), "port": []byte("1"), "username": []byte("u"), "password": []byte("secret-1"), "database": []byte("d"),
		}
		rsp = run(t, proto.CloneOf(req))
		if got := fatal(rsp); got != "" {
			t.Fatalf("an unchanged claim is refused: %s", got)
		}
	}

	before := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	var edits []string
	for range c.below(4) {
		e := editsOf[c.below(len(editsOf))]
		edits = append(edits, e[0]+"="+e[1])
		change(req.GetObserved().GetComposite().GetResource(), e[0], e[1])
	}
	settings := settingsOf[c.below(len(settingsOf))]
	req.RequiredResources = request(t, xr+spec, wrap(settings), nil).GetRequiredResources()
	names := []string{keyInstance, keyInstance, keyUser, keyDatabase, keyPassword, keyLock, keySecurityGroup, keySubnetGroup, keyResourceGroup}
	for range c.below(3) {
		name, i := pick(c, names...), c.below(len(happensTo))
		if r := req.GetObserved().GetResources()[name]; r != nil {
			edits = append(edits, fmt.Sprint(name, " ", i))
			happensTo[i](c, r)
		}
	}

	rsp = run(t, proto.CloneOf(req))
	if fatal(rsp) != "" {
		if len(rsp.GetDesired().GetResources()) != 0 {
			t.Errorf("%s: a fatal result with resources, by %v", provider, edits)
		}
		return true
	}
	instance := req.GetObserved().GetResources()[keyInstance].GetResource()
	known := managed.Exists(instance) && len(object.Struct(instance, "spec", "forProvider").GetFields()) > 0
	if diff := cmp.Diff(placeOf(before), placeOf(rsp.GetDesired().GetResources()[keyInstance].GetResource())); diff != "" && known {
		t.Errorf("%s: it is another database, by %v and settings %q: -before, +after:\n%s", provider, edits, settings, diff)
	}
	for name := range req.GetObserved().GetResources() {
		if rsp.GetDesired().GetResources()[name] == nil && !mayGo(req, rsp, name) {
			t.Errorf("%s: %s is no longer desired, by %v and settings %q", provider, name, edits, settings)
		}
	}
	return false
}

// placeOf says which database a managed resource stands for: another kind, account,
// place or name would be another one, and without its module OpenTofu destroys it.
func placeOf(o *structpb.Struct) map[string]any {
	out := map[string]any{"kind": group(o) + "/" + object.String(o, "kind")}
	for _, path := range [][]string{
		externalNameAt,
		{"spec", "providerConfigRef", "name"},
		body("region"), body("location"), body("identifier"), body("resourceGroupName"),
		body("module"), body("varmap", "location"), body("varmap", "name"), body("varmap", "plan"), body("varmap", "service"),
		body("dbSubnetGroupName"), body("delegatedSubnetId"), body("kmsKeyId"), body("encryptionKeyName"), body("username"), body("administratorLogin"),
	} {
		if v := object.Get(o, path...); said(v) {
			out[strings.Join(path, ".")] = v.AsInterface()
		}
	}
	const module = "spec.forProvider.module"
	for _, plain := range []string{modules.Database(), modules.DatabaseAllowing()} { // with which it makes the same database
		switch out[module] {
		case modules.Tuning(plain):
			out[module] = plain
		case modules.Restoring(modules.Tuning(plain)):
			out[module] = modules.Restoring(plain)
		}
	}
	return out
}

// mayGo lists what may go while everything is well.
func mayGo(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, name string) bool {
	o := req.GetObserved().GetResources()[name].GetResource()
	instance := req.GetObserved().GetResources()[keyInstance].GetResource()
	xr := req.GetObserved().GetComposite().GetResource()
	switch {
	case !managed.Exists(instance):
		return true // nothing lives: what was composed for it gives way to what is asked for now
	case name == keyConnection:
		return object.String(xr, "spec", "writeConnectionSecretToRef", "name") != "main" // it is asked for no more, or under another name
	case name == keyLock: // once it is told not to stay behind in the cloud
		return object.String(xr, "metadata", "annotations", claim.AllowDelete) == "true" && !orphaned(o)
	case strings.HasPrefix(name, keyIngress):
		return rsp.GetDesired().GetResources()[keySecurityGroup] != nil // the settings name the networks that are let in
	case strings.HasPrefix(name, keyParameter): // nobody names the parameter any more, which stays as it is
		return orphaned(o) || managed.OnlyObserved(o)
	case strings.HasPrefix(name, keyParameterGroup):
		return object.String(instance, "status", "atProvider", "parameterGroupName") != "" // another one is in use
	}
	return false
}

// TestNothingLost plays random cases of fixed seeds.
func TestNothingLost(t *testing.T) {
	t.Parallel()
	playCases(t, 2000, 6, holds)
}

// FuzzNothingLost looks for others.
func FuzzNothingLost(f *testing.F) {
	for i := range byte(8) {
		f.Add([]byte{i, i / 4, i, i, 7 * i, 3, 5 * i, 11 * i, 13 * i, 2, i, i, i, 1, i, i})
	}
	for _, found := range [][]byte{ // what was lost once
		{
			35, 29, 53, 181, 138, 123, 18, 119, 170, 114, 70, 109, 146, 235, 124, 252, 74, 119, 230, 145, 244, 222, 205, 94, 193, 196, 196, 196, 41,
			90, 187, 94, 188,
		}, // IBM's connection
		{
			255, 183, 137, 80, 210, 145, 231, 38, 166, 118, 56, 5, 132, 64, 56, 25, 89, 227, 45, 118, 239, 227, 203, 159, 91, 105, 7, 219, 214, 53,
			202, 232, 213, 252, 37, 38, 41, 104, 10, 194, 161, 123, 6, 238, 51, 229, 118, 221, 147, 11, 93, 112, 198, 74, 216, 220, 213, 101,
		}, // IBM's name
		{
			218, 12, 8, 104, 52, 164, 160, 206, 171, 72, 212, 184, 213, 199, 120, 194, 7, 90, 4, 58, 105, 184, 5, 61, 68, 252, 109, 70, 5, 77, 252,
			4, 21, 218, 107, 33, 215, 122, 158, 195, 202, 233, 168,
		}, // Azure's lock
	} {
		f.Add(found)
	}
	f.Fuzz(func(t *testing.T, bytes []byte) { holds(t, &choices{bytes}) })
}
