package suite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/argocd"
	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/provider"
)

// Gitops is the folder of the repositories, of the platform and of a domain, as they would stand.
var gitops = filepath.Join(Root, "examples", "gitops")

// FromGit starts a control plane, and has it be what the platform's repository says, in the order
// in which Argo CD applies it. The clouds are those that an earlier control plane left, or new.
func FromGit(ctx context.Context, core string, cloud *provider.Cloud) (_ *Suite, err error) {
	ctx, stop := context.WithCancel(ctx)
	s := &Suite{Scope: "claims", Core: core, stop: stop}
	if s.Plane, err = plane.Start(ctx, plane.Options{Root: Root, Version: core}); err != nil {
		stop()
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close(true))
		}
	}()
	if err := s.Provide(ctx, s.Scope, Version); err != nil {
		return nil, err
	}
	for _, application := range []string{"namespaces", "crossplane"} {
		if err := s.Sync(ctx, filepath.Join(gitops, "platform-gitops", application)); err != nil {
			return nil, fmt.Errorf("the Application %s: %w", application, err)
		}
	}
	if cloud == nil {
		s.Provider, err = provider.Start(ctx, s.Client, s.Log("provider"))
	} else {
		s.Provider, err = provider.StartWith(ctx, s.Client, cloud, s.Log("provider"))
	}
	return s, err
}

// domain applies the claims of the domain's repository.
func (s *Suite) domain(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(gitops, "payments-gitops", "crossplane", "claims", "*", "*", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no claims:", err)
	}
	var out []*unstructured.Unstructured
	for _, f := range files {
		claims, err := plane.Read(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range claims {
			s.Apply(t, c)
			out = append(out, c)
		}
	}
	return out
}

// shown waits until Argo CD would show each claim with a health, whatever it shows before.
func (s *Suite) shown(t *testing.T, health string, claims ...*unstructured.Unstructured) {
	t.Helper()
	checks, err := argocd.Read(Root)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims {
		if err := plane.Wait(t.Context(), Patience, plane.RefOf(c).String(), func() error { return s.WaitHealth(t.Context(), checks, c, health) }); err != nil {
			t.Fatal(err)
		}
	}
}

// Rebuilt loses a control plane whole, and builds another one from the repositories and from the
// Secrets that the page on backups says to keep. Every database, bucket, cache and queue is taken
// up again under its name, with its password: none is made, changed into another or deleted.
func Rebuilt(t *testing.T, core string) {
	s, err := FromGit(t.Context(), core, nil)
	if err != nil {
		t.Fatal(err)
	}
	claims := s.domain(t)
	s.shown(t, "Healthy", claims...)
	before, things := s.Record(t, claims...), s.Provider.Cloud.Things()
	secrets := s.kept(t)
	if err := s.Close(t.Failed()); err != nil {
		t.Fatal(err)
	}

	history := len(s.Provider.Cloud.History())
	again, err := FromGit(t.Context(), core, s.Provider.Cloud)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := again.Close(t.Failed()); err != nil {
			t.Error(err)
		}
	}()
	// One password comes late: until then its claim is shown as somebody's to mend.
	late := slices.IndexFunc(secrets, func(o *unstructured.Unstructured) bool { return strings.HasSuffix(o.GetName(), "-password") })
	if err := again.ApplyAll(t.Context(), slices.Delete(slices.Clone(secrets), late, late+1)...); err != nil {
		t.Fatal(err)
	}
	claims = again.domain(t)
	waited := false
	for _, c := range claims {
		if c.GetNamespace() == secrets[late].GetNamespace() && strings.HasSuffix(secrets[late].GetName(), "-"+c.GetName()+"-password") {
			waited = true
			again.shown(t, "Degraded", c)
			again.WaitSaid(t, c, "Composed", "False", c.GetNamespace()+"/"+secrets[late].GetName())
		}
	}
	if !waited {
		t.Errorf("no claim waits for %s", plane.RefOf(secrets[late]))
	}
	again.Patch(t, secrets[late], map[string]any{"data": secrets[late].Object["data"]})
	again.shown(t, "Healthy", claims...)
	after := again.Record(t, claims...)
	if diff := cmp.Diff(before.Connection, after.Connection); diff != "" {
		t.Errorf("connections: -before, +after:\n%s", diff)
	}
	if diff := cmp.Diff(before.Passwords, after.Passwords); diff != "" {
		t.Errorf("passwords: -before, +after:\n%s", diff)
	}
	for _, e := range again.Provider.Cloud.History()[history:] {
		t.Errorf("the cloud was told to %s", e)
	}
	for key, thing := range again.Provider.Cloud.Things() {
		was, ok := things[key]
		if !ok || was.Password != thing.Password {
			t.Errorf("%s is new, or has another password", key)
		}
		if thing.Orphan {
			t.Errorf("%s was not taken up again", key)
		}
	}
}

// kept are the Secrets that a backup has to have: the passwords, and the states of OpenTofu.
func (s *Suite) kept(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	all, err := s.Client.List(t.Context(), plane.Kind("v1", "Secret"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	var out []*unstructured.Unstructured
	for _, secret := range all {
		password := strings.HasSuffix(secret.GetNamespace(), "-infra") && strings.HasSuffix(secret.GetName(), "-password")
		if password || secret.GetNamespace() == plane.Namespace && strings.HasPrefix(secret.GetName(), "tfstate-") {
			out = append(out, &unstructured.Unstructured{Object: map[string]any{
				"apiVersion": "v1", "kind": "Secret", "data": secret.Object["data"],
				"metadata": map[string]any{"name": secret.GetName(), "namespace": secret.GetNamespace()},
			}})
		}
	}
	if len(out) == 0 {
		t.Fatal("there is no password to keep")
	}
	return out
}
