//go:build e2e

// Package legacy runs the claims' Configuration on Crossplane 1.20.0.
package legacy

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

var s *suite.Suite

func TestMain(m *testing.M) { suite.Main(m, "claims", plane.V1, &s) }

// refusal is what a claim says that has no password on 1.20.
const refusal = "is missing, and Crossplane 1.20 composes no Secret for the password of a new"

// passwordless are the databases whose providers make no password.
func passwordless(c *unstructured.Unstructured) bool {
	if of := suite.Get(c, "spec", "type"); of != nil && of != "database" {
		return false // a bucket has none, a cache's and a queue's are made by cloud or provider
	}
	provider, engine := suite.Get(c, "spec", "provider"), suite.Get(c, "spec", "database", "engine")
	return provider == "gcp" || provider == "azure" && engine == "mysql"
}

// TestExamples applies all example claims. Those whose password the provider makes
// become ready; the others are refused with a sentence on the claim itself, which the
// README has too, and nothing of them is composed. What is composed is what the golden
// has, but for the password's Secret.
func TestExamples(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(suite.Root, "package", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(strings.Fields(string(readme)), " "), refusal) {
		t.Errorf("package/README.md lacks %q", refusal)
	}
	claims := suite.Examples(t)
	for _, c := range claims {
		s.Apply(t, c)
	}
	for _, c := range claims {
		t.Run(c.GetNamespace()+"/"+c.GetName(), func(t *testing.T) {
			if !passwordless(c) {
				s.Complete(t, c)
				s.AsRendered(t, c, "password")
				return
			}
			s.WaitSaid(t, c, "Composed", "False", "passwordSecret", refusal)
			if composed, err := s.Composed(t, c); err != nil || len(composed) > 0 {
				t.Error("composed:", len(composed), err)
			}
		})
	}
}

// TestPasswordSecret has the platform keep passwords in a namespace of its own, by
// the settings: then all claims work.
func TestPasswordSecret(t *testing.T) {
	const namespace, password = "platform-passwords", "a-password-of-the-Platform-1"
	if err := s.ApplyAll(t.Context(), &unstructured.Unstructured{
		Object: map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": namespace}},
	}); err != nil {
		t.Fatal(err)
	}
	for _, env := range []string{"dev", "prod"} {
		objects, err := plane.Read(filepath.Join(suite.Root, "examples", "settings", "platform-"+env+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, provider := range []string{"gcp", "azure"} {
			suite.Set(t, objects[0], map[string]any{"namespace": namespace}, "data", "providers", provider, "passwordSecret")
		}
		s.Apply(t, objects[0])
	}
	claims := slices.DeleteFunc(suite.Examples(t), func(c *unstructured.Unstructured) bool { return !passwordless(c) })
	for _, c := range claims {
		env := strings.Split(c.GetNamespace(), "-")[1]
		name := fmt.Sprintf("%s-payments-%s-%s-password", suite.Get(c, "spec", "provider"), env, c.GetName())
		s.Apply(t, &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "v1", "kind": "Secret", "metadata": map[string]any{"name": name, "namespace": namespace},
			"data": map[string]any{"password": base64.StdEncoding.EncodeToString([]byte(password))},
		}})
		s.Change(t, c) // so that Crossplane looks at once
	}
	for _, c := range claims {
		s.Complete(t, c)
		secret, err := s.Secret(t.Context(), c.GetNamespace(), c.GetName())
		if err != nil {
			t.Fatal(err)
		}
		if string(secret["password"]) != password {
			t.Errorf("%s: the password is not the platform's", c.GetName())
		}
	}
}

// TestAdopt takes over a database whose owner says its login, and clusters.
func TestAdopt(t *testing.T) { s.Adopt(t) }

// TestPackages takes the packages to another version and back by kubectl apply.
func TestPackages(t *testing.T) {
	claims := slices.DeleteFunc(suite.Examples(t), func(c *unstructured.Unstructured) bool {
		return passwordless(c) || suite.Get(c, "spec", "type") != "database"
	})
	for _, c := range claims {
		s.Apply(t, c)
	}
	s.WaitReady(t, claims...)
	s.Packages(t, claims)
}

// TestPinned pins the providers, and changes the versions of a cloud's by one kubectl apply.
func TestPinned(t *testing.T) { s.Pinned(t) }
