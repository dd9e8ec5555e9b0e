package matrix

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// A serverMeaning is what a server of IBM Cloud is, read back from its Workspace: from the
// module, and from the variables that the module is given.
type serverMeaning struct {
	protocol  string // that the connection is published of
	password  bool   // the module makes one
	private   bool   // it has no public endpoint, and an allowlist
	key       string // by which it is encrypted
	elsewhere bool   // it is in another region
}

// readServer reads a meaning back. What protects a server is the same for each type.
func (c cell) readServer(t *testing.T, desired map[string]*fnv1.Resource) serverMeaning {
	t.Helper()
	main := object.Struct(desired["instance"].GetResource(), "spec", "forProvider")
	variables := object.Struct(main, "varmap")
	m := serverMeaning{key: object.String(variables, "key_protect_key")}
	module := object.String(main, "module")
	has := func(form string) bool { return regexp.MustCompile(form).MatchString(module) }
	if found := regexp.MustCompile(`(?m)^\s*protocol\s*=\s*"([a-z]+)"`).FindStringSubmatch(module); found != nil {
		m.protocol = found[1]
	}
	m.password = has(`(?m)^\s*adminpassword\s*=.*\brandom_password\.admin\b`)
	m.private = has(`(?m)^\s*service_endpoints\s*=\s*"private"`) && has(`dynamic "allowlist"`) &&
		len(object.Get(variables, "allowlist").GetListValue().GetValues()) > 0
	m.elsewhere = object.String(variables, "location") != "eu-es"
	if protected, _ := object.Bool(variables, "deletion_protection"); protected != (c.env == "prod" || c.env == "mgmt") {
		t.Errorf("in %s it is protected: %t", c.env, protected)
	}
	return m
}

// serverMemory is what a member has, in GiB: as asked for, or that of a host of its own, which
// is in the name.
func serverMemory(main *structpb.Struct) float64 {
	if mb, _ := object.Number(main, "varmap", "memory_mb"); mb > 0 {
		return mb / 1024
	}
	_, size, _ := strings.Cut(object.String(main, "varmap", "host_flavor"), "x")
	gib, _, _ := strings.Cut(size, ".")
	n, _ := strconv.ParseFloat(gib, 64) //nolint:errcheck // What has no number has no memory.
	return n
}

// reportOutputs has a module's outputs be what its variables asked for.
func reportOutputs(there, o *structpb.Struct) {
	outputs := object.Struct(there, "outputs")
	for name, v := range object.Struct(o, "spec", "forProvider", "varmap").GetFields() {
		if name != "allowlist" && name != "disk_grown" {
			outputs.Fields[name] = proto.CloneOf(v)
		}
	}
}

// TestQueueServerMeaning holds on IBM Cloud what TestQueueMeaning holds on the other clouds, in
// both scopes and every env. The queue is the app's to declare, so that timeout, retention,
// attempts and dead letters are what the claim is told to declare.
func TestQueueServerMeaning(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, scope := range scopes {
		for _, env := range []string{"dev", "staging", "prod", "mgmt"} {
			for _, says := range []string{"", "  queue: {visibilityTimeoutSeconds: 90, retentionDays: 12, maxDeliveryAttempts: 20}\n"} {
				c := cell{provider: "ibm", engine: "queue", scope: scope, env: env, extra: says}
				t.Run(c.String()+fmt.Sprintf("/%t", says != ""), func(t *testing.T) {
					rsp := c.serverAlive(t)
					desired := rsp.GetDesired().GetResources()
					for name, r := range desired {
						if err := checker.Check(named(r, name, c.scope)); err != nil {
							t.Errorf("%s: %v", name, err)
						}
					}
					want := serverMeaning{protocol: "amqps", password: true, private: true, key: "crn:v1:kms:key:main"}
					if diff := cmp.Diff(want, c.readServer(t, desired), cmp.AllowUnexported(serverMeaning{})); diff != "" {
						t.Errorf("-want, +got:\n%s", diff)
					}
					if kept := orphaned(desired["instance"].GetResource()); kept != (env == "prod" || env == "mgmt") {
						t.Errorf("it outlives its claim in %s: %t", env, kept)
					}
					days, attempts := 7, 5
					if says != "" {
						days, attempts = 12, 20
					}
					told := fmt.Sprintf("x-queue-type=quorum, x-delivery-limit=%d, x-message-ttl=%d, ", attempts-1, days*day*1000) +
						`x-dead-letter-exchange="", x-dead-letter-routing-key=main-dlq, x-dead-letter-strategy=at-least-once, x-overflow=reject-publish`
					for _, condition := range rsp.GetConditions() {
						if condition.GetType() == "Composed" && !strings.Contains(condition.GetMessage(), told) {
							t.Errorf("Composed says %q, without %q", condition.GetMessage(), told)
						}
					}
					allTrue(t, rsp)
					keys := []string{"ca.crt", "deadLetterQueue", "host", "password", "port", "queue", "type", "uri", "username"}
					if diff := cmp.Diff(keys, c.published(rsp)); diff != "" {
						t.Errorf("keys of the connection secret: -want, +got:\n%s", diff)
					}
				})
			}
		}
	}
}

// serverAlive composes a queue on IBM Cloud until its server is there.
func (c cell) serverAlive(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	observed := map[string]*fnv1.Resource{}
	for range 4 { // made, with outputs, with a Secret, and quiet
		rsp := c.runQueue(t, queues, observed)
		if got := render.Fatal(rsp); got != "" {
			t.Fatal(got)
		}
		desired := rsp.GetDesired().GetResources()
		if parts := slices.DeleteFunc(slices.Sorted(maps.Keys(desired)), func(part string) bool { return part == "connection" }); len(parts) != 1 {
			t.Fatalf("it is composed of %v", parts)
		}
		observed = c.observeQueue(t, desired)
		there := fromYAML(t, `{outputs: {crn: "crn:v1:rabbit", status: active, members: 3}}`)
		reportOutputs(there, desired["instance"].GetResource())
		object.Set(observed["instance"].GetResource(), there, "status", "atProvider")
		observed["instance"].ConnectionDetails = map[string][]byte{
			"host": []byte("x.private.databases.appdomain.cloud"), "port": []byte("31000"), "username": []byte("admin"), "password": []byte("secret-1"),
			"ca_crt": []byte("pem"),
		}
	}
	return c.runQueue(t, queues, observed)
}
