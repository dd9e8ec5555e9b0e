package settings

import (
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Parameter is one of an engine, in the words of its cloud.
type Parameter struct {
	Value string
	// Dynamic says that the server takes it without a restart, as whoever set it knows.
	Dynamic bool
}

// Parameters are those of an env, by cloud, engine and name.
type Parameters map[string]map[string]map[string]Parameter

// readParameters reads the parameters of each cloud's engines.
func readParameters(r *object.Reader) Parameters {
	var out Parameters
	for _, provider := range cloud.Providers {
		of := r.Object(provider)
		for _, engine := range cloud.Engines {
			named := of.Object(engine)
			for _, name := range named.Keys() {
				if p := readParameter(named, name); p.Value != "" {
					out = out.with(provider, engine, name, p)
				}
			}
		}
		of.Done()
	}
	r.Done()
	return out
}

func (p Parameters) with(provider, engine, name string, one Parameter) Parameters {
	if p == nil {
		p = Parameters{}
	}
	if p[provider] == nil {
		p[provider] = map[string]map[string]Parameter{}
	}
	if p[provider][engine] == nil {
		p[provider][engine] = map[string]Parameter{}
	}
	p[provider][engine][name] = one
	return p
}

const parameterAllowed = "1 to 200 letters, digits, spaces and _ . , : / + * % = { } ( ) -"

// readParameter reads a value, or an object of a value and whether the server takes it at once.
func readParameter(r *object.Reader, name string) Parameter {
	switch why := cloud.Guarded(name); {
	case !cloud.ParameterName.MatchString(name):
		r.Failf(name, "is no name of a parameter; allowed are lowercase letters, digits and underscores, and one dot, such as work_mem")
		return Parameter{}
	case why != "":
		r.Failf(name, "is not allowed, since it %s; take it out", why)
		return Parameter{}
	case !r.IsObject(name):
		return Parameter{Value: parameterValue(r, name)}
	}
	o := r.Object(name)
	p := Parameter{Value: parameterValue(o, "value"), Dynamic: isTrue(o.Bool("dynamic"))}
	if !o.Has("value") {
		o.Missingf("value", "give the parameter's value, such as \"65536\"")
	}
	o.Done()
	return p
}

func parameterValue(r *object.Reader, key string) string {
	said := r.Match(key, cloud.ParameterValue, parameterAllowed)
	if !cloud.ParameterValue.MatchString(said) {
		if r.Has(key) && said == "" {
			r.Failf(key, "is empty; allowed is %s", parameterAllowed)
		}
		return ""
	}
	return said
}
