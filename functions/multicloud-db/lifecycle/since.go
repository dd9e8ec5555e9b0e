package lifecycle

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// since is the field of status.resource that tells the resource which a claim has from a later one
// of its name. What somebody deletes at its cloud its provider makes anew, empty, by the next look,
// and shows it Ready as if nothing had been: only this field knows the difference. It stands on the
// XR, and not on the managed resource, so that it outlives that.
const since = "since"

// wasThere is the value of since of what was there before its managed resource.
const wasThere = "found"

// maxSince is the length that the XRD allows.
const maxSince = 253

// reasonMadeAgain is the reason of Provisioned where a provider made a second resource in place of
// what a claim had.
const reasonMadeAgain = "MadeAgain"

// isSince is since of what its provider shows ready right now, or "". A creation that failed made
// nothing, and what its cloud is deleting is not what a claim has, which may have been made again meanwhile.
func (l Live) isSince() string {
	o := l.Main()
	if object.String(object.Condition(o, "Ready"), "status") != "True" || managed.CreationFailed(o) || l.IsGoing() {
		return ""
	}
	return lastMade(o)
}

// lastMade is since of what a provider made last, or "": on IBM Cloud the CRN, which no two
// resources share, and nothing in a report that lacks it, since a Workspace whose state was lost is
// created anew, and its module finds what there is; elsewhere the time at which the provider asked
// for it (ExternalCreateSucceeded in crossplane-runtime's meta, which writes it anew with each
// creation), or that it was there.
func lastMade(o *structpb.Struct) string {
	if family(o) == "opentofu" {
		if crn := object.String(o, "status", "atProvider", "outputs", "crn"); isCRN(crn) && len(crn) <= maxSince {
			return crn
		}
		return ""
	}
	at := cmp.Or(object.String(o, "metadata", "annotations", "crossplane.io/external-create-succeeded"), wasThere)
	if _, err := time.Parse(time.RFC3339, at); err != nil && at != wasThere {
		return ""
	}
	return at
}

func isCRN(since string) bool { return strings.HasPrefix(since, "crn:") }

// follows reports whether one since is of a later resource than another. The annotation of a managed
// resource that comes back from a backup is older than what the XR shows, and what is found took
// nothing's place: a managed resource that was lost finds what it had.
func follows(is, was string) bool {
	switch {
	case is == "" || is == wasThere || was == "":
		return false
	case was == wasThere:
		return true
	case isCRN(is) || isCRN(was):
		return isCRN(is) && isCRN(was) && is != was
	}
	then, err := time.Parse(time.RFC3339, was)
	if err != nil {
		return false
	}
	now, err := time.Parse(time.RFC3339, is)
	return err == nil && now.After(then)
}

// isThere are the words of the clouds by which they refuse to make what they have:
// DBInstanceAlreadyExists, instanceAlreadyExists, "a resource with the ID … already exists", and of a bucket
// that is the account's own BucketAlreadyOwnedByYou, or "… succeeded and you already own it"
// (CreateBucket of the Amazon S3 API, and 409 conflict of the Cloud Storage JSON API).
var isThere = regexp.MustCompile(`(?i)already ?(exists|own)`)

// wasRefused reports whether the last creation was refused since the resource is there: its provider
// did not see it for a moment. Upjet writes the time of a creation in the background before it knows
// the end (Create in its external_async_tfpluginsdk.go), and takes the failure away with the next
// report that finds the resource (Observe there), so that only the failure itself tells.
func wasRefused(o *structpb.Struct) bool {
	c := object.Condition(o, "LastAsyncOperation")
	return object.String(c, "reason") == "AsyncCreateFailure" && isThere.MatchString(object.String(c, "message"))
}

// shownSince is what status.resource shows: what it has shown, unless the claim says that it knows
// of the new resource, or the creation of another one was refused.
func (l Live) shownSince() string {
	was, is := l.Shown(since), l.isSince()
	if is != "" && l.Claim.MadeAgain == is {
		return is
	}
	if tried := lastMade(l.Main()); wasRefused(l.Main()) && follows(tried, was) {
		return tried
	}
	return cmp.Or(was, is)
}

// madeAgain says that a provider made another resource in place of the claim's, or "".
func (l Live) madeAgain() string {
	was, is := l.shownSince(), l.isSince()
	if !follows(is, was) {
		return ""
	}
	return fmt.Sprintf("this is another one than the claim had, since %q and not %q: what its cloud had under this name was deleted there, and its "+
		"provider made a new one, which began empty; see what can be had back, and where the new one is to stay, say so by the annotation %s: %q on the claim",
		is, was, claim.MadeAgain, is)
}
