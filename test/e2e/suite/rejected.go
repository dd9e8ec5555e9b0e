package suite

import (
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Rejected has the cloud refuse a database that is asked for, and a change of those
// that live. The claim repeats what the provider says, and recovers with it.
func (s *Suite) Rejected(t *testing.T) {
	claims := oneOfEach(s.Live(t))
	before := s.Record(t, claims...)
	t.Run("New", func(t *testing.T) {
		const message = "googleapi: Error 403: the instance quota of project acme is used up"
		c := Example(t, "payments-dev-infra/cloudsql-main", passing+"rejected")
		since := len(s.Provider.Cloud.History())
		s.Provider.Fail("DatabaseInstance", "gcp-payments-dev-"+c.GetName(), message)
		s.Apply(t, c)
		s.WaitSaid(t, c, "Provisioned", "False", "DatabaseInstance", message)
		s.Provider.Fail("DatabaseInstance", "gcp-payments-dev-"+c.GetName(), "")
		s.WaitReady(t, c)
		s.once(t, since, c)
		s.remove(t, c)
	})
	t.Run("Live", func(t *testing.T) {
		const message = "the cloud has a bad day"
		fail := func(message string) {
			for _, c := range claims {
				s.Provider.Fail(s.server(t, c), s.nameInCloud(t, c), message)
			}
		}
		fail(message)
		wait := s.Change(t, claims...)
		for _, c := range claims {
			s.WaitSaid(t, c, "Provisioned", "False", s.server(t, c), message)
		}
		fail("")
		wait()
		s.Same(t, before, claims...)
	})
}

// server is the kind of the database's main resource.
func (s *Suite) server(t *testing.T, claim *unstructured.Unstructured) string {
	t.Helper()
	return must(s.Composed(t, claim))(t)["instance"].GetKind()
}

// inCloud is the kind and the name by which the cloud has a claim's main resource. A queue of
// Service Bus is in its namespace.
func (s *Suite) inCloud(t *testing.T, claim *unstructured.Unstructured) string {
	t.Helper()
	composed, name := must(s.Composed(t, claim))(t), s.nameInCloud(t, claim)
	if space := composed["namespace"]; space != nil {
		name = space.GetAnnotations()["crossplane.io/external-name"] + "/" + name
	}
	return composed["instance"].GetKind() + "/" + name
}

// nameInCloud is what the cloud calls a claim's resource.
func (s *Suite) nameInCloud(t *testing.T, claim *unstructured.Unstructured) string {
	t.Helper()
	xr := must(s.XR(t, claim))(t)
	name, ok := Get(xr, "status", "resource", "name").(string)
	if !ok {
		t.Fatal("no status.resource.name on", xr.GetName())
	}
	return name
}
