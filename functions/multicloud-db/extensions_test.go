package multiclouddb

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ofAzure is what a new server of Azure has of the lists that extensions stand in.
var ofAzure = map[string]string{"shared_preload_libraries": "pg_cron,pg_stat_statements"}

// newExtended is a world whose claim asks for extensions, and where the server has what it has at first.
func newExtended(provider, env, extensions string, has map[string]string) *tunedWorld {
	w := newTuned(provider, "postgres", env, "")
	w.extensions = extensions
	maps.Copy(w.server, has)
	return w
}

// settle reconciles until nothing changes any more.
func (w *tunedWorld) settle(t *testing.T) {
	t.Helper()
	for range 6 {
		w.reconcile(t)
		if got := fatal(w.rsp); got != "" {
			t.Fatal(got)
		}
	}
}

// TestExtensions holds what each cloud is told before somebody can create an extension: nothing more
// than it needs, and beside what is there.
func TestExtensions(t *testing.T) {
	t.Parallel()
	const tls = "rds.force_ssl=1"
	for name, tc := range map[string]struct {
		reason, provider, extensions string
		has                          map[string]string
		want                         string
	}{
		"GCP":       {"Cloud SQL has them all.", "gcp", "pg_trgm, vector, pg_stat_statements", nil, ""},
		"GCPLoaded": {"Some are behind a flag.", "gcp", "pgaudit, pg_cron", nil, "cloudsql.enable_pg_cron=on cloudsql.enable_pgaudit=on"},
		"AWS":       {"RDS has them all.", "aws", "pg_trgm, vector", nil, tls},
		"AWSLoads":  {"RDS loads it without being told.", "aws", "pg_stat_statements", nil, tls},
		"AWSLoaded": {"What RDS loads by itself stays in the list.", "aws", "pgaudit", nil, tls + " shared_preload_libraries=pg_stat_statements,pgaudit"},
		"Azure": {
			"Azure wants each allowed.", "azure", "pg_trgm, vector", ofAzure,
			"azure.extensions=pg_trgm,vector shared_preload_libraries=pg_cron,pg_stat_statements",
		},
		"AzureLoaded": {
			"What the server loads stays in the list.", "azure", "pgaudit", ofAzure,
			"azure.extensions=pgaudit shared_preload_libraries=pg_cron,pg_stat_statements,pgaudit",
		},
		"AzureThere": {
			"What is loaded already takes no restart.", "azure", "pg_cron", ofAzure,
			"azure.extensions=pg_cron shared_preload_libraries=pg_cron,pg_stat_statements",
		},
		"AzurePartition": {
			"A library has another name than its extension.", "azure", "pg_partman", ofAzure,
			"azure.extensions=pg_partman shared_preload_libraries=pg_cron,pg_stat_statements,pg_partman_bgw",
		},
		"IBM": {"IBM Cloud has them all.", "ibm", "pg_trgm, pg_cron, pgaudit", nil, "max_connections=500"},
	} {
		for _, env := range []string{"prod", "dev"} {
			t.Run(name+"/"+env, func(t *testing.T) {
				t.Parallel()
				w := newExtended(tc.provider, env, tc.extensions, tc.has)
				w.settle(t)
				if diff := cmp.Diff(tc.want, w.has()); diff != "" {
					t.Errorf("\n%s\n-want, +got:\n%s\n%s", tc.reason, diff, w.composed())
				}
				if w.restarts > 2 || strings.Contains(w.composed(), "waits") {
					t.Errorf("\n%s\na new server is restarted %d times: %s", tc.reason, w.restarts, w.composed())
				}
			})
		}
	}
}

