package claim

import (
	"testing"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
)

// FuzzFromXR holds that no XR makes decoding panic, and that a claim which is taken
// has what everything else builds on.
func FuzzFromXR(f *testing.F) {
	f.Add([]byte(`{"metadata":{"name":"x","namespace":"a-prod-infra"},"spec":{"provider":"aws","profile":"small","database":{"engine":"mysql"}}}`))
	f.Add(
		[]byte(
			`{"metadata":{"name":5},"spec":{"claimRef":{"name":"x","namespace":"-dev-infra"},"project":"0a","env":"prod",` +
				`"compositionSelector":{"matchLabels":{"provider":"gcp"}},"database":{"engine":"postgres","version":"8.4"}}}`,
		),
	)
	f.Add([]byte(`{"spec":{"provider":[],"database":"x","tags":{"a":null},"writeConnectionSecretToRef":5}}`))
	f.Add([]byte(`{"metadata":{"name":"x","namespace":"a-prod-infra"},"spec":{"provider":"gcp","profile":"small","database":{"engine":"mysql",` +
		`"restoreFrom":{"name":"x","env":"dev","pointInTime":"2026-11-26T09:30:00+24:00","backup":5}}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		xr := &structpb.Struct{}
		if protojson.Unmarshal(b, xr) != nil {
			return
		}
		c, err := FromXR(xr)
		if err != nil {
			return
		}
		if c.Provider == "" || c.Project == "" || c.Env == "" || c.Type == TypeDatabase && (c.Database.Engine == "" || c.Database.Name == "") || c.Entity == "" {
			t.Errorf("FromXR() takes a claim that says too little: %+v", c)
		}
		if name := c.External(); name == "" || !utf8.ValidString(name) || c.ExternalName == "" && (len(name) > maxName || !legalName.MatchString(name)) {
			t.Errorf("External() is %q", name)
		}
	})
}
