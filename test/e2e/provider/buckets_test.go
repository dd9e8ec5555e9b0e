package provider

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// A managed resource as an API server has it.
func managed(t *testing.T, apiVersion, kindName, name, forProvider string) (*unstructured.Unstructured, body) {
	t.Helper()
	params := map[string]any{}
	if err := yaml.Unmarshal([]byte(forProvider), &params); err != nil {
		t.Fatal(err)
	}
	params = plain(params)
	o := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{"forProvider": params}}}
	o.SetGroupVersionKind(plane.Kind(apiVersion, kindName))
	o.SetName(kindName + "-1")
	o.SetUID(types.UID(kindName + "-uid"))
	o.SetAnnotations(map[string]string{externalName: name})
	return o, params
}

// A try is one managed resource that is made in a cloud.
type try struct{ apiVersion, kind, name, forProvider string }

const (
	gcs     = "storage.gcp.upbound.io/v1beta2"
	s3      = "s3.aws.m.upbound.io/v1beta1"
	storage = "storage.azure.upbound.io/v1beta2"
	account = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acc"
)

// made makes a managed resource's thing, and changes it to what is asked for.
func (r try) made(t *testing.T, c *Cloud) string {
	t.Helper()
	o, b := managed(t, r.apiVersion, r.kind, r.name, r.forProvider)
	k := kindOf(o.GroupVersionKind())
	if _, err := c.create(r.kind, nameOf(o, b), k, b, o); err != nil {
		return err.Error()
	}
	_, refusal := c.update(r.kind, nameOf(o, b), k, b, nil, true)
	return refusal
}

// removed deletes its thing.
func (r try) removed(t *testing.T, c *Cloud) string {
	t.Helper()
	o, b := managed(t, r.apiVersion, r.kind, r.name, r.forProvider)
	return c.delete(r.kind, nameOf(o, b), kindOf(o.GroupVersionKind()), b)
}

// A trial is what a cloud says to one managed resource, after others were made.
type trial struct {
	reason string
	before []try
	cloud  func(c *Cloud)
	made   try
	delete bool
	want   string // in the refusal; "" for none
}

type trials map[string]trial

