package suite

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Deletion deletes all claims: dev goes whole, prod leaves its databases in the
// cloud, from where the same claims take them up again, with the passwords that
// somebody kept.
func (s *Suite) Deletion(t *testing.T) {
	claims := append(s.Live(t), s.ownNetwork(t))
	var prod []*unstructured.Unstructured
	var left []string // servers that must stay in the cloud
	var passwords []*unstructured.Unstructured
	owners := map[string]*unstructured.Unstructured{}
	for _, c := range claims {
		owners[must(s.XR(t, c))(t).GetName()] = c
		if c.GetNamespace() == "payments-dev-infra" {
			continue
		}
		prod = append(prod, c)
		left = append(left, s.server(t, c)+"/"+s.nameInCloud(t, c))
		if secret := must(s.Composed(t, c))(t)["password"]; secret != nil { // IBM has none
			passwords = append(passwords, &unstructured.Unstructured{Object: map[string]any{
				"apiVersion": "v1", "kind": "Secret", "data": secret.Object["data"],
				"metadata": map[string]any{"name": secret.GetName(), "namespace": secret.GetNamespace()},
			}})
		}
	}
	if len(passwords) == 0 {
		t.Error("no password to keep")
	}
	history := len(s.Provider.Cloud.History())
	s.remove(t, claims...)
	for xr, c := range owners {
		if err := plane.Wait(t.Context(), Patience, "the end of what "+plane.RefOf(c).String()+" was made of", func() error {
			return none(s.labelled(t, c.GetNamespace(), xr))
		}); err != nil {
			t.Error(err)
		}
	}

	things := s.Provider.Cloud.Things()
	for key, thing := range things {
		if strings.Contains(key, "-payments-dev-") {
			t.Errorf("left in the cloud by dev: %s", key)
		}
		if !thing.Orphan {
			t.Errorf("%s is no orphan, although its claim is gone", key)
		}
	}
	for _, key := range left {
		if _, ok := things[key]; !ok {
			t.Errorf("prod lost %s in the cloud", key)
		}
	}
	for _, e := range s.Provider.Cloud.History()[history:] {
		if strings.HasPrefix(e, "delete ") && strings.Contains(e, "-payments-prod-") {
			t.Errorf("prod: %s", e)
		}
	}
	if t.Failed() {
		return
	}

	history = len(s.Provider.Cloud.History())
	for _, c := range append(passwords, prod...) {
		s.Apply(t, c)
	}
	s.WaitReady(t, prod...)
	var again []string
	for _, c := range prod {
		again = append(again, s.server(t, c)+"/"+s.nameInCloud(t, c))
	}
	if !slices.Equal(left, again) {
		t.Errorf("other names: %v, then %v", left, again)
	}
	for _, e := range s.Provider.Cloud.History()[history:] {
		if slices.ContainsFunc(left, func(key string) bool { return e == "create "+key }) {
			t.Errorf("a second database: %s", e)
		}
		if strings.HasPrefix(e, "password ") {
			t.Errorf("another password: %s", e)
		}
	}
}

// ownNetwork applies a claim whose subnet group and security group are composed with
// its database, and waits until it is ready.
func (s *Suite) ownNetwork(t *testing.T) *unstructured.Unstructured {
	t.Helper()
	objects, err := plane.Read(filepath.Join(Root, "examples", "settings", "platform-prod.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	Set(t, objects[0], map[string]any{
		"subnetIDs": []any{"subnet-1", "subnet-2"}, "vpcID": "vpc-1", "allowedCIDRs": []any{"10.0.0.0/16", "10.1.0.0/16"},
	}, "data", "providers", "aws", "regions", "eu-central-1")
	s.Apply(t, objects[0])
	c := Example(t, "payments-prod-infra/rds-main", "rds-own-network")
	Set(t, c, "eu-central", "spec", "region")
	s.Apply(t, c)
	s.WaitReady(t, c)
	composed := must(s.Composed(t, c))(t)
	for _, name := range []string{"subnet-group", "security-group", "ingress-10-0-0-0-16", "ingress-10-1-0-0-16"} {
		if composed[name] == nil {
			t.Errorf("%s is not composed", name)
		}
	}
	return c
}

func none(objects []*unstructured.Unstructured) error {
	if len(objects) == 0 {
		return nil
	}
	return &plane.StatusError{Message: "still there: " + plane.RefOf(objects[0]).String()}
}
