package provider

import (
	"fmt"
	"maps"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// A body is the parameters of a managed resource: forProvider over initProvider.
type body map[string]any

func (b body) text(key string) string {
	s, _ := b[key].(string)
	return s
}

// number of whichever type the API server has made it.
func (b body) number(key string) float64 {
	switch n := b[key].(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	default:
		return 0
	}
}

// at is a value inside of objects, and of the first item of lists on the way.
func (b body) at(path ...string) any {
	var v any = map[string]any(b)
	for _, key := range path {
		if list, ok := v.([]any); ok && len(list) > 0 {
			v = list[0]
		}
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

// A kind of managed resource: what its provider does apart from what all do.
type kind struct {
	// name of the thing in the cloud, where it is not the external name.
	name func(b body, externalName string) string
	// id is there where the cloud gives the external name, of the serial number of a
	// thing. A thing is found by it, and byName by its name, too.
	id     func(b body, serial int) string
	byName bool
	// late are the fields that the provider fills in from what the cloud chose.
	late func(b body) map[string]any
	// refuses says why the cloud takes no update of these parameters, or "".
	refuses func(b body) string
	// status is what atProvider has above the parameters.
	status func(b body, t Thing) map[string]any
	// details of the connection secret.
	details func(b body, t Thing) map[string]string
	// protected says that the cloud refuses to delete it.
	protected func(b body) bool
	// zonal says that it is in a zone, and its standby in another; standbyStays that
	// one which is left out stays where it is.
	zonal, standbyStays bool
	// ownPassword says that the password is made where the resource is.
	ownPassword bool
	// told says that atProvider has what the cloud has, and not what is asked for: who
	// finds a bucket by its name looks there for whose it is.
	told bool
	// fixed are the arguments, as Terraform writes them, that no update changes.
	fixed []string
	// forbids says why the provider refuses to change what the cloud has, or "".
	forbids func(has, asked body) string
	// rejects says why the cloud takes it with these parameters neither new nor changed, or "".
	rejects func(asked body, c *Cloud) string
	// destroys says what an update takes with it that no provider calls a replacement, or "".
	destroys func(has, asked body) string
	// computed are the parameters that stay as they are where they are left out, by their paths.
	computed []string
	// keeps says why the cloud does not delete it, or "".
	keeps func(asked body, t Thing, c *Cloud) string
	// taken is what the cloud says where another customer has the name.
	taken string
	// inside names the kind and the thing that it is in and fails without; put that it is
	// not made there but set, and so never there before.
	inside func(b body) (kind, name string)
	put    bool
	// stands is what a thing has that nobody makes, such as a parameter of a server; nil of what is made.
	stands func(b body) body
}

// asked are the parameters that the cloud compares: with what it chose itself, and
// without the zones of a server, which Failover and move look after.
func (k kind) asked(b body) body {
	out := body{}
	if k.late != nil {
		maps.Copy(out, k.late(b))
	}
	maps.Copy(out, b)
	for _, name := range restoring {
		delete(out, name)
	}
	if k.zonal {
		delete(out, "zone")
		if ha, ok := out["highAvailability"].(map[string]any); ok {
			out["highAvailability"] = map[string]any{"mode": ha["mode"]}
		}
	}
	return out
}

func flag(key string) func(body) bool {
	return func(b body) bool { v, _ := b[key].(bool); return v }
}

// within names what has its name inside of a server, such as a user.
func within(parent string) func(body, string) string {
	return func(b body, externalName string) string { return b.text(parent) + "/" + externalName }
}

// numbered are ids such as sg-01.
func numbered(prefix string) func(body, int) string {
	return func(_ body, serial int) string { return fmt.Sprintf("%s-%017x", prefix, serial) }
}

func id(_ body, t Thing) map[string]any { return map[string]any{"id": t.ID} }

// kindOf returns what is special about a kind; others have an id and nothing else.
func kindOf(gvk schema.GroupVersionKind) kind {
	group := strings.TrimSuffix(strings.TrimSuffix(gvk.Group, ".upbound.io"), ".m")
	k, ok := databases[group+"/"+gvk.Kind]
	for _, of := range []map[string]kind{buckets, caches, queues, clusters} {
		if !ok {
			k, ok = of[group+"/"+gvk.Kind]
		}
	}
	if !ok {
		k.status = id
	}
	if k.name == nil {
		k.name = func(_ body, externalName string) string { return externalName }
	}
	return k
}
