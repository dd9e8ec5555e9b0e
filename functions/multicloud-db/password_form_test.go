package multiclouddb

import (
	"encoding/base64"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestPasswordNobodyMeant holds that a password with a line end, or with another character
// that cannot be seen, is neither given to a server nor published, wherever it is read:
// from the composed Secret, from one that somebody restored, and from what a provider
// published of the platform's own. The sentence names Secret and key, and never the value.
func TestPasswordNobodyMeant(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure"} {
		for what, password := range map[string]string{
			"has a line end": "hunter2-secret\n", "has a control character": "hunter2\x00secret", "is no UTF-8": "hunter2\xffsecret",
			"has a character that cannot be seen": "\ufeffhunter2-secret",
		} {
			t.Run(provider+"/"+what, func(t *testing.T) {
				t.Parallel()
				encoded := base64.StdEncoding.EncodeToString([]byte(password))
				composed := alive(t, provider).request
				secret := composed.GetObserved().GetResources()[keyPassword].GetResource()
				object.Set(secret, encoded, "data", passwordKey)
				composed.GetObserved().GetComposite().ConnectionDetails = map[string][]byte{"password": []byte(password)}

				restored := request(t, specOf(provider, "postgres"), "", nil)
				name := provider + "-payments-prod-cloudsql-main-password"
				restored.RequiredResources[keyPassword] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(
					t, "{apiVersion: v1, kind: Secret, metadata: {name: "+name+", namespace: payments-prod-infra}, data: {password: "+encoded+"}}",
				)}}}

				for from, req := range map[string]*fnv1.RunFunctionRequest{"composed": composed, "restored": restored} {
					rsp := run(t, proto.CloneOf(req))
					got := fatal(rsp)
					if !strings.HasPrefix(got, "the Secret payments-prod-infra/"+provider+"-") ||
						!strings.Contains(got, "-password has a password under its key password that "+what) {
						t.Errorf("%s: %q", from, got)
					}
					if strings.Contains(got, "hunter2") || strings.Contains(got, encoded) {
						t.Errorf("%s: the sentence shows the password: %q", from, got)
					}
					if reason := rsp.GetConditions()[0].GetReason(); reason != "PasswordLost" {
						t.Errorf("%s: Composed is %s", from, reason)
					}
					if len(rsp.GetDesired().GetComposite().GetConnectionDetails()) > 0 {
						t.Errorf("%s: a connection is published", from)
					}
				}
			})
		}
	}
	t.Run("Borrowed", func(t *testing.T) {
		t.Parallel()
		l := alive(t, "gcp")
		user := l.request.GetObserved().GetResources()[keyUser]
		delete(l.request.GetObserved().GetResources(), keyPassword)
		object.Set(user.GetResource(), fromYAML(t, "{name: db1, namespace: passwords, key: pw}"), "spec", "forProvider", "passwordSecretRef")
		name := object.String(l.instance(), externalNameAt...)
		object.Set(user.GetResource(), name+"-user", "spec", "writeConnectionSecretToRef", "name")
		user.ConnectionDetails = map[string][]byte{"password": []byte("hunter2-secret\n")}
		if got := fatal(l.run(t)); !strings.HasPrefix(got, "the Secret passwords/db1 has a password under its key pw that has a line end") {
			t.Errorf("of a platform's own Secret: %q", got)
		}
	})
}
