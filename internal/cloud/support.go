package cloud

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// layout of a day, as tables and claims show it. Two days compare as their words do.
const layout = "2006-01-02"

// warnedDays is how many days before the end of a version's support its databases say so.
const warnedDays = 180

// A release is a version of an engine: what its makers and each cloud say of it. This is the one
// table of versions and of their dates: what a new database gets, what the form shows, when a
// claim has to say that its version ends.
type release struct {
	engine, version string
	// makers is the day of the last release that the engine's own makers publish.
	makers string
	// ends is, by cloud, the last day of the support that costs nothing extra, or the first of
	// the one that does. "" is a cloud that names no day, where the makers' counts.
	ends map[string]string
	// on are the clouds that offer the version to a new database.
	on []string
}

// releases, the oldest first. Sources, looked up in November 2026:
//   - makers: postgresql.org/support/versioning, and for MySQL the end of Oracle's extended support
//     in endoflife.date/api/mysql.json, since nobody mends a version without it; PostgreSQL's 17 and 18
//     by Microsoft's table below, which follows the makers.
//   - GCP: cloud.google.com/sql/docs/postgres/db-versions and mysql/db-versions, the start of extended
//     support, which is billed. The copies that were read have no day of PostgreSQL 18 and of MySQL 8.4.
//   - AWS: of MySQL products/amazon-rds-mysql.md of github.com/endoflife-date/endoflife.date at 0e6ee12,
//     of PostgreSQL 11 and 12 the AWS Database Blog. Of 13 and later the last of February after the makers'
//     end, as of those two: by that rule and by memory, not checked against the release calendar.
//   - Azure: products/azure-database-for-postgresql.md at a677dfa and azure-database-for-mysql.md at
//     2123525 of the same repository, which names no day of MySQL 8.4.
//   - IBM: db-version-policy.md of ibm-cloud-docs/cloud-databases has a rule, and no days: a version that
//     its makers end is deprecated, and goes after six months. PostgreSQL 18 is there since December 2025
//     (release notes in ibm-cloud-docs/databases-for-postgresql at 0c95dde).
//   - on: databaseVersion in the DatabaseInstance CRD of provider-gcp, the release calendars of the Amazon
//     RDS user guide, version in the FlexibleServer CRDs of provider-azure, and IBM's policy as above. What
//     its makers or a cloud have ended is offered nowhere.
//   - Kubernetes: of its makers kubernetes.io/releases/patch-releases, of 1.36 by memory, fourteen months after its
//     release. GKE: the end of standard support in products/google-kubernetes-engine.md of the same repository at
//     00fa52a, which has no day of 1.36. Channel STABLE of GKE offers a version some months after REGULAR does.
//     EKS: the end of standard support in docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html; of 1.36
//     products/amazon-eks.md of that repository, which was not checked against AWS's page. AKS: the calendar in
//     learn.microsoft.com/azure/aks/supported-kubernetes-versions, which names months: the last day of each.
//     products/amazon-eks.md of that repository, which was not checked against AWS's page.
//     IBM: the end of 1.33 and the change logs of 1.35 and 1.36 in cloud.ibm.com/docs/containers, as of August
//     2026; of later ones no day was found, and the three newest are supported.
var releases = []release{
	{Postgres, "11", "2023-11-09", map[string]string{GCP: "2025-02-01", AWS: "2024-02-29", Azure: "2026-07-31"}, nil},
	{Postgres, "12", "2024-11-14", map[string]string{GCP: "2025-02-01", AWS: "2025-02-28", Azure: "2026-07-31"}, nil},
	{Postgres, "13", "2025-11-13", map[string]string{GCP: "2026-02-01", AWS: "2026-02-28", Azure: "2026-07-31"}, nil},
	{Postgres, "14", "2026-11-12", map[string]string{GCP: "2027-02-01", AWS: "2027-02-28", Azure: "2026-12-11"}, []string{GCP, AWS, Azure}},
	{Postgres, "15", "2027-11-11", map[string]string{GCP: "2028-02-01", AWS: "2028-02-29", Azure: "2027-11-11"}, Providers},
	{Postgres, "16", "2028-11-09", map[string]string{GCP: "2029-02-01", AWS: "2029-02-28", Azure: "2028-11-09"}, Providers},
	{Postgres, "17", "2029-11-08", map[string]string{GCP: "2030-02-01", AWS: "2030-02-28", Azure: "2029-11-08"}, Providers},
	{Postgres, "18", "2030-11-14", map[string]string{AWS: "2031-02-28", Azure: "2030-11-14"}, Providers},
	{MySQL, "5.7", "2023-10-31", map[string]string{GCP: "2025-02-01", AWS: "2024-02-29", Azure: "2026-09-30"}, nil},
	{MySQL, "8.0", "2026-04-30", map[string]string{GCP: "2026-07-01", AWS: "2026-07-31", Azure: "2027-01-31"}, nil},
	{MySQL, "8.4", "2032-04-30", map[string]string{AWS: "2029-07-31"}, Providers},
	{Kubernetes, "1.33", "2026-06-28", map[string]string{GCP: "2026-08-03", AWS: "2026-07-29", IBM: "2026-10-14"}, nil},
	{Kubernetes, "1.34", "2026-10-27", map[string]string{GCP: "2026-10-01", AWS: "2026-12-02", Azure: "2026-11-30"}, nil},
	{Kubernetes, "1.35", "2027-02-28", map[string]string{GCP: "2027-04-11", AWS: "2027-03-27", Azure: "2027-03-31"}, []string{GCP, AWS, Azure, IBM}},
	{Kubernetes, "1.36", "2027-06-28", map[string]string{AWS: "2027-08-02", Azure: "2027-06-30"}, []string{GCP, AWS, Azure, IBM}},
}

