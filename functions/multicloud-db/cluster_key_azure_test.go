package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// keyVersion is a version of the key of settingsCluster.
func keyVersion(n string) string { return "https://prod.vault.azure.net/keys/clusters/" + n }

// reportKey has Azure report a version of the key.
func (l *live) reportKey(n string) {
	object.Set(l.instance(), keyVersion(n), "status", "atProvider", "keyManagementService", "keyVaultKeyId")
}

// TestClusterKeyVersionAzure holds that a key of AKS is rotated, by the settings or by hand, and never turned back: the
// version before may be gone by then, and what was encrypted since is read by the new one alone.
func TestClusterKeyVersionAzure(t *testing.T) {
	t.Parallel()
	version := func(n string) string {
		return strings.ReplaceAll(settingsCluster, "keys/clusters/1", "keys/clusters/"+n)
	}
	type step struct {
		reason   string
		do       func(l *live)
		want     string // the version that is asked for
		says     string // in Composed
		untaught bool   // Azure does not report yet what is asked for
	}
	none := func(*live) {}
	for name, steps := range map[string][]step{
		"BySettings": {
			{reason: "A live cluster has its key.", do: none, want: "1"},
			{"Another version of the settings is asked for.", func(l *live) { l.settle(t, version("2")) }, "2", "gets another version of its key", true},
			{"While Azure still reports the one before, it is asked for.", none, "2", "gets another version of its key", true},
			{reason: "Then it stays.", do: func(l *live) { l.reportKey("2") }, want: "2"},
			{reason: "The next one, too.", do: func(l *live) { l.settle(t, version("3")) }, want: "3"},
			{reason: "A setting that is gone changes nothing.", do: func(l *live) {
				l.settle(t, strings.Replace(settingsCluster, "            kmsKeyID: "+keyVersion("1")+"\n", "", 1))
			}, want: "3"},
		},
		"ByHand": {
			{reason: "A live cluster has its key.", do: none, want: "1"},
			{"What somebody rotated at Azure stays so, whatever the settings say.", func(l *live) { l.reportKey("2") }, "2", "cluster.kmsKeyID", false},
			{"It stays.", none, "2", "cluster.kmsKeyID", false},
			{
				"The one before is nobody's rotation: the provider turned it back before anybody here saw the newer one.",
				func(l *live) { l.reportKey("1") }, "2", "", false,
			},
			{"It stays.", none, "2", "cluster.kmsKeyID", false},
			{reason: "Settings that come to say the same say nothing new.", do: func(l *live) { l.settle(t, version("2")) }, want: "2"},
			{reason: "A later version of theirs counts.", do: func(l *live) { l.settle(t, version("3")) }, want: "3"},
		},
		"Unrecorded": {
			{reason: "A live cluster has its key.", do: none, want: "1"},
			{"Where nobody knows what the settings said before, nothing changes.", func(l *live) {
				for key := range object.Struct(l.instance(), "metadata", "annotations").GetFields() {
					if strings.HasPrefix(key, requested+"key-") {
						delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), key)
					}
				}
				l.settle(t, version("2"))
			}, "1", "cluster.kmsKeyID", false},
		},
		"Untold": {
			{reason: "A live cluster has its key.", do: none, want: "1"},
			{reason: "A report that lacks the key changes nothing.", do: func(l *live) {
				delete(object.Struct(l.instance(), "status", "atProvider").GetFields(), "keyManagementService")
			}, want: "1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "azure", settingsCluster)
			for _, s := range steps {
				s.do(l)
				reported := object.Get(l.instance(), "status", "atProvider", "keyManagementService")
				rsp := l.run(t)
				if diff := cmp.Diff(any(keyVersion(s.want)), flat(composed(rsp))["keyManagementService.keyVaultKeyId"]); diff != "" {
					t.Fatalf("\n%s\n%s-want, +got:\n%s", s.reason, fatal(rsp), diff)
				}
				if got := composedAs(rsp).GetMessage(); !strings.Contains(got, s.says) {
					t.Errorf("\n%s\nComposed says %q, without %q", s.reason, got, s.says)
				}
				observeCluster(t, l, rsp.GetDesired().GetResources())
				if s.untaught {
					object.Set(l.instance(), reported, "status", "atProvider", "keyManagementService")
				}
			}
		})
	}
	l := aliveCluster(t, "azure", settingsCluster)
	l.settle(t, strings.ReplaceAll(settingsCluster, "keys/clusters/1", "keys/others/1"))
	if got := fatal(l.run(t)); !strings.HasPrefix(got, notMovedAzure+`kmsKeyID: "`+keyVersion("1")+`" cannot become`) {
		t.Errorf("another key is not refused: %q", got)
	}
}
