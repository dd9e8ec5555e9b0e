package main

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// A field of the claim's spec that the form asks for, in the words of whoever builds a product.
// The rest of it comes from the XRD and from the tables.
type field struct {
	path  string // below spec
	title string
	text  string
	// without are the clouds on which the form does not ask, where the answer decides nothing.
	without []string
	// words are what the form shows for the words of the claim; nil for the words themselves.
	words map[string]string
	// mistake is what the form says of a text that has not the form.
	mistake string
	// also is what a change comes to on one cloud, beside the rule of the field.
	also map[string]string
}

// onOff are the words of what is true or false. Left empty is a third answer, so that the form
// has a list and no box to tick.
var onOff = map[string]string{"true": "On", "false": "Off"}

// fields in the order of the form. Names of texts are those of the clouds' own pages.
var fields = []field{
	{
		path: "type", title: "What you need",
		text: "A database keeps tables, a bucket files, a cache what is asked for often, a queue passes messages on, and a cluster runs containers.",
		words: map[string]string{
			claim.TypeDatabase: "Database: PostgreSQL or MySQL", claim.TypeBucket: "Bucket: files",
			claim.TypeCache: "Cache: speaks the Redis protocol", claim.TypeQueue: "Queue: messages, each to one consumer",
			claim.TypeCluster: "Cluster: Kubernetes",
		},
	},
	{path: "provider", title: "Cloud", text: "Where it runs, best beside the app that uses it.", words: clouds},
	{path: "database.engine", title: "Engine", text: "The database server.", words: engines},
	{path: "profile", title: "Size"},
	{path: "region", title: "Region", text: "Where the data is kept. The first names in the list are the same on every cloud, the others are the cloud's own."},
	{path: "env", title: "Environment", text: "What it has by default depends on it, such as backups and protection.", words: purposes},
	{path: "database.version", title: "Version"},
	{
		path: "database.name", title: "Name inside the server", text: "The logical database that the app connects to.",
		without: []string{cloud.IBM}, // which has one of its own name
		mistake: "takes lowercase letters, digits and underscores, and begins with a letter",
	},
	{path: "database.storageGiB", title: "Disk (GiB)", text: "Billed by its size."},
	{
		path: "database.highAvailability", title: "High availability", without: []string{cloud.IBM}, words: onOff,
		text: "A second machine takes over when the first one fails, in another zone where the region has some. It is billed as the first one is.",
	},
	{
		path: "database.backupRetentionDays", title: "Days of backups", without: []string{cloud.IBM},
		text: "For how many days the database can be set back. More of them take more room, which is billed.",
	},
	{
		path: "bucket.versioning", title: "Keep older versions", words: onOff,
		text: "What is overwritten or deleted can be had back. Older versions take room, which is billed.",
	},
	{path: "bucket.retentionDays", title: "Days of older versions", text: "For how many days an older version can be had back."},
	{
		path: "cache.evictionPolicy", title: "What makes room", text: "Which keys go once the memory is full.",
		words: map[string]string{
			"allkeys-lru": "allkeys-lru: what was used longest ago", "allkeys-lfu": "allkeys-lfu: what is used least",
			"volatile-lru": "volatile-lru: of keys with a time to live, what was used longest ago",
			"volatile-ttl": "volatile-ttl: of keys with a time to live, what ends first",
			"noeviction":   "noeviction: nothing goes, and writes fail",
		},
	},
	{
		path: "cache.highAvailability", title: "High availability", without: []string{cloud.IBM}, words: onOff,
		text: "A replica takes over when the first machine fails, in another zone where the region has some. It is billed as the first one is.",
	},
	{
		path: "cache.persistence", title: "Keys outlive a restart", words: onOff, text: "As far as the cloud's snapshots reach, which take room.",
		also: map[string]string{cloud.GCP: "To turn it off is refused where the cache is protected."},
	},
	{
		path: "queue.visibilityTimeoutSeconds", title: "Seconds to handle a message", without: []string{cloud.IBM},
		text: "For how long a message that a consumer took is hidden from the others. Not acknowledged by then, it comes again.",
	},
	{path: "queue.retentionDays", title: "Days of messages", text: "For how many days a message that nobody acknowledges is kept."},
	{
		path: "queue.maxDeliveryAttempts", title: "Attempts",
		text: "How often a message is delivered before it goes to the dead letters, where you can look at it.",
	},
	{
		path: "queue.access", title: "Who may send and receive", without: []string{cloud.IBM},
		also: map[string]string{cloud.Azure: "Where the queue is protected, an entry is taken out with the help of a lead: Azure deletes nothing below a lock."},
	},
	{path: "cluster.version", title: "Version"},
	{
		path: "cluster.highAvailability", title: "High availability", words: onOff,
		text: "Nodes in three zones, as many in each, so that one zone may fail. There are three at least, and all are billed.",
		also: map[string]string{cloud.Azure: keepsZones, cloud.IBM: keepsZones},
	},
	{
		path: "cluster.nodes", title: "Nodes",
		text: "How many there are at least and at most, in all zones together.",
		also: map[string]string{
			cloud.AWS: "Nothing on AWS adds a node by itself: an autoscaler in the cluster does, which the platform brings.",
			cloud.IBM: "IBM Cloud has as many as the lesser number says, until an autoscaler is turned on in the cluster.",
		},
	},
	{
		path: "deletionPolicy", title: "When the claim is deleted",
		words: map[string]string{"Delete": "It goes with all that is in it", "Orphan": "It stays at the cloud, and is billed on"},
	},
}