func (cases trials) run(t *testing.T) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCloud()
			for _, b := range tc.before {
				if refusal := b.made(t, c); refusal != "" {
					t.Fatal(refusal)
				}
			}
			if tc.cloud != nil {
				tc.cloud(c)
			}
			do := tc.made.made
			if tc.delete {
				do = tc.made.removed
			}
			if got := do(t, c); tc.want == "" && got != "" || !strings.Contains(got, tc.want) {
				t.Errorf("\n%s\nwant a refusal with %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}

// TestBucketKinds holds what the stand-in's clouds refuse.
func TestBucketKinds(t *testing.T) {
	t.Parallel()
	onGCP := try{gcs, "Bucket", "b", "{location: europe-west1, forceDestroy: false}"}
	onAWS := try{s3, "Bucket", "b", "{region: eu-west-1, forceDestroy: false}"}
	onAzure := try{storage, "Account", "acc", "{resourceGroupName: rg, location: westeurope, accountReplicationType: LRS}"}
	lock := try{"authorization.azure.upbound.io/v1beta1", "ManagementLock", "", "{scope: " + account + ", name: keep, lockLevel: CanNotDelete}"}
	versioned := func(status string) try {
		return try{s3, "BucketVersioning", "", "{region: eu-west-1, bucket: b, versioningConfiguration: {status: " + status + "}}"}
	}
	trials{
		"Same": {"A bucket that is asked for again is not changed.", []try{onGCP}, nil, onGCP, false, ""},
		"Case": {
			"Cloud Storage answers with a location in upper case, which is the same one.",
			[]try{onGCP},
			nil,
			try{gcs, "Bucket", "b", "{location: EUROPE-WEST1, forceDestroy: false}"},
			false, "",
		},
		"Location": {
			"A location cannot change, and Upjet replaces nothing.",
			[]try{onGCP},
			nil,
			try{gcs, "Bucket", "b", "{location: europe-west3}"},
			false,
			`requires replacing it: cannot change the value of the argument "location" from "europe-west1" to "europe-west3"`,
		},
		"Replication": {
			"A storage account cannot go from one zone to three.",
			[]try{onAzure},
			nil,
			try{storage, "Account", "acc", "{resourceGroupName: rg, location: westeurope, accountReplicationType: ZRS}"},
			false,
			`the argument "account_replication_type" from "LRS" to "ZRS"`,
		},
		"Redundant": {
			"A storage account can be copied to another region.",
			[]try{onAzure},
			nil,
			try{storage, "Account", "acc", "{resourceGroupName: rg, location: westeurope, accountReplicationType: GRS}"},
			false, "",
		},
		"Elsewhere":  {"A name that another customer has cannot be taken.", nil, func(c *Cloud) { c.Put("Bucket", "b", nil, true) }, onAWS, false, "403"},
		"NoBucket":   {"What is set on a bucket needs one.", nil, nil, versioned("Enabled"), false, "Bucket b does not exist"},
		"Versioning": {"Versioning is set on a bucket that is there.", []try{onAWS}, nil, versioned("Enabled"), false, ""},
		"Suspended":  {"Versioning can be suspended.", []try{onAWS, versioned("Enabled")}, nil, versioned("Suspended"), false, ""},
		"Disabled": {
			"Versioning that was on is never disabled.",
			[]try{onAWS, versioned("Enabled")},
			nil, versioned("Disabled"), false, "cannot be updated from 'Enabled' to 'Disabled'",
		},
		"Empty": {"An empty bucket is deleted.", []try{onGCP}, nil, onGCP, true, ""},
		"FullGCP": {
			"Cloud Storage deletes no bucket with something in it.",
			[]try{onGCP},
			full("Bucket", "b"), onGCP, true, "without force_destroy set to true",
		},
		"ForcedGCP": {
			"Cloud Storage counts what was applied, not what the spec says at its deletion.",
			[]try{onGCP},
			full("Bucket", "b"),
			try{gcs, "Bucket", "b", "{location: europe-west1, forceDestroy: true}"},
			true, "without force_destroy set to true",
		},
		"FullAWS": {"S3 deletes no bucket with something in it.", []try{onAWS}, full("Bucket", "b"), onAWS, true, "BucketNotEmpty"},
		"ForcedAWS": {
			"The provider of AWS lays what the spec says over what was applied.",
			[]try{onAWS},
			full("Bucket", "b"),
			try{s3, "Bucket", "b", "{region: eu-west-1, forceDestroy: true}"},
			true, "",
		},
		"FullAzure": {"Azure deletes an account with all that is in it.", []try{onAzure}, full("Account", "acc"), onAzure, true, ""},
		"Locked":    {"Azure deletes no account that has a lock.", []try{onAzure, lock}, nil, onAzure, true, "ScopeLocked"},
	}.run(t)
}

func full(kind, name string) func(*Cloud) {
	return func(c *Cloud) { c.Fill(kind, name, true) }
}

// TestUpdates holds that the cloud logs what was changed, and nothing that it chose itself.
func TestUpdates(t *testing.T) {
	t.Parallel()
	c := newCloud()
	for _, forProvider := range []string{
		"{location: europe-west1}",
		"{location: europe-west1, rpo: DEFAULT}",
		"{location: europe-west1, rpo: DEFAULT, versioning: {enabled: true}}",
	} {
		if refusal := (try{gcs, "Bucket", "b", forProvider}).made(t, c); refusal != "" {
			t.Fatal(refusal)
		}
	}
	if diff := cmp.Diff([]string{"update Bucket/b"}, c.Updates()); diff != "" {
		t.Errorf("what the cloud filled in is no change, and versioning is one: -want, +got:\n%s", diff)
	}
	want := map[string]any{
		"location": "europe-west1", "rpo": "DEFAULT", "requesterPays": false, "defaultEventBasedHold": false,
		"versioning": map[string]any{"enabled": true},
	}
	if diff := cmp.Diff(want, c.Has("Bucket", "b")); diff != "" {
		t.Errorf("Has(): -want, +got:\n%s", diff)
	}
}
