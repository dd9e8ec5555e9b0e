package main

import "strings"

// Crossplane's own metrics are of all that it runs: these are of what is ours.
const (
	controllers = `controller=~"(composite|claim)/x?resources[.]platform[.]victor[.]onl"`
	functions   = `function_name=~"function-(multicloud-db|profile-sizer|cost-tagger)"`
	calls       = `function!="", grpc_method="RunFunction"`
)

// wrong lists the conditions of claims that somebody should look at: those that are not True, but for
// the reasons that docs/conditions.md calls Healthy, and versions whose support ends. The selector is
// on claims. A test compares it with each row of that page.
func wrong(selector string) string {
	return `max by (cluster, claim_namespace, claim, team, type, reason) (
		platform_resource_condition{` + selector + `} == 0
		unless platform_resource_condition{type="Sized", reason="HeldBack"}
		unless platform_resource_condition{type="Provisioned", reason="NotComposed"}
		unless platform_resource_condition{type="CostTagged", reason=~"NotUpdated|Observed|Paused"}
		unless platform_resource_condition{type="Delivered", reason=~"FatalError|NoSecret|NotAsked"}
		unless platform_resource_condition{type="Rotated", reason=~"FatalError|NotAsked|NotCounted|NotSupported"}
		unless platform_resource_condition{type="EndOfLife"}
		or platform_resource_condition{` + strings.TrimPrefix(selector+`, type="EndOfLife", reason=~"EndsSoon|Ended"`, ", ") + `} == 1
	)`
}

// ready is 1 of each claim that is ready, and 0 of all others: one that nobody has looked at yet has no
// condition, but was made. The selector is on claims.
func ready(selector string) string {
	return `platform_resource_condition{` + strings.TrimPrefix(selector+`, type="Ready"`, ", ") + `}
		or on (cluster, claim_namespace, claim) 0 * platform_resource_created_seconds{` + selector + `}`
}

// wrongColumns are the columns of what is wrong.
var wrongColumns = []column{
	{field: "cluster", title: "Cluster"},
	{field: "claim_namespace", title: "Namespace"},
	{field: "claim", title: "Claim"},
	{field: "team", title: "Team"},
	{field: "type", title: "Condition"},
	{field: "reason", title: "Reason"},
}

// health is for whoever runs the platform.
func health(alerts []string) dashboard {
	firing := `ALERTS{alertstate="firing", alertname=~"` + strings.Join(alerts, "|") + `"}`
	return dashboard{
		name: "platform-health", title: "Resources: platform health",
		description: "Claims of all teams, the three functions, and Crossplane below them. docs/dashboards.md says what each needs.",
		sources:     []source{metrics}, from: "now-6h", timezone: "browser",
		rows: []row{
			{title: "Now", height: 4, panels: []panel{
				number("Claims", "Claims that kube-state-metrics tells of.", 1, "text", "text",
					`count(max by (cluster, claim_namespace, claim) (platform_resource_created_seconds))`),
				number("Not ready", "Claims whose condition Ready is not True, and those that have none yet.", 1, "green", "red",
					`sum(1 - max by (cluster, claim_namespace, claim) (`+ready("")+`))`),
				number("Not synced", "Claims that Crossplane cannot apply.", 1, "green", "red",
					`sum(1 - max by (cluster, claim_namespace, claim) (platform_resource_condition{type="Synced"}))`),
				number("Functions", "Functions whose metrics are read, of three, in the cluster that has the fewest.", 3, "red", "green",
					`min(count by (cluster) (count by (cluster, function) (function_panics_total{function=~"function-(multicloud-db|profile-sizer|cost-tagger)"}))
						or 0 * count by (cluster) (platform_resource_created_seconds))`),
				number("Packages not healthy", "Functions, Configurations and providers that are not installed or not healthy.", 1, "green", "red",
					`sum(1 - min by (cluster, package) ({__name__=~"platform_(function|configuration|provider)_condition", type=~"Installed|Healthy"}))`),
				number("Panics", "Requests that made a function panic, in the time that is shown.", 1, "green", "red",
					`sum(increase(function_panics_total[$__range]))`),
				number("Alerts", "Alerts of package/monitoring that fire. No data where Prometheus evaluates none of them.", 1, "green", "red",
					`count(max by (alertname, cluster, claim_namespace, claim, function, package, provider) (`+firing+`)) or 0 * count(platform:rules:loaded)`),
				number("Alert rules", "Files of alert rules in package/monitoring that Prometheus evaluates, of four.", 4, "orange", "green",
					`count(group by (file) (platform:rules:loaded))`),
			}},
			{title: "Of claims", height: 9, panels: []panel{
				{
					title: "Alerts that fire", width: 24, draw: table, unit: "short",
					description: "Alerts of package/monitoring. docs/runbooks.md says what to do on each.",
					queries:     []query{{expr: `max by (severity, alertname, cluster, claim_namespace, claim, function, package, provider) (` + firing + `)`}},
					columns: []column{
						{field: "severity", title: "Severity"},
						{field: "alertname", title: "Alert"},
						{field: "cluster", title: "Cluster"},
						{field: "claim_namespace", title: "Namespace"},
						{field: "claim", title: "Claim"},
						{field: "function", title: "Function"},
						{field: "package", title: "Package"},
						{field: "provider", title: "Cloud"},
					},
				},
				{
					title: "What is wrong", width: 24, draw: table, unit: "short", columns: wrongColumns,
					description: "Conditions that somebody should look at. docs/conditions.md says what each reason means.",
					queries:     []query{{expr: wrong("")}},
				},
				{
					title: "Claims by reason of Provisioned", width: 12, draw: stacked, unit: "short",
					description: "What the clouds say of what claims asked for.",
					queries: []query{{
						expr:   `count by (reason) (max by (cluster, claim_namespace, claim, reason) (platform_resource_condition{type="Provisioned"}))`,
						legend: "{{reason}}",
					}},
				},
				{
					title: "Share of claims that are ready, by team", width: 12, draw: share, unit: "percentunit",
					description: "A team is the claim's label of that name.",
					queries: []query{{
						expr:   `avg by (team) (max by (cluster, claim_namespace, claim, team) (` + ready("") + `))`,
						legend: "{{team}}",
					}},
				},
				{
					title: "Claims by condition and reason", width: 24, draw: table, unit: "short",
					description: "How many claims have each reason now.",
					queries: []query{{
						expr: `count by (type, reason) (max by (cluster, claim_namespace, claim, type, reason) (platform_resource_condition))`,
					}},
					columns: []column{
						{field: "type", title: "Condition"}, {field: "reason", title: "Reason"}, {field: "Value", title: "Claims"},
					},
				},
			}},
			{title: "How long claims take", height: 7, panels: ofTime},
			{title: "Of the functions", height: 8, panels: ofFunctions},
			{title: "Of Crossplane", height: 8, panels: ofCrossplane},
		},
	}
}

// number is a panel with one number, an eighth of the page wide.
func number(title, description string, limit int, below, from, expr string) panel {
	return panel{
		title: title, description: description, width: 3, unit: "short", draw: count(limit, below, from), queries: []query{{expr: expr}},
	}
}