// keepsZones is what becomes of high availability on a cloud whose nodes cannot move.
const keepsZones = "The nodes that are there stay in their zones, and only their number changes then."

// frames are the numbers of nodes that the form offers, each a multiple of three, which is taken with
// high availability and without it. Others are an edit of the claim.
var frames = []string{"3-3", "3-6", "3-9", "6-12", "6-24", "12-48"}

// leftOut are the fields of the spec that the form does not ask for, with the reason.
var leftOut = map[string]string{
	"project":              "is the domain of the system that is picked, by the namespace",
	"database.restoreFrom": "is for whoever is on call, by hand: docs/restore.md",
	"database.extensions":  "are an edit of a claim that lives, once an app needs one: docs/extensions.md",
	"database.parameters":  "are an edit of a claim that lives, once somebody has seen what its database lacks: docs/parameters.md",
	"externalName":         "names what exists already, and the form makes something new",
	"adopt":                "is about what exists already",
	"entity":               "is made of the claim's name, as the form's own entity is",
	"tags":                 "the platform's tags tell the costs apart; others are an edit of the claim",
}

// clouds as people call them.
var clouds = map[string]string{cloud.GCP: "Google Cloud", cloud.AWS: "AWS", cloud.Azure: "Azure", cloud.IBM: "IBM Cloud"}

// engines as people call them, and what a cluster runs, which has versions as well.
var engines = map[string]string{cloud.Postgres: "PostgreSQL", cloud.MySQL: "MySQL", cloud.Kubernetes: "Kubernetes"}

// fieldOf finds a field by its path. The form's own tables name only what is there.
func fieldOf(path string) *field {
	i := slices.IndexFunc(fields, func(f field) bool { return f.path == path })
	if i < 0 {
		panic("no field " + path)
	}
	return &fields[i]
}

// parameter is the name of the field in the form: databaseVersion of database.version.
func (f *field) parameter() string {
	section, name, ok := strings.Cut(f.path, ".")
	if !ok {
		return f.path
	}
	return section + strings.ToUpper(name[:1]) + name[1:]
}

// isAsked reports whether the form asks for the field on one cloud.
func (f *field) isAsked(provider string) bool { return !slices.Contains(f.without, provider) }

// ofType are the fields of one type's section, in the order of the form.
func ofType(name string) []*field {
	var out []*field
	for i := range fields {
		if strings.HasPrefix(fields[i].path, name+".") {
			out = append(out, &fields[i])
		}
	}
	return out
}
