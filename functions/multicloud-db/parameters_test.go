package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestParameters holds what each parameter of a claim is of each engine on each cloud, and that it
// stays so from then on.
func TestParameters(t *testing.T) {
	t.Parallel()
	const (
		all      = "maxConnections: 500, statementTimeout: 30s, lockTimeout: 2s, slowQueryThreshold: 250ms"
		postgres = "lock_timeout=2000 log_min_duration_statement=250 max_connections=500 statement_timeout=30000"
		mysql    = "innodb_lock_wait_timeout=2 log_output=FILE long_query_time=0.25 max_connections=500 max_execution_time=30000 slow_query_log="
	)
	for name, tc := range map[string]struct{ provider, engine, says, want string }{
		"GCP":        {"gcp", "postgres", all, postgres},
		"GCPMySQL":   {"gcp", "mysql", all, mysql + "on"},
		"AWS":        {"aws", "postgres", all, strings.Replace(postgres, " statement", " rds.force_ssl=1 statement", 1)},
		"AWSMySQL":   {"aws", "mysql", all, strings.Replace(mysql, "slow_", "require_secure_transport=1 slow_", 1) + "1"},
		"Azure":      {"azure", "postgres", all, postgres},
		"AzureMySQL": {"azure", "mysql", all, strings.Replace(mysql, "log_output=FILE ", "", 1) + "ON"},
		"IBM":        {"ibm", "postgres", "maxConnections: 500, slowQueryThreshold: 1min", "log_min_duration_statement=60000 max_connections=500"},
		"IBMMySQL":   {"ibm", "mysql", "maxConnections: 500", "max_connections=500"},
	} {
		for _, env := range []string{"prod", "dev"} {
			t.Run(name+"/"+env, func(t *testing.T) {
				t.Parallel()
				w := newTuned(tc.provider, tc.engine, env, tc.says)
				for i := range 10 {
					w.reconcile(t)
					if got := fatal(w.rsp); got != "" {
						t.Fatal(got)
					}
					if diff := cmp.Diff(tc.want, w.has()); diff != "" && i > 2 {
						t.Fatalf("reconcile %d: -want, +got:\n%s\n%s", i, diff, w.composed())
					}
				}
				if w.restarts > 1 {
					t.Errorf("the server restarts %d times", w.restarts)
				}
			})
		}
	}
}

// TestParametersRefused holds what a claim is told that asks for what its cloud or engine has not.
func TestParametersRefused(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, provider, engine, says, want string }{
		"Unknown": {"An unknown parameter lists those that there are.", "gcp", "postgres", "workMem: 5", "spec.database.parameters.workMem: unknown field"},
		"NoUnit": {
			"A time has a unit.", "gcp", "postgres", `statementTimeout: "30"`,
			`spec.database.parameters.statementTimeout: "30" is not allowed; allowed is a whole number with its unit of ms, s, min or h, such as 30s, up to 24h`,
		},
		"Unit":    {"A minute has its unit.", "gcp", "postgres", `lockTimeout: 5m`, `spec.database.parameters.lockTimeout: "5m" is not allowed`},
		"TooLong": {"A day is the longest.", "gcp", "postgres", `lockTimeout: 25h`, `spec.database.parameters.lockTimeout: "25h" is not allowed`},
		"Number":  {"A number is no time.", "gcp", "postgres", `lockTimeout: 5`, `spec.database.parameters.lockTimeout: 5 is no string; put it in quotes`},
		"Few": {
			"A server has a few connections.", "gcp", "postgres", `maxConnections: 2`,
			`spec.database.parameters.maxConnections: 2 is not allowed; allowed is 25 to 100000`,
		},
		"Part": {
			"MySQL waits for whole seconds.", "azure", "mysql", `lockTimeout: 1500ms`,
			`spec.database.parameters.lockTimeout: "1500ms" is not allowed for mysql; allowed are whole seconds, such as 5s`,
		},
		"IBMLeast": {
			"IBM Cloud logs from a tenth of a second on.", "ibm", "postgres", `slowQueryThreshold: 50ms`,
			`spec.database.parameters.slowQueryThreshold: "50ms" is not allowed on ibm; allowed is 100ms and more`,
		},
		"IBMNone": {
			"IBM Cloud lets set few of them.", "ibm", "postgres", `statementTimeout: 5s`,
			`spec.database.parameters.statementTimeout: is not offered for postgres on ibm: it lets nobody set that for the server; set it by SQL`,
		},
		"IBMMySQL": {
			"Of MySQL even fewer.", "ibm", "mysql", `slowQueryThreshold: 5s`,
			`spec.database.parameters.slowQueryThreshold: is not offered for mysql on ibm`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTuned(tc.provider, tc.engine, "prod", tc.says)
			w.reconcile(t)
			if got := fatal(w.rsp); !strings.Contains(got, tc.want) {
				t.Errorf("\n%s\nwant %q in %q", tc.reason, tc.want, got)
			}
		})
	}
}

