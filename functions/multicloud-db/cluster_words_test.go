package multiclouddb

import (
	"fmt"
	"regexp"
	"strconv"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// versionWords are what a report may have for a version, with the minor that it tells, or 0 where nobody can
// tell one.
var versionWords = map[string]int{
	"": 0, "unknown": 0, "KUBERNETES_VERSION_UNSPECIFIED": 0, "-": 0, "1": 0, "1.": 0, "1.x": 0, "latest.1": 0,
	"1.34": 34, "1.35": 35, "1.35.4": 35, "v1.35.4": 35, "1.35+": 35, "1.35.2-gke.100": 35, "1.35.x-eks-abc": 35, "1.36.1_1520": 36, "1.37": 37,
}

// TestClusterVersionWords holds that a version which nobody can read is none that was told: whatever control plane
// and nodes report, no nodes are asked for that are newer than a control plane which is known, or, where it is not, than
// was asked for or is there; none are asked to go back or to leave out a minor, and no word is passed on that is no version.
func TestClusterVersionWords(t *testing.T) {
	t.Parallel()
	minor := regexp.MustCompile(`^1\.([0-9]{2})$`)
	read := func(version string) int {
		m := minor.FindStringSubmatch(version)
		if m == nil {
			return -1
		}
		n, _ := strconv.Atoi(m[1]) //nolint:errcheck // It is digits.
		return n
	}
	const asked = 35 // of both
	for _, provider := range clusterClouds() {
		alive := aliveCluster(t, provider, settingsCluster)
		for plane, runs := range versionWords {
			for pool, is := range versionWords {
				l := alive.twin()
				object.Set(l.instance(), plane, "status", "atProvider", versionAt[provider])
				switch provider {
				case "aws":
					object.Set(l.request.GetObserved().GetResources()[keyNodes].GetResource(), pool, "status", "atProvider", "version")
				case "azure":
					object.Set(l.instance(), pool, "status", "atProvider", "defaultNodePool", "orchestratorVersion")
				}
				rsp := l.run(t)
				says := fmt.Sprintf("%s: the control plane reports %q, the nodes %q", provider, plane, pool)
				if got := fatal(rsp); got != "" {
					t.Fatalf("%s: %s", says, got)
				}
				of, _ := composed(rsp)[versionAsked[provider]].(string)
				if got := read(of); got != max(asked, runs) {
					t.Errorf("%s: the control plane is asked for as %q", says, of)
				}
				if v := object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "version"); read(v) < 0 {
					t.Errorf("%s: the status says the version %q", says, v)
				}
				if provider == "gcp" {
					continue // whose nodes are told none
				}
				nodes := nodesVersion(rsp)
				got, newest := read(nodes), max(runs, is)
				if runs == 0 {
					newest = max(asked, is)
				}
				switch {
				case got < 0, got > newest, got < is, is != 0 && got > is+1:
					t.Errorf("%s: the nodes are asked for as %q", says, nodes)
				case is != 0 && runs > is && got == is:
					t.Errorf("%s: the nodes, of %q, do not follow", says, nodes)
				}
			}
		}
	}
}

// TestClusterVersionWordsIBM holds the same of the version that the module is given.
func TestClusterVersionWordsIBM(t *testing.T) {
	t.Parallel()
	alive := aliveClusterIBM(t, settingsClusterIBM)
	for word, runs := range versionWords {
		l := alive.twin()
		object.Set(l.instance(), word, "status", "atProvider", "outputs", "kube_version")
		rsp := l.run(t)
		if want, got := fmt.Sprintf("1.%d", max(35, runs)), varmapOf(rsp)["kube_version"]; got != want || fatal(rsp) != "" {
			t.Errorf("where %q runs the version %v is asked for, not %s %s", word, got, want, fatal(rsp))
		}
	}
}
