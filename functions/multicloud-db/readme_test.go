package multiclouddb

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/cache"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/cluster"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/database"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/queue"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

var code = regexp.MustCompile("`([^`]+)`")

// readme is the text of the README.
func readme(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// block is the README's first block of code in a language.
func block(t *testing.T, language string) string {
	t.Helper()
	_, rest, found := strings.Cut(readme(t), "```"+language+"\n")
	text, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatalf("the README has no %s", language)
	}
	return text
}

// table is the README's table whose first cell begins so, a row by its first cell.
func table(t *testing.T, first string) map[string][]string {
	t.Helper()
	_, rest, found := strings.Cut(readme(t), "\n| "+first)
	text, _, _ := strings.Cut(rest, "\n\n")
	out := map[string][]string{}
	for i, line := range strings.Split(text, "\n") {
		if i < 2 { // the heads, and the line below
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for _, name := range code.FindAllStringSubmatch(cells[0], -1) {
			out[name[1]] = cells[1:]
		}
	}
	if !found || len(out) == 0 {
		t.Fatalf("the README has no table that begins with %q", first)
	}
	return out
}

// TestReadmePipeline holds that the README's pipeline is the platform's.
func TestReadmePipeline(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../apis/claims/composition.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := object.Get(fromYAML(t, string(b)), "spec", "pipeline")
	if diff := cmp.Diff(want, object.Get(fromYAML(t, block(t, "yaml")), "spec", "pipeline"), protocmp.Transform()); diff != "" {
		t.Errorf("-apis/claims, +README:\n%s", diff)
	}
}

// partSpecs are the claims of each type whose parts the README lists, but for the provider.
var partSpecs = map[string][]string{
	"database": {
		"profile: medium\n  database: {engine: postgres, parameters: {maxConnections: 500}, extensions: [pgaudit]}",
		"profile: medium\n  database: {engine: mysql, parameters: {maxConnections: 500}}",
	},
	"bucket":  {"bucket: {versioning: true}"},
	"cache":   {"profile: medium"},
	"queue":   {"queue: {ACCESS}"},
	"cluster": {"profile: medium"},
}

// accessOf lets identities in, where a cloud has them.
var accessOf = map[string]string{
	"gcp": "access: [{principal: 'serviceAccount:a@acme-prod.iam.gserviceaccount.com', role: send}, " +
		"{principal: 'serviceAccount:a@acme-prod.iam.gserviceaccount.com', role: receive}]",
	"aws":   "access: [{principal: 'arn:aws:iam::123456789012:role/app', role: send}]",
	"azure": "access: [{principal: 11111111-2222-3333-4444-555555555555, role: send}, {principal: 11111111-2222-3333-4444-555555555555, role: receive}]",
}

// TestReadmeParts composes what the README's tables of parts name, and holds that they name
// no more and no less, each part with its kind on its cloud.
func TestReadmeParts(t *testing.T) {
	t.Parallel()
	declared := map[string][]string{
		"database": database.Type.Parts, "bucket": bucket.Type.Parts, "cache": cache.Type.Parts, "queue": queue.Type.Parts, "cluster": cluster.Type.Parts,
	}
	for _, word := range types.Words() {
		rows := table(t, "part of a "+word+" ")
		composed := map[string]bool{}
		for column, provider := range []string{"gcp", "aws", "azure", "ibm"} {
			if typ, _ := types.Find(word); !slices.Contains(typ.Providers(), provider) {
				continue
			}
			for _, spec := range partSpecs[word] {
				for part, o := range partsOf(t, "type: "+word+"\n  provider: "+provider+"\n  region: eu-west\n  "+strings.Replace(spec, "ACCESS", accessOf[provider], 1)) {
					kind := object.String(o, "kind")
					row := rowOf(rows, part)
					if row == nil || !strings.Contains(row[column], "`"+kind+"`") {
						t.Errorf("the README says no %s of a %s on %s, or not as %s", part, word, provider, kind)
					}
					composed[provider+" "+kind] = true
				}
			}
			for part, row := range rows {
				for _, kind := range code.FindAllStringSubmatch(row[column], -1) {
					if !composed[provider+" "+kind[1]] {
						t.Errorf("%s: the README says %s on %s, and nothing composes it for a %s", part, kind[1], provider, word)
					}
				}
			}
		}
		for _, part := range declared[word] {
			if rowOf(rows, part) == nil {
				t.Errorf("the README says nothing of the part %s of a %s", part, word)
			}
		}
		if len(declared[word]) == 0 {
			t.Errorf("the README's parts of a %s are held by nothing", word)
		}
	}
}

// rowOf finds the row of a part; a name in the table may end in what differs, in braces.
func rowOf(rows map[string][]string, part string) []string {
	for name, row := range rows {
		begin, _, several := strings.Cut(name, "{")
		if part == name || several && strings.HasPrefix(part, begin) {
			return row
		}
	}
	return nil
}

// TestReadmeRequirements holds that all requirements of all calls here are in the README's
// table, and that nothing else is.
func TestReadmeRequirements(t *testing.T) {
	t.Parallel()
	xr := strings.Replace(xrHead+specGCP, "  claimRef", "  writeConnectionSecretToRef: {name: conn}\n  claimRef", 1)
	namespaced := strings.NewReplacer("kind: XResource", "kind: Resource", "labels", "namespace: payments-prod-infra, labels").Replace(xr)
	namespaced = regexp.MustCompile(`(?m)^  claimRef.*\n`).ReplaceAllString(namespaced, "")
	got := map[string]bool{}
	copied := newCopyWorld(t, "gcp", "postgres", "name: orders").request
	for _, req := range []*fnv1.RunFunctionRequest{request(t, namespaced, "", nil), request(t, xr, "", nil), copied} {
		switch kind := object.String(req.GetObserved().GetComposite().GetResource(), "kind"); {
		case req == copied:
			req.RequiredResources = nil // nothing is answered yet
		case kind == "XResource": // as the pipeline brings settings
			req.RequiredResources = nil
			req.Context = fromYAML(t, `{apiextensions.crossplane.io/environment: {delivery: {store: vault}}}`)
		default:
			object.Set(req.GetObserved().GetComposite().GetResource(), "staging", "spec", "env")
			object.Set(req.GetObserved().GetComposite().GetResource(), "blog", "spec", "project")
		}
		rsp := run(t, req)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		for name := range rsp.GetRequirements().GetResources() {
			got[name] = true
		}
	}
	want := slices.Sorted(maps.Keys(table(t, "requirement")))
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("-README, +asked for:\n%s", diff)
	}
}

