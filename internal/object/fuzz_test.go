package object

import (
	"regexp"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
)

// FuzzReader holds that a reader takes anything without panic, and what does not fit
// as an error that begins with its path.
func FuzzReader(f *testing.F) {
	f.Add([]byte(`{"a":"x","b":5,"c":true,"d":["x"],"e":{"x":"y"},"f":[{}]}`), "a")
	f.Add([]byte(`{"a":{"a":{"a":null}},"b":"NaN","d":[5],"e":{"x":5},"f":["x"]}`), "")
	f.Fuzz(func(t *testing.T, b []byte, key string) {
		s := &structpb.Struct{}
		if protojson.Unmarshal(b, s) != nil {
			return
		}
		r := Read(s, "spec")
		for _, k := range []string{"a", "b", "c", "d", "e", "f", key} {
			for _, read := range []func(){
				func() { r.String(k) }, func() { r.Match(k, regexp.MustCompile("^x$"), "x") }, func() { r.OneOf(k, "x", "y") }, func() { r.Int(k, 1, 5) },
				func() {
					r.Number(
						k, -1, 1e300,
					)
				}, func() { r.Bool(k) }, func() { r.Strings(k) }, func() { r.Objects(k) }, func() { r.StringMap(k) }, func() { r.Object(k).Done() },
			} {
				r = Read(s, "spec")
				read()
				if err := r.Err(); err != nil && err.Error()[:min(5, len(err.Error()))] != "spec." {
					t.Errorf("an error without its path: %v", err)
				}
			}
		}
		if !Set(s, "x", "new", "deep", "path") && Struct(s, "new") == nil && Get(s, "new") == nil {
			t.Error("Set() cannot make a path that nothing is in the way of")
		}
	})
}
