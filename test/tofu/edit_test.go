//go:build tofu

package tofu

import (
	"slices"
	"strings"
	"testing"
)

// live is a workspace whose module was applied.
func live(t *testing.T, module string, v variables) *workspace {
	t.Helper()
	w := newWorkspace(t, module)
	if r := w.apply(t, v); len(r.errors) > 0 {
		t.Fatal(r)
	}
	return w
}

// an edit of the variables of what is live, and what comes of it: a change in place,
// nothing, or a refusal that says this. Never something destroyed.
type edit struct {
	reason string
	edit   variables
	change int
	want   string
}

func edits(t *testing.T, w *workspace, v variables, cases map[string]edit) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := w.plan(t, v.with(tc.edit))
			switch {
			case tc.want == "" && len(r.errors) > 0, r.remove+r.add+r.imported > 0, tc.want == "" && r.change != tc.change:
				t.Errorf("%s: want %d to change, got %s", tc.reason, tc.change, r)
			case tc.want != "" && !r.says(tc.want):
				t.Errorf("%s: want an error with %q, got %s", tc.reason, tc.want, r)
			}
		})
	}
}

// says reports whether one of the errors has this text.
func (r result) says(want string) bool {
	return slices.ContainsFunc(r.errors, func(e string) bool { return strings.Contains(e, want) })
}
