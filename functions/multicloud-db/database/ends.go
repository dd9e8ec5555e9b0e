package database

import (
	"cmp"
	"fmt"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// ends is the condition EndOfLife of a database whose version runs out, and whether its version is
// known. What it says has the day and no count of days, so that it does not change from one to the
// next.
func ends(in In) (*lifecycle.Condition, bool) {
	provider, engine := in.Claim.Provider, in.Want.Engine
	version, todo := cmp.Or(in.Is("version"), versionOfServer(in)), "set spec.database.version to a newer one"
	switch {
	case in.Life == lifecycle.Looked:
		engine, version = in.Is("engine"), in.Is("version")
	case lifecycle.IsOlder(version, in.Want.Version): // which may wait for a window
		todo = "the upgrade to " + in.Want.Version + " is asked for"
	}
	s, known := cloud.SupportOf(provider, engine, version)
	if !known || !s.EndsSoon(in.Today) {
		return nil, version != ""
	}
	whose := provider
	if s.Makers {
		whose = "its own makers, where " + provider + " names no day of its own"
	}
	says := func(verb string) string {
		return fmt.Sprintf("the support of %s %s by %s %s on %s%s; %s", engine, version, whose, verb, s.Ends, afterwards(in), todo)
	}
	if s.HasEnded(in.Today) {
		return lifecycle.EndOfLife(lifecycle.True, "Ended", says("ended")), true
	}
	return lifecycle.EndOfLife(lifecycle.True, "EndsSoon", says("ends")), true
}

// standardOnly is what an instance of RDS has that gets no extended support.
const standardOnly = "open-source-rds-extended-support-disabled"

// afterwards is what the cloud does to a database past that day, as far as its pages say.
// Sources: extended-support of Cloud SQL's documentation; extended-support-creating-db-instance of
// the Amazon RDS user guide; azure-database-for-mysql.md of github.com/endoflife-date/endoflife.date at
// 2123525; db-version-policy.md of ibm-cloud-docs/cloud-databases. Of PostgreSQL on Azure none was found.
func afterwards(in In) string {
	switch provider := in.Claim.Provider; {
	case provider == cloud.GCP:
		return "; Google bills extended support from then on"
	case provider == cloud.AWS && in.Adopted() && in.There("engineLifecycleSupport") != standardOnly:
		return "; RDS bills extended support from then on"
	case provider == cloud.AWS:
		return "; RDS upgrades the instance to a newer major version by itself on that day or soon after it"
	case provider == cloud.Azure && in.Want.Engine == cloud.MySQL:
		return "; Azure bills extended support from then on"
	case provider == cloud.IBM:
		return "; IBM Cloud deprecates the version then, and takes the access to its databases away six months later"
	}
	return ""
}
