package bucket

import (
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// kindBucketGCP, as the CRD of provider-gcp names it.
var kindBucketGCP = managed.Kind{Group: "storage.gcp", Version: "v1beta2", Kind: "Bucket", Unfilled: true}

var onGCP = lifecycle.Cloud[Bucket]{
	Mains:     []lifecycle.Main{mainGCP, plainGCP},
	Settles:   settleDays,
	Compose:   composeGCP,
	Connect:   connectGCP,
	Look:      lookGCP,
	Remark:    remarkGCP,
	Unfit:     unfitGCP,
	Protected: isKeptFull,
	Owned:     owned,
}

// A bucket with versions says in its rules how long it keeps them, and one without says
// how long it keeps what was deleted.
var (
	mainGCP = bucketOfGCP(
		func(o *structpb.Struct) bool { return !isPlain(o) },
		lifecycle.At{}, // a rule of the list tells, which settleDays looks for
	)
	plainGCP = bucketOfGCP(isPlain, lifecycle.At{Is: []string{"softDeletePolicy", "retentionDurationSeconds"}, Word: softDays})
)

func bucketOfGCP(is func(*structpb.Struct) bool, retention lifecycle.At) lifecycle.Main {
	return lifecycle.Main{
		Kind: kindBucketGCP,
		// The labels are those alone that somebody asked for.
		Tags: [][]string{{"effectiveLabels"}, {"labels"}},
		Is:   is,
		Fields: map[string]lifecycle.At{
			"region":     {Is: []string{"location"}, Word: strings.ToLower}, // Cloud Storage answers in upper case
			"versioning": {Is: []string{"versioning", "enabled"}, Unsaid: "false"},
			"retention":  retention,
			"kmsKeyID":   {Is: []string{"encryption", "defaultKmsKeyName"}},
		},
		AsFound: asFoundGCP,
		TagsAt:  "labels",
		Left:    leftGCP,
		Ours:    []string{"forceDestroy"},
	}
}

// isPlain reports whether a bucket is asked to keep no versions.
func isPlain(o *structpb.Struct) bool {
	versioned, ok := object.Bool(o, "spec", "forProvider", "versioning", "enabled")
	return ok && !versioned
}

// softDays are the days of a soft delete that was asked for, which is more than a bucket
// is given in any case.
func softDays(seconds string) string {
	n, err := strconv.ParseFloat(seconds, 64)
	if days := int(n) / secondsPerDay; err == nil && days > minSoftDelete {
		return strconv.Itoa(days)
	}
	return ""
}

// asFoundGCP are the fields of a bucket that are not the claim's to say where it was there
// before.
var asFoundGCP = []string{
	"autoclass", "cors", "customPlacementConfig", "defaultEventBasedHold", "enableObjectRetention",
	"encryption.customerManagedEncryptionEnforcementConfig.restrictionMode",
	"encryption.customerSuppliedEncryptionEnforcementConfig.restrictionMode",
	"encryption.googleManagedEncryptionEnforcementConfig.restrictionMode",
	"hierarchicalNamespace", "ipFilter",
	"lifecycleRule", "logging", "requesterPays", "retentionPolicy", "softDeletePolicy.retentionDurationSeconds", "storageClass",
}

// leftGCP are the fields that the provider takes as they are where they are left out: optional
// and computed in google/services/storage/resource_storage_bucket.go of
// terraform-provider-google 7.45.
var leftGCP = []string{"rpo", "uniformBucketLevelAccess", "website"}

// How long Cloud Storage keeps what is soft-deleted, in days: none, or from a week to a
// quarter (https://cloud.google.com/storage/docs/soft-delete).
const (
	minSoftDelete = 7
	maxSoftDelete = 90
	secondsPerDay = 24 * 60 * 60
)

// endpointGCP serves the buckets of all regions.
const endpointGCP = "https://storage.googleapis.com"

func composeGCP(in In) (lifecycle.Parts, error) {
	return lifecycle.Parts{lifecycle.Instance: {Kind: kindBucketGCP, Name: in.Name, Body: bucketGCP(in)}}, nil
}

// unfitGCP refuses a bucket that somebody may serve to the world, which would be closed by
// the way.
func unfitGCP(l lifecycle.Live) string {
	if access := l.There("publicAccessPrevention"); access != "enforced" {
		return fmt.Sprintf("has the publicAccessPrevention %q, so that somebody may serve it to the world; \"enforced\" is wanted", access)
	}
	return ""
}

// bucketGCP leaves the project to the ProviderConfig, by which the provider makes the id.
func bucketGCP(in In) object.Map {
	soft := minSoftDelete
	if !isVersioned(in) {
		soft = softDelete(in.Policy.RetentionDays)
	}
	body := object.Map{
		"location":                 in.Region,
		"storageClass":             "STANDARD",
		"forceDestroy":             in.Claim.AllowDelete,
		"uniformBucketLevelAccess": true, // ACLs are on where it is unset
		"publicAccessPrevention":   "enforced",
		"versioning":               object.Map{"enabled": isVersioned(in)},
		"softDeletePolicy":         object.Map{"retentionDurationSeconds": soft * secondsPerDay},
		"lifecycleRule":            rulesGCP(in),
	}
	if key := in.Want.KMSKeyID; key != "" {
		body["encryption"] = object.Map{"defaultKmsKeyName": key}
	}
	return body
}

// softDelete is for how many days what is deleted of a bucket without versions can be had
// back.
func softDelete(days int) int { return min(max(days, minSoftDelete), maxSoftDelete) }

// rulesGCP are all of them each time: a list that is left out stays as it was
// (crossplane-contrib/provider-upjet-gcp issue 869). A state that is left out is ANY, and
// read back; an age that is left out was sent as 0 by older providers.
func rulesGCP(in In) []any {
	var rules []any
	switch there := ruleThere(in.Live); {
	case !in.Want.Expires && isVersioned(in) && there != nil:
		object.Set(there, false, "condition", "sendAgeIfZero")
		rules = append(rules, there)
	case in.Want.Expires:
		rules = append(rules, object.Map{
			"action":    object.Map{"type": "Delete"},
			"condition": object.Map{"daysSinceNoncurrentTime": in.Policy.RetentionDays, "withState": "ARCHIVED", "sendAgeIfZero": false},
		})
	}
	return append(rules, object.Map{
		"action":    object.Map{"type": "AbortIncompleteMultipartUpload"},
		"condition": object.Map{"age": abortDays, "withState": "ANY"},
	})
}

func lookGCP(in Held) (lifecycle.Part, error) {
	return lifecycle.Part{Kind: kindBucketGCP, Name: in.Name, Looks: true, Body: object.Map{"location": in.Region}}, nil
}

func remarkGCP(in In) (reason, message string) {
	return public(in, "plain HTTP is answered as well, which Cloud Storage refuses by no setting of a bucket")
}

// isKeptFull reports whether a bucket with something in it cannot be deleted.
func isKeptFull(l lifecycle.Live) bool {
	force, _ := object.Bool(l.Body(), "forceDestroy")
	return !force
}

func connectGCP(in In) lifecycle.Connection {
	if in.At("url") == "" && in.At("id") == "" {
		return lifecycle.Connection{}
	}
	return address{bucket: in.Name, account: in.At("project"), endpoint: endpointGCP, uri: "gs://" + in.Name}.connection(in)
}
