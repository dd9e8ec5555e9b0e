package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/test/crds"
)

// TestAdmission holds that what the guard says of a field, the rules of both XRDs
// say at admission, in the same words. What they make of the values is tested where
// the rules are evaluated, in hack/xrd.
func TestAdmission(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"claims", "namespaced"} {
		said := messages(t, "../../apis/"+path+"/definition.yaml")
		judged := map[string]bool{}
		sentences := map[string]string{}
		for name, tc := range refusals {
			l := alive(t, "gcp")
			l.edit(t, tc.edit...)
			sentences[name] = fatal(run(t, l.request))
		}
		bucket := aliveBucket(t, "gcp", settingsBucket)
		bucket.edit(t, "versioning: true", "versioning: false")
		sentences["Versioning"] = fatal(bucket.run(t))
		cache := aliveCache(t, "gcp", settingsCache)
		cache.edit(t, "highAvailability: true", "highAvailability: false")
		sentences["HighAvailability"] = fatal(cache.run(t))
		cluster := aliveCluster(t, "gcp", settingsCluster)
		cluster.edit(t, "1.35", "1.34")
		sentences["Cluster version"] = fatal(cluster.run(t))
		cluster.spec = specCluster
		cluster.edit(t, "1.35", "1.37")
		sentences["Cluster step"] = fatal(cluster.run(t))
		for field, edited := range restoreEdits {
			sentences["Restore "+field] = restoreEdited(t, edited[0], edited[1])
		}
		for name, got := range sentences {
			parts := strings.Split(got, `"`) // field, old value, new value, old value
			if len(parts) != 7 {
				t.Fatalf("%s: the guard says %q", name, got)
			}
			want := parts[0] + `"%s"` + parts[2] + `"%s"` + strings.NewReplacer(
				"live database", "live %s", "live bucket", "live %s", "live cache", "live %s", "live cluster", "live %s",
			).Replace(parts[4]) + `"%s"` + parts[6]
			want = strings.Replace(want, `set "%s" first`, `set "1.%d" first`, 1)
			if !said[want] {
				t.Errorf("%s: %s/definition.yaml has no rule that says %q", name, path, want)
			}
			judged[want] = true
		}
		for message := range said {
			if !judged[message] {
				t.Errorf("%s/definition.yaml: the guard does not say %q", path, message)
			}
		}
	}
}

// messages of an XRD's rules.
func messages(t *testing.T, path string) map[string]bool {
	t.Helper()
	s, err := crds.ClaimRoot(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, rule := range s.XValidations {
		if quoted := strings.Split(rule.MessageExpression, "'"); len(quoted) > 1 {
			out[quoted[1]] = true
		}
	}
	return out
}
