package suite

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Failover has Azure swap servers and their standbys. Nobody brings a server back or
// makes a standby anew, and what the claims ask for still arrives.
func (s *Suite) Failover(t *testing.T) {
	claims := Only(s.Live(t), "payments-prod-infra/azure-main", "payments-prod-infra/azure-ledger")
	before := s.Record(t, claims...)
	type zones struct{ server, standby string }
	want := make([]zones, len(claims))
	for i, c := range claims {
		kind, name := s.server(t, c), s.nameInCloud(t, c)
		var was zones
		if was.server, was.standby = s.Provider.Cloud.Zones(kind, name); was.standby == "" {
			t.Fatalf("%s has no standby", name)
		}
		want[i] = zones{server: was.standby, standby: was.server}
		s.Provider.Cloud.Failover(kind, name)
		s.Provider.Look(plane.RefOf(must(s.Composed(t, c))(t)["instance"]))
	}
	s.Change(t, claims...)()
	s.Change(t, claims...)() // from where it is now
	for i, c := range claims {
		var got zones
		if got.server, got.standby = s.Provider.Cloud.Zones(s.server(t, c), s.nameInCloud(t, c)); got != want[i] {
			t.Errorf("%s is in %v, and was failed over to %v", plane.RefOf(c), got, want[i])
		}
		spec := Get(must(s.Composed(t, c))(t)["instance"], "spec")
		if m, _ := spec.(map[string]any); m["initProvider"] == nil {
			t.Errorf("%s does not say where it is", plane.RefOf(c))
		}
	}
	s.Same(t, before, claims...)
}
