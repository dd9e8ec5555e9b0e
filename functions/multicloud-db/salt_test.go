package multiclouddb

import (
	"regexp"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// salted are settings of Azure with a salt, or without one.
func salted(salt string) string {
	return "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg, bucketNameSalt: \"" + salt + "\"}}}"
}

// worldwide are the types whose names are unique worldwide on Azure, with the part that has
// the name.
var worldwide = map[string]struct {
	part  string
	alive func(*testing.T, string, string, ...string) *live
}{
	"cache": {keyInstance, aliveCache},
	"queue": {keyNamespace, aliveQueue},
}

const plainName = "azure-shop-staging-cloudsql-main-7e886bd4"

// namesThere are the external names of the main part and of the one that is unique worldwide.
func namesThere(rsp *fnv1.RunFunctionResponse, part string) string {
	desired := rsp.GetDesired().GetResources()
	return object.String(desired[keyInstance].GetResource(), externalNameAt...) + " " + object.String(desired[part].GetResource(), externalNameAt...)
}

// TestSalt holds that the name of a new cache, and of a new queue's namespace, differs from
// that of every other installation where the settings say a salt, and that a live one keeps
// the name that it has, whatever becomes of the salt and of what is known of it.
func TestSalt(t *testing.T) {
	t.Parallel()
	for typ, tc := range worldwide {
		for lost, lose := range losses {
			t.Run(typ+"/"+lost, func(t *testing.T) {
				t.Parallel()
				seen := map[string]string{}
				for _, salt := range []string{"", "acme", "other"} {
					l := tc.alive(t, "azure", salted(salt))
					was := namesThere(l.run(t), tc.part)
					if other, twice := seen[was]; twice {
						t.Errorf("the salts %q and %q give the same name %s", other, salt, was)
					}
					seen[was] = salt
					if plain := plainName + " " + plainName; salt == "" && was != plain {
						t.Errorf("without a salt the names are %s, want %s", was, plain)
					}
					lose(l)
					for _, now := range []string{"", "acme", "another-one", "no salt!"} {
						l.settle(t, salted(now))
						rsp := l.run(t)
						if got := fatal(rsp); got != "" {
							t.Fatalf("salt %q becomes %q: %s", salt, now, got)
						}
						if got := namesThere(rsp, tc.part); got != was {
							t.Errorf("salt %q becomes %q: a live %s called %s is called %s", salt, now, typ, was, got)
						}
					}
				}
			})
		}
	}
}

// TestSaltElsewhere holds that a salt is for names that are unique worldwide.
func TestSaltElsewhere(t *testing.T) {
	t.Parallel()
	for typ, spec := range map[string]string{"cache": specCache, "queue": specQueue} {
		for _, provider := range []string{"gcp", "aws", "ibm"} {
			spec := strings.Replace(spec, "gcp", provider, 1)
			name := func(settings string) string {
				return object.String(run(t, request(t, xrHead+spec, settings, nil)).GetDesired().GetResources()[keyInstance].GetResource(), externalNameAt...)
			}
			with := strings.ReplaceAll(salted("acme"), "azure: {resourceGroup: rg, ", provider+": {")
			if got, want := name(with), name("metadata: {name: p}\ndata: {}"); got != want {
				t.Errorf("%s on %s: with a salt the name is %q, and without %q", typ, provider, got, want)
			}
		}
	}
}

// TestSaltAgain holds that a claim of which all is lost finds its own again by the same salt:
// its name depends on nothing else that a claim may say.
func TestSaltAgain(t *testing.T) {
	t.Parallel()
	for typ, tc := range worldwide {
		t.Run(typ, func(t *testing.T) {
			t.Parallel()
			l := tc.alive(t, "azure", salted("acme"), "env: staging", "env: prod")
			want := namesThere(l.run(t), tc.part)
			delete(l.xr().GetFields(), "status")
			l.request.Observed.Resources = map[string]*fnv1.Resource{}
			for _, said := range []string{"", "  deletionPolicy: Orphan\n", "  entity: resource:default/x\n"} {
				if said != "" {
					l.edit(t, "  region: eu-west\n", "  region: eu-west\n"+said)
				}
				if got := namesThere(l.run(t), tc.part); got != want {
					t.Errorf("made again it is called %s, and was %s", got, want)
				}
			}
		})
	}
}

// TestSaltHalfMade holds that a namespace which is there before its queue keeps its name, and
// that one which Azure refused gets another.
func TestSaltHalfMade(t *testing.T) {
	t.Parallel()
	long := "name: " + strings.Repeat("x", 60)
	for name, tc := range map[string]struct {
		reason, first, then, claim string
		failed, alone              bool
	}{
		"Later": {"A salt that comes later leaves no namespace behind.", "", "acme", "name: cloudsql-main", false, false},
		"Other": {"Another salt leaves no namespace behind.", "acme", "other", "name: cloudsql-main", false, false},
		"Gone":  {"A salt that is gone leaves no namespace behind.", "acme", "", "name: cloudsql-main", false, false},
		"Long":  {"A namespace whose name was shortened keeps it.", "", "acme", long, false, false},
		"Alone": {
			"A namespace that the claim made, and only looks at since something in it is another's, keeps its name.", "", "acme",
			"name: cloudsql-main", false, true,
		},
		"Failed": {"A name that another customer has is mended by a salt.", "", "acme", "name: cloudsql-main", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newQueue(t, "azure", salted(tc.first))
			head := strings.Replace(xrHead, "name: cloudsql-main", tc.claim, 1)
			l.request.Observed.Composite.Resource = fromYAML(t, head+l.spec)
			was := ""
			for range 2 {
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				was = namesThere(rsp, keyNamespace)
				for part, r := range rsp.GetDesired().GetResources() {
					o := r.GetResource()
					switch {
					case part == keyNamespace && tc.failed:
						object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-failed")
					case part == keyNamespace:
						o = made(o)
					}
					if tc.alone {
						object.Set(o, []any{"Observe"}, "spec", "managementPolicies")
					}
					l.request.Observed.Resources[part] = &fnv1.Resource{Resource: o}
				}
			}
			l.settle(t, salted(tc.then))
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if got := namesThere(rsp, keyNamespace); (got == was) == tc.failed {
				t.Errorf("\n%s\nthe names were %s and are %s", tc.reason, was, got)
			}
		})
	}
}

