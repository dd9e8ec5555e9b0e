package argocd

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// condition of a claim or a package.
func condition(name, status, reason, message string) map[string]any {
	return map[string]any{"type": name, "status": status, "reason": reason, "message": message}
}

// claim has conditions, in place of those of one that is well.
func claim(others ...map[string]any) map[string]any {
	conditions := []any{}
	for _, c := range []map[string]any{
		condition("Synced", "True", "ReconcileSuccess", ""), condition("Ready", "True", "Available", ""),
		condition("Composed", "True", "Composed", ""), condition("Sized", "True", "Sized", ""),
		condition("CostTagged", "True", "Tagged", ""), condition("Provisioned", "True", "Available", ""),
	} {
		if !slices.ContainsFunc(others, func(o map[string]any) bool { return o["type"] == c["type"] }) {
			conditions = append(conditions, c)
		}
	}
	for _, o := range others {
		conditions = append(conditions, o)
	}
	return map[string]any{
		"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource",
		"metadata": map[string]any{"generation": 2.0}, "status": map[string]any{"conditions": conditions},
	}
}

// pkg is a package that asks for x:v2, and has an image.
func pkg(has string, conditions ...any) map[string]any {
	return map[string]any{
		"apiVersion": "pkg.crossplane.io/v1", "kind": "Function",
		"spec": map[string]any{"package": "x:v2"}, "status": map[string]any{"currentIdentifier": has, "conditions": conditions},
	}
}

func with(obj map[string]any, key string, value any) map[string]any {
	obj[key] = value
	return obj
}

// judge is Judge of a test.
func judge(t *testing.T, obj map[string]any) Verdict {
	t.Helper()
	checks, err := Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	v, err := checks.Judge(t.Context(), obj)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestHealth(t *testing.T) {
	seen := func(generation float64) map[string]any {
		return with(condition("Synced", "True", "ReconcileSuccess", ""), "observedGeneration", generation)
	}
	fatal := condition("Composed", "False", "Refused", "spec.region: it is live")
	installed, well := condition("Installed", "True", "ActivePackageRevision", ""), condition("Healthy", "True", "HealthyPackageRevision", "")
	for name, tc := range map[string]struct {
		reason string
		obj    map[string]any
		want   Verdict
	}{
		"New": {
			"A claim that Crossplane has not seen gets on by itself.",
			with(claim(), "status", nil),
			Verdict{"Progressing", "Crossplane has not said yet how it is"},
		},
		"NoConditions": {
			"A status without conditions says nothing.",
			with(claim(), "status", map[string]any{}),
			Verdict{"Progressing", "Crossplane has not said yet how it is"},
		},
		"Well": {
			"A claim of which all conditions are True is well.",
			claim(),
			Verdict{"Healthy", ""},
		},
		"Remark": {
			"What there is to know of a claim that is well is its message.",
			claim(condition("Composed", "True", "SettingsKept", "keeps its network")),
			Verdict{"Healthy", "keeps its network"},
		},
		"RefusedEdit": {
			"An edit that was refused is somebody's to take back, although the resource serves.",
			claim(fatal),
			Verdict{"Degraded", "spec.region: it is live"},
		},
		"FirstOfTwo": {
			"Of two conditions that are as bad the function's sentence counts.",
			claim(condition("Synced", "False", "ReconcileError", "pipeline"), fatal),
			Verdict{"Degraded", "spec.region: it is live"},
		},
		"Worst": {
			"A label that is missing is worse than a creation that goes on.",
			claim(condition("Provisioned", "False", "Creating", "waits"), condition("CostTagged", "False", "TagsDropped", "one is missing")),
			Verdict{"Degraded", "one is missing"},
		},
		"Waits": {
			"A claim that waits for the platform is suspended, although it is not ready.",
			claim(condition("Composed", "False", "NoNetwork", "no network"), condition("Ready", "False", "Creating", "")),
			Verdict{"Suspended", "no network"},
		},
		"NotReady": {
			"A claim that nobody says anything else of is not ready.",
			claim(condition("Ready", "False", "Waiting", "")),
			Verdict{"Progressing", "Ready: Waiting"},
		},
		"UnknownFalse": {
			"A reason of a later version is bad where the condition is False.",
			claim(condition("Composed", "False", "Later", "x")),
			Verdict{"Degraded", "x"},
		},
		"UnknownTrue": {
			"A reason of a later version is good where the condition is True.",
			claim(condition("Composed", "True", "Later", "x")),
			Verdict{"Healthy", "x"},
		},
		"OtherTypes": {
			"Conditions of others are not judged.",
			claim(condition("Funny", "False", "No", "x")),
			Verdict{"Healthy", ""},
		},
		"NoReason": {
			"A condition may lack reason and message.",
			claim(map[string]any{"type": "Synced", "status": "False"}),
			Verdict{"Degraded", "Synced: False"},
		},
		"NoStatus": {
			"A condition may lack its status.",
			claim(map[string]any{"type": "Composed"}),
			Verdict{"Progressing", "Composed: Unknown"},
		},
		"Throttled": {
			"An XR of whose resources Crossplane hears now and then only is not settled.",
			claim(condition("Responsive", "False", "WatchCircuitOpen", "too many events")),
			Verdict{"Progressing", "too many events"},
		},
		"Paused": {
			"A claim that is paused takes no edit.",
			with(claim(), "metadata", map[string]any{"annotations": map[string]any{"crossplane.io/paused": "true"}}),
			Verdict{"Suspended", "Paused by the annotation crossplane.io/paused: no edit takes effect"},
		},
		"NotPaused": {
			"Only true pauses a claim.",
			with(claim(), "metadata", map[string]any{"annotations": map[string]any{"crossplane.io/paused": "false"}}),
			Verdict{"Healthy", ""},
		},
		"Edited": {
			"Conditions of before an edit say nothing of it.",
			claim(seen(1)),
			Verdict{"Progressing", "Crossplane has not looked at the last edit yet"},
		},
		"Seen": {
			"Conditions of the last edit count.",
			claim(seen(2)),
			Verdict{"Healthy", ""},
		},
		"PackageNew": {
			"A package without a status is on its way.",
			with(pkg(""), "status", nil),
			Verdict{"Progressing", "Crossplane has not installed x:v2 yet"},
		},
		"PackageWell": {
			"A package that has the version it asks for is as its conditions say.",
			pkg("x:v2", installed, well),
			Verdict{"Healthy", ""},
		},
		"PackageOlder": {
			"The conditions of the older version say nothing of the newer one.",
			pkg("x:v1", installed, well),
			Verdict{"Progressing", "Crossplane has not installed x:v2 yet"},
		},
		"PackageAbsent": {
			"An image that is not there is somebody's to mend.",
			pkg("x:v1", condition("Installed", "False", "UnpackingPackage", "not found"), well),
			Verdict{"Degraded", "not found"},
		},
		"PackageIll": {
			"A package that is not healthy is somebody's to mend.",
			pkg("x:v2", installed, condition("Healthy", "False", "UnhealthyPackageRevision", "no deployment")),
			Verdict{"Degraded", "no deployment"},
		},
		"PackageManual": {
			"A revision that nobody activated waits for somebody.",
			pkg("x:v2", condition("Installed", "True", "InactivePackageRevision", ""), well),
			Verdict{"Suspended", "Installed: InactivePackageRevision"},
		},
		"PackageSilent": {
			"A package without Healthy has no health yet.",
			pkg("x:v2", installed),
			Verdict{"Progressing", "Crossplane has not said yet how it is"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, judge(t, tc.obj)); diff != "" {
				t.Errorf("%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
