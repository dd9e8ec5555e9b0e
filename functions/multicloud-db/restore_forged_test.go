package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// theirsAt is another project's database, as its own cloud knows it.
func theirsAt(provider string) string {
	return map[string]string{
		"azure": strings.Replace(serverOf("postgres"), "payments", "blog", 1), "ibm": strings.Replace(crnOf("postgres"), ":1::", ":2::", 1),
	}[provider]
}

// looker is the main managed resource of a claim that looks at another project's database, and
// that gave its XR the label of the source.
func looker(provider, of string) string {
	main := strings.Replace(sourceMain(provider, "postgres"), "uid: of-orders", "uid: "+of, 1)
	return strings.NewReplacer(serverOf("postgres"), theirsAt("azure"), crnOf("postgres"), theirsAt("ibm")).Replace(main)
}

// TestRestoreForged holds that what carries the labels of a source is not taken for it: its
// controller and its own name tell. Crossplane copies the labels of an XR that its maker wrote.
func TestRestoreForged(t *testing.T) {
	t.Parallel()
	forged := func(xr string) string {
		return strings.NewReplacer("name: orders,", "name: looker,", "uid: of-orders", "uid: of-looker").Replace(xr)
	}
	cases := map[string]struct {
		reason   string
		xr, main func(provider string) []string
		want     string // that it is made of, with OWN for the source's name; "" where it waits or is refused
	}{
		"Main": {
			"The managed resource of another XR comes first among those with the label.",
			func(p string) []string { return []string{sourceXR(p, "postgres")} },
			func(p string) []string { return []string{looker(p, "of-looker"), sourceMain(p, "postgres")} },
			"OWN",
		},
		"MainAlone": {
			"The source's own managed resource is gone, and another one's has the label.",
			func(p string) []string { return []string{sourceXR(p, "postgres")} },
			func(p string) []string { return []string{looker(p, "of-looker")} },
			"",
		},
		"NoController": {
			"A managed resource that nothing controls is nobody's.",
			func(p string) []string { return []string{sourceXR(p, "postgres")} },
			func(p string) []string { return []string{strings.Replace(looker(p, ""), "uid: }", "uid: \"\"}", 1)} },
			"",
		},
		"XR": {
			"The XR of another claim comes first among those with the labels.",
			func(p string) []string {
				return []string{
					strings.NewReplacer("resource: {name: "+p+"-payments-prod-orders", "resource: {name: theirs").Replace(forged(sourceXR(p, "postgres"))),
					sourceXR(p, "postgres"),
				}
			},
			func(p string) []string { return []string{looker(p, "of-looker"), sourceMain(p, "postgres")} },
			"OWN",
		},
	}
	for name, tc := range cases {
		for _, provider := range cloud.Providers {
			t.Run(name+"/"+provider, func(t *testing.T) {
				t.Parallel()
				w := newCopyWorld(t, provider, "postgres", "name: orders")
				w.answer(strings.Join(tc.xr(provider), "\n---\n"), strings.Join(tc.main(provider), "\n---\n"))
				w.set("00000000-0000-0000-0000-000000000000", "providers", "azure", "subscriptionID")
				for range 4 {
					rsp := run(t, proto.CloneOf(w.request))
					if fatal(rsp) != "" {
						break
					}
					w.goOn(rsp)
				}
				data := w.database().data
				if strings.Contains(data, "theirs") || strings.Contains(data, "blog") || theirsAt(provider) != "" && strings.Contains(data, theirsAt(provider)) {
					t.Errorf("\n%s\nit is made of %s", tc.reason, data)
				}
				if own := sourceAt(provider, "postgres"); tc.want != "" && !strings.Contains(data, own) {
					t.Errorf("\n%s\nit is made of %q, and not of %s", tc.reason, data, own)
				}
			})
		}
	}
}

// set sets something in the settings of the env.
func (w *copyWorld) set(v any, path ...string) {
	object.Set(w.request.GetRequiredResources()["settings-env"].GetItems()[0].GetResource(), v, append([]string{"data"}, path...)...)
}

// goOn has Crossplane apply what is desired, and the providers work.
func (w *copyWorld) goOn(rsp *fnv1.RunFunctionResponse) {
	for name, r := range rsp.GetDesired().GetResources() {
		w.apply(name, r.GetResource())
		w.provide(name)
	}
}

// TestRestoreOfLooker plays a claim that looks at another project's database, and then no
// longer says so: its status still shows that database, which no claim may be made of.
func TestRestoreOfLooker(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newCopyWorld(t, provider, "postgres", "")
			w.set("observe", "policy", "adopt")
			w.set("rg", "providers", "azure", "resourceGroup")
			w.things[map[string]string{"gcp": "DatabaseInstance", "aws": "Instance", "azure": "FlexibleServer", "ibm": "Workspace"}[provider]+"/theirs"] = &copied{}
			w.edit(func(s string) string {
				return strings.Replace(s, "  provider:", "  externalName: theirs\n  adopt: Observe\n  provider:", 1)
			})
			var rsp *fnv1.RunFunctionResponse
			for range 3 {
				rsp = run(t, proto.CloneOf(w.request))
				w.goOn(rsp)
			}
			shown := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "resource")
			if object.String(shown, "name") != "theirs" {
				t.Fatalf("it shows %v: %s", shown, fatal(rsp))
			}
			w.edit(func(s string) string { return strings.Replace(s, "  externalName: theirs\n  adopt: Observe\n", "", 1) })
			object.Set(w.request.GetObserved().GetComposite().GetResource(), shown.AsMap(), "status", "resource")
			if rsp := run(t, w.request); fatal(rsp) == "" {
				t.Errorf("without the field it goes on, and shows %v", object.Get(rsp.GetDesired().GetComposite().GetResource(), "status", "resource"))
			}
			xr := sourceXR(provider, "postgres")
			xr = strings.Replace(xr, "name: "+provider+"-payments-prod-orders", "name: theirs", 1)
			copying := newCopyWorld(t, provider, "postgres", "name: orders")
			copying.answer(xr, sourceMain(provider, "postgres"))
			if got := fatal(run(t, copying.request)); !strings.Contains(got, "adopted its database") {
				t.Errorf("a copy of what the claim looked at: %q", got)
			}
		})
	}
}
