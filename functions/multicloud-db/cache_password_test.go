package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// tokenOf are the fields of what a ReplicationGroup is asked for that are about its password.
func tokenOf(body map[string]any) map[string]any {
	out := map[string]any{}
	for _, field := range []string{"authTokenSecretRef", "autoGenerateAuthToken", "authTokenUpdateStrategy", "userGroupIds"} {
		if v := body[field]; v != nil {
			out[field] = v
		}
	}
	return out
}

// TestCacheToken holds where ElastiCache's password comes from: a Secret of ours, made once;
// on Crossplane 1.20, which composes none, one that the provider makes. A strategy is never
// said, by which the provider would fail or change the password.
func TestCacheToken(t *testing.T) {
	t.Parallel()
	spec := xrHead + strings.NewReplacer("gcp", "aws", "  project: shop\n", "", "  env: staging\n", "").Replace(specCache)
	ref := map[string]any{"name": "aws-payments-prod-cloudsql-main-password", "namespace": "payments-prod-infra", "key": "password"}
	rsp := run(t, request(t, spec, settingsCache, nil))
	if diff := cmp.Diff(map[string]any{"authTokenSecretRef": ref}, tokenOf(composed(rsp))); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	secret := rsp.GetDesired().GetResources()[keyPassword].GetResource()
	if got := object.String(secret, "metadata", "name"); got != ref["name"] || object.String(secret, "data", "password") == "" {
		t.Errorf("the password is in the Secret %q", got)
	}

	rsp = run(t, legacy(request(t, spec, settingsCache, nil)))
	if diff := cmp.Diff(map[string]any{"authTokenSecretRef": ref, "autoGenerateAuthToken": true}, tokenOf(composed(rsp))); diff != "" {
		t.Errorf("Crossplane 1.20: -want, +got:\n%s", diff)
	}
	if rsp.GetDesired().GetResources()[keyPassword] != nil {
		t.Error("Crossplane 1.20 composes no Secret")
	}
}

// TestCacheTokenKept holds that a password which is there stays, that a lost one is no reason
// to make another, and that one of a cache that outlived its claim is asked for.
func TestCacheTokenKept(t *testing.T) {
	t.Parallel()
	l := aliveCache(t, "aws", settingsCache)
	secret := func() string {
		return object.String(l.run(t).GetDesired().GetResources()[keyPassword].GetResource(), "data", "password")
	}
	if was := object.String(l.request.GetObserved().GetResources()[keyPassword].GetResource(), "data", "password"); was == "" || was != secret() {
		t.Errorf("the password changed from %d characters", len(was))
	}
	delete(l.request.GetObserved().GetResources(), keyPassword)
	if got := fatal(l.run(t)); !strings.HasPrefix(got, "cannot find the password of aws-shop-staging-") {
		t.Errorf("a lost password: %q", got)
	}

	first := run(t, request(t, xrHead+l.spec, settingsCache, nil)) // the claim made again
	again := &live{provider: "aws", spec: l.spec, request: request(t, xrHead+l.spec, settingsCache, nil)}
	observeCache(t, again, first.GetDesired().GetResources())
	delete(object.Struct(again.instance(), "metadata", "annotations").GetFields(), createSucceeded)
	rsp := again.run(t)
	if c := composedAs(rsp); c.GetReason() != "PasswordUnknown" {
		t.Errorf("Composed is %s: %s", c.GetReason(), c.GetMessage())
	}
	for _, policy := range list(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "managementPolicies") {
		if policy == "Update" || policy == "Delete" {
			t.Errorf("a cache whose password nobody knows may be changed: %s", policy)
		}
	}
}
