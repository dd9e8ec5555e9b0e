package claim

import (
	"cmp"
	"path"
	"strings"
	"time"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Restore is what a new database is made of: the data of another one.
type Restore struct {
	Name, ExternalName string // of the source: a claim's, or the cloud's own
	Env                string // of the claim that Name is of; "" is the claim's own
	PointInTime        string // in UTC, as time.RFC3339 writes it; "" is the latest, or a backup's
	Backup             string // in the cloud's words
}

// IsAsked reports whether a claim asks for a restore at all.
func (r Restore) IsAsked() bool { return r != Restore{} }

// maxTime is the length of a time with its zone and parts of a second.
const maxTime = 35

const timeForm = "a time with its zone, such as 2026-11-26T09:30:00Z"

// readRestore decodes and validates the source of a restore.
func readRestore(r *object.Reader) Restore {
	from := r.Object("restoreFrom")
	out := Restore{
		Name:         from.Short("name", maxObjectName),
		ExternalName: from.Match("externalName", externalForm, "one line of at most 255 characters"),
		Env:          from.OneOf("env", Envs...),
		Backup:       from.Match("backup", externalForm, "one line of at most 255 characters"),
	}
	if len(out.Name) <= maxObjectName {
		from.Match("name", object.NameForm, "the name of a claim")
	}
	if said := from.Short("pointInTime", maxTime); said != "" && len(said) <= maxTime {
		out.PointInTime = readTime(from, said)
	}
	switch {
	case !r.Has("restoreFrom"):
	case out.Name != "" && out.ExternalName != "":
		from.Failf("externalName", "%q is beside spec.database.restoreFrom.name %q; allowed is one of them", out.ExternalName, out.Name)
	case !from.Has("name") && !from.Has("externalName"):
		from.Missingf("name", "name the claim whose database is restored, or the cloud's database by externalName")
	}
	if out.Env != "" && out.ExternalName != "" {
		from.Failf("env", "%q is beside spec.database.restoreFrom.externalName, which says where its database is; take the field out", out.Env)
	}
	if out.Backup != "" && from.Has("pointInTime") {
		from.Failf("backup", "%q is beside spec.database.restoreFrom.pointInTime; allowed is one of them, and none is the latest that there is", out.Backup)
	}
	from.Done()
	return out
}

// readTime reads a time, which means nothing without its zone. Clouds count in seconds.
func readTime(r *object.Reader, said string) string {
	at, err := time.Parse(time.RFC3339, said)
	if err == nil {
		return at.UTC().Truncate(time.Second).Format(time.RFC3339)
	}
	if _, bare := time.Parse("2006-01-02T15:04:05", said); bare == nil {
		r.Failf("pointInTime", "%q has no zone; allowed is %s", said, timeForm)
		return ""
	}
	r.Failf("pointInTime", "%q is no time; allowed is %s", said, timeForm)
	return ""
}

// refuseItself refuses a database that is to be restored from itself.
func (c *Claim) refuseItself() {
	from := c.Database.RestoreFrom
	_, own, _ := Split(c.Namespace)
	itself := from.Name == c.Name && from.Name != "" && cmp.Or(from.Env, own) == own
	_, name := path.Split(from.ExternalName) // of an id of Azure, which takes names in any case for the same
	if !itself && !strings.EqualFold(name, c.External()) {
		return
	}
	c.spec.Failf("database.restoreFrom", "%q is the claim itself; name another one, and make a new claim of what is restored",
		cmp.Or(from.Name, from.ExternalName))
}
