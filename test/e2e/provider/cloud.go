package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// A Thing is one resource in the cloud.
type Thing struct {
	Kind      string
	ID        string // what the cloud calls it
	Password  string // last set
	Passwords int    // how often it was set to another one
	Orphan    bool   // its managed resource is gone
}

// A Cloud holds what providers made. A name that is made twice, or deleted, stays
// in its history.
type Cloud struct {
	mu      sync.Mutex
	things  map[string]*Thing // by kind and name
	history []string
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

// create makes a thing, or finds the one that has the name already, as an orphan
// that is adopted again. An id and a password are given where the cloud does so.
func (c *Cloud) create(kindName, name string, k kind) Thing {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := kindName + "/" + name
	t, ok := c.things[key]
	if !ok {
		c.serial++
		t = &Thing{Kind: kindName, ID: name}
		if k.idPrefix != "" {
			t.ID = fmt.Sprintf("%s-%017x", k.idPrefix, c.serial)
		}
		if k.ownPassword {
			t.Password = fmt.Sprintf("made-by-the-module-%d", c.serial)
		}
		c.things[key] = t
		c.history = append(c.history, "create "+key)
	}
	t.Orphan = false
	return *t
}

func (c *Cloud) delete(kind, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := kind + "/" + name
	if _, ok := c.things[key]; ok {
		delete(c.things, key)
		c.history = append(c.history, "delete "+key)
	}
}

func (c *Cloud) orphan(kind, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kind+"/"+name]; ok {
		t.Orphan = true
	}
}

func (c *Cloud) password(kind, name, password string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kind+"/"+name]; ok && t.Password != password {
		if t.Password != "" {
			t.Passwords++
			c.history = append(c.history, "password "+kind+"/"+name)
		}
		t.Password = password
	}
}

// short makes a token of a name that may stand in a host name.
func short(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "-")) }
