package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const specQueueIBM = `
  provider: ibm
  type: queue
  profile: small
  region: eu-west
  project: shop
  env: staging
  queue: {retentionDays: 7, maxDeliveryAttempts: 5}
  writeConnectionSecretToRef: {name: orders}
`

const settingsQueueIBM = `
metadata: {name: platform-prod}
data:
  providers:
    ibm: {resourceGroupID: group, regions: {eu-es: {kmsKeyID: "crn:v1:kms:key:main", allowedCIDRs: [10.0.0.0/16]}}}
`

// detailsQueueIBM are what the module publishes.
var detailsQueueIBM = map[string][]byte{
	"host": []byte("x.private.databases.appdomain.cloud"), "port": []byte("31000"), "username": []byte("admin"), "password": []byte("MadeByTheModule0"),
	"ca_crt": []byte("pem"),
}

// tellQueueIBM has the queue's Workspace be observed, with the outputs of its module.
func tellQueueIBM(l *live, o, outputs *structpb.Struct) {
	object.Set(o, []any{
		map[string]any{"type": "Synced", "status": "True"}, map[string]any{"type": "Ready", "status": "True"},
	}, "status", "conditions")
	object.Set(o, outputs, "status", "atProvider")
	l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o, ConnectionDetails: detailsQueueIBM}
}

// aliveQueueIBM is a queue that is there; the edits are of its spec.
func aliveQueueIBM(t *testing.T, settings string, oldNew ...string) *live {
	t.Helper()
	l := &live{provider: "ibm", spec: strings.NewReplacer(oldNew...).Replace(specQueueIBM)}
	l.request = request(t, xrHead+l.spec, settings, nil)
	for range 3 {
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		o := made(rsp.GetDesired().GetResources()[keyInstance].GetResource())
		object.Set(o, map[string]any{"project": "shop", "env": object.String(l.xr(), "spec", "env")}, "metadata", "labels")
		there := outputsOf(t, o)
		merge(there, fromYAML(t, `{outputs: {crn: "crn:v1:rabbit", status: active}}`))
		tellQueueIBM(l, o, there)
		object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	}
	return l
}

// TestQueueConnectionIBM holds what the connection Secret has, whole or not at all. The URI
// has no path, by which some clients name a virtual host without a name.
func TestQueueConnectionIBM(t *testing.T) {
	t.Parallel()
	l := aliveQueueIBM(t, settingsQueueIBM)
	want := map[string][]byte{
		"type": []byte("amqp"), "queue": []byte("cloudsql-main"), "deadLetterQueue": []byte("cloudsql-main-dlq"),
		"host": detailsQueueIBM["host"], "port": []byte("31000"), "username": []byte("admin"), "password": []byte("MadeByTheModule0"),
		"uri": []byte("amqps://admin:MadeByTheModule0@x.private.databases.appdomain.cloud:31000"), "ca.crt": []byte("pem"),
	}
	if diff := cmp.Diff(want, l.run(t).GetDesired().GetComposite().GetConnectionDetails()); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	for missing := range detailsQueueIBM {
		if missing == "ca_crt" {
			continue
		}
		some := maps.Clone(detailsQueueIBM)
		delete(some, missing)
		l.request.Observed.Resources[keyInstance].ConnectionDetails = some
		if rsp := l.run(t); len(rsp.GetDesired().GetComposite().GetConnectionDetails()) > 0 {
			t.Errorf("without %s a connection is published", missing)
		}
	}
}

// TestQueueDeclaredIBM holds that the claim is told what the app declares, by the claim's own
// numbers: a delivery limit counts what comes after the first.
func TestQueueDeclaredIBM(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ reason, from, to, want string }{
		{"The defaults of a queue.", "queue: {retentionDays: 7, maxDeliveryAttempts: 5}", "queue: {}", "x-delivery-limit=4, x-message-ttl=604800000,"},
		{"The claim's attempts.", "maxDeliveryAttempts: 5", "maxDeliveryAttempts: 20", "x-delivery-limit=19,"},
		{"The claim's days.", "retentionDays: 7", "retentionDays: 14", "x-message-ttl=1209600000,"},
		{
			"Where dead letters go.", "", "",
			`x-dead-letter-exchange="", x-dead-letter-routing-key=cloudsql-main-dlq, x-dead-letter-strategy=at-least-once, x-overflow=reject-publish`,
		},
		{"Both are replicated.", "", "", "then cloudsql-main with x-queue-type=quorum,"},
		{"A dead letter is never dropped.", "", "", "first cloudsql-main-dlq with x-queue-type=quorum, x-delivery-limit=-1, then"},
	} {
		c := composedAs(aliveQueueIBM(t, settingsQueueIBM, tc.from, tc.to).run(t))
		if c.GetReason() != "DeclaredByTheApp" || !strings.Contains(c.GetMessage(), tc.want) {
			t.Errorf("\n%s\nComposed is %s: %s", tc.reason, c.GetReason(), c.GetMessage())
		}
	}
}

