package provider

import (
	"encoding/base64"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// unknown is the version of a password that a process which has just started has not read yet.
const unknown = -1

// The moments at which a password that comes with a version has been sent, and reported.
const (
	Sent     = "sent"
	Reported = "reported"
)

// Watch has a test look on whenever a password is sent with a version, until it is nil. The process
// ends there where the test says so: what it has not reported it never will.
func (p *Provider) Watch(f func(kindName, moment string) (dies bool)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watch = f
}

// dies asks whoever looks on whether the process ends at a moment.
func (p *Provider) dies(kindName, moment string) bool {
	p.mu.Lock()
	watch := p.watch
	p.mu.Unlock()
	if watch == nil || !watch(kindName, moment) {
		return false
	}
	p.Cloud.Forget()
	return true
}

// tell tells a thing its passwords: the one that the provider compares with what its process
// remembers, and the one that it sends with each version. It says whether one was sent by its version.
func (p *Provider) tell(o *unstructured.Unstructured, t *Thing, name string, b body, given map[string]string) (sent bool, err error) {
	for _, ref := range []string{"", versioned} {
		value, ok := given[ref]
		if !ok {
			continue
		}
		plain, err := base64.StdEncoding.DecodeString(value)
		if err != nil {
			return false, fmt.Errorf("cannot read the password: %w", err)
		}
		t.Password = string(plain)
		if version := b.number("passwordWoVersion"); ref == versioned && version > 0 {
			t.version, sent = p.Cloud.once(o, name, t.Password, version)
			continue
		}
		p.Cloud.password(o.GetKind(), name, t.Password, allows(o, "Update"))
	}
	return sent, nil
}

// versioned ends the reference to a password that is sent for each version once, in lower case.
const versioned = "passwordwosecretref"

// once tells a thing a password that comes with a version: it is sent when the version is another one
// than the process knows. One that has just started knows what the status has, and where the status
// has nothing, what it is asked for (copyParameters in Upjet's external_tfpluginsdk.go).
func (c *Cloud) once(o *unstructured.Unstructured, name, password string, version float64) (known float64, sent bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.things[o.GetKind()+"/"+name]
	if !ok {
		return 0, false
	}
	at, _, _ := unstructured.NestedMap(o.Object, "status", "atProvider") //nolint:errcheck // Without one there is none.
	if t.version == unknown || t.versionOf != o.GetUID() {
		t.version, t.versionOf = body(at).number("passwordWoVersion"), o.GetUID()
		if len(at) == 0 {
			t.version = version
		}
	}
	if !allows(o, "Update") || t.version == version {
		return t.version, false
	}
	t.version = version
	if t.Password != password {
		t.Password, t.Passwords = password, t.Passwords+1
		c.history = append(c.history, "password "+o.GetKind()+"/"+name)
	}
	return version, true
}

// isVersioned reports whether a field of a body refers to such a password.
func isVersioned(field string) bool { return strings.EqualFold(field, versioned) }
