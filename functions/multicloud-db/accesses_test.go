package multiclouddb

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/cache"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/database"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/queue"
)

// fates are what becomes of each part at its cloud where nothing composes it any more, while
// its claim lives in prod: revoked by a row of Accesses; gone, by a rule of its own that tells
// the cloud first; or kept, as it was asked for last.
var fates = map[string]map[string]string{
	"database": {
		"database": "kept", "user": "kept", "password": "kept", "resource-group": "kept",
		"subnet-group": "kept", "security-group": "kept", // what is spare is left at the cloud, where nothing is in it
		"ingress-":         "revoked",
		"parameter-group-": "gone", // of an earlier version
		"configuration-":   "gone", // and the parameter stays as it is
		"lock":             "gone", // of what is no longer protected
	},
	"cache": {
		"password": "kept", "resource-group": "kept", "subnet-group": "kept", "security-group": "kept",
		"ingress-": "revoked", "parameter-group-": "gone", "lock": "gone",
		"endpoint-": "gone", // in an earlier subnet
	},
	"queue": {
		"topic": "kept", "dead-letter-queue": "kept", "dead-letter-topic": "kept", "dead-letter-subscription": "kept",
		"dead-letter-publisher": "kept", "dead-letter-subscriber": "kept", "namespace": "kept", "rule": "kept", "endpoint": "kept",
		"resource-group": "kept", "lock": "gone",
		"sender-": "revoked", "receiver-": "revoked", "dead-letter-receiver-": "revoked",
	},
	"bucket": { // to take an aspect away is to open the bucket, or to lose what it keeps
		"public-access": "kept", "ownership": "kept", "encryption": "kept", "versioning": "kept", "lifecycle": "kept", "policy": "kept",
		"container": "kept", "resource-group": "kept", "lock": "gone",
	},
}

// accessesOf are the parts of a type, and those of them that are revoked on some cloud.
func accessesOf[S any](t lifecycle.Type[S]) (parts []string, revoked map[string]bool) {
	revoked = map[string]bool{}
	for _, own := range t.Clouds {
		for _, a := range own.Accesses {
			revoked[a.Part] = true
		}
	}
	return t.Parts, revoked
}

// TestFates holds that nobody adds a part without a word on what becomes of it, and that those
// which let somebody in, and no others, are revoked.
func TestFates(t *testing.T) {
	t.Parallel()
	for typ, of := range map[string]func() ([]string, map[string]bool){
		"database": func() ([]string, map[string]bool) { return accessesOf(database.Type) },
		"cache":    func() ([]string, map[string]bool) { return accessesOf(cache.Type) },
		"queue":    func() ([]string, map[string]bool) { return accessesOf(queue.Type) },
		"bucket":   func() ([]string, map[string]bool) { return accessesOf(bucket.Type) },
	} {
		parts, revoked := of()
		if diff := cmp.Diff(slices.Sorted(maps.Keys(fates[typ])), slices.Sorted(slices.Values(parts))); diff != "" {
			t.Errorf("%s: -parts with a fate, +parts:\n%s", typ, diff)
		}
		for part, fate := range fates[typ] {
			if revoked[part] != (fate == "revoked") {
				t.Errorf("%s: %s is %s, and has a row of Accesses: %t", typ, part, fate, revoked[part])
			}
		}
	}
}
