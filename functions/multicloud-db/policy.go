package main

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// A policy is how carefully a database is kept.
type policy struct {
	orphan           bool // the database outlives its claim
	protected        bool // the cloud refuses to delete it
	keepBackups      bool // a last backup outlives it
	highAvailability bool
	retentionDays    int
}

// Days of backups by env.
const (
	retentionProd    = 30
	retentionStaging = 7
	retentionDev     = 1
)

// policyOf is the env's built-in policy, under the settings', under the claim.
func policyOf(c *claim.Claim, s settings.Policy) (policy, error) {
	keep := c.Env == "prod" || c.Env == "mgmt"
	p := policy{orphan: keep, protected: keep, keepBackups: keep, highAvailability: keep, retentionDays: retentionDev}
	switch {
	case keep:
		p.retentionDays = retentionProd
	case c.Env == "staging":
		p.retentionDays = retentionStaging
	}

	if s.DeletionPolicy != "" {
		p.orphan = s.DeletionPolicy == "Orphan"
	}
	if s.DeletionProtection != nil {
		p.protected = *s.DeletionProtection
	}
	if s.HighAvailability != nil {
		p.highAvailability = *s.HighAvailability
	}
	if s.BackupRetentionDays != 0 {
		p.retentionDays = s.BackupRetentionDays
	}
	p.orphan = p.orphan || c.ExternalName != "" // it was there before its claim
	offered := cloud.Retention(c.Provider, c.Database.Engine)
	p.retentionDays = max(p.retentionDays, offered.Min) // longer protects no less
	if p.retentionDays > offered.Max && c.Database.BackupRetentionDays == 0 {
		return policy{}, fmt.Errorf("settings policy.backupRetentionDays: %d is more than %s keeps backups of %s; allowed is at most %d", p.retentionDays, c.Provider, c.Database.Engine, offered.Max)
	}

	if c.Database.HighAvailability != nil {
		p.highAvailability = *c.Database.HighAvailability
	}
	if days := c.Database.BackupRetentionDays; days != 0 {
		if days < offered.Min || days > offered.Max {
			return policy{}, fmt.Errorf("spec.database.backupRetentionDays: %d is not offered for %s on %s; allowed is %s", days, c.Database.Engine, c.Provider, offered)
		}
		p.retentionDays = days
	}
	switch {
	case c.AllowDelete:
		p.orphan, p.protected = c.DeletionPolicy == "Orphan", false
	case c.DeletionPolicy == "Delete" && keep:
		return policy{}, fmt.Errorf("spec.deletionPolicy: %q is refused in %s, where a database outlives its claim; to delete this one for good, set the annotation %s: \"true\" on the claim", c.DeletionPolicy, c.Env, claim.AllowDelete)
	case c.DeletionPolicy != "":
		p.orphan = c.DeletionPolicy == "Orphan"
	}
	return p, nil
}