// TestReadmeNeeds holds that a claim is refused without the setting that the README's table
// says it needs.
func TestReadmeNeeds(t *testing.T) {
	t.Parallel()
	azure := strings.Replace(specGCP, "gcp", "azure", 1)
	old := request(t, xrHead+specGCP, "", nil)
	old.ExtraResources, old.RequiredResources = old.GetRequiredResources(), nil //nolint:staticcheck // As Crossplane 1.20 answers.
	for setting, req := range map[string]*fnv1.RunFunctionRequest{
		"providers.gcp.region":          request(t, xrHead+strings.Replace(specGCP, "  region: eu-west\n", "", 1), "", nil),
		"providers.gcp.bucketNameSalt":  request(t, xrHead+"  provider: gcp\n  type: bucket\n  region: eu-west\n", "", nil),
		"providers.azure.resourceGroup": request(t, xrHead+azure+"  externalName: old\n", "", nil),
		"providers.gcp.passwordSecret":  old,
	} {
		if got := fatal(run(t, req)); !strings.Contains(got, setting) {
			t.Errorf("without %s: %q", setting, got)
		}
		if !strings.Contains(readme(t), "`"+setting+"`") && !strings.Contains(readme(t), "`"+strings.Replace(setting, "gcp", "{provider}", 1)+"`") {
			t.Errorf("the README does not say that %s is needed", setting)
		}
	}
	if got := fatal(run(t, request(t, xrHead+specGCP, "", nil))); got != "" {
		t.Errorf("a claim that names its region needs a setting: %s", got)
	}
}

// TestReadmeLog holds that --debug logs the README's line, beside what all lines have.
func TestReadmeLog(t *testing.T) { //nolint:paralleltest // It sets the process's logger.
	var out bytes.Buffer
	before := slog.Default()
	defer slog.SetDefault(before)
	slog.SetDefault(slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
	l := alive(t, "gcp")
	object.Set(l.instance(), "net", "spec", "forProvider", "settings", "ipConfiguration", "privateNetwork")
	l.run(t)

	var want map[string]string
	if err := json.Unmarshal([]byte(block(t, "json")), &want); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		var got map[string]string
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		if got["field"] != want["field"] {
			continue
		}
		maps.DeleteFunc(got, func(key, _ string) bool { return want[key] == "" && key != "said" && key != "is" })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-README, +logged:\n%s", diff)
		}
		return
	}
	t.Errorf("nothing is logged of %s", want["field"])
}
