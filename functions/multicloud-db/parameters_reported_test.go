package multiclouddb

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestParametersReported holds what is asked of a parameter group whose provider reports, or whose
// managed resource has, something else than the parameters that were asked for.
func TestParametersReported(t *testing.T) {
	t.Parallel()
	const postgres, valkey = "parameter-group-postgres16", "parameter-group-valkey8"
	tls := object.Map{"name": "rds.force_ssl", "value": "1", "applyMethod": "pending-reboot"}
	cases := map[string]struct {
		reason, part, eviction, group string
		init, asked                   []any
	}{
		"Default": {
			"Of ElastiCache only what somebody set is reported, which the value of its default groups may not be: it would be asked for without end.",
			valkey, "volatile-lru", "status: {atProvider: {id: x, parameter: [{name: timeout, value: '60'}]}}",
			[]any{object.Map{"name": "maxmemory-policy", "value": "volatile-lru"}},
			nil,
		},
		"NotDefault": {
			"Somebody chose another policy than that of the default groups, which is put back.",
			valkey, "volatile-lru", "status: {atProvider: {id: x, parameter: [{name: maxmemory-policy, value: noeviction}]}}",
			nil,
			[]any{object.Map{"name": "maxmemory-policy", "value": "volatile-lru"}},
		},
		"InSpec": {
			"Somebody tuned the managed resource, whose provider would now reset TLS: what AWS has is asked for.",
			postgres, "", `spec: {forProvider: {family: postgres16, parameter: [{name: work_mem, value: "65536"}, 1]}}, status: {atProvider: {id: x,
				parameter: [{name: work_mem, value: "1024", applyMethod: immediate}, {name: rds.force_ssl, value: "1"}, {name: huge, value: "2"}]}}`,
			nil,
			[]any{object.Map{"name": "huge", "value": "2"}, tls, object.Map{"name": "work_mem", "value": "1024", "applyMethod": "immediate"}},
		},
		"Asked": {
			"All is asked for, and AWS has it: from then on nothing is asked for again.",
			postgres, "", `spec: {forProvider: {family: postgres16, parameter: [{name: rds.force_ssl, value: "1"}, {name: work_mem, value: "1024"}]}},
				status: {atProvider: {id: x, parameter: [{name: rds.force_ssl, value: "1"}]}}`,
			[]any{tls},
			nil,
		},
		"Retuned": {
			"While all is asked for, somebody tunes on: what AWS has now counts.",
			postgres, "", `spec: {forProvider: {family: postgres16, parameter: [{name: rds.force_ssl, value: "1"}, {name: work_mem, value: "1024"}]}},
				status: {atProvider: {id: x, parameter: [{name: rds.force_ssl, value: "0"}, {name: work_mem, value: "2048"}]}}`,
			nil,
			[]any{tls, object.Map{"name": "work_mem", "value": "2048"}},
		},
		"Types": {
			"What is no text would be refused by the API server, and everything with it.",
			postgres, "", `status: {atProvider: {id: x, parameter: [7, null, {name: 7, value: "1"}, {name: one, value: 1}, {name: two, value: null},
				{name: rds.force_ssl, value: 1}, {name: three, value: "", applyMethod: [x], more: y}, {name: three, value: "3"}]}}`,
			nil,
			[]any{tls, object.Map{"name": "three", "value": "3"}},
		},
		"NoList": {"A status that is no list says nothing.", postgres, "", "status: {atProvider: {id: x, parameter: {name: x}}}", nil, []any{tls}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var l *live
			if tc.part == postgres {
				l = alive(t, "aws")
			} else {
				l = aliveCache(t, "aws", settingsCache, "evictionPolicy: allkeys-lru", "evictionPolicy: "+tc.eviction)
			}
			group := l.request.GetObserved().GetResources()[tc.part].GetResource()
			observed := fromYAML(t, "{"+tc.group+"}")
			object.Set(group, object.Struct(observed, "status"), "status")
			if spec := object.Struct(observed, "spec"); spec != nil {
				object.Set(group, spec, "spec")
			}
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			composed := rsp.GetDesired().GetResources()[tc.part].GetResource()
			got := map[string][]any{}
			for _, at := range []string{"initProvider", "forProvider"} {
				got[at] = object.Get(composed, "spec", at, "parameter").GetListValue().AsSlice()
			}
			want := map[string][]any{"initProvider": tc.init, "forProvider": tc.asked}
			if tc.init == nil {
				want["initProvider"] = []any{}
			}
			if tc.asked == nil {
				want["forProvider"] = []any{}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("\n%s\nparameters of %s: -want, +got:\n%s", tc.reason, tc.part, diff)
			}
		})
	}
}
