package multiclouddb

import (
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestBucketWhole holds that a bucket is published only once what makes it safe is ready,
// and that what was published stays while a provider says nothing for a moment.
func TestBucketWhole(t *testing.T) {
	t.Parallel()
	for provider, part := range map[string]string{"aws": "policy", "azure": partContainer} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := aliveBucket(t, provider, settingsBucket)
			whole := run(t, proto.CloneOf(l.request)).GetDesired().GetComposite().GetConnectionDetails()
			if len(whole) == 0 {
				t.Fatal("a bucket of which all is ready is not published")
			}
			object.Set(l.request.GetObserved().GetResources()[part].GetResource(), []any{}, "status", "conditions")
			if got := run(t, proto.CloneOf(l.request)).GetDesired().GetComposite().GetConnectionDetails(); len(got) > 0 {
				t.Errorf("a bucket without its %s is published: %v", part, got)
			}
			l.request.Observed.Composite.ConnectionDetails = whole
			if got := run(t, proto.CloneOf(l.request)).GetDesired().GetComposite().GetConnectionDetails(); len(got) != len(whole) {
				t.Errorf("a bucket that was published is published no more: %v", got)
			}
		})
	}
}
