package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestGatesEdit holds that under a policy which has become stricter an edit of a live
// database towards what is not allowed is refused, and one away from it never.
func TestGatesEdit(t *testing.T) {
	t.Parallel()
	sized := func(profile string) func(*structpb.Struct) {
		return func(xr *structpb.Struct) { object.Set(xr, profile, "status", "size", "profile") }
	}
	old := func(xr string) string { return strings.Replace(xr, `"17"`, `"16"`, 1) }
	disk := func(gib string) func(string) string {
		return func(xr string) string { return strings.Replace(xr, "{engine", "{storageGiB: "+gib+", engine", 1) }
	}
	same := func(xr string) string { return xr }
	cases := map[string]struct {
		reason    string
		was, is   func(string) string
		policy    string
		status    func(*structpb.Struct)
		want      string // the refusal, or ""
		condition string // the reason of Composed where nothing is refused
	}{
		"ProfileTowards": {
			"A profile that is not allowed is not reached by an edit.", same,
			func(xr string) string { return strings.Replace(xr, "profile: medium", "profile: xlarge", 1) },
			"{allowed: {profiles: [nano, medium]}}", sized("medium"), `spec.profile: "xlarge" is not allowed`, "",
		},
		"ProfileAway": {
			"From a profile that is not allowed an edit leads to one that is.", same,
			func(xr string) string { return strings.Replace(xr, "profile: medium", "profile: nano", 1) },
			"{allowed: {profiles: [nano]}}", sized("medium"), "", "Composed",
		},
		"ProfileStays": {
			"A profile that is not allowed any more stays as it is.", same, same, "{allowed: {profiles: [nano]}}", sized("medium"), "", "NotAllowed",
		},
		"ProfileElse": {
			"Of two profiles of which neither is allowed, one does not become the other.", same,
			func(xr string) string { return strings.Replace(xr, "profile: medium", "profile: large", 1) },
			"{allowed: {profiles: [nano]}}", sized("medium"), `spec.profile: "large" is not allowed`, "",
		},
		"VersionTowards": {
			"An upgrade to a version that is not allowed is refused.", old, same, `{allowed: {versions: ["16"]}}`, nil, `spec.database.version: "17" is not allowed`, "",
		},
		"VersionAway": {"An upgrade to a version that is allowed is none of the gates'.", old, same, `{allowed: {versions: ["17"]}}`, nil, "", "Composed"},
		"DiskTowards": {
			"A disk does not grow over the largest that is allowed.", disk("128"), disk("300"), "{allowed: {maxStorageGiB: 200}}", nil,
			"spec.database.storageGiB: 300 is not allowed by settings policy.allowed.maxStorageGiB; allowed is at most 200", "",
		},
		"DiskStays": {
			"A disk that is larger already stays, with a note.", disk("300"), disk("300"), "{allowed: {maxStorageGiB: 200}}", nil, "", "NotAllowed",
		},
		"DiskAway": {"A claim that says no disk any more asks for none.", disk("300"), same, "{allowed: {maxStorageGiB: 200}}", nil, "", "Composed"},
		"AllowDeleteTowards": {
			"A database that is kept is not let go of where the settings forbid it.", same, func(xr string) string {
				return strings.Replace(xr, "labels:", `annotations: {platform.victor.onl/allow-delete: "true"}, labels:`, 1)
			},
			"{allowDelete: false}", nil, "allow-delete]: \"true\" is not allowed by settings policy.allowDelete", "",
		},
		"RegionAlias": {
			"A region that is spelled otherwise in the list is the same region.", same, same, "{allowed: {regions: [europe-west1]}}", nil, "", "Composed",
		},
		"StatusLost": {
			"Where nobody knows the profile that was asked for, the live database has the benefit of the doubt.", same, same,
			"{allowed: {profiles: [nano]}}", nil, "", "NotAllowed",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := gated(t, tc.is(xrHead+specGCP), tc.policy, liveUnder(t, tc.was(xrHead+specGCP)))
			if name != "VersionTowards" && name != "VersionAway" {
				for _, r := range req.GetObserved().GetResources() {
					if object.String(r.GetResource(), "kind") == "DatabaseInstance" {
						object.Set(r.GetResource(), "17", "metadata", "annotations", requested+"version")
					}
				}
			}
			if tc.status != nil {
				tc.status(req.GetObserved().GetComposite().GetResource())
			}
			rsp := run(t, req)
			got := fatal(rsp)
			if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Fatalf("\n%s\ngot %q, want %q", tc.reason, got, tc.want)
			}
			if c := rsp.GetConditions()[0]; tc.want == "" && c.GetReason() != tc.condition {
				t.Errorf("\n%s\nComposed: %v", tc.reason, c)
			}
		})
	}
}

