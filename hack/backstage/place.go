package main

import (
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// A place is where a resource of a type may be: what a field offers depends on it.
type place struct{ typ, provider, engine string } // the engine is "" but of a database

// placesOf a type, on some of the clouds.
func placesOf(typ string, providers []string) []place {
	engines := []string{""}
	if typ == claim.TypeDatabase {
		engines = cloud.Engines
	}
	var out []place
	for _, provider := range providers {
		for _, engine := range engines {
			out = append(out, place{typ, provider, engine})
		}
	}
	return out
}

// answers by which a form is filled in for the place.
func (p place) answers() map[string][]string {
	out := map[string][]string{"type": {p.typ}, "provider": {p.provider}}
	if p.engine != "" {
		out["databaseEngine"] = []string{p.engine}
	}
	return out
}
