package multiclouddb

import (
	"strings"
	"testing"
)

// TestExtensionsOfEmptySettings holds that a list of the settings without an item takes nothing out of
// what a server loads.
func TestExtensionsOfEmptySettings(t *testing.T) {
	t.Parallel()
	const raw = "metadata: {name: platform-prod}\ndata: {policy: {parameters: {%: {postgres: {shared_preload_libraries: \",\"}}}}}"
	for provider, want := range map[string]string{"aws": "pg_stat_statements,pgaudit,auto_explain", "azure": "pg_cron,pg_stat_statements,pgaudit,auto_explain"} {
		w := newExtended(provider, "dev", "pgaudit", map[string]string{"shared_preload_libraries": strings.TrimSuffix(want, ",pgaudit,auto_explain")})
		w.settle(t)
		w.server["shared_preload_libraries"] = want
		w.extensions, w.settings = "", strings.Replace(raw, "%", provider, 1)
		w.settle(t)
		if got := w.server["shared_preload_libraries"]; got != want {
			t.Errorf("%s: want %q, got %q; %s", provider, want, got, w.composed())
		}
		if !strings.Contains(w.composed(), "shared_preload_libraries: names nothing") {
			t.Errorf("%s: nobody is told: %s", provider, w.composed())
		}
	}
}
