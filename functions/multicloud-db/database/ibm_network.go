package database

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/tofu"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// allowing is the module of a database that lets in some networks only: by its allowlist on
// plan Classic, and on plan Gen2, for which IBM's provider refuses an allowlist, by a rule of
// context-based restrictions (resource_ibm_database_gen2.go).
func allowing(in Held) string {
	if in.Want.Plan == settings.PlanGen2 {
		return modules.DatabaseRestricted()
	}
	return modules.DatabaseAllowing()
}

func settleIBM(in Held) Held {
	in.Want.restore.settles(&in)
	in.Want.AllowedCIDRs = tofu.KeepAllowlist(&in.Resource, in.Want.AllowedCIDRs)
	return settleParameters(settleInsights(settleWindows(in)))
}

// lacksIBM is said of a database that the private network of every account reaches, or may
// reach: IBM's own questions and answers say of plan Gen2 that it enforces no rule yet, and
// IBM's provider says to make one (faq.md of ibm-cloud-docs/cloud-databases-gen2, 2026-06-22).
func lacksIBM(in Held) (missing, means string) {
	enforced := in.Setting(in.Regional("gen2RulesEnforced"))
	switch {
	case len(in.Want.AllowedCIDRs) == 0:
		return in.Unset(in.Regional("allowedCIDRs")), tofu.Reached(in.Noun)
	case in.Want.Plan == settings.PlanGen2 && !in.Want.RulesEnforced:
		return enforced + " is not true, which says that somebody has seen a database of plan " + settings.PlanGen2 + " refuse who is outside allowedCIDRs",
			"the database has no public address, and a rule that lets in allowedCIDRs; where IBM Cloud does not enforce it, " + tofu.EveryAccount
	}
	return "", ""
}