// TestOwners holds that what carries another's tags is never managed: neither by its name,
// nor where it is found under the name of a claim; and what carries none only by name.
func TestOwners(t *testing.T) {
	t.Parallel()
	const manage = "\n  externalName: old\n  adopt: Manage\n"
	cases := map[string]struct {
		reason, tags, names, plane string
		adopted, found             string // the refusal, or ""
	}{
		"Project": {
			"A database of another project is that project's.", "project=crm env=prod service=cloudsql-main", `["*"]`, "",
			"old carries project=crm, and this claim is of payments", "carries project=crm, and this claim is of payments",
		},
		"Env": {
			"A database of another env is not this env's.", "project=payments env=dev service=cloudsql-main", `["*"]`, "",
			"old carries env=dev, and this claim is of prod", "carries env=dev, and this claim is of prod",
		},
		"Service": {
			"A database of another claim is that claim's.", "project=payments env=prod service=other", `["*"]`, "",
			"old carries service=other, and this claim is of cloudsql-main", "carries service=other",
		},
		"Plane": {
			"The same claim on another control plane has the database.", "project=payments env=prod service=cloudsql-main control-plane=us", `["*"]`, "eu",
			"old carries control-plane=us, and this claim is of the control plane eu", "carries control-plane=us",
		},
		"PlaneUnsaid": {
			"A control plane without a name is not known to be the one.", "project=payments env=prod service=cloudsql-main control-plane=us", `["*"]`, "",
			"old carries control-plane=us, and the settings have no controlPlane", "carries control-plane=us",
		},
		"Own":      {"A database with this claim's own tags is this claim's.", "project=payments env=prod service=cloudsql-main control-plane=eu", "", "eu", "", ""},
		"OwnOlder": {"An older version wrote no control plane.", "project=payments env=prod service=cloudsql-main", "", "eu", "", ""},
		"None": {
			"Nobody's database is adopted by name only; under the claim's own name it may have been left by an older version.", "", `["new-*"]`, "",
			`spec.externalName: "old" carries no tag project that would tell whose it is, and is not allowed by settings policy.adoptNames; allowed are new-*`, "",
		},
		"Others": {
			"The tags of Crossplane's providers tell nobody's name.", "crossplane-name=x crossplane-kind=y", "", "",
			"is not allowed by settings policy.adoptNames; allowed are none", "",
		},
		"Env alone": {"An env is no owner.", "env=prod", "", "", "is not allowed by settings policy.adoptNames; allowed are none", ""},
		"Named":     {"Nobody's database is adopted where the settings have its name.", "", `["o?d"]`, "", "", ""},
	}
	for provider := range there {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				policy := "{adopt: manage}"
				if tc.names != "" {
					policy = "{adopt: manage, adoptNames: " + tc.names + "}"
				}
				says := func(xr string, main *structpb.Struct) string {
					req := gated(t, xr, policy, nil)
					if tc.plane != "" {
						object.Set(req.GetRequiredResources()["settings"].GetItems()[0].GetResource(), tc.plane, "data", "controlPlane")
					}
					tag(main, provider, tc.tags)
					req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: main}
					rsp := run(t, req)
					for _, c := range rsp.GetConditions() {
						if c.GetReason() == "NotAllowed" {
							return c.GetMessage()
						}
					}
					return ""
				}
				xr := xrHead + strings.Replace(specGCP, "gcp", provider, 1)
				got := says(xr+manage, fromYAML(t, "{"+there[provider]+"}"))
				if (got == "") != (tc.adopted == "") || !strings.Contains(got, tc.adopted) {
					t.Errorf("\n%s\nadopted: got %q, want %q", tc.reason, got, tc.adopted)
				}
				first := run(t, gated(t, xr, policy, nil)).GetDesired().GetResources()[keyInstance].GetResource()
				main := proto.CloneOf(first)
				object.Set(main, fromYAML(t, atProvider(provider, "17", 128)), "status", "atProvider")
				object.Set(main, fromYAML(t, `{c: [{type: Ready, status: "True"}]}`).GetFields()["c"].AsInterface(), "status", "conditions")
				got = says(xr, main)
				if (got == "") != (tc.found == "") || !strings.Contains(got, tc.found) {
					t.Errorf("\n%s\nfound: got %q, want %q", tc.reason, got, tc.found)
				}
			})
		}
	}
}

// tag has a provider report tags, of the form key=value.
func tag(o *structpb.Struct, provider, tags string) {
	said := object.Map{}
	var lines []any
	for pair := range strings.FieldsSeq(tags) {
		key, value, _ := strings.Cut(pair, "=")
		said[key], lines = value, append(lines, key+":"+value)
	}
	switch provider {
	case "gcp":
		object.Set(o, said, "status", "atProvider", "settings", "userLabels")
	case "ibm":
		object.Set(o, lines, "status", "atProvider", "outputs", "tags")
	default:
		object.Set(o, said, "status", "atProvider", "tags")
	}
}