// TestExtensionsLive holds that an extension which a live server has to load waits in prod for a word,
// and that what somebody wrote into a list by hand, and what a claim takes out, stays there.
func TestExtensionsLive(t *testing.T) {
	t.Parallel()
	byHand := map[string]string{"azure.extensions": "HSTORE,PG_TRGM", "shared_preload_libraries": "pg_cron,pg_stat_statements,auto_explain"}
	for provider, want := range map[string][]string{
		"gcp": {"", "", "cloudsql.enable_pgaudit=on", "cloudsql.enable_pgaudit=on", "cloudsql.enable_pgaudit=on"},
		"azure": {
			"azure.extensions=HSTORE,PG_TRGM shared_preload_libraries=pg_cron,pg_stat_statements,auto_explain",
			"azure.extensions=HSTORE,PG_TRGM,vector,pgaudit shared_preload_libraries=pg_cron,pg_stat_statements,auto_explain",
			"azure.extensions=HSTORE,PG_TRGM,vector,pgaudit shared_preload_libraries=pg_cron,pg_stat_statements,auto_explain,pgaudit",
			"azure.extensions=HSTORE,PG_TRGM,vector,pgaudit shared_preload_libraries=pg_cron,pg_stat_statements,auto_explain,pgaudit",
			"azure.extensions=HSTORE,PG_TRGM,vector,pgaudit shared_preload_libraries=pg_cron,pg_stat_statements,auto_explain,pgaudit",
		},
	} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newExtended(provider, "prod", "", nil)
			w.settle(t)
			if provider == "azure" {
				maps.Copy(w.server, byHand)
			}
			steps := []struct{ reason, extensions, word, says string }{
				{"What is allowed already is no change.", "hstore", "", ""},
				{
					"A library takes a restart, and waits.", "hstore, vector, pgaudit", "",
					"spec.database.extensions: waits, since the server restarts for ",
				},
				{"The word has it loaded.", "hstore, vector, pgaudit", "go", ""},
				{"What the claim takes out stays.", "vector", "go", ""},
				{"Also when it asks for none.", "", "go", ""},
			}
			if provider == "azure" {
				w.word = "" // whose list is looked at first
			}
			for i, s := range steps {
				w.extensions, w.word = s.extensions, s.word
				w.settle(t)
				if diff := cmp.Diff(want[i], w.has()); diff != "" {
					t.Errorf("\n%s\n-want, +got:\n%s\n%s", s.reason, diff, w.composed())
				}
				if !strings.Contains(w.composed(), s.says) || s.says == "" && strings.Contains(w.composed(), "waits") {
					t.Errorf("\n%s\nComposed: want %q in %q", s.reason, s.says, w.composed())
				}
			}
			if w.restarts != 1 {
				t.Errorf("want one restart, got %d", w.restarts)
			}
		})
	}
}

// TestExtensionsOfRDS holds that a parameter group keeps what somebody loads by hand, and that the claim
// is told of the reboot that nobody here makes.
func TestExtensionsOfRDS(t *testing.T) {
	t.Parallel()
	w := newExtended("aws", "prod", "", nil)
	w.settle(t)
	w.server["shared_preload_libraries"] = "pg_stat_statements,auto_explain"
	for _, s := range []struct{ reason, extensions, want string }{
		{"Nothing is asked for that is loaded.", "pg_stat_statements", "pg_stat_statements,auto_explain"},
		{"What somebody loads stays beside it.", "pgaudit", "pg_stat_statements,auto_explain,pgaudit"},
		{"What the claim takes out stays.", "pg_trgm", "pg_stat_statements,auto_explain,pgaudit"},
	} {
		w.extensions = s.extensions
		w.settle(t)
		if got := w.server["shared_preload_libraries"]; got != s.want {
			t.Errorf("\n%s\nwant %q, got %q", s.reason, s.want, got)
		}
		const says = "shared_preload_libraries counts from the server's next restart on, which nobody here makes"
		if is := strings.Contains(w.composed(), says); is != (s.extensions == "pgaudit") {
			t.Errorf("\n%s\nComposed: %q", s.reason, w.composed())
		}
	}
}

