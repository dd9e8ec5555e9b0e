package provider

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
)

// A Thing is one resource in the cloud.
type Thing struct {
	Kind      string
	ID        string // what the cloud calls it
	Password  string // last set
	Passwords int    // how often it was set to another one
	Orphan    bool   // its managed resource is gone
	Full      bool   // somebody put something into it
	Elsewhere bool   // another customer has it
	Source    string // the kind and name of what it was made of; "" of what was made empty

	made         string    // when
	owner, maker types.UID // the managed resource that it belongs to, and the one it was made for
	known        string    // the external name that the owner knows it by
	told         string    // the password that the owner was told last
	at           place     // of a server of Azure
	has          body      // the parameters that it was made or changed with last
	shown        body      // what its status had last
	facts, block body      // what it has from its source, and what its owner asked to restore
	forgotten    bool      // its provider was started again
	version      float64   // of the password that came with one, as the process knows it
	versionOf    types.UID // of the managed resource whose version that is
}

// A Cloud holds what providers made. A name that is made twice, or deleted, stays
// in its history, and every update in its updates.
type Cloud struct {
	mu      sync.Mutex
	things  map[string]*Thing // by kind and name
	history []string
	updates []string
	serial  int
}

func newCloud() *Cloud { return &Cloud{things: map[string]*Thing{}} }

// Things returns a copy of all that is there, by kind and name.
func (c *Cloud) Things() map[string]Thing {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[string]Thing, len(c.things))
	for k, v := range c.things {
		out[k] = *v
	}
	return out
}

// Names returns the kinds and names of all that is there, in order.
func (c *Cloud) Names() []string { return slices.Sorted(maps.Keys(c.Things())) }

// History returns what was created and deleted, in order of time, as "create KIND/NAME".
func (c *Cloud) History() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.history)
}

// create makes a thing, or finds the one that the managed resource stands for: its
// own, or, by its external name, one that is there. Where that does not lead to what
// has the name already, the cloud refuses a second one. An id and a password are
// given where the cloud does so.
func (c *Cloud) create(kindName, name string, k kind, b body, by *unstructured.Unstructured) (Thing, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key, externalName := kindName+"/"+name, by.GetAnnotations()[externalName]
	t, ok := c.things[key]
	kind, in := "", ""
	if k.inside != nil {
		kind, in = k.inside(b)
	}
	switch {
	case ok && t.Elsewhere:
		return Thing{}, errors.New(k.taken)
	case !ok && !allows(by, "Create") && k.stands == nil:
		return Thing{}, errors.New("observe failed: external resource does not exist")
	case in != "" && c.things[kind+"/"+in] == nil:
		return Thing{}, fmt.Errorf("create failed: async create failed: %s %s does not exist", kind, in)
	case !ok && k.rejects != nil && k.rejects(plain(k.asked(b)), c) != "":
		return Thing{}, errors.New(failed("create", k.rejects(plain(k.asked(b)), c)))
	case !ok:
		c.serial++
		t = &Thing{Kind: kindName, ID: name, maker: by.GetUID(), made: now(), known: cmp.Or(externalName, by.GetName())}
		if k.id != nil {
			t.ID = k.id(b, c.serial)
			t.known = t.ID
		}
		if k.ownPassword {
			t.Password = fmt.Sprintf("made-by-the-module-%d", c.serial)
		}
		if why := c.inherit(t, kindName, b); why != "" {
			return Thing{}, errors.New(why)
		}
		if k.stands != nil && !allows(by, "Create") {
			t.has = k.stands(plain(b))
		}
		c.things[key] = t
		c.history = append(c.history, "create "+key)
	case t.owner != by.GetUID() && k.put && externalName != t.ID:
		t.maker, t.made = by.GetUID(), now()
	case t.owner != by.GetUID() && k.id != nil && externalName != t.ID && (externalName != name || !k.byName):
		return Thing{}, fmt.Errorf("create failed: %s %s already exists", kindName, name)
	}
	if t.owner != by.GetUID() {
		t.owner, t.Orphan, t.told, t.forgotten, t.version, t.block = by.GetUID(), false, "", false, 0, blockOf(b)
		if t.maker != t.owner {
			t.known = cmp.Or(externalName, by.GetName())
		}
	}
	return *t, nil
}

// delete deletes a thing with all that is in it, or says why the cloud does not.
func (c *Cloud) delete(kindName, name string, k kind, b body) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kindName+"/"+name]; ok && k.keeps != nil {
		if why := k.keeps(b, *t, c); why != "" {
			return why
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.things)) {
		_, at, _ := strings.Cut(key, "/")
		if key == kindName+"/"+name || strings.HasPrefix(at, name+"/") {
			delete(c.things, key)
			c.history = append(c.history, "delete "+key)
		}
	}
	return ""
}

// now is the time as crossplane-runtime annotates a creation with it.
func now() string { return time.Now().UTC().Format(time.RFC3339) }

// Lose has somebody delete a thing at the cloud, behind the back of its provider.
func (c *Cloud) Lose(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.things, key)
}

// owns reports whether a thing belongs to a managed resource.
func (c *Cloud) owns(kind, name string, by types.UID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.things[kind+"/"+name]
	return ok && t.owner == by
}

func (c *Cloud) orphan(kind, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kind+"/"+name]; ok {
		t.Orphan, t.owner = true, ""
	}
}

// orphanAll is what the end of a control plane leaves: nothing belongs to a managed resource.
func (c *Cloud) orphanAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.things {
		t.Orphan, t.owner = true, ""
	}
}

// password tells a thing its password. A provider takes what it is told first of a
// thing that was there for the one it has, and sets another only where it may update.
func (c *Cloud) password(kind, name, password string, update bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.things[kind+"/"+name]
	first := ok && t.told == ""
	switch {
	case !ok, t.told == password, !first && !update:
		return
	case first && (t.maker != t.owner || t.forgotten):
	case t.Password == "":
		t.Password = password
	case t.Password != password:
		t.Passwords++
		t.Password = password
		c.history = append(c.history, "password "+kind+"/"+name)
	}
	t.told, t.forgotten = password, false
}

// short makes a token of a name that may stand in a host name.
func short(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "-")) }
