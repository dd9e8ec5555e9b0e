package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestQueueGuard holds each field of a live queue that never changes, however little is left
// to judge by.
func TestQueueGuard(t *testing.T) {
	t.Parallel()
	regions := map[string][2]string{
		"gcp": {"europe-west1", "europe-west3"}, "aws": {"eu-west-1", "eu-central-1"}, "azure": {"westeurope", "germanywestcentral"},
	}
	const section = "queue: {visibilityTimeoutSeconds: 90, retentionDays: 10, maxDeliveryAttempts: 8}"
	for provider, region := range regions {
		other := map[bool]string{true: "aws", false: "gcp"}[provider == "gcp"]
		cases := map[string]struct {
			reason string
			edit   []string
			want   string
		}{
			"Provider": {
				"Another cloud has another queue.",
				[]string{"provider: " + provider, "provider: " + other},
				`spec.provider: "` + provider + `" cannot become "` + other + `" on a live queue`,
			},
			"Type": {
				"A queue is no bucket.",
				[]string{"type: queue", "type: bucket", "  " + section + "\n", ""},
				`spec.type: "queue" cannot become "bucket" on a live queue`,
			},
			"Region": {
				"Messages are never moved.",
				[]string{"eu-west", "eu-central"},
				`spec.region: "` + region[0] + `" cannot become "` + region[1] + `" on a live queue`,
			},
			"Project": {
				"Whom a queue belongs to is in its name.",
				[]string{"project: shop", "project: other"},
				`spec.project: "shop" cannot become "other" on a live queue`,
			},
			"Env": {
				"The env decides on how a queue is kept.",
				[]string{"env: staging", "env: dev"},
				`spec.env: "staging" cannot become "dev" on a live queue`,
			},
			"Adopted": {"Another queue is no edit.", []string{"region: eu-west", "region: eu-west\n  externalName: other"}, `spec.externalName: `},
		}
		for loss, lose := range losses {
			for name, tc := range cases {
				t.Run(provider+"/"+loss+"/"+name, func(t *testing.T) {
					t.Parallel()
					l := aliveQueue(t, provider, settingsQueue)
					lose(l)
					l.edit(t, tc.edit...)
					rsp := l.run(t)
					if got := fatal(rsp); !strings.HasPrefix(got, tc.want) {
						t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
					}
					if n := len(rsp.GetDesired().GetResources()); n != 0 {
						t.Errorf("\n%s\nRunFunction(): %d resources beside a fatal result", tc.reason, n)
					}
				})
			}
		}
	}
}

