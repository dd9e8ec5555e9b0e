package lifecycle

import (
	"cmp"
	"fmt"

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

// isSince is since of what its provider shows ready right now, or "": on IBM Cloud, where the same
// Workspace makes whatever is missing, the CRN, which no two resources share; elsewhere the time at
// which the provider made it (ExternalCreateSucceeded in crossplane-runtime's meta, which writes it
// anew with each creation), or that it was there. A creation that failed made nothing.
func (l Live) isSince() string {
	o := l.Main()
	if object.String(object.Condition(o, "Ready"), "status") != "True" || managed.CreationFailed(o) {
		return ""
	}
	is := cmp.Or(
		object.String(o, "status", "atProvider", "outputs", "crn"),
		object.String(o, "metadata", "annotations", "crossplane.io/external-create-succeeded"),
		wasThere,
	)
	if len(is) > maxSince {
		return ""
	}
	return is
}

// shownSince is what status.resource shows: what it has shown, unless the claim says that it knows
// of the new resource. What is found took nothing's place: a managed resource that was lost finds
// what it had.
func (l Live) shownSince() string {
	was, is := l.Shown(since), l.isSince()
	if is != "" && l.Claim.MadeAgain == is {
		return is
	}
	return cmp.Or(was, is)
}

// madeAgain says that a provider made another resource in place of the claim's, or "".
func (l Live) madeAgain() string {
	was, is := l.shownSince(), l.isSince()
	if is == "" || is == wasThere || is == was {
		return ""
	}
	return fmt.Sprintf("this is another one than the claim had, since %q and not %q: what its cloud had under this name was deleted there, and its "+
		"provider made a new one, which began empty; see what can be had back, and where the new one is to stay, say so by the annotation %s: %q on the claim",
		is, was, claim.MadeAgain, is)
}
