package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// createdAt is the annotation of the last creation.
const createdAt = "crossplane.io/external-create-succeeded"

// madeAgain is the annotation by which an owner says that a new resource stays.
const madeAgain = "platform.victor.onl/made-again"

// The times of two creations, and a CRN for each.
const (
	firstMade, secondMade = "2026-01-02T03:04:05Z", "2026-11-28T01:00:00Z"
	firstCRN, secondCRN   = "crn:v1:bluemix:public:databases-for-postgresql:eu-es:a/0:1::", "crn:v1:bluemix:public:databases-for-postgresql:eu-es:a/0:2::"
)

var inCRN = strings.NewReplacer(firstMade, firstCRN, secondMade, secondCRN)

// TestMadeAgain holds that a claim whose resource was deleted at its cloud, and made anew and empty
// by its provider, says so until its owner says that the new one stays; and that nothing else makes
// it say that.
func TestMadeAgain(t *testing.T) {
	t.Parallel()
	const first, second = firstMade, secondMade
	// is has the provider show which resource there is, or that it was there before.
	is := func(o *structpb.Struct, which string) {
		switch annotations := object.Struct(o, "metadata", "annotations"); {
		case object.String(o, "kind") == "Workspace":
			object.Set(o, inCRN.Replace(which), "status", "atProvider", "outputs", "crn")
		case which == "":
			delete(annotations.GetFields(), createdAt)
		default:
			object.Set(o, which, "metadata", "annotations", createdAt)
		}
	}
	for name, tc := range map[string]struct {
		reason string
		before string                       // status.resource.since
		now    func(o, xr *structpb.Struct) // what has come to be since
		since  string                       // status.resource.since after
		says   string                       // what Provisioned says, or "" where it is not MadeAgain
		ibm    bool                         // so on IBM Cloud too
	}{
		"New": {
			"What is ready for the first time is what the claim has.", "",
			func(o, _ *structpb.Struct) { is(o, first) }, first, "", true,
		},
		"NotReady": {
			"A creation that has not come to its end tells nothing: the provider may try again.", "",
			func(o, _ *structpb.Struct) {
				is(o, first)
				object.Set(o, fromYAML(t, `{a: [{type: Ready, status: "False"}]}`).GetFields()["a"], "status", "conditions")
			}, "", "", true,
		},
		"Same": {
			"Nothing has changed.", first,
			func(o, _ *structpb.Struct) { is(o, first) }, first, "", true,
		},
		"MadeAgain": {
			"A later one takes nothing's place in silence.", first,
			func(o, _ *structpb.Struct) { is(o, second) }, first, `since "` + second + `" and not "` + first, true,
		},
		"MadeAfterFound": {
			"One that was found is lost as well as one that was made.", "found",
			func(o, _ *structpb.Struct) { is(o, second) }, "found", `since "` + second + `" and not "found"`, true,
		},
		"Known": {"Its owner says that the new one stays.", first, func(o, xr *structpb.Struct) {
			is(o, second)
			object.Set(xr, second, "metadata", "annotations", madeAgain)
		}, second, "", true},
		"KnownBefore": {"The word is of one resource, and not of any that comes later.", first, func(o, xr *structpb.Struct) {
			is(o, second)
			object.Set(xr, "2026-11-27T00:00:00Z", "metadata", "annotations", madeAgain)
		}, first, `since "` + second, true},
		"ManagedResourceLost": {
			"A managed resource that was deleted finds what it had.", first,
			func(o, _ *structpb.Struct) { is(o, "") }, first, "", false,
		},
		"Refused": {"A creation that failed made nothing: what was told to be missing was there.", first, func(o, _ *structpb.Struct) {
			is(o, second)
			object.Set(o, fromYAML(t, `{a: [{type: Ready, status: "True"}, {type: LastAsyncOperation, status: "False", reason: AsyncCreateFailure}]}`).
				GetFields()["a"], "status", "conditions")
		}, first, "", false},
		"RefusedAsThere": {
			"What its provider did not see for a moment was there: the next report takes the failure away, and shows it ready.", first,
			func(o, _ *structpb.Struct) {
				is(o, second)
				object.Set(o, fromYAML(t, `{a: [{type: Ready, status: "False", reason: Creating}, {type: LastAsyncOperation, status: "False",
					reason: AsyncCreateFailure, message: "async create failed: googleapi: Error 409: The instance already exists, instanceAlreadyExists"}]}`).
					GetFields()["a"], "status", "conditions")
			}, second, "", false,
		},
		"RefusedAsOwned": {
			"A bucket of the account's own is there as well, in the words of S3.", first,
			func(o, _ *structpb.Struct) {
				is(o, second)
				object.Set(o, fromYAML(t, `{a: [{type: Ready, status: "False", reason: Creating}, {type: LastAsyncOperation, status: "False",
					reason: AsyncCreateFailure, message: "async create failed: StatusCode: 409, BucketAlreadyOwnedByYou: Your previous request to create the
					named bucket succeeded and you already own it."}]}`).GetFields()["a"], "status", "conditions")
			}, second, "", false,
		},
		"BrokeOff": {"A creation that ended in another error may have made one.", first, func(o, _ *structpb.Struct) {
			is(o, second)
			object.Set(o, fromYAML(t, `{a: [{type: Ready, status: "False", reason: Creating}, {type: LastAsyncOperation, status: "False",
				reason: AsyncCreateFailure, message: "async create failed: context deadline exceeded"}]}`).GetFields()["a"], "status", "conditions")
		}, first, "", false},
		"Older": {
			"What comes back from a backup of Kubernetes' objects has the annotation of then, and the cloud has what it had.", second,
			func(o, _ *structpb.Struct) { is(o, first) }, second, "", false,
		},
		"SameInstant": {
			"One instant is written in more than one way.", first,
			func(o, _ *structpb.Struct) { is(o, "2026-01-02T05:04:05+02:00") }, first, "", false,
		},
		"NoTime": {
			"An annotation that is no time says nothing, and is not repeated.", first,
			func(o, _ *structpb.Struct) { is(o, "password=hunter2\nand more") }, first, "", true,
		},
		"NoTimeAtFirst": {
			"An annotation that is no time is not kept.", "",
			func(o, _ *structpb.Struct) { is(o, "password=hunter2\nand more") }, "", "", true,
		},
		"TooLong": {
			"The API server would refuse the whole status.", first,
			func(o, _ *structpb.Struct) { is(o, strings.Repeat("x", 254)) }, first, "", true,
		},
	} {
		providers := cloud.Providers
		if !tc.ibm { // a Workspace shows the CRN, whatever its annotations say
			providers = []string{cloud.GCP, cloud.AWS, cloud.Azure}
		}
		for _, provider := range providers {
			t.Run(name+"/"+provider, func(t *testing.T) {
				t.Parallel()
				tc := tc // each cloud's own
				if provider == "ibm" {
					tc.before, tc.since, tc.says = inCRN.Replace(tc.before), inCRN.Replace(tc.since), inCRN.Replace(tc.says)
				}
				l := alive(t, provider)
				if tc.before != "" {
					object.Set(l.xr(), tc.before, "status", "resource", "since")
				}
				tc.now(l.instance(), l.xr())
				if known := object.String(l.xr(), "metadata", "annotations", madeAgain); provider == "ibm" && known != "" {
					object.Set(l.xr(), inCRN.Replace(known), "metadata", "annotations", madeAgain)
				}
				rsp := run(t, l.request)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				since := object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "since")
				if diff := cmp.Diff(tc.since, since); diff != "" {
					t.Errorf("\n%s\nstatus.resource.since: -want, +got:\n%s", tc.reason, diff)
				}
				c := conditionOf(rsp, "Provisioned")
				if again := c.GetReason() == "MadeAgain"; again != (tc.says != "") || !strings.Contains(c.GetMessage(), tc.says) {
					t.Errorf("\n%s\nProvisioned is %s, and says %q; want %q", tc.reason, c.GetReason(), c.GetMessage(), tc.says)
				}
				if tc.says != "" && rsp.GetDesired().GetResources()[keyInstance].GetReady() != 1 {
					t.Errorf("\n%s\nthe instance is not ready any more, so that its Secret may go", tc.reason)
				}
			})
		}
	}
}

