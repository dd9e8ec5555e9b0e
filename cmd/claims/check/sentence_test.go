package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/admission"
)

func TestSentences(t *testing.T) {
	cases := map[string]struct {
		reason, said string
		want         []sentence
	}{
		"None": {"Nothing said is nothing.", "", nil},
		"One":  {"A sentence begins with its field.", `spec.region: "moon" is unknown`, []sentence{{"spec.region", `spec.region: "moon" is unknown`}}},
		"Several": {
			"Several mistakes are told apart.",
			"spec.a: x; and spec.access[2].role: y; and metadata.name: z",
			[]sentence{{"spec.a", "spec.a: x"}, {"spec.access[2].role", "spec.access[2].role: y"}, {"metadata.name", "metadata.name: z"}},
		},
		"Inner":    {"What is joined in a sentence stays.", "spec.a: x; and so on", []sentence{{"spec.a", "spec.a: x; and so on"}}},
		"Settings": {"A sentence about settings is of no field of the claim.", "settings policy.adopt: x", []sentence{{"", "settings policy.adopt: x"}}},
		"Whole":    {"A claim without a spec is told of spec.", "spec: is missing", []sentence{{"spec", "spec: is missing"}}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, sentences(tc.said), cmp.AllowUnexported(sentence{})); diff != "" {
				t.Errorf("\n%s\nsentences(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestBesides(t *testing.T) {
	said := []sentence{{"spec.database.engine", "ours"}, {"", "of nothing"}}
	api := []admission.Refusal{
		{Path: "spec.database", Text: "around it"},
		{Path: "spec.database.engine", Text: "theirs"},
		{Path: "spec.database.engineer", Text: "another"},
		{Path: "", Text: "of the whole"},
	}
	want := []sentence{{"spec.database.engineer", "another"}, {"", "of the whole"}}
	if diff := cmp.Diff(want, besides(said, api), cmp.AllowUnexported(sentence{})); diff != "" {
		t.Errorf("besides(): -want, +got:\n%s", diff)
	}
}