// TestParametersWait holds which edit of a parameter reaches a live server, and that none restarts
// one in prod but by a word, which counts once.
func TestParametersWait(t *testing.T) {
	t.Parallel()
	// Clouds that restart the server, by themselves or by the provider.
	for _, provider := range []string{"gcp", "azure", "ibm"} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newTuned(provider, "postgres", "prod", "maxConnections: 500")
			steps := []struct {
				reason, parameters, word string
				want                     string
				restarts                 int
				says                     string
			}{
				{"A new server has what its claim says.", "maxConnections: 500", "", "max_connections=500", 1, ""},
				{
					"More connections take a restart.", "maxConnections: 800", "", "max_connections=500", 1,
					"spec.database.parameters.maxConnections: waits, since the server restarts for max_connections 800",
				},
				{
					"What takes none does not wait with it.", "maxConnections: 800, slowQueryThreshold: 1s", "",
					"log_min_duration_statement=1000 max_connections=500", 1, "waits",
				},
				{"The word has it set.", "maxConnections: 800, slowQueryThreshold: 1s", "now", "log_min_duration_statement=1000 max_connections=800", 2, ""},
				{"The word counts once.", "maxConnections: 900, slowQueryThreshold: 1s", "now", "log_min_duration_statement=1000 max_connections=800", 2, "waits"},
				{"To take the word away is none.", "maxConnections: 900, slowQueryThreshold: 1s", "", "log_min_duration_statement=1000 max_connections=800", 2, "waits"},
				{
					"The word that was there is none.", "maxConnections: 900, slowQueryThreshold: 1s", "now",
					"log_min_duration_statement=1000 max_connections=800", 2, "waits",
				},
				{"Another one is.", "maxConnections: 900, slowQueryThreshold: 1s", "again", "log_min_duration_statement=1000 max_connections=900", 3, ""},
				{"What nobody names any more stays.", "", "again", "log_min_duration_statement=1000 max_connections=900", 3, ""},
				{"And is no restart when it is named again.", "maxConnections: 900", "again", "log_min_duration_statement=1000 max_connections=900", 3, ""},
			}
			for i, s := range steps {
				w.parameters, w.word = s.parameters, s.word
				for range 5 {
					w.reconcile(t)
					if got := fatal(w.rsp); got != "" {
						t.Fatal(got)
					}
				}
				if diff := cmp.Diff(s.want, w.has()); diff != "" {
					t.Errorf("step %d\n%s\n-want, +got:\n%s\n%s", i, s.reason, diff, w.composed())
				}
				told := object.String(w.req.GetObserved().GetResources()[keyInstance].GetResource(), "metadata", "annotations", requested+"max-connections")
				if told == "" || !strings.Contains(s.want, "max_connections="+told) {
					t.Errorf("step %d\n%s\nthe step that sizes is told of %q connections", i, s.reason, told)
				}
				if w.restarts != s.restarts {
					t.Errorf("step %d\n%s\nwant %d restarts, got %d", i, s.reason, s.restarts, w.restarts)
				}
				if s.says == "" && strings.Contains(w.composed(), "waits, since") || !strings.Contains(w.composed(), s.says) {
					t.Errorf("step %d\n%s\nComposed: want %q in %q", i, s.reason, s.says, w.composed())
				}
			}
		})
	}
}

