package multiclouddb

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// asking gives a world's request a policy on restores, as the platform's settings have it.
func (w *copyWorld) asking(policy string) *copyWorld {
	object.Set(w.request.GetRequiredResources()["settings-env"].GetItems()[0].GetResource(), fromYAML(w.t, "{v: "+policy+"}").GetFields()["v"],
		"data", "policy", "restoreFrom")
	return w
}

// TestRestoreGate holds whose data a database may be made of.
func TestRestoreGate(t *testing.T) {
	t.Parallel()
	const name, env, external, snapshot = "name: orders", "name: orders, env: staging", "externalName: theirs", "name: orders, backup: theirs"
	refuses := func(field, value, allowed string) string {
		return fmt.Sprintf("spec.database.restoreFrom.%s: %q is not allowed by settings policy.restoreFrom; allowed %s", field, value, allowed)
	}
	listed := func(field, value string) string {
		return refuses(field, value, "are claims of payments in prod, staging")
	}
	const nothing = "is none: no claim here may be made of another one's data"
	cases := map[string]struct{ reason, policy, from, want string }{
		"Same":         {"A claim of the same namespace is the project's own.", "same", name, ""},
		"SameEnv":      {"The namespace's own env is no other.", "same", "name: orders, env: prod", ""},
		"OtherEnv":     {"Data of another env takes a word.", "same", env, refuses("env", "staging", "are claims of payments in prod")},
		"External":     {"A name at the cloud may be anybody's.", "same", external, refuses("externalName", "theirs", "are claims of payments in prod")},
		"None":         {"The platform may forbid copies.", "none", name, refuses("name", "orders", nothing)},
		"NoneExternal": {"A copy by another name is one.", "none", external, refuses("externalName", "theirs", nothing)},
		"Listed":       {"The list names envs of the project.", "[staging]", env, ""},
		"ListedOwn":    {"Beside a list the own env stays.", "[staging]", name, ""},
		"NotListed":    {"An env that is not in the list is refused.", "[staging]", "name: orders, env: dev", listed("env", "dev")},
		"ListedName":   {"A list of envs names no database of the cloud's.", "[staging]", external, listed("externalName", "theirs")},
		"Any":          {"The platform may allow all.", "any", external, ""},
		"AnyEnv":       {"All envs are among all.", "any", env, ""},
		"AnySnapshot":  {"So are snapshots that do not say whose they are.", "any", snapshot, ""},
	}
	for key, tc := range cases {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, newCopyWorld(t, "aws", "postgres", tc.from).asking(tc.policy).request)
			if got := fatal(rsp); got != tc.want {
				t.Errorf("\n%s\nwant %s\ngot  %s", tc.reason, tc.want, got)
			}
		})
	}
}

// TestRestoreRounded holds that a claim may say the disk that its source's says, whatever the
// cloud has made of that.
func TestRestoreRounded(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		w := newCopyWorld(t, provider, "postgres", "name: orders")
		w.edit(func(text string) string {
			return strings.Replace(text, "engine: postgres", "engine: postgres, storageGiB: 150", 1)
		})
		w.answer(strings.Replace(sourceXR(provider, "postgres"), "name: shop", "name: shop, storageGiB: 150", 1), sourceMain(provider, "postgres"))
		w.rounds()
		if w.database().restores != 1 {
			t.Errorf("%s: nothing is restored", provider)
		}
	}
}

