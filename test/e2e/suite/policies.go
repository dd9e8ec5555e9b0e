package suite

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/policies"
)

// Policies has people of every role, ArgoCD and Crossplane try what the page on policies
// lists. The API server judges each request, and does nothing of it.
func (s *Suite) Policies(t *testing.T) {
	s.access(t)
	s.policies(t)
	for _, a := range s.acts() {
		t.Run(a.What, func(t *testing.T) { s.act(t, a) })
	}
}

// acts are those whose objects the plane's scope has.
func (s *Suite) acts() []policies.Act {
	return slices.DeleteFunc(slices.Concat(policies.Fields, policies.Objects), func(a policies.Act) bool { return a.Scope != "" && a.Scope != s.Scope })
}

// act has everybody try an act.
func (s *Suite) act(t *testing.T, a policies.Act) {
	t.Helper()
	o := parsed(t, a.Object)
	if a.Verb == "update" || a.Verb == "delete" {
		was := o
		if a.Before != "" {
			was = parsed(t, a.Before)
		}
		if a.Earlier == "" {
			s.Apply(t, was)
		} else {
			s.earlier(t, a.Earlier, was)
		}
		defer s.remove(t, was)
	}
	try := func(c *plane.Client) error { return s.try(t, c, a, o.DeepCopy()) }
	for _, role := range policies.Roles {
		err := try(s.jane(role, a))
		if a.May(role) {
			if err != nil {
				t.Errorf("a %s may not: %v", role, err)
			}
			continue
		}
		if !plane.IsForbidden(err) {
			t.Errorf("a %s is not refused: %v", role, err)
		}
	}
	if err := try(s.jane("developer", a)); a.Said != "" {
		_, said, _ := strings.Cut(fmt.Sprint(err), "denied request: ")
		if diff := cmp.Diff(a.Said, said); diff != "" {
			t.Errorf("-want, +got:\n%s\n%v", diff, err)
		}
	}
	if err := try(s.Client.As("stranger")); !plane.IsForbidden(err) {
		t.Errorf("somebody without a role is not refused: %v", err)
	}
	s.argo(t, a, try)
	s.crossplane(t, a, try)
}

// try has one client try an act, again where Crossplane or somebody else wrote meanwhile.
func (s *Suite) try(t *testing.T, c *plane.Client, a policies.Act, o *unstructured.Unstructured) error {
	t.Helper()
	for {
		if a.Verb == "update" {
			o.SetResourceVersion(must(s.Client.Get(t.Context(), plane.RefOf(o)))(t).GetResourceVersion())
		}
		var sub []string
		if a.Sub != "" {
			sub = []string{a.Sub}
		}
		if err := c.Try(t.Context(), a.Verb, o, sub...); !plane.IsConflict(err) {
			return err
		}
	}
}

// argo tries an act as ArgoCD's own account, which may do anything, and as the account of a
// project by the header that ArgoCD sends with impersonation: that one may what a developer
// may.
func (s *Suite) argo(t *testing.T, a policies.Act, try func(*plane.Client) error) {
	t.Helper()
	argo, err := s.Client.Account(t.Context(), "argocd", controller)
	if err != nil {
		t.Fatal(err)
	}
	if err := try(argo); (err == nil) != (a.From != policies.Nobody) {
		t.Errorf("ArgoCD's own account: %v", err)
	}
	if err := try(argo.As("system:serviceaccount:argocd:payments")); a.Besides == "" && (err == nil) != a.May("developer") {
		t.Errorf("the account of the project in ArgoCD: %v", err)
	}
}

// crossplane tries an act as Crossplane's own account, and as a provider's where that
// writes Secrets: they are let, whoever asked. So is whoever has Crossplane's own role.
func (s *Suite) crossplane(t *testing.T, a policies.Act, try func(*plane.Client) error) {
	t.Helper()
	own, err := s.Client.Account(t.Context(), plane.Namespace, "crossplane")
	if err != nil {
		t.Fatal(err)
	}
	if err := try(own); (err == nil) != (a.From != policies.Nobody && !a.Foreign) {
		t.Errorf("Crossplane's account: %v", err)
	}
	const group = "system:serviceaccounts:" + plane.Namespace
	if err := try(s.Client.As("system:serviceaccount:"+plane.Namespace+":provider", group, a.Besides)); a.Besides != "" && err != nil {
		t.Errorf("a provider's account: %v", err)
	}
	if err := try(s.Client.As("ed", "crossplane-edit")); strings.Contains(a.Object, "kind: Resource") && (err == nil) != (a.From != policies.Nobody) {
		t.Errorf("somebody with Crossplane's role crossplane-edit, which has every verb: %v", err)
	}
}

// jane is somebody who has a role in the project's namespaces.
func (s *Suite) jane(role string, a policies.Act) *plane.Client {
	groups := []string{"payments-" + role}
	if role == "platform-engineer" {
		groups = []string{role}
	}
	if a.Besides != "" {
		groups = append(groups, a.Besides)
	}
	return s.Client.As("jane", groups...)
}

// parsed reads one object, which Crossplane is to leave alone.
func parsed(t *testing.T, manifest string) *unstructured.Unstructured {
	t.Helper()
	objects, err := plane.Parse([]byte(manifest))
	if err != nil || len(objects) != 1 {
		t.Fatal(len(objects), "objects", err)
	}
	o := objects[0]
	annotations := o.GetAnnotations()
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations["crossplane.io/paused"] = "true"
	o.SetAnnotations(annotations)
	return o
}
