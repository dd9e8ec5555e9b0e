package costtag

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestKeys(t *testing.T) {
	cases := map[string]struct {
		reason, annotation string
		want               []string
	}{
		"Recorded": {"a record is read as it was written", Record([]string{"b", "a,c", "b"}), []string{"a,c", "b"}},
		"None":     {"a resource without a record has no keys", "", nil},
		"Edited":   {"a record that somebody broke has no keys", "a, b", nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := object.New(object.Map{})
			object.Set(o, tc.annotation, "metadata", "annotations", KeysAnnotation)
			if diff := cmp.Diff(tc.want, Keys(o)); diff != "" {
				t.Errorf("\n%s\nKeys(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestIsAmong(t *testing.T) {
	cases := map[string]struct {
		reason, provider, key string
		want                  bool
	}{
		"Same":  {"a key is among those that have it", "aws", "team", true},
		"Other": {"a longer key is another one", "aws", "teams", false},
		"Case":  {"AWS tells keys apart by case", "aws", "Team", false},
		"Azure": {"Azure does not tell keys apart by case", "azure", "Team", true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := IsAmong(tc.provider, []string{"env", "team"}, tc.key); got != tc.want {
				t.Errorf("\n%s\nIsAmong(%q): want %t, got %t", tc.reason, tc.key, tc.want, got)
			}
		})
	}
}
