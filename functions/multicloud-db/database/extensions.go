package database

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The parameters of PostgreSQL that are lists: which extensions Azure allows, and which libraries a
// server loads at its start.
const (
	allowsAzure = "azure.extensions"
	preloads    = "shared_preload_libraries"
)

// lists are the parameters that are lists, by cloud, and whether each takes a restart. Others add to
// them as well, so that what stands there stays, whoever wrote it: nothing is ever taken out.
var lists = map[string]map[string]bool{
	cloud.AWS:   {preloads: true},
	cloud.Azure: {allowsAzure: false, preloads: true},
}

// unsaidAWS is what a server of RDS loads whose parameter group does not say it: that of the default
// groups (Appendix.PostgreSQL.CommonDBATasks.Extensions.md of awsdocs/amazon-rds-user-guide).
const unsaidAWS = "pg_stat_statements"

// addExtensions adds to what is named what the cloud has to be told before somebody can create the
// extensions that a claim asks for. Nobody here runs SQL.
func addExtensions(l lifecycle.Live, named map[string]parameter) error {
	const path = "spec.database.extensions"
	provider := l.Claim.Provider
	for _, name := range l.Claim.Database.Extensions {
		e, _ := cloud.ExtensionOf(name) // the claim has no other
		switch {
		case l.Adopted():
			return fmt.Errorf("%s: is set beside spec.externalName, which names a database that stays tuned as it is; take one of them out", path)
		case e.Not[provider] != "":
			return fmt.Errorf("%s: %q is not offered on %s, since %s; take it out", path, name, provider, e.Not[provider])
		}
		if provider == cloud.GCP && e.Flag != "" {
			named[e.Flag] = parameter{name: e.Flag, value: "on", restarts: true, path: path}
		}
		for list := range lists[provider] {
			add := e.Library[provider]
			if list == allowsAzure {
				add = name
			}
			if add == "" {
				continue
			}
			p, raw := named[list]
			p.name, p.adds = list, append(slices.Clone(p.adds), add)
			if !raw {
				p.path = path
			}
			named[list] = p
		}
	}
	return nil
}

// listed has the settings' own value of a list added to it, as an extension is: what stands there
// beside it stays, and so does what RDS loads by itself.
func listed(l lifecycle.Live, named map[string]parameter) {
	if l.Claim.Database.Engine != cloud.Postgres {
		return
	}
	for list, restarts := range lists[l.Claim.Provider] {
		if p, ok := named[list]; ok {
			p.adds = append(items(p.value), p.adds...)
			p.value, p.restarts = "", restarts
			named[list] = p
			if len(p.adds) == 0 { // commas or spaces alone: written, it would empty the list
				delete(named, list)
			}
		}
	}
}

// emptyLists are the settings' lists without an item, which have no effect.
func emptyLists(l lifecycle.Live) []string {
	var out []string
	provider := l.Claim.Provider
	for _, list := range slices.Sorted(maps.Keys(lists[provider])) {
		if p, said := l.Settings.Policy.Parameters[provider][cloud.Postgres][list]; said && len(items(p.Value)) == 0 {
			out = append(out, fmt.Sprintf("settings policy.parameters.%s.%s.%s: names nothing, and has no effect", provider, cloud.Postgres, list))
		}
	}
	return out
}

// items are those of a list, as PostgreSQL separates them.
func items(list string) []string {
	said := strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
	for i := range said {
		said[i] = strings.TrimSpace(said[i])
	}
	return slices.DeleteFunc(said, func(s string) bool { return s == "" })
}

// union is a list as it stands, with what has to stand in it behind that. One that has it all stays
// letter by letter. Azure writes extensions in capitals.
func union(there string, adds []string) string {
	all := items(there)
	had := len(all)
	for _, add := range adds {
		if !slices.ContainsFunc(all, func(is string) bool { return strings.EqualFold(is, add) }) {
			all = append(all, add)
		}
	}
	if len(all) == had {
		return there
	}
	return strings.Join(all, ",")
}

// joins reads what stands in a list of a server of Azure, and adds to it. Until its provider has looked
// nobody knows that, and nothing may be written: a parameter is set whole. A parameter group of RDS is
// read where it is composed.
func (p *parameter) joins(in Held) {
	if len(p.adds) == 0 || in.Claim.Provider != cloud.Azure {
		return
	}
	o := in.Object(partParameter + p.name)
	there := cmp.Or(
		object.String(o, "status", "atProvider", "value"),
		object.String(o, "spec", "forProvider", "value"), object.String(o, "spec", "initProvider", "value"),
	)
	// A server of Azure loads something from the first, and allows nothing.
	p.unknown = object.String(o, "status", "atProvider", "id") == "" || there == "" && p.name == preloads
	if !p.unknown {
		p.value = union(there, p.adds)
	}
}

// isUnsaid reports whether a server of RDS loads all that has to stand in a list without being told.
func (p *parameter) isUnsaid(in Held) bool {
	return in.Claim.Provider == cloud.AWS && len(p.adds) > 0 && union(unsaidAWS, p.adds) == unsaidAWS
}
