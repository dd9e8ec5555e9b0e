package suite

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// A revision is an edit of a live cache or queue that is taken, and what its cloud then has.
type revision struct {
	claim string
	first map[string]any // of the section, which the claim is made with
	edit  map[string]any // of the spec
	has   []has
}

// has is what the status of a part says.
type has struct {
	part, path string
	want       any
}

// revisions edit every field that may be edited, of each cloud.
func revisions() []revision {
	cache := func(more map[string]any) map[string]any {
		section := map[string]any{"evictionPolicy": "allkeys-lfu", "persistence": true}
		maps.Copy(section, more)
		return map[string]any{"profile": "large", "cache": section}
	}
	queue := func(principal string) map[string]any {
		section := map[string]any{"visibilityTimeoutSeconds": int64(150), "retentionDays": int64(10), "maxDeliveryAttempts": int64(8)}
		if principal != "" {
			section["access"] = []any{map[string]any{"principal": principal, "role": "receive"}}
		}
		return map[string]any{"queue": section}
	}
	return []revision{
		{claim: "memorystore-main", edit: cache(nil), has: []has{
			{"instance", "memorySizeGb", 12},
			{"instance", "redisConfigs.maxmemory-policy", "allkeys-lfu"},
			{"instance", "persistenceConfig.persistenceMode", "RDB"},
		}},
		{claim: "elasticache-main", edit: cache(map[string]any{"highAvailability": true}), has: []has{
			{"instance", "nodeType", "cache.r7g.large"},
			{"instance", "numCacheClusters", 2},
			{"instance", "automaticFailoverEnabled", true},
			{"parameter-group-valkey8", "parameter.0.value", "allkeys-lfu"},
		}},
		{claim: "managedredis-main", first: map[string]any{"highAvailability": true}, edit: cache(map[string]any{"highAvailability": true}), has: []has{
			{"instance", "skuName", "Balanced_B10"},
			{"instance", "defaultDatabase.evictionPolicy", "AllKeysLFU"},
			{"instance", "defaultDatabase.persistenceRedisDatabaseBackupFrequency", "12h"},
		}},
		{claim: "redis-main", edit: cache(nil), has: []has{
			{"instance", "outputs.host_flavor", "b3c.4x16.encrypted"},
			{"instance", "outputs.eviction_policy", "allkeys-lfu"},
			{"instance", "outputs.disk_mb", 32768},
			{"instance", "outputs.persistence", true},
		}},
		{claim: "pubsub-main", edit: queue("serviceAccount:app@acme-dev.iam.gserviceaccount.com"), has: []has{
			{"instance", "ackDeadlineSeconds", 150},
			{"instance", "messageRetentionDuration", "864000s"},
			{"instance", "deadLetterPolicy.maxDeliveryAttempts", 8},
			{"receiver-", "member", "serviceAccount:app@acme-dev.iam.gserviceaccount.com"},
		}},
		{claim: "sqs-main", edit: queue("arn:aws:iam::000000000000:role/app"), has: []has{
			{"instance", "visibilityTimeoutSeconds", 150},
			{"instance", "messageRetentionSeconds", 864000},
			{"instance", "redrivePolicy", `"maxReceiveCount":8`},
			{"instance", "policy", "arn:aws:iam::000000000000:role/app"},
		}},
		{claim: "servicebus-main", edit: queue("11111111-2222-3333-4444-555555555555"), has: []has{
			{"instance", "lockDuration", "PT2M30S"},
			{"instance", "defaultMessageTtl", "P10D"},
			{"instance", "maxDeliveryCount", 8},
			{"receiver-", "principalId", "11111111-2222-3333-4444-555555555555"},
		}},
		{claim: "rabbitmq-main", edit: map[string]any{"profile": "medium"}, has: []has{{"instance", "outputs.host_flavor", "b3c.4x16.encrypted"}}},
	}
}

