package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

func value(t testing.TB, text string) *structpb.Value {
	t.Helper()
	v := &structpb.Value{}
	if err := protojson.Unmarshal([]byte(text), v); err != nil {
		t.Fatal(err)
	}
	return v
}

func layersOf(t testing.TB, data ...string) []Layer {
	t.Helper()
	out := make([]Layer, 0, len(data))
	for i, text := range data {
		out = append(out, Layer{Name: []string{"platform", "platform-prod", "platform-prod-payments"}[i], Data: value(t, text)})
	}
	return out
}

func TestMerge(t *testing.T) {
	cases := map[string]struct {
		reason string
		layers []string
		want   string
	}{
		"None": {reason: "without a layer there is nothing", want: `{}`},
		"Objects": {
			reason: "objects are merged at every depth", layers: []string{`{"a":{"b":{"x":1},"c":2}}`, `{"a":{"b":{"y":3}}}`},
			want: `{"a":{"b":{"x":1,"y":3},"c":2}}`,
		},
		"Scalars": {reason: "the latter layer wins", layers: []string{`{"a":1,"b":"x"}`, `{"a":2}`, `{"a":3}`}, want: `{"a":3,"b":"x"}`},
		"Lists":   {reason: "a list is replaced as a whole", layers: []string{`{"a":[1,2]}`, `{"a":[3]}`}, want: `{"a":[3]}`},
		"Empty":   {reason: "an empty object takes nothing away", layers: []string{`{"a":{"b":1}}`, `{"a":{}}`}, want: `{"a":{"b":1}}`},
		"NoList":  {reason: "an empty list replaces a list", layers: []string{`{"a":[1]}`, `{"a":[]}`}, want: `{"a":[]}`},
		"Null":    {reason: "null takes a key away", layers: []string{`{"a":{"b":1,"c":2}}`, `{"a":{"b":null}}`}, want: `{"a":{"c":2}}`},
		"NullObject": {
			reason: "null takes a whole object away, and a later layer begins it anew", layers: []string{`{"a":{"b":1}}`, `{"a":null}`, `{"a":{"c":2}}`},
			want: `{"a":{"c":2}}`,
		},
		"NullFirst":  {reason: "null in the first layer takes nothing away", layers: []string{`{"a":null}`, `{"b":1}`}, want: `{"b":1}`},
		"NullInside": {reason: "null inside an object of a single layer is no value", layers: []string{`{"a":{"b":null,"c":1}}`}, want: `{"a":{"c":1}}`},
		"Kinds":      {reason: "an object takes the place of a value of another kind", layers: []string{`{"a":5}`, `{"a":{"b":1}}`}, want: `{"a":{"b":1}}`},
		"NoData":     {reason: "an EnvironmentConfig without data says nothing", layers: []string{`{"a":1}`, `null`}, want: `{"a":1}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			layers := layersOf(t, tc.layers...)
			var before []*structpb.Value
			for _, l := range layers {
				before = append(before, proto.CloneOf(l.Data))
			}
			got, err := Merge(layers)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(value(t, tc.want).GetStructValue(), got, protocmp.Transform()); diff != "" {
				t.Errorf("%s: -want, +got:\n%s", tc.reason, diff)
			}
			for i, l := range layers {
				if !proto.Equal(before[i], l.Data) {
					t.Errorf("%s: the layer %s was changed: %v", tc.reason, l.Name, l.Data)
				}
			}
		})
	}
}

func TestParseLayers(t *testing.T) {
	cases := map[string]struct {
		reason string
		layers []string
		err    string
	}{
		"None": {reason: "settings need no layer"},
		"Network": {
			reason: "layers that share an account and differ in the network are right", layers: []string{
				`{"providers":{"gcp":{"providerConfig":"main"}}}`, `{"providers":{"gcp":{"network":"prod"}}}`,
			},
		},
		"List": {
			reason: "data that is a list is named with its layer", layers: []string{`{}`, `[1]`},
			err: "settings platform-prod: data: a list is no object",
		},
		"Broken": {
			reason: "of three layers the broken one is named", layers: []string{
				`{"tags":{"a":"b"}}`, `{"policy":{"backupRetentionDays":"7"}}`, `{"tags":{"c":"d"}}`,
			},
			err: `settings platform-prod: data.policy.backupRetentionDays: "7" is no number`,
		},
		"Typo": {
			reason: "an unknown key is named with its layer", layers: []string{`{"polcy":{}}`, `{"tags":{}}`},
			err: "settings platform: data.polcy: unknown field",
		},
		"Mended": {
			reason: "a mistake that a later layer takes away is none",
			layers: []string{`{"policy":{"backupRetentionDays":"7"}}`, `{"policy":{"backupRetentionDays":7}}`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, _, err := (&Known{}).ParseLayers(layersOf(t, tc.layers...), cloud.GCP)
			switch {
			case tc.err == "" && (err != nil || s == nil):
				t.Errorf("%s: %v", tc.reason, err)
			case tc.err != "" && (err == nil || !strings.Contains(err.Error(), tc.err)):
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.err)
			}
		})
	}
}