// TestMadeAgainWorkspace holds that a report of IBM Cloud which lacks the CRN says nothing of when it
// was made: its Workspace may be made again for a lost state, and finds what there is.
func TestMadeAgainWorkspace(t *testing.T) {
	t.Parallel()
	for name, since := range map[string]string{"BeforeTheFirst": "", "ForOnce": firstCRN} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := alive(t, "ibm")
			object.Set(l.instance(), firstCRN, "status", "atProvider", "outputs", "crn")
			delete(object.Struct(l.instance(), "status", "atProvider", "outputs").GetFields(), "crn")
			object.Set(l.instance(), secondMade, "metadata", "annotations", createdAt)
			delete(object.Struct(l.xr(), "status", "resource").GetFields(), "since")
			if since != "" {
				object.Set(l.xr(), since, "status", "resource", "since")
			}
			rsp := run(t, l.request)
			if diff := cmp.Diff(since, object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "since")); diff != "" {
				t.Errorf("status.resource.since: -want, +got:\n%s", diff)
			}
			if c := conditionOf(rsp, "Provisioned"); c.GetReason() == "MadeAgain" {
				t.Errorf("Provisioned is MadeAgain, and says %q", c.GetMessage())
			}
		})
	}
}

// TestMadeAgainAnothers holds that a claim has never had what was found under its name and is
// another's: once that is gone, what the claim makes is not told to have taken its place.
func TestMadeAgainAnothers(t *testing.T) {
	t.Parallel()
	for name, since := range map[string]string{"Never": "", "BeforeThat": firstMade} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := alive(t, "aws")
			delete(object.Struct(l.xr(), "status", "resource").GetFields(), "since")
			if since != "" {
				object.Set(l.xr(), since, "status", "resource", "since")
			}
			o := l.instance()
			delete(object.Struct(o, "metadata", "annotations").GetFields(), createdAt)
			object.Set(o, "true", "metadata", "annotations", "platform.victor.onl/requested-alone")
			object.Set(o, fromYAML(t, `{project: others, env: staging}`), "status", "atProvider", "tags")
			rsp := run(t, l.request)
			if c := conditionOf(rsp, "Composed"); !strings.Contains(c.GetMessage(), "nothing of it is changed or deleted") {
				t.Fatalf("Composed says %q", c.GetMessage())
			}
			if diff := cmp.Diff(since, object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "since")); diff != "" {
				t.Errorf("status.resource.since: -want, +got:\n%s", diff)
			}
		})
	}
}
