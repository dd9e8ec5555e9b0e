package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestRestoreLetsAlone holds that a claim which asks for a copy, and finds a database of its name
// that carries another's tags, changes nothing of that: neither where it looks and finds one, nor
// where its own creation fails on one that another control plane has made meanwhile.
func TestRestoreLetsAlone(t *testing.T) {
	t.Parallel()
	const us = "{project: payments, env: prod, service: cloudsql-main, control-plane: us}"
	at := map[string][]string{
		"gcp": {"settings", "userLabels"}, "aws": {"tags"}, "azure": {"tags"},
	}
	for how, rounds := range map[string]int{"found": 1, "failed": 2} {
		for _, provider := range []string{"gcp", "aws", "azure"} { // a Workspace has its own state, and finds nothing by name
			t.Run(how+"/"+provider, func(t *testing.T) {
				t.Parallel()
				w := newCopyWorld(t, provider, "postgres", "name: orders")
				for range rounds {
					w.goOn(run(t, proto.CloneOf(w.request)))
				}
				o := w.request.GetObserved().GetResources()[keyInstance].GetResource()
				object.Set(o, fromYAML(t, copyFacts(provider, "postgres")), "status", "atProvider")
				object.Set(o, fromYAML(t, us), append([]string{"status", "atProvider"}, at[provider]...)...)
				condition(o, "True", "")
				if how == "failed" {
					failed := map[string]any{"type": "LastAsyncOperation", "status": "False", "reason": "AsyncCreateFailure"}
					object.Set(o, []any{failed}, "status", "conditions")
				}
				for range 4 {
					rsp := run(t, proto.CloneOf(w.request))
					main := rsp.GetDesired().GetResources()[keyInstance].GetResource()
					if got := fatal(rsp); got != "" || strings.Join(list(main, "spec", "managementPolicies"), ",") != "Observe" {
						t.Fatalf("it may be changed by policies %v: %s", list(main, "spec", "managementPolicies"), got)
					}
					w.apply(keyInstance, main)
				}
			})
		}
	}
}
