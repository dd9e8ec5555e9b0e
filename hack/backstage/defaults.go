package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/cache"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/queue"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// An unsaid field comes to a value by cloud, engine and env.
type unsaid struct {
	value func(provider, engine, env string) string
	// says takes the place of the value where that is no word of the claim.
	says func(provider string) string
	// settings says that the settings' policy may move the value.
	settings bool
}

// defaults are what a field comes to that is left empty.
var defaults = map[string]unsaid{
	"database.version":               {value: func(_, engine, _ string) string { return cloud.DefaultVersion(engine) }},
	"database.name":                  {says: always("the domain's name")},
	"database.storageGiB":            {says: always("the disk of the size")},
	"database.highAvailability":      {value: whereKept, settings: true},
	"database.backupRetentionDays":   {value: backups, settings: true},
	"bucket.versioning":              {value: whereVersioned},
	"bucket.retentionDays":           {value: func(_, _, env string) string { return strconv.Itoa(lifecycle.DaysOf(env)) }, settings: true},
	"cache.evictionPolicy":           {value: same(cache.DefaultEviction)},
	"cache.highAvailability":         {value: whereKept, settings: true},
	"cache.persistence":              {value: whereKept},
	"queue.visibilityTimeoutSeconds": {value: same(queue.DefaultVisibility)},
	"queue.retentionDays":            {value: same(queue.DefaultDays)},
	"queue.maxDeliveryAttempts":      {value: same(queue.DefaultAttempts)},
	"queue.access":                   {says: func(provider string) string { return openedBy[provider] }},
	"cluster.version":                {value: same(cloud.DefaultVersion(cloud.Kubernetes))},
	"cluster.highAvailability":       {value: whereKept, settings: true},
	"cluster.nodes":                  {says: func(provider string) string { return unbounded[provider] }},
	"deletionPolicy":                 {value: fate, settings: true},
}

// unbounded is how many nodes a cluster has whose claim does not say.
var unbounded = map[string]string{
	cloud.GCP: "3 to 6 with high availability, else 1 to 3", cloud.AWS: "3 to 6 with high availability, else 1 to 3",
	cloud.Azure: "3 to 6 with high availability, else 2 to 3", cloud.IBM: "3 with high availability, else 1",
}

// openedBy is how an app gets into a queue whose claim names nobody.
var openedBy = map[string]string{
	cloud.GCP: "the platform lets the app in", cloud.AWS: "the platform lets the app in", cloud.Azure: "the connection Secret has a key",
}

func always(says string) func(string) string { return func(string) string { return says } }

func same(value string) func(provider, engine, env string) string {
	return func(string, string, string) string { return value }
}

func whereKept(_, _, env string) string { return strconv.FormatBool(lifecycle.IsKept(env)) }

func whereVersioned(_, _, env string) string {
	return strconv.FormatBool(lifecycle.IsKept(env) || env == "staging")
}

// backups are an env's days, as near as the cloud comes to them.
func backups(provider, engine, env string) string {
	days := cloud.Retention(provider, engine)
	return strconv.Itoa(min(max(lifecycle.DaysOf(env), days.Min), days.Max))
}

func fate(_, _, env string) string { return fates(env)[0] }

// leftEmpty is the sentence on what a field comes to that is left empty, or "".
func leftEmpty(path, provider, engine string) string {
	d, ok := defaults[path]
	switch {
	case !ok:
		return ""
	case d.says != nil:
		return "Left empty: " + d.says(provider) + "."
	case d.settings:
		return "Left empty: " + byEnv(path, provider, engine) + ", unless the platform's settings say otherwise."
	}
	return "Left empty: " + byEnv(path, provider, engine) + "."
}

// byEnv says a default by env, the envs with the same one together.
func byEnv(path, provider, engine string) string {
	var values []string
	of := map[string][]string{}
	for _, env := range []string{"prod", "mgmt", "staging", "dev"} {
		v := defaults[path].value(provider, engine, env)
		if !slices.Contains(values, v) {
			values = append(values, v)
		}
		of[v] = append(of[v], env)
	}
	out := make([]string, 0, len(values))
	for _, v := range values {
		word := cmp.Or(short[v], v)
		if len(values) == 1 {
			return word
		}
		out = append(out, fmt.Sprintf("%s in %s", word, list(of[v])))
	}
	return strings.Join(out, ", ")
}

// short are the words of a default in the middle of a sentence.
var short = map[string]string{"true": "on", "false": "off", "Delete": "it goes", "Orphan": "it stays"}

// list writes words one behind the other: a, b and c.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " and " + words[n]
}

// fates are the words of deletionPolicy that a claim may say in an env.
func fates(env string) []string {
	if lifecycle.IsKept(env) {
		return []string{"Orphan"} // Delete is refused there
	}
	return []string{"Delete", "Orphan"}
}

// purposes of the envs.
var purposes = map[string]string{
	"dev": "dev: for trying things out", "staging": "staging: for what comes before production",
	"prod": "prod: protected, and stays when its claim is deleted", "mgmt": "mgmt: of the platform itself, kept as in prod",
}
