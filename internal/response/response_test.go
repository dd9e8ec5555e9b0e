package response

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// TestFatal holds that a fatal result and its condition say the same: one line that
// fits into a condition, whatever a person wrote.
func TestFatal(t *testing.T) {
	cases := map[string]struct{ reason, said, want string }{
		"Sentence": {"A sentence is repeated as it is.", `spec.region: "mars" is unknown; ü`, `spec.region: "mars" is unknown; ü`},
		"Lines":    {"What a person wrote into a key is one line.", "spec.a\nb\x00c: unknown field", "spec.a b c: unknown field"},
		"Long":     {"It is cut where it does not fit.", strings.Repeat("x", 5000), strings.Repeat("x", maxSentence) + "…"},
		"Between":  {"And not within a character.", strings.Repeat("x", maxSentence-1) + "üü", strings.Repeat("x", maxSentence-1) + "…"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := To(&fnv1.RunFunctionRequest{})
			Fatal(rsp, "Composed", "Refused", errors.New(tc.said))
			got := rsp.GetResults()[0].GetMessage()
			if diff := cmp.Diff(tc.want, got); diff != "" || !utf8.ValidString(got) {
				t.Errorf("\n%s\nFatal(): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(got, rsp.GetConditions()[0].GetMessage()); diff != "" {
				t.Errorf("\n%s\nFatal(): -result, +condition:\n%s", tc.reason, diff)
			}
		})
	}
}
