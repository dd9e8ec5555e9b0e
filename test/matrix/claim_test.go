package matrix

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// edits that a person, or a person with rights on the XR, could make on a live
// claim, by the path in its spec. A value of nil takes the field out.
var edits = []struct {
	path  string
	value any
}{
	{"provider", "gcp"},
	{"provider", "aws"},
	{"provider", "azure"},
	{"provider", "ibm"},
	{"provider", nil},
	{"region", "eu-central"},
	{"region", "us-east"},
	{"region", nil},
	{"region", 5},
	{"project", "other"},
	{"env", "dev"},
	{"env", "prod"},
	{"type", "bucket"},
	{"database.engine", "postgres"},
	{"database.engine", "mysql"},
	{"database", nil},
	{"database", "x"},
	{"database.version", "15"},
	{"database.version", "18"},
	{"database.version", "8.4"},
	{"database.version", 17},
	{"database.name", "other"},
	{"database.storageGiB", 20},
	{"database.storageGiB", 2048},
	{"database.highAvailability", false},
	{"database.backupRetentionDays", 1},
	{"database.backupRetentionDays", 35},
	{"profile", "nano"},
	{"profile", "xlarge"},
	{"profile", "huge"},
	{"profile", nil},
	{"deletionPolicy", "Delete"},
	{"deletionPolicy", "Orphan"},
	{"externalName", "other"},
	{"adopt", "Manage"},
	{"tags", map[string]any{"a": "b"}},
	{"tags", "x"},
	{"unknown", true},
	{"claimRef.namespace", "other-prod-infra"},
	{"claimRef.name", "other"},
	{"writeConnectionSecretToRef", nil},
	{"writeConnectionSecretToRef.name", "other"},
}

// TestEditsNeverLose holds that whatever is edited on a live claim or its XR, with
// no rule of the XRD in the way, its database stays where it is, as protected as
// it was, and every resource that exists stays desired; or the result is fatal.
func TestEditsNeverLose(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, c := range cells() {
		t.Run(c.String(), func(t *testing.T) {
			live := c.run(t, full, c.observe(t, c.run(t, full, nil).GetDesired().GetResources())).GetDesired().GetResources()
			accepted := 0
			for range 60 {
				observed := c.observe(t, live)
				if r.IntN(3) == 0 {
					strip(observed)
				}
				req := c.request(t, full, observed)
				xr := req.GetObserved().GetComposite().GetResource()
				var said []string
				for range 1 + r.IntN(3) {
					e := edits[r.IntN(len(edits))]
					edit(t, object.Struct(xr, "spec"), e.path, e.value)
					said = append(said, e.path)
				}
				rsp, err := renderer.Pipeline(t.Context(), req)
				if err != nil {
					t.Fatal(err)
				}
				if render.Fatal(rsp) != "" {
					continue
				}
				accepted++
				desired := rsp.GetDesired().GetResources()
				// Who takes the protected off a database may: it is no accident there.
				if policy := object.String(xr, "spec", "deletionPolicy"); policy == "Delete" && c.env != "prod" && c.env != "mgmt" {
					continue
				}
				kept := maps.Clone(live)
				if object.String(xr, "spec", "writeConnectionSecretToRef", "name") != "main" {
					delete(kept, "connection") // asked for under another name, or no more
				}
				c.unmoved(t, kept, desired, fmt.Sprintf("edits of %v", said))
				if disk := c.read(desired).storageGiB; disk < c.read(live).storageGiB {
					t.Errorf("the disk shrank to %g GiB by edits of %v", disk, said)
				}
			}
			if accepted == 0 {
				t.Error("every edit was refused, so nothing was held")
			}
		})
	}
}

// strip takes away what a live database's annotations record of its claim.
func strip(observed map[string]*fnv1.Resource) {
	annotations := object.Struct(observed["instance"].GetResource(), "metadata", "annotations").GetFields()
	maps.DeleteFunc(annotations, func(name string, _ *structpb.Value) bool {
		return strings.HasPrefix(name, "platform.victor.onl/requested-")
	})
}

func edit(t *testing.T, spec *structpb.Struct, path string, value any) {
	t.Helper()
	parts := strings.Split(path, ".")
	parent := object.Ensure(spec, parts[:len(parts)-1]...)
	if parent == nil {
		return // an edit before has put something else there
	}
	if value == nil {
		delete(parent.GetFields(), parts[len(parts)-1])
		return
	}
	v, err := structpb.NewValue(value)
	if err != nil {
		t.Fatal(err)
	}
	if parent.GetFields() == nil {
		parent.Fields = map[string]*structpb.Value{}
	}
	parent.Fields[parts[len(parts)-1]] = proto.CloneOf(v)
}
