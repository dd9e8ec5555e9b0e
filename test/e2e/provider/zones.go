package provider

import (
	"cmp"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// A place is the zone of a server and that of its standby, if it has one. Azure
// chooses both, and swaps them at a failover.
type place struct{ zone, standby string }

// Failover swaps a server and its standby, as Azure does.
func (c *Cloud) Failover(kind, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kind+"/"+name]; ok {
		t.at.zone, t.at.standby = t.at.standby, t.at.zone
	}
}

// Zones returns the zones of a server and its standby.
func (c *Cloud) Zones(kind, name string) (server, standby string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kind+"/"+name]; ok {
		return t.at.zone, t.at.standby
	}
	return "", ""
}

// settle gives a server a zone, and its standby another one.
func (c *Cloud) settle(kind, name string, standby bool) Thing {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.things[kind+"/"+name]
	t.at.zone = cmp.Or(t.at.zone, "1")
	switch {
	case !standby:
		t.at.standby = ""
	case t.at.standby == "" && t.at.zone == "1":
		t.at.standby = "2"
	case t.at.standby == "":
		t.at.standby = "1"
	}
	return *t
}

// move does what Terraform's provider does about zones that are asked for and are not
// those that are there: it fails over to an exchange, refuses all else on PostgreSQL,
// and makes a standby of MySQL anew. It returns why it refuses.
func (c *Cloud) move(kind, name string, k kind, asked place) (refusal string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.things[kind+"/"+name]
	switch {
	case asked == t.at:
	case asked == place{zone: t.at.standby, standby: t.at.zone}:
		t.at = asked
		c.history = append(c.history, "failover "+kind+"/"+name)
	case asked.zone != t.at.zone:
		return "update failed: `zone` can only be changed when exchanged with that of the standby"
	case !k.standbyStays:
		return "update failed: an existing `standby_availability_zone` can only be changed when exchanged with `zone`"
	default:
		t.at.standby = asked.standby
		c.history = append(c.history, "standby "+kind+"/"+name)
	}
	return ""
}

// askedPlace is where a managed resource asks its server to be: what initProvider
// alone has is asked for in what is nested only, as providers did until Upjet's
// release of August 2026.
func askedPlace(o *unstructured.Unstructured, k kind, there place) place {
	at := func(part string, path ...string) string {
		v, _, err := unstructured.NestedString(o.Object, append([]string{"spec", part}, path...)...)
		if err != nil {
			return ""
		}
		return v
	}
	asked := place{
		zone:    at("forProvider", "zone"),
		standby: cmp.Or(at("forProvider", "highAvailability", "standbyAvailabilityZone"), at("initProvider", "highAvailability", "standbyAvailabilityZone")),
	}
	if asked.zone == "" && (k.standbyStays || at("initProvider", "zone") != "") {
		asked.zone = there.zone
	}
	if asked.standby == "" && k.standbyStays {
		asked.standby = there.standby
	}
	return asked
}

// fillZone fills the zone in, unless it is in initProvider.
func fillZone(o *unstructured.Unstructured, there place) bool {
	for _, part := range []string{"forProvider", "initProvider"} {
		if v, _, err := unstructured.NestedString(o.Object, "spec", part, "zone"); err != nil || v != "" {
			return false
		}
	}
	return allows(o, "LateInitialize") && unstructured.SetNestedField(o.Object, there.zone, "spec", "forProvider", "zone") == nil
}

// zones is what a server's status says of them.
func zones(b body, t Thing) map[string]any {
	out := map[string]any{"zone": t.at.zone}
	if ha, ok := b["highAvailability"].(map[string]any); ok {
		out["highAvailability"] = map[string]any{"mode": ha["mode"], "standbyAvailabilityZone": t.at.standby}
	}
	return out
}
