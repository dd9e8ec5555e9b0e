package suite

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket/ibm"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// moduleInGolden stands in the goldens for the text of the module.
const moduleInGolden = "functions/multicloud-db/modules"

// Examples applies all example claims, waits until they are ready, and holds what
// is there against the goldens of the renders.
func (s *Suite) Examples(t *testing.T) {
	claims := Examples(t)
	for _, c := range claims {
		s.Apply(t, c)
	}
	for _, c := range claims {
		t.Run(c.GetNamespace()+"/"+c.GetName(), func(t *testing.T) {
			s.Complete(t, c)
			s.AsRendered(t, c)
		})
	}
}

// Complete waits until a claim is ready, and looks at its status and connection.
func (s *Suite) Complete(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	s.WaitReady(t, claim)
	s.status(t, claim)
	s.connection(t, claim)
}

// AsRendered compares what was composed with the golden: the same resources but for
// those that are not composed here, and each has what the golden says. Providers add to
// it.
func (s *Suite) AsRendered(t *testing.T, claim *unstructured.Unstructured, absent ...string) {
	t.Helper()
	composed, err := s.Composed(t, claim)
	if err != nil {
		t.Fatal(err)
	}
	golden := s.Golden(t, claim)
	for _, name := range absent {
		delete(golden, name)
	}
	if isBucket(claim) {
		firstLook(golden)
	}
	shapes[typeOf(claim)].without(composed, golden)
	want, got := slices.Sorted(maps.Keys(golden)), slices.Sorted(maps.Keys(composed))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("composed resources: -want, +got:\n%s", diff)
	}
	for name, o := range composed {
		g := golden[name]
		if o.GetKind() == "Secret" {
			continue // the password is made anew each time
		}
		s.asHere(t, g, o)
		for _, path := range [][]string{{"apiVersion"}, {"kind"}, {"spec"}} {
			if diff := missing(Get(g, path...), Get(o, path...)); diff != "" {
				t.Errorf("%s %s: -want, +got:\n%s", name, strings.Join(path, "."), diff)
			}
		}
		for what, pair := range map[string][2]map[string]string{
			"labels":      {g.GetLabels(), o.GetLabels()},
			"annotations": {g.GetAnnotations(), o.GetAnnotations()},
		} {
			for k, v := range pair[0] {
				if k != "crossplane.io/composite" && pair[1][k] != v {
					t.Errorf("%s: %s %s: want %q, got %q", name, what, k, v, pair[1][k])
				}
			}
		}
	}
}

// firstLook takes out of the golden of a bucket what is so only until the cloud has told
// whose the bucket is: that it is looked for, made, and not deleted.
func firstLook(golden map[string]*unstructured.Unstructured) {
	for _, g := range golden {
		unstructured.RemoveNestedField(g.Object, "spec", "managementPolicies")
		unstructured.RemoveNestedField(g.Object, "spec", "deletionPolicy")
		if Get(g, "spec", "forProvider", "module") == moduleInGolden {
			if err := unstructured.SetNestedField(g.Object, ibm.Make(), "spec", "forProvider", "module"); err != nil {
				panic(err) // it has such a field
			}
		}
	}
}

// asHere puts into a golden's object what it cannot know: the text of a module, the
// name of a last snapshot, which ends in a hash of the XR's UID, the id that RDS gave
// to what was asked for by its name, that what was made may be changed, and that the limit of a disk
// of Cloud SQL is asked for once the provider has made the instance.
func (s *Suite) asHere(t *testing.T, golden, o *unstructured.Unstructured) {
	t.Helper()
	if Get(golden, "spec", "forProvider", "module") == moduleInGolden {
		Set(t, golden, moduleOf(golden), "spec", "forProvider", "module")
	}
	if id := Get(o, "spec", "forProvider", "varmap", "cluster_id"); id != nil { // known once the cluster is there
		Set(t, golden, id, "spec", "forProvider", "varmap", "cluster_id")
	}
	const externalName = "crossplane.io/external-name"
	if id := o.GetAnnotations()[externalName]; golden.GetKind() == "Instance" && strings.HasPrefix(id, "db-") {
		Set(t, golden, id, "metadata", "annotations", externalName)
	}
	if policies, found, err := unstructured.NestedStringSlice(
		golden.Object, "spec", "managementPolicies",
	); err == nil && found && !slices.Contains(policies, "*") && !slices.Contains(policies, "Update") {
		Set(t, golden, s.settled(policies), "spec", "managementPolicies")
	}
	if Get(golden, "spec", "forProvider", "settings", "insightsConfig") != nil { // asked for until Cloud SQL has it
		unstructured.RemoveNestedField(golden.Object, "spec", "forProvider", "settings", "insightsConfig")
	}
	if limit := Get(golden, "spec", "initProvider", "settings", "diskAutoresizeLimit"); limit != nil {
		Set(t, golden, limit, "spec", "forProvider", "settings", "diskAutoresizeLimit")
		unstructured.RemoveNestedField(golden.Object, "spec", "initProvider", "settings", "diskAutoresizeLimit")
	}
	const snapshot = "finalSnapshotIdentifier"
	want, _ := Get(golden, "spec", "forProvider", snapshot).(string)
	got, _ := Get(o, "spec", "forProvider", snapshot).(string)
	if i := strings.LastIndex(want, "-") + 1; i > 0 && len(got) == len(want) && got[:i] == want[:i] {
		Set(t, golden, got, "spec", "forProvider", snapshot)
	}
}

