package matrix

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// given has the consumer of the password publish it, as providers do.
func (c cell) given(observed map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	switch c.provider {
	case "gcp":
		observed["user"].ConnectionDetails = map[string][]byte{"password": []byte("Secret1")}
	case "aws":
		observed["instance"].ConnectionDetails = map[string][]byte{"attribute.password": []byte("Secret1")}
	case "azure":
		observed["instance"].ConnectionDetails = map[string][]byte{"attribute.administrator_password": []byte("Secret1")}
	}
	return observed
}

// TestLegacy holds that a claim means the same on Crossplane 1.20, which has no
// Secrets to compose, and that its database stays what it is on 2.x.
func TestLegacy(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cells() {
		if c.scope != render.ScopeClaim {
			continue
		}
		c.legacy = true
		t.Run(c.String(), func(t *testing.T) {
			live := c.run(t, full, nil).GetDesired().GetResources()
			rsp := c.run(t, full, c.given(c.observe(t, live)))
			if got := render.Fatal(rsp); got != "" {
				t.Fatal(got)
			}
			desired := rsp.GetDesired().GetResources()
			for name, r := range desired {
				if object.String(r.GetResource(), "kind") == "Secret" {
					t.Errorf("%s is a Secret, which 1.20 cannot compose", name)
				}
				if err := checker.Check(named(r, name, c.scope)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			c.hold(t, c.read(desired))
			if diff := cmp.Diff(c.keys(), c.published(rsp)); diff != "" {
				t.Errorf("keys of the connection secret: -want, +got:\n%s", diff)
			}

			c.legacy = false
			upgraded := c.run(t, full, c.given(c.observe(t, desired)))
			if got := render.Fatal(upgraded); got != "" {
				t.Fatal(got)
			}
			if upgraded.GetDesired().GetResources()["password"] != nil {
				t.Error("a second password was made by an upgrade of Crossplane")
			}
			c.unmoved(t, desired, upgraded.GetDesired().GetResources(), "an upgrade of Crossplane")
			if diff := cmp.Diff(rsp.GetDesired().GetComposite().GetConnectionDetails(), upgraded.GetDesired().GetComposite().GetConnectionDetails()); diff != "" {
				t.Errorf("the connection changed by an upgrade of Crossplane: -before, +after:\n%s", diff)
			}
		})
	}
}
