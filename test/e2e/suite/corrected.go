package suite

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Who refuses a slip.
type refuser int

const (
	byServer   refuser = iota // the API server, by the tables of regions and versions
	byFunction                // the function, by the settings and all regions there are
	byCloud                   // the cloud: all is composed, and nothing is made
)

// A typo is a claim's fields as somebody got them wrong, and as that one meant them. On a live
// resource the second would be refused after the first.
type typo struct {
	example      string
	by           refuser
	kind         string // of the main resource, which the cloud refuses
	wrong, meant map[string]any
	says         string
}

// slips of claims of every type, by what is wrong.
func slips() map[string]typo {
	region := func(r string) map[string]any { return map[string]any{"region": r} }
	of := func(section, field string, value any) map[string]any {
		return map[string]any{section: map[string]any{field: value}}
	}
	access := func(principal string) map[string]any {
		return of("queue", "access", []any{map[string]any{"principal": principal, "role": "send"}})
	}
	return map[string]typo{
		"region-of-another-cloud": {
			"rds-main", byServer, "", region("europe-west1"), region("eu-west"), `"europe-west1" is a region of gcp`,
		},
		"version": {
			"cloudsql-main", byServer, "", of("database", "version", "171"), of("database", "version", "17"), `"171" is not offered for postgres on gcp`,
		},
		"cache-region": {
			"elasticache-main", byServer, "", region("westeurope"), region("eu-west"), `"westeurope" is a region of azure`,
		},
		"disk-above-the-policy": {
			"cloudsql-main", byFunction, "", of("database", "storageGiB", int64(65000)), of("database", "storageGiB", int64(200)), "65000 is not allowed",
		},
		"region": {
			"azure-main", byFunction, "", region("moon"), region("eu-west"), `"moon" is unknown`,
		},
		"bucket-region": {
			"gcs-main", byFunction, "", region("moon"), region("eu-central"), `"moon" is unknown`,
		},
		"cache-region-of-nobody": {
			"memorystore-main", byFunction, "", region("moon"), region("eu-west"), `"moon" is unknown`,
		},
		"queue-access": {
			"pubsub-main", byFunction, "", access("allUsers"), access("serviceAccount:gateway@acme-dev.iam.gserviceaccount.com"), `"allUsers" is everybody`,
		},
		"disk": {
			"rds-main", byCloud, "Instance", of("database", "storageGiB", int64(400)), of("database", "storageGiB", int64(200)), "",
		},
		"cache-standby": {
			"memorystore-main", byCloud, "Instance", of("cache", "highAvailability", true), of("cache", "highAvailability", false), "",
		},
		"queue-retention": {
			"sqs-main", byCloud, "Queue", of("queue", "retentionDays", int64(14)), of("queue", "retentionDays", int64(5)), "",
		},
	}
}

// outOf is what the cloud says of what it does not make.
const outOf = "the cloud has no more of it"

// Corrected has people get a field wrong, and put it right on the claim that they have: what
// was refused, or was never made, freezes nothing, and the corrected claim is admitted,
// composed and becomes ready.
func (s *Suite) Corrected(t *testing.T) {
	all, since := slips(), len(s.Provider.Cloud.History())
	var claims []*unstructured.Unstructured
	for what, slip := range all {
		c := Example(t, "payments-dev-infra/"+slip.example, passing+what)
		s.err(t, slip, c)
		claims = append(claims, c)
	}
	for _, c := range claims {
		slip := all[strings.TrimPrefix(c.GetName(), passing)]
		t.Run(c.GetName(), func(t *testing.T) {
			s.isRefused(t, slip, c)
			write(t, c, slip.meant)
			if slip.by != byCloud {
				s.Apply(t, c)
				return
			}
			wrong := Get(must(s.Composed(t, c))(t)["instance"], "spec")
			s.Apply(t, c)
			s.waitFor(t, c, "the composed correction", func(o *unstructured.Unstructured) error {
				if cmp.Equal(wrong, Get(must(s.Composed(t, c))(t)["instance"], "spec")) {
					return fmt.Errorf("what is composed is as it was: %s", said(o))
				}
				return nil
			})
			s.Provider.Fail(slip.kind, inDev(c), "") // or what is wrong would be made
		})
	}
	for _, c := range claims {
		s.WaitReady(t, c)
		s.once(t, since, c)
		if made := must(s.XR(t, c))(t); Get(made, "status", "resource", "made") != true {
			t.Errorf("%s: nothing is made of the corrected claim", plane.RefOf(c))
		}
	}
	s.remove(t, claims...)
}

// err applies a claim with a slip in it, which the API server refuses where that can tell.
func (s *Suite) err(t *testing.T, slip typo, claim *unstructured.Unstructured) {
	t.Helper()
	if slip.by == byCloud {
		s.Provider.Fail(slip.kind, inDev(claim), outOf)
	}
	wrong := claim.DeepCopy()
	write(t, wrong, slip.wrong)
	_, err := s.Client.Apply(t.Context(), wrong)
	refused := (*plane.StatusError)(nil)
	switch {
	case slip.by != byServer && err != nil:
		t.Errorf("%s: is refused at admission: %v", plane.RefOf(claim), err)
	case slip.by == byServer && (!errors.As(err, &refused) || !strings.Contains(refused.Message, slip.says)):
		t.Errorf("%s: is not refused at admission with %q: %v", plane.RefOf(claim), slip.says, err)
	}
}

// isRefused waits until a claim with a slip says so, and holds that nothing is made of it.
func (s *Suite) isRefused(t *testing.T, slip typo, claim *unstructured.Unstructured) {
	t.Helper()
	switch slip.by {
	case byServer:
		if _, err := s.Client.Get(t.Context(), plane.RefOf(claim)); !plane.IsNotFound(err) {
			t.Errorf("%s: is there, though the API server refuses it: %v", plane.RefOf(claim), err)
		}
		return
	case byFunction:
		s.WaitSaid(t, claim, "Composed", "False", slip.says)
		if composed := must(s.Composed(t, claim))(t); len(composed) > 0 {
			t.Errorf("%s: is refused, and %d resources are composed", plane.RefOf(claim), len(composed))
		}
	case byCloud:
		s.WaitSaid(t, claim, "Provisioned", "False", outOf)
	}
	if made := Get(must(s.XR(t, claim))(t), "status", "resource", "made"); made == true {
		t.Errorf("%s: is said to be made", plane.RefOf(claim))
	}
}

// inDev is the name by which the cloud has the main resource of a claim in dev.
func inDev(claim *unstructured.Unstructured) string {
	return fmt.Sprintf("%s-payments-dev-%s", Get(claim, "spec", "provider"), claim.GetName())
}

// write writes fields into a claim's spec, and into its sections.
func write(t *testing.T, claim *unstructured.Unstructured, fields map[string]any) {
	t.Helper()
	for name, value := range fields {
		section, ok := value.(map[string]any)
		if !ok {
			Set(t, claim, value, "spec", name)
			continue
		}
		for field, value := range section {
			Set(t, claim, value, "spec", name, field)
		}
	}
}
