package suite

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// access gives people and ArgoCD the rights of the examples, and the same in a namespace
// that is no {project}-{env}-infra.
func (s *Suite) access(t *testing.T) {
	t.Helper()
	s.apply(t, "v1", "Namespace", "", "argocd", nil)
	s.apply(t, "v1", "Namespace", "", "payments", nil)
	repository := []string{"examples", "gitops", "platform-gitops"}
	for _, o := range slices.Concat(read(t, append(repository, "argocd")...), read(t, append(repository, "namespaces")...)) {
		if o.GroupVersionKind().Group == "argoproj.io" {
			continue // which no cluster here serves
		}
		s.Apply(t, o)
		if o.GetKind() == "RoleBinding" {
			elsewhere := o.DeepCopy()
			elsewhere.SetNamespace("payments")
			s.Apply(t, elsewhere)
		}
	}
	for _, namespace := range []string{"payments", "payments-prod-infra"} { // as Kubernetes' own role is often given
		s.bind(t, "RoleBinding", namespace, "edit", map[string]any{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "edit"})
	}
	s.bind(t, "ClusterRoleBinding", "", "crossplane-edit", map[string]any{
		"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "crossplane-edit",
	})
	s.apply(t, "v1", "ServiceAccount", "argocd", controller, nil)
	s.bind(t, "ClusterRoleBinding", "", "cluster-admin", map[string]any{"kind": "ServiceAccount", "namespace": "argocd", "name": controller})
}

// controller is the account of ArgoCD, which may do everything as its manifests have it.
const controller = "argocd-application-controller"

// bind gives somebody one of Kubernetes' own roles.
func (s *Suite) bind(t *testing.T, kind, namespace, role string, subject map[string]any) {
	t.Helper()
	s.apply(t, "rbac.authorization.k8s.io/v1", kind, namespace, "policies-"+role, map[string]any{
		"roleRef":  map[string]any{"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
		"subjects": []any{subject},
	})
}

func (s *Suite) apply(t *testing.T, apiVersion, kind, namespace, name string, rest map[string]any) {
	t.Helper()
	o := &unstructured.Unstructured{Object: map[string]any{"apiVersion": apiVersion, "kind": kind}}
	maps.Copy(o.Object, rest)
	o.SetNamespace(namespace)
	o.SetName(name)
	s.Apply(t, o)
}

// policies has Kubernetes check the policies' expressions against the schemas that the
// cluster serves now: it does so once, and they may have come before Resources.
func (s *Suite) policies(t *testing.T) {
	t.Helper()
	found := slices.DeleteFunc(read(t, "package", "policies"), func(o *unstructured.Unstructured) bool { return o.GetKind() != "ValidatingAdmissionPolicy" })
	if len(found) == 0 {
		t.Fatal("package/policies has no policy")
	}
	wrong := found[0].DeepCopy()
	for _, o := range found {
		if o.GetName() == "crossplane-resources-fields" {
			wrong = o.DeepCopy()
		}
		s.remove(t, o)
		s.Apply(t, o)
	}
	// A policy with a misspelt field shows that types are checked at all.
	wrong.SetName("misspelt")
	Set(t, wrong, []any{map[string]any{"expression": "object.spec.adpot == ''"}}, "spec", "validations")
	s.Apply(t, wrong)
	defer s.remove(t, wrong)
	for _, o := range append(found, wrong) {
		var warnings any
		if err := plane.Wait(t.Context(), Patience, "the types of "+o.GetName(), func() error {
			live, err := s.Client.Get(t.Context(), plane.RefOf(o))
			if err != nil {
				return err
			}
			if Get(live, "status", "typeChecking") == nil {
				return errors.New("they are not checked yet")
			}
			warnings = Get(live, "status", "typeChecking", "expressionWarnings")
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if (warnings == nil) == (o == wrong) {
			t.Errorf("warnings of %s: %v", o.GetName(), warnings)
		}
	}
	s.inForce(t)
}

// earlier makes an object as if it had been there before a policy.
func (s *Suite) earlier(t *testing.T, policy string, o *unstructured.Unstructured) {
	t.Helper()
	for _, binding := range read(t, "package", "policies") {
		if binding.GetKind() != "ValidatingAdmissionPolicyBinding" || binding.GetName() != policy {
			continue
		}
		s.remove(t, binding)
		if err := plane.Wait(t.Context(), Patience, "the end of "+policy, func() error { return s.ApplyAll(t.Context(), o) }); err != nil {
			t.Fatal(err)
		}
		s.Apply(t, binding)
		s.inForce(t)
		return
	}
	t.Fatalf("no binding of %s", policy)
}

// inForce waits until the API server has taken up the policies, which takes about a second.
func (s *Suite) inForce(t *testing.T) {
	t.Helper()
	for _, a := range s.acts() {
		if a.Verb != "create" || a.Said == "" {
			continue
		}
		if err := plane.Wait(t.Context(), Patience, "the policy on "+a.What, func() error {
			if err := s.jane("developer", a).Try(t.Context(), a.Verb, parsed(t, a.Object)); !plane.IsForbidden(err) {
				return fmt.Errorf("it is not in force: %w", err)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// read reads all objects of a folder of the project.
func read(t *testing.T, folder ...string) []*unstructured.Unstructured {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(append(append([]string{Root}, folder...), "*.yaml")...))
	if err != nil || len(files) == 0 {
		t.Fatal("no objects in", folder, err)
	}
	var all []*unstructured.Unstructured
	for _, f := range files {
		objects, err := plane.Read(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, objects...)
	}
	return all
}