// TestQueueEditsIBM holds each row of what an edit may do to a queue on IBM Cloud that is
// protected: it is refused, or changes these variables.
func TestQueueEditsIBM(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason         string
		edit, settings []string
		want           map[string]any
		refused        string
	}{
		"Provider": {
			reason: "Another cloud has another queue.", edit: []string{"provider: ibm", "provider: gcp"}, refused: `spec.provider: "ibm" cannot become "gcp"`,
		},
		"Region":  {reason: "Nothing is ever moved.", edit: []string{"eu-west", "eu-central"}, refused: `spec.region: "eu-es" cannot become "eu-de"`},
		"Project": {reason: "Whom it belongs to is in its name.", edit: []string{"project: shop", "project: other"}, refused: `spec.project: "shop" cannot become`},
		"Env":     {reason: "The env decides on its protection.", edit: []string{"env: prod", "env: dev"}, refused: `spec.env: "prod" cannot become "dev"`},
		"Type": {
			reason: "A queue is no cache.", edit: []string{"type: queue", "type: cache", "queue: {", "cache: {} # {"},
			refused: `spec.type: "queue" cannot become "cache"`,
		},
		"Adopted": {
			reason: "Another server is no edit.", edit: []string{"region: eu-west", "region: eu-west\n  externalName: other"},
			refused: "spec.externalName: ",
		},
		"Timeout":   {reason: "A message is held until its consumer is gone.", edit: []string{"queue: {", "queue: {visibilityTimeoutSeconds: 300, "}},
		"Attempts":  {reason: "Attempts are the app's to declare.", edit: []string{"maxDeliveryAttempts: 5", "maxDeliveryAttempts: 9"}},
		"DaysDown":  {reason: "Days are the app's to declare.", edit: []string{"retentionDays: 7", "retentionDays: 1"}},
		"DaysUp":    {reason: "More days are the app's to declare too.", edit: []string{"retentionDays: 7", "retentionDays: 14"}},
		"Profile":   {reason: "The step that sizes writes the size.", edit: []string{"profile: small", "profile: large"}},
		"NoProfile": {reason: "A queue may do without a profile.", edit: []string{"  profile: small\n", ""}},
		"Access": {
			reason: "A server has one user.", edit: []string{"queue: {", "queue: {access: [{principal: app, role: send}], "},
			refused: "spec.queue.access: is not offered on ibm, where a server has one user; take it out, and use the connection Secret",
		},
		"Key": {
			reason: "IBM Cloud takes a key at creation only.", settings: []string{`kmsKeyID: "crn:v1:kms:key:main"`, "queue: {kmsKeyID: other}"},
			refused: `settings providers.ibm.regions.eu-es.queue.kmsKeyID: "crn:v1:kms:key:main" cannot become "other" on a live queue`,
		},
		"NoKey": {reason: "A key that is taken away stays.", settings: []string{`kmsKeyID: "crn:v1:kms:key:main", `, ""}},
		"Group": {
			reason: "A resource group is for good.", settings: []string{"resourceGroupID: group", "resourceGroupID: other"},
			refused: `settings providers.ibm.resourceGroupID: "group" cannot become "other" on a live queue`,
		},
		"Networks": {
			reason: "Networks come and go in place.", settings: []string{"[10.0.0.0/16]", "[10.1.0.0/16]"},
			want: map[string]any{"varmap.allowlist": []any{"10.1.0.0/16"}},
		},
		"NoNetworks": {reason: "Networks that are taken away stay.", settings: []string{", allowedCIDRs: [10.0.0.0/16]", ""}},
		"World": {
			reason: "A queue is never open to the world.", settings: []string{"[10.0.0.0/16]", "[0.0.0.0/0]"},
			refused: `settings providers.ibm.regions.eu-es.allowedCIDRs[0]: "0.0.0.0/0" is not allowed`,
		},
		"Gone": {reason: "Settings that are gone change nothing.", settings: []string{settingsQueueIBM, ""}},
	} {
		for loss, lose := range losses {
			if loss != "Nothing" && !strings.HasPrefix(tc.refused, "spec.") {
				continue // settings are judged by what is there
			}
			t.Run(name+"/"+loss, func(t *testing.T) {
				t.Parallel()
				l := aliveQueueIBM(t, settingsQueueIBM, "env: staging", "env: prod")
				before := flat(composed(l.run(t)))
				lose(l)
				if tc.settings != nil {
					l.settle(t, strings.NewReplacer(tc.settings...).Replace(settingsQueueIBM))
				}
				if tc.edit != nil {
					l.edit(t, tc.edit...)
				}
				comesTo(t, tc.reason, tc.refused, before, tc.want, l.run(t))
			})
		}
	}
}

