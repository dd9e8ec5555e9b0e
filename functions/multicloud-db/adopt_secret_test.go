package multiclouddb

import (
	"strings"
	"testing"
)

// TestAdoptedSecret holds that the claim of an adopted database which asks for a connection
// Secret is told that there is none, and is told nothing where it asks for none. On IBM Cloud
// there is one: the module makes a credential of its own.
func TestAdoptedSecret(t *testing.T) {
	t.Parallel()
	const asks, says = "  writeConnectionSecretToRef: {name: conn}\n", "the Secret that the claim asks for is not made"
	for provider, live := range there {
		for name, secret := range map[string]string{"Asked": asks, "Unasked": ""} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				spec := strings.Replace(strings.Replace(specGCP, "gcp", provider, 1), asks, "", 1)
				rsp := run(t, request(t, xrHead+spec+secret+"  externalName: old\n  adopt: Manage\n", settingsAdopt, map[string]string{keyInstance: "{" + live + "}"}))
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				said := strings.Contains(rsp.GetConditions()[0].GetMessage(), says)
				if want := secret != "" && provider != "ibm"; said != want {
					t.Errorf("told of it: %t, want %t: %v", said, want, rsp.GetConditions()[0])
				}
			})
		}
	}
}
