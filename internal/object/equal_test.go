package object

import (
	"math"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

func TestEqual(t *testing.T) {
	t.Parallel()
	of := func(json string) *structpb.Struct {
		s := &structpb.Struct{}
		if err := protojson.Unmarshal([]byte(json), s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	all := `{"s": "x", "n": 5, "b": true, "z": null, "o": {"a": {"b": "c"}}, "l": [1, "x", {"a": []}]}`
	cases := map[string]struct {
		reason string
		a, b   string
		want   bool
	}{
		"Same": {
			"The same in another order is equal.", all,
			`{"l": [1, "x", {"a": []}], "o": {"a": {"b": "c"}}, "z": null, "b": true, "n": 5, "s": "x"}`, true,
		},
		"Text":       {"Another text is not.", `{"a": "x"}`, `{"a": "y"}`, false},
		"Number":     {"Another number is not.", `{"a": 1}`, `{"a": 1.5}`, false},
		"Bool":       {"The opposite is not.", `{"a": true}`, `{"a": false}`, false},
		"Kind":       {"A number is not its text.", `{"a": 1}`, `{"a": "1"}`, false},
		"Null":       {"A null is not the lack of a key.", `{"a": null}`, `{}`, false},
		"OtherNull":  {"Nor a null under another key.", `{"a": null}`, `{"b": null}`, false},
		"NullText":   {"A null is no empty text.", `{"a": null}`, `{"a": ""}`, false},
		"More":       {"A key more is another object.", `{"a": 1}`, `{"a": 1, "b": 2}`, false},
		"Less":       {"So is a key less.", `{"a": 1, "b": 2}`, `{"a": 1}`, false},
		"Deep":       {"What differs deep inside differs.", `{"a": {"b": [{"c": 1}]}}`, `{"a": {"b": [{"c": 2}]}}`, false},
		"Order":      {"A list has an order.", `{"a": [1, 2]}`, `{"a": [2, 1]}`, false},
		"Longer":     {"A longer list is another one.", `{"a": [1]}`, `{"a": [1, 1]}`, false},
		"EmptyKinds": {"An empty list is no empty object.", `{"a": []}`, `{"a": {}}`, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if a, b := of(tc.a), of(tc.b); Equal(a, b) != tc.want || Equal(b, a) != tc.want {
				t.Errorf("%s Equal(%s, %s): want %t both ways", tc.reason, tc.a, tc.b, tc.want)
			}
		})
	}
	if !Equal(nil, &structpb.Struct{}) {
		t.Error("Equal(): nothing is an empty object")
	}
	odd := &structpb.Struct{Fields: map[string]*structpb.Value{"a": structpb.NewNumberValue(math.NaN())}}
	none := &structpb.Struct{Fields: map[string]*structpb.Value{"a": {}}}
	if Equal(odd, odd) || Equal(none, none) {
		t.Error("Equal(): what is no number, or no value, equals nothing, so that nobody relies on it")
	}
}

// FuzzEqual holds that objects are equal if and only if protobuf says that they are.
func FuzzEqual(f *testing.F) {
	f.Add([]byte(`{"a": 1, "b": [{"c": null}]}`), []byte(`{"b": [{"c": null}], "a": 1}`))
	f.Add([]byte(`{"a": {"b": "x"}}`), []byte(`{"a": {"b": "y"}}`))
	f.Fuzz(func(t *testing.T, one, other []byte) {
		a, b := &structpb.Struct{}, &structpb.Struct{}
		if protojson.Unmarshal(one, a) != nil || protojson.Unmarshal(other, b) != nil {
			return
		}
		if Equal(a, b) != proto.Equal(a, b) || !Equal(a, proto.CloneOf(a)) {
			t.Errorf("Equal(%s, %s): protobuf says the opposite", one, other)
		}
	})
}