// TestExtensionsReported holds that a report which lacks a list for once takes nothing out of it.
func TestExtensionsReported(t *testing.T) {
	t.Parallel()
	byHand := map[string]string{"azure.extensions": "HSTORE", "shared_preload_libraries": "pg_stat_statements,auto_explain"}
	for _, provider := range []string{"aws", "azure"} {
		w := newExtended(provider, "dev", "", nil)
		w.settle(t)
		maps.Copy(w.server, byHand)
		w.reconcile(t) // as a provider looks
		w.extensions = "pg_cron"
		w.settle(t)
		for range 3 {
			for name, r := range w.req.GetObserved().GetResources() {
				if strings.HasPrefix(name, keyParameterGroup) || strings.HasPrefix(name, keyParameter) {
					object.Remove(r.GetResource(), "status", "atProvider", "value")
					object.Remove(r.GetResource(), "status", "atProvider", "parameter")
				}
			}
			w.reconcile(t)
		}
		if got := w.server["shared_preload_libraries"]; got != "pg_stat_statements,auto_explain,pg_cron" {
			t.Errorf("%s: the server loads %q", provider, got)
		}
		if got := w.server["azure.extensions"]; provider == "azure" && got != "HSTORE,pg_cron" {
			t.Errorf("the server allows %q", got)
		}
	}
}

// TestExtensionsOfSettings holds that the settings' own value of a list is added to it as well, so
// that neither takes away what the other one asks for.
func TestExtensionsOfSettings(t *testing.T) {
	t.Parallel()
	const raw = "metadata: {name: platform-prod}\ndata: {policy: {parameters: {%: {postgres: {shared_preload_libraries: \"auto_explain, pg_cron\"}}}}}"
	for provider, tc := range map[string]struct {
		has  map[string]string
		want string
	}{
		"aws":   {nil, "pg_stat_statements,auto_explain,pg_cron,pgaudit"},
		"azure": {ofAzure, "pg_cron,pg_stat_statements,auto_explain,pgaudit"},
	} {
		w := newExtended(provider, "prod", "pgaudit", tc.has)
		w.settings = strings.Replace(raw, "%", provider, 1)
		w.settle(t)
		if got := w.server["shared_preload_libraries"]; got != tc.want {
			t.Errorf("%s: want %q, got %q; %s", provider, tc.want, got, w.composed())
		}
		w.settings = ""
		w.settle(t)
		if got := w.server["shared_preload_libraries"]; got != tc.want {
			t.Errorf("%s: without the settings: want %q, got %q; %s", provider, tc.want, got, w.composed())
		}
	}
}

// TestExtensionsUntold holds that a first report of what a server loads, without the libraries, has none
// of them taken out.
func TestExtensionsUntold(t *testing.T) {
	t.Parallel()
	w := newExtended("azure", "dev", "pgaudit", map[string]string{"shared_preload_libraries": ""})
	w.settle(t)
	part := w.rsp.GetDesired().GetResources()[keyParameter+"shared_preload_libraries"].GetResource()
	if part == nil || !managed.OnlyObserved(part) {
		t.Errorf("the list is written before anybody knows it: %v", part)
	}
}

// TestExtensionsFound holds that a server which outlived its claim keeps its lists until its provider
// has looked at them, and is not restarted without a word.
func TestExtensionsFound(t *testing.T) {
	t.Parallel()
	w := newExtended("azure", "prod", "vector, pgaudit", map[string]string{"azure.extensions": "HSTORE", "shared_preload_libraries": "pg_stat_statements"})
	w.found = true
	w.settle(t)
	if diff := cmp.Diff("azure.extensions=HSTORE,vector,pgaudit shared_preload_libraries=pg_stat_statements", w.has()); diff != "" || w.restarts > 0 {
		t.Errorf("%d restarts: -want, +got:\n%s", w.restarts, diff)
	}
	w.word = "now"
	w.settle(t)
	if got := w.server["shared_preload_libraries"]; got != "pg_stat_statements,pgaudit" || w.restarts != 1 {
		t.Errorf("%d restarts, and the server loads %q: %s", w.restarts, got, w.composed())
	}
}
