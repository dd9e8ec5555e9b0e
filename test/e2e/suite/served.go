package suite

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// A Revision is an edit of a live cache or queue that is taken, and what its cloud then has.
type Revision struct {
	Claim string
	First map[string]any // of the section, which the claim is made with
	Edit  map[string]any // of the spec
	Has   []Has
}

// Has is what the status of a part says; of a part whose name ends in a dash, one of those
// that begin so.
type Has struct {
	Part, Path string
	Want       any
}

// Lacks says what a claim's resources do not have of it, "" where they do.
func (h Has) Lacks(composed map[string]*unstructured.Unstructured) string {
	o := composed[h.Part]
	for name, part := range composed {
		if strings.HasSuffix(h.Part, "-") && strings.HasPrefix(name, h.Part) {
			o = part
		}
	}
	if o == nil {
		return h.Part + " is not composed"
	}
	status, message := plane.Condition(o, "Synced")
	is, want := fmt.Sprint(at(o, "status.atProvider."+h.Path)), fmt.Sprint(h.Want)
	inText := h.Path == "policy" || h.Path == "redrivePolicy"
	if status == "True" && (is == want || inText && strings.Contains(is, want)) {
		return ""
	}
	return fmt.Sprintf("%s %s is %s and not %s, Synced is %s: %s", h.Part, h.Path, is, want, status, message)
}

// Revisions edit every field that may be edited, on each cloud.
func Revisions() []Revision {
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
	return []Revision{
		{Claim: "memorystore-main", Edit: cache(nil), Has: []Has{
			{"instance", "memorySizeGb", 12},
			{"instance", "redisConfigs.maxmemory-policy", "allkeys-lfu"},
			{"instance", "persistenceConfig.persistenceMode", "RDB"},
		}},
		{Claim: "elasticache-main", Edit: cache(map[string]any{"highAvailability": true}), Has: []Has{
			{"instance", "nodeType", "cache.r7g.large"},
			{"instance", "numCacheClusters", 2},
			{"instance", "automaticFailoverEnabled", true},
			{"parameter-group-valkey8", "parameter.0.value", "allkeys-lfu"},
		}},
		{Claim: "managedredis-main", First: map[string]any{"highAvailability": true}, Edit: cache(map[string]any{"highAvailability": true}), Has: []Has{
			{"instance", "skuName", "Balanced_B10"},
			{"instance", "defaultDatabase.evictionPolicy", "AllKeysLFU"},
			{"instance", "defaultDatabase.persistenceRedisDatabaseBackupFrequency", "12h"},
		}},
		{Claim: "redis-main", Edit: cache(nil), Has: []Has{
			{"instance", "outputs.host_flavor", "b3c.4x16.encrypted"},
			{"instance", "outputs.eviction_policy", "allkeys-lfu"},
			{"instance", "outputs.disk_mb", 32768},
			{"instance", "outputs.persistence", true},
		}},
		{Claim: "pubsub-main", Edit: queue("serviceAccount:app@acme-dev.iam.gserviceaccount.com"), Has: []Has{
			{"instance", "ackDeadlineSeconds", 150},
			{"instance", "messageRetentionDuration", "864000s"},
			{"instance", "deadLetterPolicy.maxDeliveryAttempts", 8},
			{"receiver-", "member", "serviceAccount:app@acme-dev.iam.gserviceaccount.com"},
		}},
		{Claim: "sqs-main", Edit: queue("arn:aws:iam::000000000000:role/app"), Has: []Has{
			{"instance", "visibilityTimeoutSeconds", 150},
			{"instance", "messageRetentionSeconds", 864000},
			{"instance", "redrivePolicy", `"maxReceiveCount":8`},
			{"instance", "policy", "arn:aws:iam::000000000000:role/app"},
		}},
		{Claim: "servicebus-main", Edit: queue("11111111-2222-3333-4444-555555555555"), Has: []Has{
			{"instance", "lockDuration", "PT2M30S"},
			{"instance", "defaultMessageTtl", "P10D"},
			{"instance", "maxDeliveryCount", 8},
			{"receiver-", "principalId", "11111111-2222-3333-4444-555555555555"},
		}},
		{Claim: "rabbitmq-main", Edit: map[string]any{"profile": "medium"}, Has: []Has{{"instance", "outputs.host_flavor", "b3c.4x16.encrypted"}}},
	}
}

// Caches makes caches and queues in dev, edits every field that may be edited, has the clouds
// change and refuse what they do, and deletes the claims with all that they are made of.
func (s *Suite) Caches(t *testing.T) {
	history := len(s.Provider.Cloud.History())
	all := Revisions()
	claims := make([]*unstructured.Unstructured, len(all))
	for i, r := range all {
		c := Example(t, "payments-dev-infra/"+r.Claim, passing+r.Claim)
		if r.First != nil {
			Set(t, c, r.First, "spec", typeOf(c))
		}
		s.Apply(t, c)
		claims[i] = c
	}
	for _, c := range claims {
		s.Complete(t, c)
	}
	for i, r := range all {
		s.Patch(t, claims[i], map[string]any{"spec": r.Edit})
	}
	for i, r := range all {
		t.Run("Edit/"+r.Claim, func(t *testing.T) { s.revised(t, claims[i], r) })
	}
	t.Run("Upgraded", func(t *testing.T) { s.upgradedByCloud(t, claims[1]) })
	t.Run("Smaller", func(t *testing.T) { s.refusedSize(t, claims[2]) })
	for _, e := range s.Provider.Cloud.History()[history:] {
		if strings.HasPrefix(e, "destroy ") {
			t.Errorf("an edit took something with it: %s", e)
		}
	}
	s.removeWhole(t, claims...)
	for _, name := range s.Provider.Cloud.Names() {
		if kind, thing, _ := strings.Cut(name, "/"); strings.Contains(thing, "-dev-"+passing) { // of prod what other tests made stays
			s.gone(t, kind, thing)
		}
	}
}

// revised waits until a cloud has what an edit says.
func (s *Suite) revised(t *testing.T, claim *unstructured.Unstructured, r Revision) {
	t.Helper()
	s.waitFor(t, claim, "the edit", func(*unstructured.Unstructured) error {
		composed, err := s.Composed(t, claim)
		if err != nil {
			return err
		}
		for _, h := range r.Has {
			if lacks := h.Lacks(composed); lacks != "" {
				return errors.New(lacks)
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
