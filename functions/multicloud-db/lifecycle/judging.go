package lifecycle

import (
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// judging is the policy that a claim is judged by: its settings', but its namespace's where
// the claim names another project or env than it may.
func (c Call) judging() settings.Policy {
	project, env, _ := claim.Split(c.Claim.Namespace)
	o := c.own().Policy.Overrides
	if c.Claim.Project != project && !o.Project || c.Claim.Env != env && !o.Env {
		return c.own().Policy
	}
	return c.Settings.Policy
}
