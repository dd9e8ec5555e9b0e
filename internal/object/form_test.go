package object

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
)

func parse(t *testing.T, json string) *structpb.Struct {
	t.Helper()
	s := &structpb.Struct{}
	if err := protojson.Unmarshal([]byte(json), s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFind(t *testing.T) {
	cases := map[string]struct{ reason, in, want string }{
		"Object":   {"An object is walked.", `{"a":{"b":"x"}}`, "x"},
		"Listed":   {"A list of one object is walked as the object is.", `{"a":[{"b":"x"}]}`, "x"},
		"Many":     {"A list of two objects says nothing, since nobody knows which is meant.", `{"a":[{"b":"x"},{"b":"y"}]}`, ""},
		"None":     {"An empty list has nothing.", `{"a":[]}`, ""},
		"Null":     {"A null on the way is nothing.", `{"a":null}`, ""},
		"NullItem": {"A null in a list is nothing.", `{"a":[null]}`, ""},
		"NullLeaf": {"A null at the end is nothing.", `{"a":{"b":null}}`, ""},
		"Scalar":   {"A text on the way is no object.", `{"a":"b"}`, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			v := Find(parse(t, tc.in), "a", "b")
			if v.GetStringValue() != tc.want || (v == nil) != (tc.want == "") {
				t.Errorf("\n%s\nFind(): want %q, got %v", tc.reason, tc.want, v)
			}
		})
	}
}

func TestForm(t *testing.T) {
	cases := map[string]struct {
		reason, in, like string
		listed           bool
		want             string // "" where it cannot be written
	}{
		"Object":       {"An object stays one, in whatever version.", `{"a":{"c":1}}`, `{}`, true, `{"a":{"c":1,"b":"x"}}`},
		"Listed":       {"A list of one stays one, in whatever version.", `{"a":[{"c":1}]}`, `{}`, false, `{"a":[{"c":1,"b":"x"}]}`},
		"Made":         {"What is missing is made as an object.", `{}`, `{}`, false, `{"a":{"b":"x"}}`},
		"MadeListed":   {"In a version of lists it is made as a list.", `{}`, `{}`, true, `{"a":[{"b":"x"}]}`},
		"LikeList":     {"A list beside it is stronger than the version.", `{}`, `{"a":[{"d":1}]}`, false, `{"a":[{"b":"x"}]}`},
		"LikeObject":   {"An object beside it is stronger than the version.", `{}`, `{"a":{"d":1}}`, true, `{"a":{"b":"x"}}`},
		"LikeNull":     {"A null beside it shows no form.", `{}`, `{"a":null}`, true, `{"a":[{"b":"x"}]}`},
		"Null":         {"A null is made.", `{"a":null}`, `{}`, false, `{"a":{"b":"x"}}`},
		"Empty":        {"An empty list gets its one.", `{"a":[]}`, `{}`, false, `{"a":[{"b":"x"}]}`},
		"NullItem":     {"A list of one null gets its one.", `{"a":[null]}`, `{}`, false, `{"a":[{"b":"x"}]}`},
		"Over":         {"The value that is there is written over.", `{"a":[{"b":"y"}]}`, `{}`, false, `{"a":[{"b":"x"}]}`},
		"Many":         {"A list of two is left alone.", `{"a":[{},{}]}`, `{}`, false, ""},
		"Scalar":       {"A text on the way is left alone.", `{"a":"y"}`, `{}`, false, ""},
		"ListOfString": {"A list of a text is left alone.", `{"a":["y"]}`, `{}`, false, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, want := parse(t, tc.in), tc.want
			ok := Form{Like: parse(t, tc.like), Listed: tc.listed}.Put(got, Text("x"), "a", "b")
			if !ok {
				want = tc.in
			}
			if ok != (tc.want != "") {
				t.Errorf("\n%s\nPut(): written: %t", tc.reason, ok)
			}
			if diff := cmp.Diff(parse(t, want), got, protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nPut(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestRemove(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":{"b":1,"c":2}}`:   `{"a":{"c":2}}`,
		`{"a":[{"b":1,"c":2}]}`: `{"a":[{"c":2}]}`,
		`{"a":[{"b":1},{}]}`:    `{"a":[{"b":1},{}]}`,
		`{"a":null}`:            `{"a":null}`,
		`{}`:                    `{}`,
	} {
		got := parse(t, in)
		Remove(got, "a", "b")
		if diff := cmp.Diff(parse(t, want), got, protocmp.Transform()); diff != "" {
			t.Errorf("Remove() of %s: -want, +got:\n%s", in, diff)
		}
	}
}

// TestNulls holds that a null is not there, for readers and writers of objects alike.
func TestNulls(t *testing.T) {
	s := parse(t, `{"a":null,"b":{"c":null}}`)
	if Get(s, "a") != nil || Get(s, "b", "c") != nil || Find(s, "b", "c") != nil {
		t.Error("Get() returns a null")
	}
	if !Set(s, 1, "a", "d") || !Set(s, 1, "b", "c", "d") {
		t.Error("Set() takes a null for somebody's value")
	}
}
