package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A turning is a cloud and its provider, as they turn one field: the provider asks its cloud for what it is told in the
// very look in which it sees another value, and reports what it saw (Reconcile of crossplane-runtime).
type turning struct {
	*live
	part string
	path []string
	has  *structpb.Value // at the cloud
}

// look is one look of the provider, and one call of the function by what it reported. It returns what is asked for then.
func (w *turning) look(t *testing.T) *structpb.Value {
	t.Helper()
	o := w.request.GetObserved().GetResources()[w.part].GetResource()
	saw, asked := w.has, object.Get(o, append([]string{"spec", "forProvider"}, w.path...)...)
	w.has = asked
	w.report(saw)
	rsp := w.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	for name, r := range rsp.GetDesired().GetResources() {
		next := proto.CloneOf(r.GetResource())
		last := w.request.GetObserved().GetResources()[name].GetResource()
		if object.String(last, "metadata", "annotations", createSucceeded) != "" {
			next = made(next)
		}
		object.Set(next, object.Get(last, "status"), "status")
		w.request.Observed.Resources[name] = &fnv1.Resource{Resource: next}
	}
	return object.Get(w.request.GetObserved().GetResources()[w.part].GetResource(), append([]string{"spec", "forProvider"}, w.path...)...)
}

// report has the provider report a value, or nil for none.
func (w *turning) report(v *structpb.Value) {
	o := w.request.GetObserved().GetResources()[w.part].GetResource()
	at := append([]string{"status", "atProvider"}, w.path...)
	if parent := object.Struct(o, at[:len(at)-1]...); v == nil {
		delete(parent.GetFields(), at[len(at)-1])
		return
	}
	object.Set(o, v, at...)
}

// settles holds that the cloud is asked for one value in the end, and for the one that somebody gave it.
func (w *turning) settles(t *testing.T, byHand string) {
	t.Helper()
	for range 2 {
		w.has = object.Get(w.request.GetObserved().GetResources()[w.part].GetResource(), append([]string{"status", "atProvider"}, w.path...)...)
		w.look(t)
	}
	want := fromYAML(t, "{v: "+byHand+"}").GetFields()["v"]
	w.has = want
	var turns []any
	for range 6 {
		turns = append(turns, w.look(t).AsInterface())
	}
	for _, v := range append(turns[3:], w.has.AsInterface()) {
		if diff := cmp.Diff(want.AsInterface(), v); diff != "" {
			t.Errorf("call after call it is asked for as %v, and the cloud has %v in the end; want %s", turns, w.has.AsInterface(), byHand)
			return
		}
	}
}

// TestAdoptedTurned holds that what somebody changes by hand of a resource that was taken over is not turned to and fro by claim
// and provider: of a database that restarts it for ever, of a cluster it makes nodes anew. What was changed stays.
func TestAdoptedTurned(t *testing.T) {
	t.Parallel()
	const adopt = "  adopt: Manage\n"
	of := map[string]func(t *testing.T, provider string) *live{
		"cluster": func(t *testing.T, provider string) *live {
			t.Helper()
			return adoptedCluster(t, provider, "Manage", "{}")
		},
		"queue": func(t *testing.T, provider string) *live {
			t.Helper()
			return &live{provider: provider, request: adoptedQueue(t, provider, specSilent+adopt, queueThere[provider])}
		},
		"bucket": func(t *testing.T, provider string) *live {
			t.Helper()
			there := strings.Replace(bucketStatus[provider], "TAGS", bucketTags[provider], 1)
			return &live{provider: provider, request: adoptedBucket(t, provider, specBucket+adopt, there)}
		},
		"cache": func(t *testing.T, provider string) *live {
			t.Helper()
			return adoptedCache(t, provider, "Manage", "{}")
		},
		"database": func(t *testing.T, provider string) *live {
			t.Helper()
			spec := strings.Replace(specGCP, "gcp", provider, 1) + "  externalName: old\n" + adopt
			return &live{provider: provider, request: request(t, xrHead+spec, settingsAdopt, map[string]string{keyInstance: "{" + lookedAt[provider] + "}"})}
		},
	}
	for name, values := range map[string]string{ // by hand, and before that where no sample above has a value
		"cluster/gcp/networkPolicy.enabled":                              "false",
		"cluster/gcp/maintenancePolicy.dailyMaintenanceWindow.startTime": `"07:00"`,
		"cluster/gcp/maintenancePolicy.maintenanceExclusion":             "[{exclusionName: freeze}]",
		"cluster/gcp/enableShieldedNodes":                                "true",
		"cluster/aws/enabledClusterLogTypes":                             "[api]",
		"cluster/aws/tags.owner":                                         "us",
		"cluster/aws/tags.patch-group":                                   `""`,
		"queue/gcp/retryPolicy.minimumBackoff":                           "9s",
		"queue/gcp/ackDeadlineSeconds":                                   "45",
		"queue/gcp/messageRetentionDuration":                             "345600s",
		"queue/aws/policy":                                               `'{"others":1}'`,
		"queue/aws/visibilityTimeoutSeconds":                             "45",
		"queue/aws/redrivePolicy":                                        `'{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:other","maxReceiveCount":4}'`,
		"queue/azure/lockDuration":                                       "PT45S",
		"queue/azure/maxDeliveryCount":                                   "9",
		"bucket/gcp/softDeletePolicy.retentionDurationSeconds":           "1209600",
		"bucket/gcp/encryption.defaultKmsKeyName":                        "others < theirs",
		"bucket/azure/minTlsVersion":                                     "TLS1_3",
		"bucket/azure/publicNetworkAccessEnabled":                        "false",
		"cache/gcp/persistenceConfig.rdbSnapshotPeriod":                  "ONE_HOUR",
		"cache/gcp/redisConfigs.activedefrag":                            `"no" < "yes"`,
		"cache/gcp/memorySizeGb":                                         "6",
		"cache/aws/description":                                          "others",
		"cache/aws/nodeType":                                             "cache.r6g.xlarge",
		"cache/azure/defaultDatabase.clientProtocol":                     "Plaintext",
		"database/gcp/settings.activationPolicy":                         "NEVER",
		"database/gcp/settings.ipConfiguration.authorizedNetworks":       "[{value: 203.0.113.0/24}]",
		"database/aws/iamDatabaseAuthenticationEnabled":                  "true",
		"database/aws/instanceClass":                                     "db.r6i.4xlarge",
		"database/azure/maintenanceWindow.dayOfWeek":                     "3",
	} {
		typ, rest, _ := strings.Cut(name, "/")
		provider, path, _ := strings.Cut(rest, "/")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			byHand, before, _ := strings.Cut(values, " < ")
			w := &turning{live: of[typ](t, provider), part: keyInstance, path: strings.Split(path, ".")}
			if before != "" {
				w.report(fromYAML(t, "{v: "+before+"}").GetFields()["v"])
			}
			w.settles(t, byHand)
		})
	}
}