// Caches makes caches and queues in dev, edits every field that may be edited, has the clouds
// change and refuse what they do, and deletes the claims with all that they are made of.
func (s *Suite) Caches(t *testing.T) {
	history := len(s.Provider.Cloud.History())
	all := revisions()
	claims := make([]*unstructured.Unstructured, len(all))
	for i, r := range all {
		c := Example(t, "payments-dev-infra/"+r.claim, passing+r.claim)
		if r.first != nil {
			Set(t, c, r.first, "spec", typeOf(c))
		}
		s.Apply(t, c)
		claims[i] = c
	}
	for _, c := range claims {
		s.Complete(t, c)
	}
	for i, r := range all {
		s.Patch(t, claims[i], map[string]any{"spec": r.edit})
	}
	for i, r := range all {
		t.Run("Edit/"+r.claim, func(t *testing.T) { s.revised(t, claims[i], r) })
	}
	t.Run("Upgraded", func(t *testing.T) { s.upgradedByCloud(t, claims[1]) })
	t.Run("Smaller", func(t *testing.T) { s.refusedSize(t, claims[2]) })
	for _, e := range s.Provider.Cloud.History()[history:] {
		if strings.HasPrefix(e, "destroy ") {
			t.Errorf("an edit took something with it: %s", e)
		}
	}
	s.remove(t, claims...)
	for _, name := range s.Provider.Cloud.Names() {
		if kind, thing, _ := strings.Cut(name, "/"); strings.Contains(thing, "-"+passing) {
			s.gone(t, kind, thing)
		}
	}
}

// revised waits until a cloud has what an edit says.
func (s *Suite) revised(t *testing.T, claim *unstructured.Unstructured, r revision) {
	t.Helper()
	s.waitFor(t, claim, "the edit", func(*unstructured.Unstructured) error {
		composed, err := s.Composed(t, claim)
		if err != nil {
			return err
		}
		for _, h := range r.has {
			o := composed[h.part]
			for name, part := range composed {
				if strings.HasSuffix(h.part, "-") && strings.HasPrefix(name, h.part) {
					o = part
				}
			}
			if o == nil {
				return fmt.Errorf("%s is not composed", h.part)
			}
			status, message := plane.Condition(o, "Synced")
			is := fmt.Sprint(at(o, "status.atProvider."+h.path))
			if want := fmt.Sprint(h.want); status != "True" || is != want && (h.path != "policy" && h.path != "redrivePolicy" || !strings.Contains(is, want)) {
				return fmt.Errorf("%s %s is %s and not %s, Synced is %s: %s", h.part, h.path, is, want, status, message)
			}
		}
		return nil
	})
	s.WaitReady(t, claim)
}

// at is a value by its path, through lists.
func at(o *unstructured.Unstructured, path string) any {
	var v any = o.Object
	for key := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[key]
		case []any:
			if len(in) == 0 {
				return nil
			}
			v = in[0]
		default:
			return nil
		}
	}
	return v
}

// upgradedByCloud has ElastiCache move a cache to a newer version, as it does in a maintenance
// window. The claim follows: what was asked for would be a downgrade, which is refused.
func (s *Suite) upgradedByCloud(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	instance := must(s.Composed(t, claim))(t)["instance"]
	s.Provider.Cloud.Alter("ReplicationGroup", instance.GetAnnotations()["crossplane.io/external-name"], map[string]any{"engineVersion": "8.9"})
	s.Provider.Look(plane.RefOf(instance))
	s.waitFor(t, claim, "the newer version", func(*unstructured.Unstructured) error {
		o, err := s.Client.Get(t.Context(), plane.RefOf(instance))
		if err != nil {
			return err
		}
		status, message := plane.Condition(o, "Synced")
		if asked := Get(o, "spec", "forProvider", "engineVersion"); asked != "8.9" || status != "True" {
			return fmt.Errorf("version %v is asked for, Synced is %s: %s", asked, status, message)
		}
		return nil
	})
	s.WaitReady(t, claim)
}

// refusedSize asks for a size that Azure cannot scale to, of which the claim says so.
func (s *Suite) refusedSize(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	profile := func(name string) { s.Patch(t, claim, map[string]any{"spec": map[string]any{"profile": name}}) }
	profile("small")
	s.WaitSaid(t, claim, "Provisioned", "False", "ManagedRedis", "sku_name")
	profile("large")
	s.WaitReady(t, claim)
}
