package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/json"
)

// Updates returns the updates that providers asked for, in order of time, as
// "update KIND/NAME".
func (c *Cloud) Updates() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.updates)
}

// Has returns the parameters that a thing has in the cloud, or nil.
func (c *Cloud) Has(kind, name string) map[string]any {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kind+"/"+name]; ok {
		return t.has
	}
	return nil
}

// Put has the cloud have a thing that somebody else made, elsewhere in the account of
// another customer, whose resources a provider may not read.
func (c *Cloud) Put(kind, name string, has map[string]any, elsewhere bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.things[kind+"/"+name] = &Thing{Kind: kind, ID: name, known: name, maker: "somebody", has: has, Elsewhere: elsewhere}
}

// Take takes away a thing that somebody else made, as its owner does.
func (c *Cloud) Take(kind, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.things, kind+"/"+name)
}

// Fill puts something into a bucket, or takes everything out.
func (c *Cloud) Fill(kind, name string, full bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kind+"/"+name]; ok {
		t.Full = full
	}
}

// update changes a thing whose parameters differ from those that it has, as a provider
// does that compares them, or says why not. What the cloud chose where nothing was asked
// for is the same when it is asked for, and of what stands in initProvider alone nothing is asked.
func (c *Cloud) update(kindName, name string, k kind, b body, initial []string, allowed bool) (Thing, string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := kindName + "/" + name
	t, ok := c.things[key]
	if !ok {
		return Thing{}, ""
	}
	if why := t.unasked(b); why != "" && allowed {
		return *t, why
	}
	asked := plain(k.asked(b))
	for _, field := range k.computed {
		asked.stays(t.has, strings.Split(field, ".")...)
	}
	for _, field := range initial {
		was := t.has[field]
		switch {
		case asked[field] == nil:
		case was != nil:
			asked[field] = was
		case t.has != nil:
			delete(asked, field)
		}
	}
	switch {
	case t.has == nil: // it was made with them
	case !allowed || text(t.has) == text(asked):
		return *t, ""
	default:
		if refusal := k.refusal(t.has, asked, c); refusal != "" {
			return *t, refusal
		}
		if lost := k.destruction(t, asked, c); lost != "" {
			return *t, lost
		}
		c.updates = append(c.updates, "update "+key)
	}
	t.has = asked
	return *t, ""
}

// stays has a parameter that is left out be what it was.
func (b body) stays(was body, path ...string) {
	if inside, _ := b[path[0]].(map[string]any); len(path) > 1 {
		had, _ := was[path[0]].(map[string]any)
		body(inside).stays(had, path[1:]...)
		return
	}
	if b != nil && b[path[0]] == nil && was[path[0]] != nil {
		b[path[0]] = was[path[0]]
	}
}

// refusal says, in the words of Upjet, why what the cloud has cannot become what is asked
// for, or "". Upjet replaces nothing (pkg/controller/external_tfpluginsdk.go).
func (k kind) refusal(has, asked body, c *Cloud) string {
	if k.rejects != nil {
		if why := k.rejects(asked, c); why != "" {
			return failed("update", why)
		}
	}
	if k.forbids != nil {
		if refusal := k.forbids(has, asked); refusal != "" {
			return refusal
		}
	}
	for _, argument := range k.fixed {
		was, is := fmt.Sprint(has[camel(argument)]), fmt.Sprint(asked[camel(argument)])
		if !strings.EqualFold(was, is) {
			return replaces(argument, was, is)
		}
	}
	return ""
}

// destruction destroys what an update takes with it, which a lock prevents: it stands in the
// cloud's history, where no test of ours wants it.
func (k kind) destruction(t *Thing, asked body, c *Cloud) (refusal string) {
	if k.destroys == nil {
		return ""
	}
	lost := k.destroys(t.has, asked)
	if lost == "" {
		return ""
	}
	if k.keeps != nil {
		if why := k.keeps(asked, *t, c); why != "" {
			return why
		}
	}
	c.history = append(c.history, "destroy "+lost+" of "+t.Kind+"/"+t.ID)
	return ""
}

// Alter has the cloud change a thing by itself, as it does in a maintenance window.
func (c *Cloud) Alter(kind, name string, fields map[string]any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.things[kind+"/"+name]; ok {
		t.has = plain(t.has)
		maps.Copy(t.has, fields)
	}
}

func replaces(argument, was, is string) string {
	const refuse = "update failed: async update failed: refuse to update the external resource because the following update requires replacing it: "
	return refuse + fmt.Sprintf("cannot change the value of the argument %q from %q to %q", argument, was, is)
}

// camel is how a CRD writes an argument of Terraform.
func camel(argument string) string {
	words := strings.Split(argument, "_")
	for i := 1; i < len(words); i++ {
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return strings.Join(words, "")
}

// plain is a body with the types that the API server gives.
func plain(b body) body {
	out := map[string]any{}
	if err := json.Unmarshal([]byte(text(b)), &out); err != nil {
		panic(err) // a body is JSON
	}
	return out
}

// text of a body, the same for what is the same.
func text(b body) string {
	raw, err := json.Marshal(b)
	if err != nil {
		panic(err) // a body is JSON
	}
	return string(raw)
}
