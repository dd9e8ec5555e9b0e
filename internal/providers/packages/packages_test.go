package packages

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// allowed ends what is said of anything else.
const allowed = "; allowed are providers from a version to the next major one, such as >=v1.2.3, <v2.0.0"

// TestOf holds what a Configuration may depend on.
func TestOf(t *testing.T) {
	const head = "apiVersion: meta.pkg.crossplane.io/v1\nkind: Configuration\nspec:\n  dependsOn:\n  - "
	cases := map[string]struct {
		reason, declared string
		want             []Provider
		err              string
	}{
		"Provider": {
			"A provider is read with its least version, and the next major one does not come by itself.",
			"{kind: Provider, package: example.org/a/provider-x, version: '>=v3.0.0, <v4.0.0'}",
			[]Provider{{"example.org/a/provider-x", "v3.0.0"}},
			"",
		},
		"Family": {
			"A cloud's services come behind their family, in the same range.",
			"{kind: Provider, package: example.org/a/provider-family-gcp, version: '>=v3.0.0, <v4.0.0'}\n" +
				"  - {kind: Provider, package: example.org/a/provider-gcp-sql, version: '>=v3.0.0, <v4.0.0'}",
			[]Provider{{"example.org/a/provider-family-gcp", "v3.0.0"}, {"example.org/a/provider-gcp-sql", "v3.0.0"}},
			"",
		},
		"Orphan": {
			"A family that nothing but its services asks for comes in the newest version of all.",
			"{kind: Provider, package: example.org/a/provider-gcp-sql, version: '>=v3.0.0, <v4.0.0'}", nil,
			"package/claims depends on example.org/a/provider-gcp-sql, and not on example.org/a/provider-family-gcp >=v3.0.0, <v4.0.0 before it, " +
				"on which that one depends in any version",
		},
		"Late": {
			"Behind a service the family has been installed already, in the version that the service asks for.",
			"{kind: Provider, package: example.org/a/provider-gcp-sql, version: '>=v3.0.0, <v4.0.0'}\n" +
				"  - {kind: Provider, package: example.org/a/provider-family-gcp, version: '>=v3.0.0, <v4.0.0'}", nil,
			"package/claims depends on example.org/a/provider-gcp-sql, and not on example.org/a/provider-family-gcp >=v3.0.0, <v4.0.0 before it, " +
				"on which that one depends in any version",
		},
		"Elsewhere": {
			"A family in another version than its services, which are released with it, is another package.",
			"{kind: Provider, package: example.org/a/provider-family-gcp, version: '>=v4.0.0, <v5.0.0'}\n" +
				"  - {kind: Provider, package: example.org/a/provider-gcp-sql, version: '>=v3.0.0, <v4.0.0'}", nil,
			"package/claims depends on example.org/a/provider-gcp-sql, and not on example.org/a/provider-family-gcp >=v3.0.0, <v4.0.0 before it, " +
				"on which that one depends in any version",
		},
		"Function": {
			"A function that is declared is installed twice while it changes versions.",
			"{kind: Function, package: example.org/a/function-x, version: '>=v1.0.0, <v2.0.0'}", nil,
			"package/claims depends on example.org/a/function-x >=v1.0.0, <v2.0.0, a Function" + allowed,
		},
		"Exact": {
			"A version that is no floor would keep every later one off the cluster.",
			"{kind: Provider, package: example.org/a/provider-x, version: v1.0.0}", nil,
			"package/claims depends on example.org/a/provider-x v1.0.0, a Provider" + allowed,
		},
		"Endless": {
			"Without an end the next major version comes by itself, which Google Cloud's v3.0.0 was one of.",
			"{kind: Provider, package: example.org/a/provider-x, version: '>=v1.2.3'}", nil,
			"package/claims depends on example.org/a/provider-x >=v1.2.3, a Provider" + allowed,
		},
		"Beyond": {
			"An end behind the next major version lets that one in.",
			"{kind: Provider, package: example.org/a/provider-x, version: '>=v1.2.3, <v3.0.0'}", nil,
			"package/claims depends on example.org/a/provider-x >=v1.2.3, <v3.0.0, a Provider" + allowed,
		},
		"Within": {
			"An end below the next major version keeps minor versions off, which drop nothing.",
			"{kind: Provider, package: example.org/a/provider-x, version: '>=v1.2.3, <v1.3.0'}", nil,
			"package/claims depends on example.org/a/provider-x >=v1.2.3, <v1.3.0, a Provider" + allowed,
		},
		"Tenth": {
			"Major versions are counted, and not compared as words.",
			"{kind: Provider, package: example.org/a/provider-x, version: '>=v9.0.0, <v1.0.0'}", nil,
			"package/claims depends on example.org/a/provider-x >=v9.0.0, <v1.0.0, a Provider" + allowed,
		},
		"Blank": {
			"Crossplane 1.20 does not read two bounds with a blank between them.",
			"{kind: Provider, package: example.org/a/provider-x, version: '>=v1.2.3 <v2.0.0'}", nil,
			"package/claims depends on example.org/a/provider-x >=v1.2.3 <v2.0.0, a Provider" + allowed,
		},
		"Candidate": {
			"A floor with a pre-release would let every pre-release behind it in.",
			"{kind: Provider, package: example.org/a/provider-x, version: '>=v1.2.3-0, <v2.0.0'}", nil,
			"package/claims depends on example.org/a/provider-x >=v1.2.3-0, <v2.0.0, a Provider" + allowed,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			if err := os.MkdirAll(filepath.Join(root, "package", "claims"), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, "package", "claims", "crossplane.yaml"), []byte(head+tc.declared+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := Of(root, "claims")
			said := ""
			if err != nil {
				said = err.Error()
			}
			if diff := cmp.Diff([]any{tc.want, tc.err}, []any{got, said}); diff != "" {
				t.Errorf("\n%s\nOf(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestRange holds that what is asked for of a version is what a Configuration may ask for.
func TestRange(t *testing.T) {
	for least, want := range map[string]string{
		"v3.0.0": ">=v3.0.0, <v4.0.0", "v2.7.1": ">=v2.7.1, <v3.0.0", "v9.0.0": ">=v9.0.0, <v10.0.0", "v0.4.0": ">=v0.4.0, <v1.0.0",
	} {
		got := Provider{"example.org/a/provider-x", least}.Range()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Range() of %s: -want, +got:\n%s", least, diff)
		}
		if !asked.MatchString(got) {
			t.Errorf("%s is not read", got)
		}
	}
}

// TestTakes holds which versions are in a range, as Masterminds/semver 1.5.0 and 3.5.0, with which
// Crossplane 1.20 and 2.4 judge, say of the range's words.
func TestTakes(t *testing.T) {
	for version, want := range map[string]bool{
		"v2.6.0": false, "v2.7.0-rc.1": false, "v2.7.0": true, "v2.7.1": true, "v2.99.1": true, "v2.8.0-rc.0.5": false,
		"v3.0.0-rc.0": false, "v3.0.0": false, "v3": false, "v10.0.0": false, "v1.9.9": false, "2.7.0": false, "": false,
	} {
		if got := (Provider{"example.org/a/provider-x", "v2.7.0"}).Takes(version); got != want {
			t.Errorf("Takes(%q) of %s: want %t, got %t", version, Provider{Least: "v2.7.0"}.Range(), want, got)
		}
	}
}
