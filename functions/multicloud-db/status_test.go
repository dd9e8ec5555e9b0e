package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	secretLive   = "{apiVersion: v1, kind: Secret, data: {password: cGFzcw==}}"
	readyLive    = "conditions: [{type: Synced, status: \"True\"}, {type: Ready, status: \"True\"}%]"
	instanceLive = "{kind: Instance, metadata: {annotations: {crossplane.io/external-name: db-1}}, status: {atProvider: {id: " +
		"x, address: host%s}, " + readyLive + "}}"
)

func TestProvisioned(t *testing.T) {
	t.Parallel()
	instance := func(more, conditions string) string {
		return strings.NewReplacer("%s", more, "%", conditions).Replace(instanceLive)
	}
	const group = "parameter-group-postgres17"
	ready := "{kind: ParameterGroup, status: {" + strings.Replace(readyLive, "%", "", 1) + "}}"
	cases := map[string]struct {
		reason          string
		instance, group string
		status          fnv1.Status
		want, message   string
	}{
		"Nothing": {
			reason: "Before anything is there it is being created.", status: fnv1.Status_STATUS_CONDITION_FALSE,
			want: "Creating", message: "instance is being created",
		},
		"Waiting": {
			reason: "What is waited for has its kind and name.", group: ready,
			instance: "{kind: Instance, metadata: {name: main-abc}, status: {conditions: [{type: Synced, status: \"True\"}]}}",
			status:   fnv1.Status_STATUS_CONDITION_FALSE, want: "Creating", message: "instance (Instance main-abc) is being created",
		},
		"Error": {
			reason:   "A provider's error is repeated in one line, without the password.",
			instance: instance("", ""), status: fnv1.Status_STATUS_CONDITION_FALSE,
			group: "{kind: ParameterGroup, metadata: {name: a}, status: {conditions: [{type: Synced, status: \"False\", message: \"no\\n  pass here\"}]}}",
			want:  "ProviderError", message: "parameter-group-postgres17 (ParameterGroup a): no … here",
		},
		"Background": {
			reason: "So is one of what a provider does in the background.", group: ready,
			instance: instance("", ", {type: LastAsyncOperation, status: \"False\", reason: AsyncUpdateFailure, message: quota}"),
			status:   fnv1.Status_STATUS_CONDITION_FALSE, want: "ProviderError", message: "instance (Instance db-1): quota",
		},
		"First": {
			reason:   "Of two errors the first in the order of names is repeated, each time.",
			instance: instance("", ", {type: LastAsyncOperation, status: \"False\", message: second}"), status: fnv1.Status_STATUS_CONDITION_FALSE,
			group: "{kind: ParameterGroup, metadata: {name: a}, status: {conditions: [{type: Synced, status: \"False\", message: third}]}}",
			want:  "ProviderError", message: "instance (Instance db-1): second",
		},
		"Beside": {
			reason:   "What fails in the background of another resource is said too.",
			instance: instance("", ""), status: fnv1.Status_STATUS_CONDITION_FALSE,
			group: "{kind: ParameterGroup, metadata: {name: a}, status: {conditions: [{type: Synced, status: \"True\"}, {type: " +
				"LastAsyncOperation, status: \"False\", reason: AsyncCreateFailure}]}}",
			want: "ProviderError", message: "parameter-group-postgres17 (ParameterGroup a): AsyncCreateFailure",
		},
		"Restoring": {
			reason: "So does one during which it is not ready.", group: ready,
			instance: "{kind: Instance, metadata: {name: main}, status: {atProvider: {id: x, status: modifying}, conditions: [{type: " +
				"Synced, status: \"True\"}, {type: Ready, status: \"False\", reason: Unavailable}]}}",
			status: fnv1.Status_STATUS_CONDITION_FALSE, want: "Changing", message: `instance (Instance main) is not ready, and "modifying" is under way`,
		},
		"Unavailable": {
			reason: "What is there and not available is not being created.", group: ready,
			instance: "{kind: Instance, metadata: {name: main}, status: {atProvider: {id: x}, conditions: [{type: Synced, status: " +
				"\"True\"}, {type: Ready, status: \"False\", reason: Unavailable}]}}",
			status: fnv1.Status_STATUS_CONDITION_FALSE, want: "Unavailable", message: "instance (Instance main) is not available",
		},
		"Ongoing": {
			reason: "Upjet says of the other clouds that something is under way.", group: ready, instance: instance(
				"", ", {type: AsyncOperation, status: \"False\", reason: Ongoing}",
			),
			status: fnv1.Status_STATUS_CONDITION_TRUE, want: "Changing", message: "instance (Instance db-1) is available, and a change is under way",
		},
		"Changing": {
			reason: "A long operation says what is under way.", group: ready, instance: instance(", status: storage-optimization", ""),
			status: fnv1.Status_STATUS_CONDITION_TRUE, want: "Changing", message: `instance (Instance db-1) is available, and "storage-optimization" is under way`,
		},
		"Available": {
			reason: "Then it is available.", group: ready, instance: instance(", status: available", ""),
			status: fnv1.Status_STATUS_CONDITION_TRUE, want: "Available",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{keyPassword: secretLive}
			for key, o := range map[string]string{keyInstance: tc.instance, group: tc.group} {
				if o != "" {
					observed[key] = o
				}
			}
			req := request(t, xrHead+strings.Replace(specGCP, "gcp", "aws", 1), settingsProd, observed)
			rsp := run(t, proto.CloneOf(req))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			for _, c := range rsp.GetConditions() {
				if c.GetType() != conditionProvisioned {
					continue
				}
				for range 20 { // whatever order the maps have
					again := run(t, proto.CloneOf(req)).GetConditions()
					if diff := cmp.Diff(rsp.GetConditions(), again, protocmp.Transform()); diff != "" {
						t.Fatalf("\n%s\nconditions flap: -first, +again:\n%s", tc.reason, diff)
					}
				}
				if diff := cmp.Diff(tc.want+": "+tc.message, c.GetReason()+": "+c.GetMessage()); diff != "" || c.GetStatus() != tc.status {
					t.Errorf("\n%s\nProvisioned is %s: -want, +got:\n%s", tc.reason, c.GetStatus(), diff)
				}
			}
		})
	}
}

