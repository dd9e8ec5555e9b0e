package database

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// noBackups are the clouds on which a backup has no name that a restore could give, and why.
var noBackups = map[string]string{
	cloud.GCP:   "its provider restores a backup in a second step, over an instance that is there, and a restart between the two would leave an empty one",
	cloud.Azure: "its backups have no names",
}

// ofSnapshot are the forms of the names of RDS's snapshots that are of an instance: those
// that RDS takes each day, whose names nobody else can give, and the last one of this
// project's.
const ofSnapshot = `^(rds:%[1]s-[0-9]{4}(-[0-9]{2}){4}|%[1]s-final-[0-9a-f]{8})$`

// judgeBackup refuses a backup that the cloud has no name for, and one that is not seen to be
// of the source: it may be anybody's.
func judgeBackup(l lifecycle.Live, s source) error {
	const path = "spec.database.restoreFrom.backup"
	why, none := noBackups[l.Claim.Provider]
	switch {
	case s.backup == "":
		return nil
	case none:
		return fmt.Errorf("%s: %q is not offered on %s: %s; allowed is spec.database.restoreFrom.pointInTime, or neither for the latest", path, s.backup,
			l.Claim.Provider, why)
	case l.Claim.Provider == cloud.IBM && !backupForm.MatchString(s.backup):
		return fmt.Errorf("%s: %q is no backup; allowed is the CRN of one, crn:v1:…:databases-for-…:…:backup:…", path, s.backup)
	case isOf(l, s) || l.RestoresAny():
		return nil
	}
	return fmt.Errorf("%s: %q is not seen to be of %s, and is not allowed by settings policy.restoreFrom; allowed are the source's own",
		path, s.backup, s.name)
}

var (
	crnForm    = regexp.MustCompile(`^crn:v1:[^:\s]*:[^:\s]*:databases-for-(postgresql|mysql):[^:\s]+:[^:\s]+:[^:\s]+::$`)
	backupForm = regexp.MustCompile(`^crn:v1:[^:\s]*:[^:\s]*:databases-for-(postgresql|mysql):[^:\s]+:[^:\s]+:[^:\s]+:backup:[^:\s]+$`)
	serverForm = regexp.MustCompile(
		`(?i)^/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\.(DBforPostgreSQL|DBforMySQL)/flexibleServers/([^/]+)$`)
)

// isOf reports whether the name of a backup says itself that the backup is the source's.
func isOf(l lifecycle.Live, s source) bool {
	if l.Claim.Provider == cloud.IBM {
		return s.id != "" && strings.HasPrefix(s.backup, strings.TrimSuffix(s.id, "::")+":backup:")
	}
	return regexp.MustCompile(fmt.Sprintf(ofSnapshot, regexp.QuoteMeta(s.name))).MatchString(s.backup)
}

// identify completes a source by what its cloud wants to be told: Azure the id of a server,
// and a time in any case, and IBM Cloud a CRN.
func (s *source) identify(l lifecycle.Live) error {
	path := "spec.database.restoreFrom.name"
	if l.Claim.Database.RestoreFrom.Name == "" {
		path = "spec.database.restoreFrom.externalName"
	}
	switch l.Claim.Provider {
	case cloud.GCP, cloud.AWS:
		if strings.ContainsAny(s.name, "/:") {
			return fmt.Errorf("%s: %q is an id; allowed is the name %q", path, s.name, s.name[strings.LastIndexAny(s.name, "/:")+1:])
		}
	case cloud.Azure:
		return s.identifyServer(l, path)
	case cloud.IBM:
		if s.id = object.String(s.main, "status", "atProvider", "outputs", "crn"); s.id == "" && crnForm.MatchString(s.name) {
			s.id = s.name
		}
		if s.id == "" && s.backup == "" {
			return fmt.Errorf("%s: %q has no CRN here, by which IBM Cloud knows a source; allowed is a live claim, or by "+
				"spec.database.restoreFrom.externalName the CRN of a database, crn:v1:…:databases-for-…:: and no other",
				path, cmp.Or(l.Claim.Database.RestoreFrom.Name, s.name))
		}
		if l.Provider().Plan == settings.PlanGen2 && s.backup == "" && planOf(l.Provider().Plan, l.Claim.Profile) == settings.PlanGen2 {
			return fmt.Errorf("spec.database.restoreFrom.pointInTime: no point in time, and no latest one, is offered on the plan %s of settings providers.ibm.plan; "+
				"allowed is spec.database.restoreFrom.backup", settings.PlanGen2)
		}
	}
	return nil
}

// serverID spells the fixed words of a server's id as Azure does, which takes any case for the
// same: the provider reads them by their case, and ends with all that it does on an id that it
// cannot read (ParseFlexibleServerID in Terraform's postgresql_flexible_server_resource.go).
func serverID(id string) string {
	m := serverForm.FindStringSubmatch(id)
	kind := map[string]string{"dbforpostgresql": "DBforPostgreSQL", "dbformysql": "DBforMySQL"}[strings.ToLower(m[3])]
	return serverOf(m[1], m[2], kind, m[4])
}

func serverOf(subscription, group, kind, name string) string {
	return fmt.Sprintf("/subscriptions/%s/resourceGroups/%s/providers/Microsoft.%s/flexibleServers/%s", subscription, group, kind, name)
}

// identifyServer makes the id of a server: as Azure reports it, as the claim gives it, or of
// the settings' subscription and resource group.
func (s *source) identifyServer(l lifecycle.Live, path string) error {
	kind := map[string]string{cloud.Postgres: "DBforPostgreSQL", cloud.MySQL: "DBforMySQL"}[l.Claim.Database.Engine]
	set := l.Provider()
	switch shown := object.String(s.main, "status", "atProvider", "id"); {
	case serverForm.MatchString(shown):
		s.id = serverID(shown)
	case serverForm.MatchString(s.name):
		s.id = serverID(s.name)
	case strings.Contains(s.name, "/"):
		return fmt.Errorf("%s: %q is no id of a server; allowed is a server's name, or /subscriptions/…/providers/Microsoft.%s/flexibleServers/…",
			path, s.name, kind)
	case set.SubscriptionID == "":
		return fmt.Errorf("%s: is missing, and Azure knows the source %s by it; set it, or restore from a claim that shows its server's id",
			l.Setting("subscriptionID"), s.name)
	default:
		s.id = serverOf(set.SubscriptionID, cmp.Or(set.ResourceGroup, s.name), kind, s.name)
	}
	if !strings.Contains(strings.ToLower(s.id), strings.ToLower("/Microsoft."+kind+"/")) {
		return fmt.Errorf("%s: %q is no server of %s, which this claim asks for; allowed is a database of the same engine", path, s.name,
			l.Claim.Database.Engine)
	}
	if s.at = cmp.Or(s.at, claimedAt(l)); s.at == "" {
		return errors.New("spec.database.restoreFrom.pointInTime: is missing; Azure restores a time only, and metadata.creationTimestamp, which stands for " +
			"the latest, is not there yet")
	}
	return nil
}
