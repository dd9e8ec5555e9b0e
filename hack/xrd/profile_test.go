package main

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// TestProfileName holds that a claim can ask for every profile that settings may
// add: the sizer lists those that exist.
func TestProfileName(t *testing.T) {
	for name, path := range definitions {
		p := spec(t, path).Properties["profile"]
		if p.Pattern != settings.ProfileName.String() || p.MaxLength == nil || *p.MaxLength != settings.MaxProfileName || len(p.Enum) > 0 {
			t.Errorf("%s: spec.profile takes %q of at most %v, and settings %q of %d", name, p.Pattern, p.MaxLength, settings.ProfileName, settings.MaxProfileName)
		}
		for _, profile := range claim.Profiles {
			if !strings.Contains(p.Description, profile) {
				t.Errorf("%s: spec.profile does not tell of %s", name, profile)
			}
		}
	}
}
