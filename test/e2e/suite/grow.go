package suite

import (
	"fmt"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Grow grows disks on RDS to where they are striped. What the provider filled in of the
// smaller ones is not what RDS is asked for, or it would refuse every update from then
// on. Their profile grows them, since that of the examples can be asked for again.
func (s *Suite) Grow(t *testing.T) {
	claims := Only(s.Live(t), "payments-dev-infra/rds-main", "payments-dev-infra/rds-ledger")
	for _, c := range claims {
		s.Patch(t, c, map[string]any{"spec": map[string]any{"profile": "large"}})
	}
	for _, c := range claims {
		s.waitFor(t, c, "the disk", func(*unstructured.Unstructured) error {
			composed, err := s.Composed(t, c)
			if err != nil {
				return err
			}
			at := func(field string) string { return fmt.Sprint(Get(composed["instance"], "status", "atProvider", field)) }
			status, message := plane.Condition(composed["instance"], "Synced")
			if got := at("allocatedStorage") + " " + at("iops") + " " + at("storageThroughput"); got != "512 12000 500" || status != "True" {
				return fmt.Errorf("disk, IOPS and throughput are %s, Synced is %s: %s", got, status, message)
			}
			return nil
		})
	}
	s.WaitReady(t, claims...)
	s.Change(t, claims...)()
}
