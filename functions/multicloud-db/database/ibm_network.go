package database

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
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

// settleIBM keeps the networks of a live database whose settings no longer have any: an
// empty allowlist lets everybody in (cloud.ibm.com/docs/cloud-databases, Allowlisting), and
// without a rule everybody is in. They stand in the variables, or, where the claim was made
// again, in what the state of the claim before it has.
func settleIBM(in Held) Held {
	if in.Adopted() || len(in.Want.AllowedCIDRs) > 0 {
		return in
	}
	if in.Exists() {
		in.Want.AllowedCIDRs = lifecycle.Strings(in.Body(), "varmap", "allowlist")
	}
	if len(in.Want.AllowedCIDRs) == 0 {
		in.Want.AllowedCIDRs = lifecycle.Strings(in.Main(), "status", "atProvider", "outputs", "allowlist")
	}
	if len(in.Want.AllowedCIDRs) > 0 {
		in.Notes = append(in.Notes, in.Setting(in.Regional("allowedCIDRs")))
	}
	return in
}

// reached is who reaches a database that lets in everybody: a private endpoint is in no
// network of the platform's (cloud.ibm.com/docs/cloud-databases, Service endpoints integration).
const reached = "the private network of every IBM Cloud account reaches its endpoint, where TLS and the password are asked for"

// lacksIBM is said of a database that the private network of every account reaches, or may
// reach: IBM's own questions and answers say of plan Gen2 that it enforces no rule yet, and
// IBM's provider says to make one (faq.md of ibm-cloud-docs/cloud-databases-gen2, 2026-06-22).
func lacksIBM(in Held) (missing, means string) {
	enforced := in.Setting(in.Regional("gen2RulesEnforced"))
	switch {
	case len(in.Want.AllowedCIDRs) == 0:
		return unset(in, in.Regional("allowedCIDRs")), "the database has no public address, and " + reached
	case in.Want.Plan == settings.PlanGen2 && !in.Want.RulesEnforced:
		return enforced + " is not true, which says that somebody has seen a database of plan " + settings.PlanGen2 + " refuse who is outside allowedCIDRs",
			"the database has no public address, and a rule that lets in allowedCIDRs; where IBM Cloud does not enforce it, " + reached
	}
	return "", ""
}
