package multiclouddb

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A clusterEdit is an edit of a live cluster's claim or settings on one cloud: it is refused, or
// changes fields of the cluster and of its nodes, by their paths, and no others.
type clusterEdit struct {
	reason, name, provider string
	from, made             []string // old and new, of the claim that was made, and of the settings then
	edit, settings         []string // old and new
	want, nodes            map[string]any
	refused                string // how the fatal result begins
	unrecorded             bool   // without a record nobody knows that it was asked for, and nothing changes
}

// TestClusterEdits holds what each edit comes to on a live cluster, however little is left to
// judge by.
func TestClusterEdits(t *testing.T) {
	t.Parallel()
	for _, tc := range slices.Concat(clusterEditsGCP, clusterEditsAWS, clusterEditsAzure) {
		for loss, lose := range losses {
			t.Run(strings.Join([]string{tc.provider, tc.name, loss}, "/"), func(t *testing.T) {
				t.Parallel()
				l := aliveCluster(t, tc.provider, strings.NewReplacer(tc.made...).Replace(settingsCluster), tc.from...)
				rsp := l.run(t)
				before, pool := flat(composed(rsp)), flat(nodes(rsp))
				lose(l)
				if tc.settings != nil {
					settings := strings.NewReplacer(tc.settings...).Replace(settingsCluster)
					if settings == settingsCluster && tc.made == nil {
						t.Fatal("nothing to edit in the settings")
					}
					l.settle(t, settings)
				}
				if tc.edit != nil {
					l.edit(t, tc.edit...)
				}
				rsp = l.run(t)
				refused := tc.refused
				if tc.unrecorded && (loss == "Annotations" || loss == "Both") {
					refused = ""
				}
				if !comesTo(t, tc.reason, refused, before, tc.want, rsp) {
					return
				}
				maps.Copy(pool, tc.nodes)
				maps.DeleteFunc(pool, func(_ string, v any) bool { return v == nil })
				if diff := cmp.Diff(pool, flat(nodes(rsp))); diff != "" {
					t.Errorf("\n%s\nnodes: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestClusterUpgrade holds, for every version that a claim says, was asked for and runs, that no
// minor is left out, that nothing becomes older, and that no nodes are told a version by which they
// could be newer than the control plane: on Google Cloud none at all.
func TestClusterUpgrade(t *testing.T) {
	t.Parallel()
	for _, provider := range clusterClouds() {
		alive := aliveCluster(t, provider, settingsCluster)
		for was := 33; was <= 36; was++ {
			for runs := 33; runs <= 37; runs++ {
				for said := 33; said <= 38; said++ {
					l := alive.twin()
					object.Set(l.instance(), fmt.Sprintf("1.%d", was), "metadata", "annotations", requested+"version")
					object.Set(l.instance(), fmt.Sprintf("1.%d", was), body(versionAsked[provider])...)
					object.Set(l.instance(), fmt.Sprintf("1.%d.4-gke.7", runs), "status", "atProvider", versionAt[provider])
					l.spec = strings.Replace(l.spec, "1.35", "1.VERSION", 1)
					l.edit(t, "1.VERSION", fmt.Sprintf("1.%d", said))
					rsp := l.run(t)
					if fatal(rsp) != "" {
						if said == was {
							t.Errorf("%s: an unchanged claim of 1.%d is refused where 1.%d runs: %s", provider, said, runs, fatal(rsp))
						}
						continue
					}
					asked, _ := composed(rsp)[versionAsked[provider]].(string)
					if want := fmt.Sprintf("1.%d", max(said, runs)); asked != want {
						t.Errorf("%s: said 1.%d, was 1.%d, runs 1.%d: asked for is %s, not %s", provider, said, was, runs, asked, want)
					}
					if said < was || said != was && said > runs+1 {
						t.Errorf("%s: said 1.%d, was 1.%d, runs 1.%d: it is not refused", provider, said, was, runs)
					}
					if v := nodesVersion(rsp); provider == "gcp" && v != "" || v > fmt.Sprintf("1.%d", max(runs, 35)) {
						t.Errorf("%s: where 1.%d runs the nodes, which are of 1.35, are told the version %v", provider, runs, v)
					}
				}
			}
		}
	}
}

// nodesVersion is the version that the nodes of a response are told.
func nodesVersion(rsp *fnv1.RunFunctionResponse) string {
	said, _ := nodes(rsp)["version"].(string)
	azure, _ := flat(composed(rsp))["defaultNodePool.orchestratorVersion"].(string)
	return said + azure
}

// TestClusterOrderOfVersions holds, for every version that the control plane and the nodes of EKS
// report and that nodes were asked for last, that the nodes follow, one minor a step and never ahead,
// and the add-ons them.
func TestClusterOrderOfVersions(t *testing.T) {
	t.Parallel()
	word := func(minor int) string {
		if minor == 0 {
			return "" // not told
		}
		return fmt.Sprintf("1.%d", minor)
	}
	alive := aliveCluster(t, "aws", settingsCluster)
	for _, plane := range []int{0, 35, 36, 37} {
		for _, is := range []int{0, 34, 35, 36, 37} {
			for _, was := range []int{0, 34, 35, 36, 37} {
				l := alive.twin()
				pool := l.request.GetObserved().GetResources()[keyNodes].GetResource()
				object.Set(l.instance(), word(plane), "status", "atProvider", "version")
				object.Set(pool, word(is), "status", "atProvider", "version")
				object.Set(pool, word(was), "spec", "forProvider", "version")
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				says := fmt.Sprintf("the control plane has %q, the nodes %q, and %q was asked for", word(plane), word(is), word(was))
				got, _ := nodes(rsp)["version"].(string)
				if plane != 0 && got > word(max(plane, is)) {
					t.Errorf("%s: nodes of %s are newer than the control plane", says, got)
				}
				if got != "" && got < word(is) {
					t.Errorf("%s: nodes of %s are older", says, got)
				}
				if is != 0 && got > word(is+1) && got != word(was) {
					t.Errorf("%s: nodes of %s leave out a minor", says, got)
				}
				if plane != 0 && is != 0 && is < plane && got == word(is) {
					t.Errorf("%s: the nodes do not follow", says)
				}
				addon, _ := object.Get(rsp.GetDesired().GetResources()["addon-coredns"].GetResource(), body("addonVersion")...).AsInterface().(string)
				if want := map[bool]string{true: "v1.36.1-eksbuild.1"}[is == 36]; addon != want {
					t.Errorf("%s: the add-on is asked for as %q, not %q", says, addon, want)
				}
			}
		}
	}
}

// TestClusterUpgradeWorded holds that in prod an upgrade takes a second word, as a database's.
func TestClusterUpgradeWorded(t *testing.T) {
	t.Parallel()
	for _, provider := range clusterClouds() {
		l := aliveCluster(t, provider, settingsCluster, "env: staging", "env: prod")
		l.edit(t, "1.35", "1.36", "env: staging", "env: prod")
		if got := fatal(l.run(t)); !strings.HasPrefix(got, `spec.cluster.version: to become "1.36" is an upgrade that nobody takes back`) {
			t.Errorf("%s: without the word: %q", provider, got)
		}
		object.Set(l.xr(), "1.36", "metadata", "annotations", "platform.victor.onl/upgrade")
		if got := fatal(l.run(t)); got != "" {
			t.Errorf("%s: with the word: %s", provider, got)
		}
	}
}