// TestParametersAtOnce holds what becomes of an edit where nothing waits for a word: outside prod,
// and where the cloud restarts nothing.
func TestParametersAtOnce(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, provider, engine, env, want, says string }{
		"Staging": {"Outside prod a restart may come.", "gcp", "postgres", "staging", "max_connections=800", ""},
		"MySQL":   {"MySQL takes more connections as it runs.", "gcp", "mysql", "prod", "max_connections=800", ""},
		"Azure":   {"On Azure as well.", "azure", "mysql", "prod", "max_connections=800", ""},
		"AWS": {
			"RDS sets the parameter in the group, and restarts nothing.", "aws", "postgres", "prod", "max_connections=800 rds.force_ssl=1",
			"spec.database.parameters.maxConnections: max_connections counts from the server's next restart on, which nobody here makes",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTuned(tc.provider, tc.engine, tc.env, "maxConnections: 500")
			for range 4 {
				w.reconcile(t)
			}
			w.parameters = "maxConnections: 800"
			for range 4 {
				w.reconcile(t)
			}
			if diff := cmp.Diff(tc.want, w.has()); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			if !strings.Contains(w.composed(), tc.says) || strings.Contains(w.composed(), "waits") {
				t.Errorf("\n%s\nComposed: %q", tc.reason, w.composed())
			}
		})
	}
}

// TestParametersOfSettings holds the platform's own parameters: over what nobody says, below what a
// claim says, and waiting unless they are said to take no restart.
func TestParametersOfSettings(t *testing.T) {
	t.Parallel()
	const raw = "metadata: {name: platform-prod}\ndata: {policy: {parameters: {%: {postgres: {max_connections: {value: \"300\", dynamic: true}, " +
		"lock_timeout: \"9\", work_mem: {value: \"65536\", dynamic: true}, max_locks_per_transaction: \"128\"}}}}}"
	for provider, made := range map[string]string{"gcp": "", "aws": " rds.force_ssl=1", "azure": "", "ibm": " max_connections=500"} {
		tls := map[string]string{"aws": made}[provider]
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newTuned(provider, "postgres", "prod", "")
			for range 3 {
				w.reconcile(t)
			}
			if got := strings.TrimSpace(w.has()); got != strings.TrimSpace(made) {
				t.Errorf("nobody says a parameter, and there are %s", got)
			}
			w.settings = strings.Replace(raw, "%", provider, 1)
			for range 4 {
				w.reconcile(t)
			}
			want := "lock_timeout=9 work_mem=65536" // which of the two others takes a restart is known here
			if provider == "aws" {
				want = "lock_timeout=9 max_connections=300 max_locks_per_transaction=128 rds.force_ssl=1 work_mem=65536"
			}
			if provider == "ibm" { // with which it was made
				want = "lock_timeout=9 max_connections=500 work_mem=65536"
			}
			if diff := cmp.Diff(want, w.has()); diff != "" {
				t.Errorf("only what takes no restart is set: -want, +got:\n%s\n%s", diff, w.composed())
			}
			w.parameters, w.word = "maxConnections: 500", "go"
			for range 4 {
				w.reconcile(t)
			}
			if diff := cmp.Diff("lock_timeout=9 max_connections=500 max_locks_per_transaction=128"+tls+" work_mem=65536", w.has()); diff != "" {
				t.Errorf("the claim's own is stronger: -want, +got:\n%s\n%s", diff, w.composed())
			}
		})
	}
}

// TestParametersByHandKept holds that what somebody set at the cloud, or in the managed resource, and
// nobody here names stays beside what claims say, through ten reconciles and edits.
func TestParametersByHandKept(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newTuned(provider, "postgres", "prod", "slowQueryThreshold: 1s")
			for range 3 {
				w.reconcile(t)
			}
			w.server["random_page_cost"], w.restarts = "1.1", 0 // nobody used the server before
			if provider == "gcp" {                              // whose provider takes back what stands in the console alone
				instance := w.req.GetObserved().GetResources()[keyInstance].GetResource()
				setFlags(instance, w.server)
			}
			for i := range 10 {
				w.parameters = []string{"slowQueryThreshold: 1s", "slowQueryThreshold: 2s", ""}[i/4]
				w.reconcile(t)
				if w.server["random_page_cost"] != "1.1" {
					t.Fatalf("reconcile %d: what was set by hand is gone: %s", i, w.has())
				}
			}
			if w.server["log_min_duration_statement"] != "2000" {
				t.Errorf("what the claim said last is gone: %s", w.has())
			}
			if w.restarts > 0 {
				t.Errorf("the server restarts %d times", w.restarts)
			}
		})
	}
}
