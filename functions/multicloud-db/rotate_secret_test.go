package multiclouddb

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestRotateHidden holds that no password of a rotation is shown where a provider's error has it: neither
// the one that is on its way, nor the one of before.
func TestRotateHidden(t *testing.T) {
	t.Parallel()
	for at := range 9 {
		w := midway(t, at)
		w.reconcile()
		var had []string
		for key := range object.Struct(w.object(keyPassword), "data").GetFields() {
			value, err := base64.StdEncoding.DecodeString(object.String(w.object(keyPassword), "data", key))
			if err != nil {
				t.Fatal(err)
			}
			had = append(had, string(value))
		}
		condition(w.object(keyInstance), "False", "cannot use "+strings.Join(had, " or ")+" as a password")
		w.reconcile()
		told := false
		for _, c := range w.rsp.GetConditions() {
			told = told || strings.Contains(c.GetMessage(), "cannot use …")
			for _, password := range had {
				if strings.Contains(c.GetMessage(), password) {
					t.Errorf("at %d: %s shows one of %d passwords", at, c.GetType(), len(had))
				}
			}
		}
		if !told {
			t.Errorf("at %d: the provider's error is not told", at)
		}
	}
}

// TestRotateNextLost holds that a word which has counted still has the password replaced where somebody
// takes the new one out of the Secret, at whatever step.
func TestRotateNextLost(t *testing.T) {
	t.Parallel()
	for at := range 9 {
		w := midway(t, at)
		mishaps["NextDeleted"](w)
		w.goesOn(16)
		w.isRotated("word", len(w.opens))
		if len(w.opens) < 2 {
			t.Errorf("at %d: the database has its first password", at)
		}
	}
}

// TestRotateUnasked holds that a database whose claim asks for no connection Secret is ready all the while
// that its password is replaced: there is nothing that could be published too early.
func TestRotateUnasked(t *testing.T) {
	t.Parallel()
	for at := range 9 {
		w := midway(t, at)
		xr := strings.Replace(xrHead, "labels:", `annotations: {`+claim.RotatePassword+`: "word"}, labels:`, 1)
		text, _, _ := strings.Cut(namespaced(xr+specRotated, "app"), "  writeConnectionSecretToRef")
		req := request(t, text, settingsProd, nil)
		req.Observed.Resources = w.req.GetObserved().GetResources()
		if o := w.object(keyInstance); o != nil {
			object.Set(o, strings.Replace(object.String(o, "apiVersion"), ".upbound", ".m.upbound", 1), "apiVersion")
		}
		rsp := run(t, req)
		if c := conditionOf(rsp, "Provisioned"); isUnready(rsp) || c.GetReason() != "Available" {
			t.Errorf("at %d: it is not ready %t, and Provisioned is %s: %s", at, isUnready(rsp), c.GetReason(), c.GetMessage())
		}
	}
}
