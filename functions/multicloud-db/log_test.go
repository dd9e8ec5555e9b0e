package multiclouddb

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestDecisionsLogged holds that debug logging says of each field of a live database what
// it was held to and why, and that nothing is logged without it.
func TestDecisionsLogged(t *testing.T) { //nolint:paralleltest // It sets the process's logger.
	before := slog.Default()
	defer slog.SetDefault(before)
	for level, want := range map[slog.Level]map[string]string{
		slog.LevelInfo: {},
		slog.LevelDebug: {
			"spec.database.version": "16 said",
			"spec.region":           "europe-west1 said",
			"network":               "net the settings no longer say",
		},
	} {
		var out bytes.Buffer
		slog.SetDefault(slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: level})))
		l := alive(t, "gcp")
		o := l.instance()
		changed := fromYAML(t, "{privateNetwork: net, ipv4Enabled: false}")
		o.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()["settings"].GetStructValue().
			GetFields()["ipConfiguration"].GetStructValue().Fields = changed.GetFields()
		if got := fatal(l.run(t)); got != "" {
			t.Fatal(got)
		}
		got := map[string]string{}
		for line := range bytes.SplitSeq(bytes.TrimSpace(out.Bytes()), []byte("\n")) {
			d := map[string]string{}
			if len(line) == 0 {
				continue
			}
			if err := json.Unmarshal(line, &d); err != nil {
				t.Fatal(err)
			}
			got[d["field"]] = d["held"] + " " + d["why"]
		}
		for field := range got {
			if _, ok := want[field]; !ok && len(want) > 0 {
				delete(got, field)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("at level %s: -want, +got:\n%s", level, diff)
		}
	}
}

// TestLookedInItsAccount holds that a database which is only looked at is looked for in the
// account where it is, also where the settings that name it are gone: in another one its
// provider would find nothing, or another database.
func TestLookedInItsAccount(t *testing.T) {
	t.Parallel()
	for provider, body := range there {
		xr := xrHead + strings.Replace(specGCP, "gcp", provider, 1) + "  externalName: old\n"
		o := fromYAML(t, "{"+body+"}")
		object.Set(o, "prod", "spec", "providerConfigRef", "name")
		req := request(t, xr, "", nil)
		req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
		if provider == "azure" {
			req = request(t, xr, settingsAdopt, nil)
			req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
		}
		rsp := run(t, req)
		if got := fatal(rsp); got != "" {
			t.Fatalf("%s: %s", provider, got)
		}
		got := rsp.GetDesired().GetResources()[keyInstance].GetResource()
		if diff := cmp.Diff("prod", object.String(got, "spec", "providerConfigRef", "name")); diff != "" {
			t.Errorf("%s: the account: -want, +got:\n%s", provider, diff)
		}
	}
}