// moduleOf is the module of a Workspace whose golden does not have its text.
func moduleOf(golden *unstructured.Unstructured) string {
	allows := Get(golden, "spec", "forProvider", "varmap", "allowlist") != nil
	switch Get(golden, "spec", "forProvider", "varmap", "service") {
	case "databases-for-redis":
		return modules.Cache.Make(allows)
	case "containers-kubernetes":
		return modules.KnownCluster()
	case "messages-for-rabbitmq":
		return modules.Queue.Make(allows)
	}
	module := modules.Database()
	if allows {
		module = modules.DatabaseAllowing()
	}
	if Get(golden, "spec", "forProvider", "varmap", "configuration") != nil {
		module = modules.Tuning(module)
	}
	return module
}

// settled are the policies of what was made, from those that it was made with.
func (s *Suite) settled(policies []string) []any {
	filled, deleted := slices.Contains(policies, "LateInitialize"), slices.Contains(policies, "Delete")
	if filled && (deleted || s.Scope != "namespaced") {
		return []any{"*"}
	}
	settled := []any{"Observe", "Create", "Update"}
	if deleted {
		settled = append(settled, "Delete")
	}
	if filled {
		settled = append(settled, "LateInitialize")
	}
	return settled
}

// missing compares what both have, and what only the golden has.
func missing(want, got any) string {
	w, isMap := want.(map[string]any)
	g, both := got.(map[string]any)
	if !isMap || !both {
		if reflect.DeepEqual(want, got) {
			return ""
		}
		return cmp.Diff(want, got)
	}
	var diffs []string
	for k, v := range w {
		if d := missing(v, g[k]); d != "" {
			diffs = append(diffs, k+": "+d)
		}
	}
	slices.Sort(diffs)
	return strings.Join(diffs, "\n")
}

// status of a claim and of its XR is complete and the same.
func (s *Suite) status(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	o, err := s.Client.Get(t.Context(), plane.RefOf(claim))
	if err != nil {
		t.Fatal(err)
	}
	of := shapes[typeOf(claim)]
	for block, fields := range map[string][]string{"resource": of.resource, "size": of.size, "cost": {"tags"}} {
		for _, f := range fields {
			if Get(o, "status", block, f) == nil {
				t.Errorf("status.%s.%s is missing", block, f)
			}
		}
	}
	xr, err := s.XR(t, claim)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range []string{"resource", "size", "cost"} {
		if diff := cmp.Diff(Get(xr, "status", block), Get(o, "status", block)); diff != "" {
			t.Errorf("status.%s: -XR, +claim:\n%s", block, diff)
		}
	}
}

// connection secrets have the same keys on every cloud, but for the authority's
// certificate, which not every provider gives, and say what the cloud was told.
func (s *Suite) connection(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	name, _ := Get(claim, "spec", "writeConnectionSecretToRef", "name").(string)
	data, err := s.Secret(t.Context(), claim.GetNamespace(), name)
	if err != nil {
		t.Fatal(err)
	}
	of := shapes[typeOf(claim)]
	address := of.address
	got := slices.DeleteFunc(slices.Sorted(maps.Keys(data)), func(k string) bool { return slices.Contains(of.some, k) })
	if diff := cmp.Diff(keysOf(claim), got); diff != "" {
		t.Errorf("connection secret: -want, +got keys:\n%s", diff)
	}
	for k, v := range data {
		if len(v) == 0 {
			t.Errorf("connection secret: %s is empty", k)
		}
	}
	if endpoint, _ := Get(must(s.Client.Get(t.Context(), plane.RefOf(claim)))(t), "status", "resource", "endpoint").(string); string(data[address]) != endpoint {
		t.Errorf("connection secret: %s is %q, status.resource.endpoint is %q", address, data[address], endpoint)
	}
	composed, err := s.Composed(t, claim)
	if err != nil {
		t.Fatal(err)
	}
	made := composed["password"]
	if made == nil {
		return // the provider made it
	}
	secret, err := s.Secret(t.Context(), made.GetNamespace(), made.GetName())
	if err != nil {
		t.Fatal(err)
	}
	if string(secret["password"]) != string(data["password"]) {
		t.Error("connection secret: the password is not that of the password's Secret")
	}
}

// must ends the test at an error.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
