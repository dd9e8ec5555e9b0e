package object

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMistakes holds what is told of several mistakes, and in which order.
func TestMistakes(t *testing.T) {
	cases := map[string]struct {
		reason string
		in     Map
		want   string
	}{
		"None": {"What fits is no mistake.", Map{"size": "small", "disk": 5}, "<nil>"},
		"Near": {"An unknown field names the nearest that there is.", Map{"siez": "small"}, "spec.siez: unknown field; did you mean spec.size?"},
		"Case": {"Capitals count for nothing.", Map{"SIZE": "small"}, "spec.SIZE: unknown field; did you mean spec.size?"},
		"Far": {
			"A field that is like none lists those that there are.",
			Map{"colour": "x"},
			"spec.colour: unknown field; the fields here are disk, memoryGiB, nested, size",
		},
		"TwoFar": {
			"The fields that there are stand in an error once.",
			Map{"colour": "x", "shape": "y"},
			"spec.colour: unknown field; the fields here are disk, memoryGiB, nested, size; and spec.shape: unknown field",
		},
		"Elsewhere": {"A field of another object says of which.", Map{"deep": "x"}, "spec.deep: unknown field; it belongs under spec.nested"},
		"Missing":   {"What is missing is told.", Map{}, "spec.size: is missing; allowed are small"},
		"Explained": {
			"What is missing is not told beside an unknown field, which explains it.",
			Map{"siez": "small"},
			"spec.siez: unknown field; did you mean spec.size?",
		},
		"Both": {
			"Every value that does not fit is told.",
			Map{"size": "Small", "disk": "5"},
			`spec.size: "Small" is not allowed; allowed are small; did you mean "small"?; and spec.disk: "5" is no number; write it without quotes`,
		},
		"Order": {
			"An unknown field comes before values that do not fit.",
			Map{"size": "big", "dsk": 5},
			`spec.dsk: unknown field; did you mean spec.disk?; and spec.size: "big" is not allowed; allowed are small`,
		},
		"Around": {"Of an object that is none nothing else is told.", Map{"size": "small", "nested": "x"}, `spec.nested: "x" is no object`},
		"Unit": {
			"A size with a unit is written as whole GiB.",
			Map{"size": "small", "memoryGiB": "16Gi"},
			`spec.memoryGiB: "16Gi" is no number; give whole GiB, such as 16`,
		},
		"Words": {
			"A size in words gets an example.",
			Map{"size": "small", "memoryGiB": "much"},
			`spec.memoryGiB: "much" is no number; give whole GiB, such as 200`,
		},
		"Many": {
			"Four mistakes are told, and the rest when these are mended.",
			Map{"b1": 1, "b2": 1, "b3": 1, "b4": 1, "b5": 1, "size": 5},
			"spec.b1: unknown field; the fields here are disk, memoryGiB, nested, size; and spec.b2: unknown field" +
				"; and spec.b3: unknown field; and spec.b4: unknown field",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := Read(New(tc.in), "spec")
			r.Elsewhere("spec.nested", "deep")
			if r.OneOf("size", "small") == "" {
				r.Missingf("size", "allowed are small")
			}
			r.Int("disk", 1, 5)
			r.Int("memoryGiB", 1, 500)
			nested := r.Object("nested")
			nested.Match("deep", regexp.MustCompile("^x$"), "x")
			nested.Done()
			r.Done()
			if diff := cmp.Diff(tc.want, fmt.Sprint(r.Err())); diff != "" {
				t.Errorf("\n%s\nErr(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestMistakesOfDocument holds that the name of a document is said once in a sentence.
func TestMistakesOfDocument(t *testing.T) {
	r := Read(New(Map{"polcy": Map{}}), "settings platform: data")
	r.Object("policy").Done()
	r.Done()
	const want = "settings platform: data.polcy: unknown field; did you mean data.policy?"
	if diff := cmp.Diff(want, fmt.Sprint(r.Err())); diff != "" {
		t.Errorf("Err(): -want, +got:\n%s", diff)
	}
}

func TestNearest(t *testing.T) {
	words := []string{"nano", "small", "medium", "large", "xlarge", "database"}
	cases := map[string]struct{ reason, word, want string }{
		"Same":     {"A word is the nearest to itself.", "small", "small"},
		"Swapped":  {"Two letters that change places are one mistake.", "meduim", "medium"},
		"Left":     {"A letter that is left out is one mistake.", "databse", "database"},
		"Capitals": {"Capitals are no mistake.", "LARGE", "large"},
		"Between":  {"Of two words the nearer one is taken.", "xlarg", "xlarge"},
		"Short":    {"A short word has one mistake at most.", "nanny", ""},
		"Other":    {"Another word is no mistake.", "huge", ""},
		"Empty":    {"Nothing is near to nothing.", "", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := Nearest(tc.word, words); got != tc.want {
				t.Errorf("\n%s\nNearest(%q): want %q, got %q", tc.reason, tc.word, tc.want, got)
			}
		})
	}
}
