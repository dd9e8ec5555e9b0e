package suite

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Adopt has a claim take over a database that outlived another one, and its owner say the login
// late, change it, and take it away again: what is published follows, and stays. The cloud is never
// sent a password. Then claims take over clusters of somebody's. The settings are of a project of their own, which alone may adopt.
func (s *Suite) Adopt(t *testing.T) {
	const namespace = "adopted-dev-infra"
	s.Apply(t, parsed(t, "{apiVersion: v1, kind: Namespace, metadata: {name: "+namespace+"}}"))
	settings := parsed(t, "{apiVersion: apiextensions.crossplane.io/v1beta1, kind: EnvironmentConfig, metadata: {name: platform-dev-adopted}, "+
		"data: {policy: {adopt: manage}}}")
	s.Apply(t, settings)
	claim := Example(t, "payments-dev-infra/azure-main", passing+"adopted")
	claim.SetNamespace(namespace)
	unstructured.RemoveNestedField(claim.Object, "spec", "entity")
	Set(t, claim, "Orphan", "spec", "deletionPolicy")
	s.Apply(t, claim)
	s.WaitReady(t, claim)
	name := fmt.Sprint(Get(must(s.Client.Get(t.Context(), plane.RefOf(claim)))(t), "status", "resource", "name"))
	s.withAll(t, []*unstructured.Unstructured{claim})

	history := len(s.Provider.Cloud.History())
	Set(t, claim, name, "spec", "externalName")
	Set(t, claim, "Manage", "spec", "adopt")
	Set(t, claim, "adopted-connection", "spec", "writeConnectionSecretToRef", "name")
	claim.SetResourceVersion("")
	s.Apply(t, claim)
	s.awaitsLogin(t, claim, namespace+"/"+name+"-password is not there")

	owners := parsed(t, "{apiVersion: v1, kind: Secret, metadata: {name: "+name+"-password, namespace: "+namespace+
		", labels: {platform.victor.onl/password-of: "+namespace+"."+name+"-password}}}")
	for _, password := range []string{"the-first-password", "the-second-password"} {
		data := map[string]any{}
		for key, value := range map[string]string{"username": "boss", "password": password, "database": "orders"} {
			data[key] = base64.StdEncoding.EncodeToString([]byte(value))
		}
		Set(t, owners, data, "data")
		s.Apply(t, owners)
		s.Change(t, claim)()
		s.publishes(t, claim, password)
	}
	written := must(s.Client.Get(t.Context(), plane.RefOf(owners)))(t)
	if refs := written.GetOwnerReferences(); len(refs) > 0 || len(Get(written, "data").(map[string]any)) != 3 { //nolint:forcetypeassert // Of a Secret.
		t.Errorf("the owner's Secret is not as the owner wrote it: %v", written.Object)
	}

	s.do(t, func() error { return s.Client.Delete(t.Context(), plane.RefOf(owners)) })
	s.Change(t, claim) // so that Crossplane looks at once
	s.awaitsLogin(t, claim, namespace+"/"+name+"-password is not there")
	s.publishes(t, claim, "the-second-password")
	for _, e := range s.Provider.Cloud.History()[history:] {
		if strings.HasSuffix(e, "/"+name) && !strings.HasPrefix(e, "update ") {
			t.Errorf("what was adopted is not left as it was: %s", e)
		}
	}
	s.letGo(t, []*unstructured.Unstructured{claim})
	s.do(t, func() error { return s.Client.Delete(t.Context(), plane.RefOf(settings)) })
	s.adoptClusters(t)
}

// awaitsLogin waits until a claim says that it publishes nothing without its owner's login. On
// Crossplane 1.20, which does not show whether it asks for a connection, it is ready all the same.
func (s *Suite) awaitsLogin(t *testing.T, claim *unstructured.Unstructured, words string) {
	t.Helper()
	if s.Core == plane.V1 {
		s.WaitSaid(t, claim, "Composed", "True", words, "and the label")
		s.WaitReady(t, claim)
		return
	}
	s.WaitSaid(t, claim, "Provisioned", "False", words)
	s.WaitSaid(t, claim, "Ready", "False")
}

// publishes waits until a claim's connection has a password of its owner's.
func (s *Suite) publishes(t *testing.T, claim *unstructured.Unstructured, password string) {
	t.Helper()
	s.waitFor(t, claim, "the connection", func(*unstructured.Unstructured) error {
		secret, err := s.Secret(t.Context(), claim.GetNamespace(), "adopted-connection")
		if err != nil {
			return err
		}
		got := []string{string(secret["username"]), string(secret["password"]), string(secret["database"])}
		if want := []string{"boss", password, "orders"}; !slices.Equal(got, want) || !strings.Contains(string(secret["uri"]), password) {
			return fmt.Errorf("it has %v, not yet %v", got, want)
		}
		return nil
	})
}
