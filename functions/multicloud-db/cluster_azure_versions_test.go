package multiclouddb

import (
	"fmt"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterOrderOfVersionsAzure holds, for every version that the control plane and the nodes of AKS
// report and that nodes were asked for last, that the nodes follow, one minor a step and never ahead.
func TestClusterOrderOfVersionsAzure(t *testing.T) {
	t.Parallel()
	word := func(minor int, patch string) string {
		if minor == 0 {
			return "" // not told
		}
		return fmt.Sprintf("1.%d%s", minor, patch)
	}
	alive := aliveCluster(t, "azure", settingsCluster)
	for _, plane := range []int{0, 35, 36, 37} {
		for _, is := range []int{0, 34, 35, 36, 37} {
			for _, was := range []int{0, 34, 35, 36, 37} {
				for _, patch := range []string{"", ".2"} { // which an upgrade channel may report
					l := alive.twin()
					object.Set(l.instance(), word(plane, ".4"), "status", "atProvider", "currentKubernetesVersion")
					object.Set(l.instance(), word(is, patch), "status", "atProvider", "defaultNodePool", "orchestratorVersion")
					object.Set(l.instance(), word(was, ""), body("defaultNodePool", "orchestratorVersion")...)
					rsp := l.run(t)
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					says := fmt.Sprintf("the control plane has %q, the nodes %q, and %q was asked for", word(plane, ".4"), word(is, patch), word(was, ""))
					got := nodesVersion(rsp)
					if plane != 0 && got > word(max(plane, is), "") {
						t.Errorf("%s: nodes of %s are newer than the control plane", says, got)
					}
					if got != "" && got < word(is, "") {
						t.Errorf("%s: nodes of %s are older", says, got)
					}
					if is != 0 && got > word(is+1, "") && got != word(was, "") {
						t.Errorf("%s: nodes of %s leave out a minor", says, got)
					}
					if plane != 0 && is != 0 && is < plane && got == word(is, "") {
						t.Errorf("%s: the nodes do not follow", says)
					}
				}
			}
		}
	}
}