// TestQueueVersionIBM holds that a server keeps the version that it was made with, and that
// what runs is told.
func TestQueueVersionIBM(t *testing.T) {
	t.Parallel()
	for recorded, want := range map[string]string{"": "4.2", "4.1": "4.1", "5.0": "5.0"} {
		l := aliveQueueIBM(t, settingsQueueIBM)
		if recorded != "" {
			object.Set(l.instance(), recorded, "metadata", "annotations", requested+"version")
			object.Set(l.instance(), recorded, "spec", "forProvider", "varmap", "engine_version")
		}
		l.reported("6.0.1", "outputs", "engine_version")
		if got := cacheAt(l.run(t), "varmap", "engine_version"); got != want {
			t.Errorf("recorded %q: want %s asked for, got %v", recorded, want, got)
		}
	}
}

// TestQueueModulesIBM holds which module a queue gets, and that a takeover asks for a server
// as it was found.
func TestQueueModulesIBM(t *testing.T) {
	t.Parallel()
	const found = `{outputs: {crn: "crn:v1:bluemix:public:messages-for-rabbitmq:eu-es:a/0:1::", name: theirs, status: active, location: eu-es, plan: standard,
		service: messages-for-rabbitmq, engine_version: "4.1", resource_group_id: theirs, members: 3, host_flavor: multitenant, disk_mb: 5120, tags: ["owner:them"]}}`
	without := strings.Replace(settingsQueueIBM, ", allowedCIDRs: [10.0.0.0/16]", "", 1)
	for _, settings := range []string{settingsQueueIBM, without} {
		if cacheAt(aliveQueueIBM(t, settings).run(t), "module") != modules.Queue.Make(settings == settingsQueueIBM) {
			t.Error("a queue that its claim made has another module")
		}
	}
	for adopt, want := range map[string]map[string]any{
		"Observe": {
			"module": modules.Queue.Observe(), "varmap.name": "theirs", "varmap.location": "eu-es", "varmap.service": "messages-for-rabbitmq",
			"varmap.resource_group_id": "theirs",
		},
		"Manage": {
			"module": modules.Queue.Import(), "varmap.name": "theirs", "varmap.location": "eu-es", "varmap.service": "messages-for-rabbitmq",
			"varmap.plan": "standard", "varmap.engine_version": "4.1", "varmap.resource_group_id": "theirs", "varmap.deletion_protection": false,
			"varmap.tags": []any{"owner:them"}, "varmap.crn": "crn:v1:bluemix:public:messages-for-rabbitmq:eu-es:a/0:1::",
		},
	} {
		spec := strings.NewReplacer("  region:", "  externalName: theirs\n  adopt: "+adopt+"\n  region:").Replace(specQueueIBM)
		settings := strings.Replace(settingsQueueIBM, "data:\n", "data:\n  policy: {adopt: manage, adoptNames: [\"*\"]}\n", 1)
		l := &live{provider: "ibm", spec: spec, request: request(t, xrHead+spec, settings, nil)}
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		tellQueueIBM(l, rsp.GetDesired().GetResources()[keyInstance].GetResource(), fromYAML(t, found))
		rsp = l.run(t)
		got := flat(composed(rsp))
		delete(got, "source")
		delete(got, "inlineFormat")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", adopt, diff)
		}
		keys := slices.Sorted(maps.Keys(rsp.GetDesired().GetComposite().GetConnectionDetails()))
		if has := slices.Contains(keys, "uri"); has != (adopt == "Manage") || slices.Contains(keys, "deadLetterQueue") {
			t.Errorf("%s: it publishes %q", adopt, keys)
		}
	}
}

// TestServersOfOthers holds that a server which was found under its name, and is another's by
// the tags that its module tells, is only looked for, and outlives its claim.
func TestServersOfOthers(t *testing.T) {
	t.Parallel()
	specs := map[string]string{"databases-for-redis": strings.Replace(specCache, "gcp", "ibm", 1), "messages-for-rabbitmq": specQueueIBM}
	for service, spec := range specs {
		for tags, refused := range map[string]bool{`["project:shop", "env:staging"]`: false, `["project:other", "env:staging"]`: true, "[]": false} {
			rsp := run(t, request(t, xrHead+spec, settingsQueueIBM, map[string]string{
				keyInstance: "{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace, spec: {managementPolicies: [Observe, Create, LateInitialize], " +
					"forProvider: {varmap: {plan: standard, service: " + service + `}}}, status: {conditions: [{type: Ready, status: "True"}], ` +
					`atProvider: {outputs: {crn: crn, location: eu-es, tags: ` + tags + `}}}}`,
			}))
			if got := fatal(rsp); got != "" {
				t.Fatalf("%s with %s: %s", service, tags, got)
			}
			c, o := composedAs(rsp), rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if got := c.GetReason() == "NotAllowed"; got != refused || refused && strings.Join(list(o, "spec", "managementPolicies"), ",") != "Observe" {
				t.Errorf("%s with %s: Composed is %s, %s", service, tags, c.GetReason(), c.GetMessage())
			}
		}
	}
}