// TestGap holds that what a provider does not say for a moment stays on the claim.
func TestGap(t *testing.T) {
	t.Parallel()
	req := request(t, xrHead+specGCP+"status: {resource: {name: gcp-payments-prod-cloudsql-main, endpoint: "+
		"10.0.0.5, port: 5432}}\n", settingsProd, map[string]string{
		keyPassword: secretLive, keyInstance: "{kind: DatabaseInstance, status: {atProvider: {id: x}}}",
	})
	req.GetObserved().GetComposite().ConnectionDetails = map[string][]byte{"host": []byte("10.0.0.5")}
	rsp := run(t, req)
	if got := object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "endpoint"); got != "10.0.0.5" {
		t.Errorf("status.resource.endpoint became %q", got)
	}
	if diff := cmp.Diff(req.GetObserved().GetComposite().GetConnectionDetails(), rsp.GetDesired().GetComposite().GetConnectionDetails()); diff != "" {
		t.Errorf("connection details: -observed, +desired:\n%s", diff)
	}
}

// TestStatusFills holds that status.resource fills as facts become known, and loses
// none of them to a gap: on every cloud, composed or looked at.
func TestStatusFills(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for mode, adopt := range map[string]string{"Composed": "", "Observed": "  externalName: old\n"} {
			t.Run(provider+"/"+mode, func(t *testing.T) {
				t.Parallel()
				spec := strings.Replace(specGCP, "gcp", provider, 1) + adopt
				l := &live{provider: provider, request: request(t, xrHead+spec, "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg}}}", nil)}
				show := func() *structpb.Struct {
					rsp := l.step(t)
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status")
					object.Set(l.xr(), status, "status")
					return object.Struct(status, "resource")
				}
				first := show()
				instance := l.request.GetObserved().GetResources()[keyInstance]
				object.Set(instance.GetResource(), fromYAML(t, atProvider(provider, "17", 128)), "status", "atProvider")
				instance.ConnectionDetails = map[string][]byte{
					"host": []byte("main.ibm"), "port": []byte("31234"), "username": []byte("u"), "password": []byte("secret-1"), "database": []byte("d"),
				}
				known := show()
				want := []string{"endpoint", "engine", "entity", "made", "name", "port", "provider", "region", "settings", "version"}
				if provider == "gcp" && adopt != "" {
					want = want[1:] // its address is public or private, which the claim does not know yet
				}
				got := slices.Sorted(maps.Keys(known.GetFields()))
				if diff := cmp.Diff(want, got); diff != "" && provider != "gcp" {
					t.Errorf("status.resource: -want, +got:\n%s", diff)
				}
				if len(first.GetFields()) > len(known.GetFields()) {
					t.Errorf("status.resource had %v, and has %v", first, known)
				}
				for name, gap := range map[string]string{"Facts": "{id: x}", "All": "{}"} {
					o := l.instance()
					object.Set(o, fromYAML(t, gap), "status", "atProvider")
					object.Set(o, fromYAML(t, `{c: [{type: Synced, status: "True"}]}`).GetFields()["c"], "status", "conditions")
					l.request.GetObserved().GetResources()[keyInstance].ConnectionDetails = nil
					if diff := cmp.Diff(known, show(), protocmp.Transform()); diff != "" {
						t.Errorf("%s: status.resource in a gap: -before, +after:\n%s", name, diff)
					}
				}
			})
		}
	}
}
