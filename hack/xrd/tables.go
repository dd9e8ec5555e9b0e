package main

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// tables returns the rules of the spec that come from the tables of internal/cloud, in
// the words of its errors. They judge a field only where it is new or changed, or what
// it is judged by is: a table that loses a word does not get into the way of a live
// claim, which Crossplane itself writes to as well. They refuse only what is wrong
// whatever the settings and the claim's namespace say. So a region that no table knows
// passes, for settings may know it; and so does a deletionPolicy in prod, for no rule
// sees the annotation that allows it.
func tables() []any {
	return []any{foreignRegion(), noRegion(), notOffered(), notOfferedCluster(), notKept()}
}

// foreignRegion refuses the regions of each cloud on every other.
func foreignRegion() object {
	var of []string
	says := "''"
	for _, p := range cloud.Providers {
		regions := cloud.OwnRegions(p)
		for _, region := range regions {
			of = append(of, fmt.Sprintf("'%s': '%s'", region, p))
		}
		_, err := cloud.Region("%s", regions[0], nil)
		text := quoted(strings.Replace(err.Error(), fmt.Sprintf("%q", regions[0]), `"%s"`, 1))
		// Each text stands alone: an API server takes the format of a text that it looks up for as long as can be.
		says = fmt.Sprintf("self.region in %s ? 'spec.region: %s'.format([self.region, self.provider, self.provider]) : %s", list(regions), text, says)
	}
	home := "{" + strings.Join(of, ", ") + "}"
	return rule("region", object{
		"rule": fmt.Sprintf("!has(self.region) || !has(self.provider) || !(self.region in %s) || %s[self.region] == self.provider || %s",
			home, home, unchanged("provider", "region")),
		"messageExpression": says,
	})
}

// noRegion refuses the neutral regions that a cloud has none of.
func noRegion() object {
	var says []string
	for _, p := range cloud.Providers {
		for _, region := range cloud.NeutralRegions() {
			if _, err := cloud.Region(p, region, nil); err != nil {
				says = append(says, entry(p, region, err.Error()))
			}
		}
	}
	const key = "self.provider + '/' + self.region"
	return rule("region", object{
		"rule": fmt.Sprintf("!has(self.region) || !has(self.provider) || !((%s) in %s) || %s",
			key, keys(says), unchanged("provider", "region")),
		"messageExpression": fmt.Sprintf("'spec.region: ' + {%s}[%s]", strings.Join(says, ", "), key),
	})
}

// notOffered refuses versions that a cloud does not offer to a new database. One that is
// adopted has the version that it has.
func notOffered() object {
	var offered, says []string
	for _, p := range cloud.Providers {
		for _, engine := range cloud.Engines {
			versions := cloud.Versions(p, engine)
			offered = append(offered, fmt.Sprintf("'%s/%s': %s", p, engine, list(versions)))
			says = append(says, entry(p, engine, strings.Join(versions, ", ")))
		}
	}
	const key = "self.provider + '/' + self.database.engine"
	return rule("database.version", object{
		"rule": fmt.Sprintf("!has(self.database) || !has(self.database.version) || !has(self.provider) || has(self.externalName) || "+
			"self.database.version in {%s}[%s] || %s", strings.Join(offered, ", "), key,
			unchanged("provider", "database.engine", "database.version")),
		"messageExpression": fmt.Sprintf(`'spec.database.version: "%%s" is not offered for %%s on %%s; allowed are %%s'`+
			".format([self.database.version, self.database.engine, self.provider, {%s}[%s]])",
			strings.Join(says, ", "), key),
	})
}

// notOfferedCluster refuses versions that a cloud does not offer to a new cluster, on the clouds
// that have clusters.
func notOfferedCluster() object {
	var offered, says []string
	for _, p := range cloud.Providers {
		if versions := cloud.Versions(p, cloud.Kubernetes); len(versions) > 0 {
			offered = append(offered, fmt.Sprintf("'%s': %s", p, list(versions)))
			says = append(says, fmt.Sprintf("'%s': '%s'", p, strings.Join(versions, ", ")))
		}
	}
	all := "{" + strings.Join(offered, ", ") + "}"
	return rule("cluster.version", object{
		"rule": fmt.Sprintf("!has(self.cluster) || !has(self.cluster.version) || !has(self.provider) || has(self.externalName) || "+
			"!(self.provider in %s) || self.cluster.version in %s[self.provider] || %s", all, all, unchanged("provider", "cluster.version")),
		"messageExpression": fmt.Sprintf(`'spec.cluster.version: "%%s" is not offered for %s on %%s; allowed are %%s'`+
			".format([self.cluster.version, self.provider, {%s}[self.provider]])", cloud.Kubernetes, strings.Join(says, ", ")),
	})
}

// notKept refuses days of backups that a cloud cannot keep.
func notKept() object {
	var offered, says []string
	for _, p := range cloud.Providers {
		for _, engine := range cloud.Engines {
			r := cloud.Retention(p, engine)
			offered = append(offered, fmt.Sprintf("'%s/%s': [%d, %d]", p, engine, r.Min, r.Max))
			says = append(says, entry(p, engine, r.String()))
		}
	}
	const key = "self.provider + '/' + self.database.engine"
	return rule("database.backupRetentionDays", object{
		"rule": fmt.Sprintf("!has(self.database) || !has(self.database.backupRetentionDays) || !has(self.provider) || "+
			"[{%s}[%s]].all(r, r[0] <= self.database.backupRetentionDays && self.database.backupRetentionDays <= r[1]) || %s",
			strings.Join(offered, ", "), key, unchanged("provider", "database.engine", "database.backupRetentionDays")),
		"messageExpression": fmt.Sprintf("'spec.database.backupRetentionDays: %%d is not offered for %%s on %%s; allowed is %%s'"+
			".format([self.database.backupRetentionDays, self.database.engine, self.provider, {%s}[%s]])",
			strings.Join(says, ", "), key),
	})
}

// rule is about a field, also of an object that is created, of which there is no old one.
func rule(path string, r object) object {
	r["fieldPath"], r["optionalOldSelf"] = "."+path, true
	return r
}

// unchanged holds where fields that are there are as they were.
func unchanged(fields ...string) string {
	same := []string{"oldSelf.hasValue()"}
	for _, f := range fields {
		was := fieldOf("oldSelf.value()", "", strings.Split(f, ".")...)
		same = append(same, was.there, was.of+" == self."+f)
	}
	return strings.Join(same, " && ")
}

// list is a literal list of words.
func list(words []string) string { return "['" + strings.Join(words, "', '") + "']" }

// entry of a literal map, of what is said about a word on a provider.
func entry(provider, word, says string) string {
	return fmt.Sprintf("'%s/%s': '%s'", provider, word, quoted(says))
}

// keys of entries, as a literal list.
func keys(entries []string) string {
	out := make([]string, 0, len(entries))
	for _, e := range entries {
		key, _, _ := strings.Cut(e, ": ")
		out = append(out, key)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// quoted is a text as it stands between single quotes.
func quoted(text string) string { return strings.ReplaceAll(text, "'", `\'`) }
