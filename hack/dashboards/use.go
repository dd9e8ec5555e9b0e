package main

// perClaim is a query that has one value for each claim that the reader chose.
func perClaim(metric string) string {
	return `max by (cluster, claim_namespace, claim) (` + metric + `{` + chosen + `})`
}

// used is a panel of one figure over time, for each claim.
func used(title, description, unit, metric string, draw func(panel) object) panel {
	return panel{
		title: title, description: description, width: 12, unit: unit, draw: draw,
		queries: []query{{expr: perClaim(metric), legend: "{{cluster}} {{claim_namespace}}/{{claim}}"}},
	}
}

// ofUse are by status.size, which kube-state-metrics reads, and by each cloud's exporter, whose names
// clouds.yaml of package/monitoring brings to one.
var ofUse = []panel{
	{
		title: "What each claim has", width: 24, draw: table, unit: "short",
		description: "Its size, and how much of it is used. A column is missing where nothing measures it: docs/monitoring.md.",
		queries: []query{
			{expr: perClaim("platform_resource_storage_gib") + " > 0"},
			{expr: perClaim("platform_resource_max_connections") + " > 0"},
			{expr: perClaim("claim:disk_used:ratio")},
			{expr: perClaim("claim:connections_used:ratio")},
			{expr: perClaim("claim:cache_used:ratio")},
			{expr: perClaim("claim:dead_letters:count")},
			{expr: "time() - " + perClaim("claim:restorable:timestamp")},
		},
		columns: []column{
			{field: "cluster", title: "Cluster"},
			{field: "claim_namespace", title: "Namespace"},
			{field: "claim", title: "Claim"},
			{field: "Value #A", title: "Disk", unit: "gbytes"},
			{field: "Value #B", title: "Connections", unit: "short"},
			{field: "Value #C", title: "Disk used", unit: "percentunit"},
			{field: "Value #D", title: "Connections used", unit: "percentunit"},
			{field: "Value #E", title: "Memory used", unit: "percentunit"},
			{field: "Value #F", title: "Dead letters", unit: "short"},
			{field: "Value #G", title: "Restorable, ago", unit: "s"},
		},
	},
	used("Disk used", "Of databases, and on IBM Cloud of caches and queues.", "percentunit", "claim:disk_used:ratio", share),
	used("Connections used", "Of databases, of those that a database of this size takes.", "percentunit", "claim:connections_used:ratio", lines),
	used("Memory used", "Of caches.", "percentunit", "claim:cache_used:ratio", share),
	used("Dead letters", "Messages of queues that failed too often, and lie there.", "short", "claim:dead_letters:count", lines),
}