// versions of an engine that a cloud offers to a new database, read off the table once.
var versions = func() map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for _, p := range Providers {
		out[p] = map[string][]string{}
		for _, r := range releases {
			if slices.Contains(r.on, p) {
				out[p][r.engine] = append(out[p][r.engine], r.version)
			}
		}
	}
	return out
}()

// A Support is when a version is mended no more at no extra cost.
type Support struct {
	Ends   string // a day, such as 2027-02-01
	Makers bool   // the cloud names no day, and this is the engine's makers'
}

// SupportOf is that of a version on a cloud, or false of one that the table does not have.
func SupportOf(provider, engine, version string) (Support, bool) {
	for _, r := range releases {
		if r.engine == engine && r.version == version {
			if day := r.ends[provider]; day != "" {
				return Support{Ends: day}, true
			}
			return Support{Ends: r.makers, Makers: true}, true
		}
	}
	return Support{}, false
}

// HasEnded reports whether the support is over on a day; nothing is on the day "".
func (s Support) HasEnded(day string) bool { return day != "" && s.Ends <= day }

// EndsSoon reports whether the support is over on a day, or within 180 days from then.
func (s Support) EndsSoon(day string) bool {
	ends, err := time.Parse(layout, s.Ends)
	return err == nil && day != "" && ends.AddDate(0, 0, -warnedDays).Format(layout) <= day
}

// refuseEnded refuses a new database a version whose support has ended.
func refuseEnded(provider, engine, version, day string) error {
	s, ok := SupportOf(provider, engine, version)
	if !ok || !s.HasEnded(day) {
		return nil
	}
	left := slices.DeleteFunc(slices.Clone(versions[provider][engine]), func(v string) bool {
		s, _ := SupportOf(provider, engine, v)
		return s.HasEnded(day)
	})
	allowed := "allowed are " + strings.Join(left, ", ")
	if len(left) == 0 {
		allowed = "no newer one is known here, but to a newer release of the function"
	}
	return fmt.Errorf("%q is not offered for %s on %s any more, where its support ended on %s; %s", version, engine, provider, s.Ends, allowed)
}

// Day is the day of a moment, in UTC.
func Day(t time.Time) string { return t.UTC().Format(layout) }
