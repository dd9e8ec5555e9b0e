package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestPassword(t *testing.T) {
	t.Parallel()
	const secret = "{apiVersion: v1, kind: Secret, data: {password: cGFzcw==}}"
	const used = "{kind: User, status: {conditions: [{type: Synced, status: \"True\"}]}}"

	t.Run("Kept", func(t *testing.T) {
		t.Parallel()
		rsp := run(t, request(t, xrHead+specGCP, settingsProd, map[string]string{keyPassword: secret, keyUser: used}))
		if got := object.String(rsp.GetDesired().GetResources()[keyPassword].GetResource(), "data", "password"); got != "cGFzcw==" {
			t.Errorf("a password that exists changed to %q", got)
		}
	})
	t.Run("Lost", func(t *testing.T) {
		t.Parallel()
		rsp := run(t, request(t, xrHead+specGCP, settingsProd, map[string]string{keyUser: used}))
		want := "cannot find the password of gcp-payments-prod-cloudsql-main: the Secret payments-prod-infra/gcp-payments-prod-cloudsql-main-password is gone"
		if got := fatal(rsp); !strings.HasPrefix(got, want) {
			t.Errorf("-want, +got:\n%s", cmp.Diff(want, got))
		}
	})
}