// TestRestoreBackups holds which backups say themselves that they are the source's.
func TestRestoreBackups(t *testing.T) {
	t.Parallel()
	of := strings.TrimSuffix(crnOf("postgres"), "::")
	cases := map[string]struct {
		reason, provider, backup string
		is                       bool
	}{
		"Daily":    {"RDS alone makes names that begin like this.", "aws", "rds:aws-payments-prod-orders-2026-11-25-03-00", true},
		"Final":    {"A database that was deleted leaves this one.", "aws", "aws-payments-prod-orders-final-0123abcd", true},
		"Longer":   {"A longer name is another database's.", "aws", "rds:aws-payments-prod-orders-2-2026-11-25-03-00", false},
		"Shorter":  {"The beginning of a name is another database's.", "aws", "rds:aws-payments-prod-2026-11-25-03-00", false},
		"Manual":   {"Anybody names a snapshot like this.", "aws", "aws-payments-prod-orders-before-upgrade", false},
		"Dots":     {"A name is no pattern.", "aws", "rds:awsXpayments-prod-orders-2026-11-25-03-00", false},
		"IBM":      {"A backup's CRN begins as its database's.", "ibm", of + ":backup:7", true},
		"IBMOther": {"Another database of the account has another.", "ibm", strings.Replace(of, "a/0:1", "a/0:11", 1) + ":backup:7", false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := fatal(run(t, newCopyWorld(t, tc.provider, "postgres", `name: orders, backup: "`+tc.backup+`"`).request))
			if (got == "") != tc.is || got != "" && !strings.Contains(got, "is not seen to be of") {
				t.Errorf("\n%s\nit is refused with %q", tc.reason, got)
			}
		})
	}
}

// TestRestoreIsNobodyElses is the property that no claim gets the data of another project
// without a word of the platform's: what is made is made of a database of the namespace's
// project, whatever the claim and the settings of others say.
func TestRestoreIsNobodyElses(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(19, 1)) //nolint:gosec // The cases are the same each time.
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	made := 0
	for range 1500 {
		policy, from := one("none", "same", "[staging]", "[dev, staging]"), one(
			"name: orders", "name: orders, env: staging", "name: orders, env: dev", "externalName: PROVIDER-blog-prod-orders", "name: blog-prod-orders",
			"name: orders, backup: rds:PROVIDER-blog-prod-orders-2026-11-25-03-00", `externalName: "CRN"`, "name: x-prod-orders, env: dev",
		)
		provider := one(cloud.Providers...)
		from = strings.NewReplacer("PROVIDER", provider, "CRN", strings.Replace(crnOf("postgres"), ":1::", ":2::", 1)).Replace(from)
		w := newCopyWorld(t, provider, "postgres", from).asking(policy)
		if one("here", "gone") == "gone" {
			w.answer("", "")
		}
		if provider == cloud.Azure {
			object.Set(w.request.GetRequiredResources()["settings-env"].GetItems()[0].GetResource(), "00000000-0000-0000-0000-000000000000",
				"data", "providers", "azure", "subscriptionID")
		}
		if one("", "project") != "" { // whose it says to be, which the settings allow
			object.Set(w.request.GetObserved().GetComposite().GetResource(), "blog", "spec", "project")
		}
		rsp := run(t, w.request)
		for range 4 {
			if fatal(rsp) != "" {
				break
			}
			for name, d := range rsp.GetDesired().GetResources() {
				w.apply(name, d.GetResource())
				w.provide(name)
			}
			rsp = run(t, w.request)
		}
		data := w.database().data
		if data == "" || data == "nothing" {
			continue
		}
		made++
		if !isOfPayments(w, data) {
			t.Errorf("%s, policy %s, from %s: it is made of %s", provider, policy, from, data)
		}
	}
	if made < 100 {
		t.Errorf("only %d databases are made of another one's data", made)
	}
}

// isOfPayments reports whether what was restored is a database of the namespace's project: by
// a name that only its claims have, or as a claim of its namespaces shows it.
func isOfPayments(w *copyWorld, data string) bool {
	for _, env := range claim.Envs {
		for _, name := range []string{"orders", "blog-prod-orders", "x-prod-orders"} {
			c := claim.Claim{Provider: w.provider, Project: "payments", Env: env, Namespace: "payments-" + env + "-infra", Name: name}
			if slices.ContainsFunc(strings.FieldsFunc(data, func(r rune) bool { return strings.ContainsRune(`"/ {}`, r) }), func(s string) bool {
				return s == c.External() || strings.HasPrefix(s, "rds:"+c.External()+"-20")
			}) {
				return true
			}
		}
	}
	return w.provider == cloud.IBM && strings.Contains(data, "a/0:1::")
}
