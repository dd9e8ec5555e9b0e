package provider

import (
	"fmt"
	"maps"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// restoring are the fields by which a thing is made of another one's data. Upjet compares none
// that stands in initProvider alone, and takes its absence, once it was asked for, for a wish
// for another thing (copyParameters and filterInitExclusiveDiffs of external_tfpluginsdk.go).
var restoring = []string{"clone", "restoreToPointInTime", "snapshotIdentifier", "createMode", "sourceServerId", "pointInTimeRestoreTimeInUtc"}

// inherited are what a copy has from its source, whatever it is asked for.
var inherited = []string{
	"databaseVersion", "engine", "engineVersion", "dbName", "username", "storageEncrypted", "kmsKeyId", "allocatedStorage", "administratorLogin", "version",
	"storageMb", "storage", "encryptionKeyName",
}

// blockOf are the fields that restore, as they are asked for.
func blockOf(b body) body {
	out := body{}
	for _, name := range restoring {
		if b[name] != nil {
			out[name] = b[name]
		}
	}
	return out
}

// sourceOf is the thing that another one is made of, by kind and name, or "".
func sourceOf(kindName string, b body) string {
	variables := b.variables()
	for _, name := range []any{
		b.at("clone", "sourceInstanceName"), b.at("restoreToPointInTime", "sourceDbInstanceIdentifier"), b["sourceServerId"], variables["restore_from"],
	} {
		if s, _ := name.(string); s != "" {
			s = strings.TrimSuffix(s, "::")
			return kindName + "/" + s[strings.LastIndexAny(s, "/:")+1:]
		}
	}
	return ""
}

// inherit has a new thing be a copy of its source: with its password, and what inherited
// lists. It says why there is none.
func (c *Cloud) inherit(t *Thing, kindName string, b body) string {
	key := sourceOf(kindName, b)
	if key == "" {
		return ""
	}
	from, ok := c.things[key]
	if !ok {
		return "create failed: async create failed: " + key + ", of which it is to be made, does not exist"
	}
	t.Source, t.facts = key, body{}
	if t.Password == "" {
		t.Password = from.Password
	}
	for _, name := range inherited {
		if v := from.has[name]; v != nil {
			t.facts[name] = v
		}
	}
	return ""
}

// over is what the cloud has of a thing under what is asked for: a copy's facts, and all of a
// thing that is only looked at.
func (t Thing) over(b body, onlyLooks bool) body {
	if onlyLooks {
		b = under(t.shown, b)
	}
	return under(t.facts, b)
}

// show notes what a thing's status has, for who looks at it next.
func (c *Cloud) show(kindName, name string, at body) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kindName+"/"+name]; ok {
		t.shown = plain(at)
	}
}

// unasked says, in the words of Upjet, why what a managed resource restored cannot be taken
// out of it, or "".
func (t Thing) unasked(b body) string {
	for _, name := range restoring {
		if t.block[name] != nil && b[name] == nil && t.Kind != "DatabaseInstance" {
			return replaces(name, fmt.Sprint(t.block[name]), "")
		}
	}
	return ""
}

// Forget is a restart of the providers' processes: they take the Secrets of now for what they
// have sent.
func (c *Cloud) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.things {
		t.told, t.forgotten, t.version = "", true, unknown
	}
}

// reported is what the cloud has of what is asked for: also what stands in initProvider
// inside an object that forProvider has as well, such as a disk's size.
func reported(o *unstructured.Unstructured, b body) body {
	init, _, err := unstructured.NestedMap(o.Object, "spec", "initProvider")
	if err != nil {
		return maps.Clone(b)
	}
	return under(init, b)
}

// under is one body over another, object by object.
func under(below, over map[string]any) map[string]any {
	out := maps.Clone(over)
	for key, v := range below {
		inner, is := v.(map[string]any)
		top, both := over[key].(map[string]any)
		switch {
		case over[key] == nil:
			out[key] = v
		case is && both:
			out[key] = under(inner, top)
		}
	}
	return out
}