// TestQueueEdits holds what becomes of each edit that changes a live queue in place, and of
// the ones that lose messages.
func TestQueueEdits(t *testing.T) {
	t.Parallel()
	type says struct{ visibility, retention, attempts string }
	before := map[string]says{
		"gcp": {"90", "864000s", "8"}, "azure": {"PT1M30S", "P10D", "8"},
		"aws": {"90", "864000", `{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:NAME-dlq","maxReceiveCount":8}`},
	}
	allow := func(l *live) {
		object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
	}
	cases := map[string]struct {
		reason string
		env    string
		edit   []string
		then   func(*live)
		want   func(provider string, s says) says
		refuse string
	}{
		"Visibility": {
			"A consumer may be given more time.", "prod", []string{"Seconds: 90", "Seconds: 300"}, nil, func(p string, s says) says {
				s.visibility = map[string]string{"gcp": "300", "aws": "300", "azure": "PT5M"}[p]
				return s
			}, "",
		},
		"VisibilityLess": {
			"A consumer may be given less time.", "prod", []string{"Seconds: 90", "Seconds: 45"}, nil, func(p string, s says) says {
				s.visibility = map[string]string{"gcp": "45", "aws": "45", "azure": "PT45S"}[p]
				return s
			}, "",
		},
		"Attempts": {
			"A message may be tried more often.", "prod", []string{"Attempts: 8", "Attempts: 100"}, nil, func(p string, s says) says {
				s.attempts = strings.TrimSuffix(strings.TrimSuffix(s.attempts, "8}"), "8") + map[bool]string{true: "100}", false: "100"}[p == "aws"]
				return s
			}, "",
		},
		"RetentionMore": {
			"Messages may be kept for longer.", "prod", []string{"Days: 10", "Days: 14"}, nil, func(p string, s says) says {
				s.retention = map[string]string{"gcp": "1209600s", "aws": "1209600", "azure": "P14D"}[p]
				return s
			}, "",
		},
		"RetentionLessProd": {
			"Fewer days delete messages, which prod keeps.", "prod",
			[]string{"Days: 10", "Days: 3"},
			nil, nil,
			`spec.queue.retentionDays: "10" cannot become "3" on a live queue`,
		},
		"RetentionLessDev": {
			"Fewer days delete messages, which dev does not keep.", "dev", []string{"Days: 10", "Days: 3"}, nil, func(p string, s says) says {
				s.retention = map[string]string{"gcp": "259200s", "aws": "259200", "azure": "P3D"}[p]
				return s
			}, "",
		},
		"RetentionLessOrphan": {
			"A claim in dev whose queue outlives it keeps the messages, too.", "dev",
			[]string{"Days: 10", "Days: 3", "  type: queue", "  type: queue\n  deletionPolicy: Orphan"},
			nil, nil,
			`spec.queue.retentionDays: "10" cannot become "3" on a live queue`,
		},
		"RetentionLessAllowed": {
			"The owner of a claim in prod may let messages go.", "prod", []string{"Days: 10", "Days: 3"}, allow, func(p string, s says) says {
				s.retention = map[string]string{"gcp": "259200s", "aws": "259200", "azure": "P3D"}[p]
				return s
			}, "",
		},
		"RetentionUnsaid": {
			"A claim that no longer says loses no message to a default.", "dev",
			[]string{"retentionDays: 10, ", ""},
			nil,
			func(_ string, s says) says { return s }, "",
		},
		"Profile": {
			"A size means nothing here.", "prod",
			[]string{"  type: queue", "  type: queue\n  profile: large"},
			nil,
			func(_ string, s says) says { return s }, "",
		},
	}
	for _, provider := range queueClouds {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := aliveQueue(t, provider, settingsQueue, "env: staging", "env: "+tc.env)
				place := placeOfQueue(l.run(t).GetDesired().GetResources())
				l.edit(t, tc.edit...)
				if tc.then != nil {
					tc.then(l)
				}
				rsp := l.run(t)
				if got := fatal(rsp); !strings.HasPrefix(got, tc.refuse) || (got == "") != (tc.refuse == "") {
					t.Fatalf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.refuse, got))
				}
				if tc.refuse != "" {
					return
				}
				desired := rsp.GetDesired().GetResources()
				was := before[provider]
				name := object.String(desired[keyInstance].GetResource(), "metadata", "annotations", requested+"external-name")
				was.attempts = strings.Replace(was.attempts, "NAME", name, 1)
				want, got := tc.want(provider, was), says{}
				got.visibility, got.retention, got.attempts = queueSays(desired, provider)
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(says{})); diff != "" {
					t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
				}
				if diff := cmp.Diff(place, placeOfQueue(desired)); diff != "" {
					t.Errorf("\n%s\nit is another queue: -before, +after:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestQueueUnchanged holds that an unchanged claim moves nothing, whatever is left to judge
// by, and keeps each part.
func TestQueueUnchanged(t *testing.T) {
	t.Parallel()
	for provider, parts := range queueParts {
		for loss, lose := range losses {
			t.Run(provider+"/"+loss, func(t *testing.T) {
				t.Parallel()
				l := aliveQueue(t, provider, settingsQueue)
				before := l.run(t)
				lose(l)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				if diff := cmp.Diff(bodies(before), bodies(rsp)); diff != "" {
					t.Errorf("-before, +after:\n%s", diff)
				}
				if diff := cmp.Diff(parts, slices.Sorted(maps.Keys(rsp.GetDesired().GetResources()))); diff != "" {
					t.Errorf("parts: -want, +got:\n%s", diff)
				}
			})
		}
	}
}

// TestQueueBadInput holds what is refused before anything is composed.
func TestQueueBadInput(t *testing.T) {
	t.Parallel()
	const sender = "access: [{principal: 'serviceAccount:a@acme-prod.iam.gserviceaccount.com', role: send}"
	cases := map[string]struct{ reason, section, provider, want string }{
		"NoAttempts": {"No message is tried never.", "maxDeliveryAttempts: 0", "gcp", "spec.queue.maxDeliveryAttempts: 0 is not allowed; allowed is 5 to 100"},
		"FewAttempts": {
			"Pub/Sub tries five times at least, so that no cloud is asked for less.", "maxDeliveryAttempts: 4", "aws",
			"spec.queue.maxDeliveryAttempts: 4 is not allowed; allowed is 5 to 100",
		},
		"Retention": {
			"SQS keeps nothing for longer than two weeks.", "retentionDays: 15", "gcp", "spec.queue.retentionDays: 15 is not allowed; allowed is 1 to 14",
		},
		"Visibility": {
			"Service Bus holds no message for longer than five minutes.", "visibilityTimeoutSeconds: 301", "gcp",
			"spec.queue.visibilityTimeoutSeconds: 301 is not allowed; allowed is 10 to 300",
		},
		"Word":    {"A number is no word.", "retentionDays: '7'", "gcp", `spec.queue.retentionDays: "7" is no number; write it without quotes`},
		"Typo":    {"A field that nobody knows is refused.", "retention: 7", "gcp", "spec.queue.retention: unknown field; the fields here are access"},
		"Ordered": {"An order is offered on no cloud.", "fifo: true", "aws", "spec.queue.fifo: unknown field"},
		"Elsewhere": {
			"A section of another type is a mistake.", "}\n  bucket: {versioning: true", "gcp",
			`spec.bucket: belongs to type bucket, and spec.type is "queue"`,
		},
		"Twice": {
			"An entry that is there twice is a mistake of whoever merged two lists.",
			sender + ", {principal: 'serviceAccount:a@acme-prod.iam.gserviceaccount.com', role: send}]", "gcp",
			"spec.queue.access[1]: is the same as access[0]; take one of the two out",
		},
		"TwiceByCase": {
			"No cloud tells identities apart by case.",
			"access: [{principal: AAAAAAAA-2222-3333-4444-555555555555, role: send}, {principal: aaaaaaaa-2222-3333-4444-555555555555, role: send}]",
			"azure", "spec.queue.access[1]: is the same as access[0]",
		},
		"Role": {
			"An admin of a queue is the platform.", strings.Replace(sender, "send", "manage", 1) + "]", "gcp",
			`spec.queue.access[0].role: "manage" is not allowed; allowed are send, receive`,
		},
		"NoRole":      {"An entry without a role lets nobody in.", "access: [{principal: 'allUsers'}]", "gcp", "spec.queue.access[0].role: is missing"},
		"NoPrincipal": {"An entry without a principal lets nobody in.", "access: [{role: send}]", "aws", "spec.queue.access[0].principal: is missing"},
		"Everybody": {
			"Nobody opens a queue to the world by a claim.", "access: [{principal: allUsers, role: receive}]", "gcp",
			`spec.queue.access[0].principal: "allUsers" is everybody, and no settings allow that`,
		},
		"EverybodyAWS": {
			"A star is everybody on AWS.", "access: [{principal: '*', role: send}]", "aws",
			`spec.queue.access[0].principal: "*" is everybody, and no settings allow that`,
		},
		"NoID": {
			"Azure assigns a role to an id alone.", "access: [{principal: allUsers, role: send}]", "azure",
			`spec.queue.access[0].principal: "allUsers" is not allowed; allowed is the object id of an identity`,
		},
		"NoARN": {
			"A name alone is no principal of AWS.", "access: [{principal: app, role: send}]", "aws",
			`spec.queue.access[0].principal: "app" is not allowed; allowed is the ARN of a role`,
		},
		"NoMember": {
			"An address without its kind is no member of IAM.", "access: [{principal: a@acme-prod.iam.gserviceaccount.com, role: send}]", "gcp",
			`spec.queue.access[0].principal: "a@acme-prod.iam.gserviceaccount.com" is not allowed; allowed is a member of IAM`,
		},
		"List": {"Access is a list.", "access: {principal: x}", "gcp", "spec.queue.access: "},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := strings.NewReplacer("gcp", tc.provider, "visibilityTimeoutSeconds: 90, retentionDays: 10, maxDeliveryAttempts: 8", tc.section).Replace(specQueue)
			rsp := run(t, request(t, xrHead+spec, settingsQueue, nil))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if n := len(rsp.GetDesired().GetResources()); n != 0 {
				t.Errorf("\n%s\nRunFunction(): %d resources beside a fatal result", tc.reason, n)
			}
		})
	}
}
