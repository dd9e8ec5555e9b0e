package main

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// live returns spec.forProvider of the instance from when the cloud may have it;
// of an adopted one status.atProvider, whose fields are the same, once that tells
// what the database is: in a gap of the provider's it is what was composed last.
// An instance whose creation failed may still be changed freely: that is how a
// mistake is mended.
func (d *database) live() *structpb.Struct {
	o := d.observedObject(keyInstance)
	if o == nil || !managed.Exists(o) && !takenOver(o) {
		return nil
	}
	path := []string{"spec", "forProvider"}
	if d.adopted() && d.cloud.facts(d).complete() {
		path = []string{"status", "atProvider"} // nobody asked for what it is
	}
	if body := object.Struct(o, path...); body != nil {
		return body
	}
	return &structpb.Struct{}
}

// keep returns what a field that the cloud cannot change stays at: on a live
// instance its own value, whatever the settings no longer say. Settings that say
// another one are refused, since the cloud would make the database anew.
func (d *database) keep(asked, setting string, path ...string) (string, error) {
	live := d.live()
	if live == nil {
		return asked, nil
	}
	was := object.String(live, path...)
	if was == "" && asked == "" && d.cloud.unfilled && d.found() {
		return d.at(path...), nil // the provider does not fill it in, and would make it anew without
	}
	switch {
	case asked == was, d.adopted():
	case was == "":
		d.forNewOnly(asked, setting)
	case asked == "":
		d.kept = append(d.kept, d.setting(setting))
	default:
		return "", cannotBecome(d.setting(setting), was, asked)
	}
	return was, nil
}

// forNewOnly drops a setting that came too late for a live instance, and says so.
func (d *database) forNewOnly(asked, setting string) string {
	if asked != "" {
		d.kept = append(d.kept, d.setting(setting)+" (for new databases only)")
	}
	return ""
}

// setting is the path of one of the provider's settings, as the platform team
// wrote it.
func (d *database) setting(name string) string {
	return "settings providers." + d.claim.Provider + "." + name
}

// regional is the name of a setting of the database's region.
func (d *database) regional(name string) string {
	return "regions." + d.region + "." + name
}

// keepSettings puts into the settings what the live database stays at.
func (d *database) keepSettings() error {
	if err := d.keepProviderConfig(); err != nil {
		return err
	}
	return d.cloud.keep(d)
}

// keepProviderConfig keeps a live instance in its account. Under the provider
// config of another one the provider would not find it, and make a second.
func (d *database) keepProviderConfig() error {
	if d.live() == nil {
		return nil
	}
	live := object.String(d.observedObject(keyInstance), "spec", "providerConfigRef", "name")
	if live == "" || live == d.settings.ProviderConfig {
		return nil
	}
	if d.settings.ProviderConfig != "" {
		return fmt.Errorf("%s: %q cannot become %q on a live database, which another account does not have; set it back to %q", d.setting("providerConfig"), live, d.settings.ProviderConfig, live)
	}
	d.settings.ProviderConfig = live
	return nil
}

// keepPolicy keeps a live instance as protected, orphaned, available and backed up
// as it is, unless the claim says otherwise. Settings that are gone make none of it
// less, and settings that say less make it no easier to lose: that is for the claim
// it belongs to.
func (d *database) keepPolicy(s settings.Policy) {
	if d.live() == nil {
		return
	}
	c, asked := d.claim.Database, d.careful()
	if s.BackupRetentionDays == 0 && c.BackupRetentionDays == 0 {
		d.policy.retentionDays = max(d.policy.retentionDays, asked.retentionDays)
	}
	if s.HighAvailability == nil && c.HighAvailability == nil {
		d.policy.highAvailability = d.policy.highAvailability || asked.highAvailability
	}
	if d.claim.AllowDelete {
		return
	}
	if !d.policy.protected && d.cloud.protected(d) {
		d.policy.protected = true
		d.keptFromPolicy("deletionProtection", s.DeletionProtection != nil)
	}
	if d.claim.DeletionPolicy == "" && !d.policy.orphan && orphaned(d.observedObject(keyInstance)) {
		d.policy.orphan = true
		d.keptFromPolicy("deletionPolicy", s.DeletionPolicy != "")
	}
}

func (d *database) keptFromPolicy(name string, said bool) {
	if said {
		name += " (for new databases only)"
	}
	d.kept = append(d.kept, "settings policy."+name)
}

// keeps says what a live database stays at.
func (d *database) keeps() string {
	return "the live database stays as it is, although the settings say otherwise: " + strings.Join(d.kept, ", ")
}

// orphaned says whether the cloud's resource outlives a managed one.
func orphaned(o *structpb.Struct) bool {
	if object.String(o, "spec", "deletionPolicy") == "Orphan" {
		return true
	}
	policies := object.Get(o, "spec", "managementPolicies").GetListValue().GetValues()
	return len(policies) > 0 && !slices.ContainsFunc(policies, func(v *structpb.Value) bool {
		return v.GetStringValue() == "*" || v.GetStringValue() == "Delete"
	})
}

// lost refuses to leave out a resource that exists, which would delete it. Rules
// of a security group and parameter groups come and go with what they are for,
// and a lock with the protection.
func (d *database) lost(composed map[string]*structpb.Struct) error {
	if !d.asked {
		return nil
	}
	names := []string{keyInstance, keyDatabase, keyUser, keyPassword, keySubnetGroup, keySecurityGroup, keyResourceGroup}
	if d.policy.protected {
		names = append(names, keyLock)
	}
	for _, name := range names {
		if o := d.observedObject(name); o != nil && composed[name] == nil && d.live() != nil && !d.spareAWS(name) {
			return fmt.Errorf("%s: no longer says what the live %s %s is made of; put back what it said of region %s", strings.TrimSuffix(d.setting(""), "."), object.String(o, "kind"), object.String(o, "metadata", "name"), d.region)
		}
	}
	return nil
}

// makeRoom leaves out what has the name of a resource of another kind, such as one
// of the cloud that was asked for first and could not be made. Crossplane then
// deletes that one, and composes ours the next time; it would otherwise lose it.
func (d *database) makeRoom(composed map[string]*structpb.Struct) {
	if d.live() != nil {
		return
	}
	for name, o := range composed {
		if old := d.observedObject(name); old != nil && (group(old) != group(o) || object.String(old, "kind") != object.String(o, "kind")) {
			delete(composed, name)
		}
	}
}

// group of an object's apiVersion, whose version may change with the provider's.
func group(o *structpb.Struct) string {
	g, _, _ := strings.Cut(object.String(o, "apiVersion"), "/")
	return g
}
