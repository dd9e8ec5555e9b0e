package main

// series is a panel with lines over time, a third of the page wide.
func series(title, description, unit string, queries ...query) panel {
	return panel{title: title, description: description, width: 8, unit: unit, draw: lines, queries: queries}
}

// ofFunctions are by the functions' own metrics. A quantile of no calls is no number, and is left out.
var ofFunctions = []panel{
	series("Calls", "Answers of each function in a second.", "reqps",
		query{`sum by (function) (rate(grpc_server_handled_total{` + calls + `}[$__rate_interval]))`, "{{function}}"}),
	series("Failed calls", "Calls that got no answer of the function, by gRPC's code; the function was killed, or is too slow.", "reqps",
		query{
			`sum by (function, grpc_code) (rate(grpc_server_handled_total{` + calls + `, grpc_code!~"OK|Canceled"}[$__rate_interval])) > 0`,
			"{{function}} {{grpc_code}}",
		}),
	series("Fatal results", "Answers by which Crossplane leaves everything as it is, by reason. A refused claim is asked for again and again.", "short",
		query{`sum by (function, reason) (increase(function_fatal_results_total[$__rate_interval])) > 0`, "{{function}} {{reason}}"}),
	series("Time of a call", "Half of the calls take at most the first, 99 of 100 the second.", "s",
		query{
			`histogram_quantile(0.5, sum by (function, le) (rate(grpc_server_handling_seconds_bucket{` + calls + `}[$__rate_interval]))) > 0`,
			"{{function}} half",
		},
		query{
			`histogram_quantile(0.99, sum by (function, le) (rate(grpc_server_handling_seconds_bucket{` + calls + `}[$__rate_interval]))) > 0`,
			"{{function}} 99 %",
		}),
	series("Memory", "Resident memory of each function's process.", "bytes",
		query{`max by (function) (process_resident_memory_bytes{function!=""})`, "{{function}}"}),
	series("Processors", "Processors that each function uses.", "short",
		query{`sum by (function) (rate(process_cpu_seconds_total{function!=""}[$__rate_interval]))`, "{{function}}"}),
}

// ofCrossplane are by the metrics of Crossplane's own pod and of the providers' pods.
var ofCrossplane = []panel{
	series("Reconciles", "How often Crossplane looks at claims and XRs, by controller, in a second.", "ops",
		query{`sum by (controller) (rate(controller_runtime_reconcile_total{` + controllers + `}[$__rate_interval]))`, "{{controller}}"}),
	series("Reconciles that failed", "What the API server or a function refused, by controller, in a second.", "ops",
		query{`sum by (controller) (rate(controller_runtime_reconcile_errors_total{` + controllers + `}[$__rate_interval])) > 0`, "{{controller}}"}),
	series("Waiting", "Claims and XRs that wait for Crossplane to look at them.", "short",
		query{`sum by (controller) (workqueue_depth{` + controllers + `})`, "{{controller}}"}),
	series("Time of a call, as Crossplane sees it", "99 of 100 calls of a function take at most this, with the way to it.", "s",
		query{
			`histogram_quantile(0.99, sum by (function_name, le) (rate(function_run_function_seconds_bucket{` + functions + `}[$__rate_interval]))) > 0`,
			"{{function_name}}",
		}),
	series("Watches that were cut off", "Crossplane heard of too many changes, and looks now and then only: the condition Responsive.", "short",
		query{`sum by (controller) (increase(circuit_breaker_opens_total{` + controllers + `}[$__rate_interval])) > 0`, "{{controller}}"}),
	series("Managed resources that are not ready", "By kind, of all that the providers manage, also for others than claims.", "short",
		query{`max by (cluster, gvk) (crossplane_managed_resource_exists) - max by (cluster, gvk) (crossplane_managed_resource_ready) > 0`, "{{cluster}} {{gvk}}"}),
}

// ofTime are by the rules of slo.yaml in package/monitoring.
var ofTime = []panel{
	{
		title: "Claims in time", width: 12, draw: table, unit: "short",
		description: "Of the claims of 30 days: how many were ready in time for the first time. docs/monitoring.md says what counts.",
		queries: []query{
			{expr: `max by (provider, resource_type) (provider:claims_in_time:ratio)`},
			{expr: `max by (provider, resource_type) (provider:claims_in_time:total)`},
			{expr: `quantile by (provider, resource_type) (0.5, claim:ready_seconds:first)`},
		},
		columns: []column{
			{field: "provider", title: "Cloud"},
			{field: "resource_type", title: "Type"},
			{field: "Value #A", title: "In time", unit: "percentunit"},
			{field: "Value #B", title: "Of claims", unit: "short"},
			{field: "Value #C", title: "Half take at most", unit: "s"},
		},
	},
	{
		title: "Claims that are late", width: 12, draw: table, unit: "s",
		description: "Claims that were never ready, and are older than the limit of their cloud and type.",
		queries:     []query{{expr: `max by (cluster, claim_namespace, claim, team, provider, resource_type) (claim:late:seconds)`}},
		columns: []column{
			{field: "cluster", title: "Cluster"},
			{field: "claim_namespace", title: "Namespace"},
			{field: "claim", title: "Claim"},
			{field: "team", title: "Team"},
			{field: "provider", title: "Cloud"},
			{field: "resource_type", title: "Type"},
			{field: "Value", title: "For", unit: "s"},
		},
	},
}