// TestSaltedNames holds that Azure takes the names, however long those of the claim are, and
// that a salt which is easily another installation's is refused.
func TestSaltedNames(t *testing.T) {
	t.Parallel()
	forms := map[string]*regexp.Regexp{
		"cache": regexp.MustCompile(`^[a-z0-9](-?[a-z0-9]){2,62}$`),
		"queue": regexp.MustCompile(`^[a-z](-?[a-z0-9]){5,49}$`),
	}
	for typ, spec := range map[string]string{"cache": specCache, "queue": specQueue} {
		spec = strings.Replace(spec, "gcp", cloud.Azure, 1)
		for _, name := range []string{"a", "a.b", "orders-sb", "orders-mgmt", strings.Repeat("z", 63), "a--b"} {
			head := strings.Replace(xrHead, "name: cloudsql-main", "name: "+name, 1)
			rsp := run(t, request(t, head+spec, salted("acme"), nil))
			for got := range strings.FieldsSeq(namesThere(rsp, worldwide[typ].part)) {
				if !forms[typ].MatchString(got) || len(got) > 63 || strings.HasSuffix(got, "-sb") || strings.HasSuffix(got, "-mgmt") {
					t.Errorf("%s: %q is no name that Azure takes", typ, got)
				}
			}
		}
		want := `settings providers.azure.bucketNameSalt: "abc" is not allowed; allowed are 4 characters or more`
		if got := fatal(run(t, request(t, xrHead+spec, salted("abc"), nil))); !strings.HasPrefix(got, want) {
			t.Errorf("%s: a short salt ends as %q, want %q", typ, got, want)
		}
	}
}

// TestSaltGate holds that a claim which was let name its project goes on under settings that
// let none any more, where nothing but its status says that it lives: the name says whose it is.
func TestSaltGate(t *testing.T) {
	t.Parallel()
	const closed = "metadata: {name: platform}\ndata: {policy: {overrides: {project: false, env: false}}}"
	for typ, tc := range worldwide {
		for _, salt := range []string{"", "acme"} {
			l := tc.alive(t, "azure", salted(salt))
			l.request.Observed.Resources = map[string]*fnv1.Resource{}
			l.request.RequiredResources["settings"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, closed)}}}
			for _, now := range []string{salt, "another-one", "", "no salt!"} {
				l.settle(t, salted(now))
				l.request.RequiredResources["settings"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, closed)}}}
				if got := fatal(l.run(t)); got != "" {
					t.Errorf("%s, salt %q becomes %q: what lives is refused: %s", typ, salt, now, got)
				}
			}
			l.edit(t, "project: shop", "project: crm")
			if got := fatal(l.run(t)); !strings.Contains(got, "spec.project") {
				t.Errorf("%s, salt %q: another project is not refused: %q", typ, salt, got)
			}
		}
	}
}

// TestSaltFailed holds how the name ends of what was asked for under the plain one before the
// settings had a salt: only what its cloud never made gets a salted one.
func TestSaltFailed(t *testing.T) {
	t.Parallel()
	const at = "2026-11-25T00:00:00Z"
	annotation := func(name string) func(*structpb.Struct) {
		return func(o *structpb.Struct) {
			object.Set(o, at, "metadata", "annotations", "crossplane.io/external-create-"+name)
		}
	}
	for name, tc := range map[string]struct {
		reason string
		state  func(*structpb.Struct)
		salted bool
	}{
		"Failed":  {"Whoever has the plain name has it for good, so that a creation that failed ends under the salted one.", annotation("failed"), true},
		"Pending": {"A creation that nobody knows the end of may have made the plain name.", annotation("pending"), false},
		"Made":    {"What was made keeps the plain name.", annotation("succeeded"), false},
	} {
		for typ, of := range worldwide {
			t.Run(name+"/"+typ, func(t *testing.T) {
				t.Parallel()
				spec := strings.Replace(map[string]string{"cache": specCache, "queue": specQueue}[typ], "gcp", cloud.Azure, 1)
				req := request(t, xrHead+spec, salted(""), nil)
				for part, r := range run(t, req).GetDesired().GetResources() {
					if part == of.part {
						tc.state(r.GetResource())
					}
					req.Observed.Resources[part] = &fnv1.Resource{Resource: r.GetResource()}
				}
				req.RequiredResources = request(t, xrHead+spec, salted("acme"), nil).GetRequiredResources()
				rsp := run(t, req)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				for got := range strings.FieldsSeq(namesThere(rsp, of.part)) {
					if tail, is := strings.CutPrefix(got, plainName); !is || (len(tail) == len("-be4ba8e8")) != tc.salted || !tc.salted && tail != "" {
						t.Errorf("\n%s\nit is called %q; salted is %t", tc.reason, got, tc.salted)
					}
				}
			})
		}
	}
}
