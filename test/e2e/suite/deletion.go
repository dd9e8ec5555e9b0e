package suite

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Deletion deletes all claims: dev goes whole, prod leaves its databases, caches and queues
// in the cloud, from where the same claims take them up again, with the passwords that
// somebody kept.
func (s *Suite) Deletion(t *testing.T) {
	s.clearBuckets(t)
	claims := append(append(s.Live(t), s.ownNetwork(t)), s.Served(t)...)
	var prod []*unstructured.Unstructured
	var left []string                                 // servers that must stay in the cloud
	var passwords, owned []*unstructured.Unstructured // the Secrets of some of prod's claims, and those
	for _, c := range claims {
		if c.GetNamespace() == "payments-dev-infra" {
			continue
		}
		prod = append(prod, c)
		left = append(left, s.inCloud(t, c))
		if secret := must(s.Composed(t, c))(t)["password"]; secret != nil { // IBM has none
			owned = append(owned, c)
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
	s.removeWhole(t, claims...)

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

	s.again(t, prod, passwords, owned[0])
	var again []string
	for _, c := range prod {
		again = append(again, s.inCloud(t, c))
		if typeOf(c) == "database" || s.server(t, c) == "ReplicationGroup" { // the others' are made by the cloud
			s.opens(t, c)
		}
	}
	if !slices.Equal(left, again) {
		t.Errorf("other names: %v, then %v", left, again)
	}
	for key, thing := range s.Provider.Cloud.Things() {
		if was, ok := things[key]; ok && was.Password != thing.Password {
			t.Errorf("%s has another password", key)
		}
	}
}

// again makes claims again, and restores the Secrets of their passwords, that of one
// claim late: until then nothing is changed or published. No server is made.
func (s *Suite) again(t *testing.T, claims, passwords []*unstructured.Unstructured, lateOf *unstructured.Unstructured) {
	t.Helper()
	history, late := len(s.Provider.Cloud.History()), passwords[0]
	for _, c := range append(passwords[1:], claims...) {
		s.Apply(t, c)
	}
	servers := map[string]bool{}
	for _, c := range claims {
		if c == lateOf {
			s.WaitSaid(t, c, "Composed", "False", c.GetNamespace()+"/"+late.GetName(), "key password")
			if data, err := s.Secret(t.Context(), c.GetNamespace(), c.GetName()); err == nil {
				t.Errorf("a connection is published, although nobody knows the password: %v", slices.Sorted(maps.Keys(data)))
			}
			s.Patch(t, late, map[string]any{"data": late.Object["data"]})
		}
		s.WaitReady(t, c)
		servers["create "+s.inCloud(t, c)] = true
	}
	for _, e := range s.Provider.Cloud.History()[history:] {
		if servers[e] || strings.HasPrefix(e, "password ") {
			t.Errorf("a claim that is made again: %s", e)
		}
	}
}

// ownNetwork applies a claim whose subnet group and security group are composed with
// its database, and waits until it is ready. Its settings are without some keys.
func (s *Suite) ownNetwork(t *testing.T, without ...string) *unstructured.Unstructured {
	t.Helper()
	settings := letsIn(t, "10.0.0.0/16", "10.1.0.0/16")
	drop(settings.Object, without)
	if len(without) > 0 {
		dropNetworks(settings)
	}
	s.Apply(t, settings)
	c := Example(t, "payments-prod-infra/rds-main", "rds-own-network")
	Set(t, c, "eu-central", "spec", "region")
	s.Apply(t, c)
	s.waitFor(t, c, "the network", func(*unstructured.Unstructured) error { // the claim may have been ready without one of the rules
		composed, err := s.Composed(t, c)
		for _, name := range []string{"subnet-group", "security-group", "ingress-10-0-0-0-16", "ingress-10-1-0-0-16"} {
			if err == nil && composed[name] == nil {
				err = fmt.Errorf("%s is not composed", name)
			}
		}
		return err
	})
	s.WaitReady(t, c)
	return c
}

// letsIn are the settings by which a claim on AWS gets a network of its own, with the networks
// that are let in.
func letsIn(t *testing.T, cidrs ...any) *unstructured.Unstructured {
	t.Helper()
	objects, err := plane.Read(filepath.Join(Root, "examples", "settings", "platform-prod.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	Set(t, objects[0], map[string]any{
		"subnetIDs": []any{"subnet-1", "subnet-2"}, "vpcID": "vpc-1", "allowedCIDRs": cidrs,
	}, "data", "providers", "aws", "regions", "eu-central-1")
	return objects[0]
}

// opens holds that the password that a claim publishes is the one that the cloud has.
func (s *Suite) opens(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	data, err := s.Secret(t.Context(), claim.GetNamespace(), claim.GetName())
	if err != nil {
		t.Fatal(err)
	}
	things, name := s.Provider.Cloud.Things(), s.nameInCloud(t, claim)
	password := things[s.server(t, claim)+"/"+name].Password
	if user := must(s.Composed(t, claim))(t)["user"]; user != nil {
		password = things["User/"+name+"/"+user.GetAnnotations()["crossplane.io/external-name"]].Password
	}
	if password == "" || password != string(data["password"]) {
		t.Errorf("%s: the published password does not open it", plane.RefOf(claim))
	}
}
