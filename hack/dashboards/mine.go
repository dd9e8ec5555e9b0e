package main

// chosen are the claims that the reader of the dashboard chose.
const chosen = `claim_namespace=~"$namespace", claim=~"$claim"`

// mine is for whoever owns claims.
func mine() dashboard {
	return dashboard{
		name: "my-resources", title: "Resources: mine",
		description: "What a claim's owner wants to know: its state, what is wrong, its size, and what is used of it. Choose the namespaces, and the claims in them.",
		sources:     []source{metrics, costs}, from: "now-6h", timezone: "browser",
		variables: []variable{
			{name: "namespace", title: "Namespace", of: `platform_resource_created_seconds`, label: "claim_namespace"},
			{name: "claim", title: "Claim", of: `platform_resource_created_seconds{claim_namespace=~"$namespace"}`, label: "claim"},
		},
		rows: []row{
			{title: "Now", height: 8, panels: []panel{
				{
					title: "State", width: 24, draw: states(state{no: "not ready", yes: "ready"}), unit: "short",
					description: "Each claim, and whether all that it asked for is ready.",
					queries: []query{{
						expr: `max by (cluster, claim_namespace, claim, env, provider, resource_type) (` + ready(chosen) + `)`,
					}},
					columns: []column{
						{field: "cluster", title: "Cluster"},
						{field: "claim_namespace", title: "Namespace"},
						{field: "claim", title: "Claim"},
						{field: "env", title: "Env"},
						{field: "provider", title: "Cloud"},
						{field: "resource_type", title: "Type"},
						{field: "Value", title: "State"},
					},
				},
				{
					title: "What is wrong", width: 12, draw: table, unit: "short", columns: wrongColumns,
					description: "Conditions that somebody should look at; kubectl describe of the claim has their messages. docs/conditions.md says what each reason means.",
					queries:     []query{{expr: wrong(chosen)}},
				},
				{
					title: "Alerts that fire", width: 12, draw: table, unit: "short",
					description: "docs/runbooks.md says what to do on each.",
					queries:     []query{{expr: `max by (severity, alertname, cluster, claim_namespace, claim) (ALERTS{alertstate="firing", ` + chosen + `})`}},
					columns: []column{
						{field: "severity", title: "Severity"},
						{field: "alertname", title: "Alert"},
						{field: "cluster", title: "Cluster"},
						{field: "claim_namespace", title: "Namespace"},
						{field: "claim", title: "Claim"},
					},
				},
				{
					title: "All conditions", width: 24, draw: states(state{no: "False or Unknown", yes: "True"}), unit: "short",
					description: "What each claim says of itself.",
					queries: []query{{
						expr: `max by (cluster, claim_namespace, claim, type, reason) (platform_resource_condition{` + chosen + `})`,
					}},
					columns: []column{
						{field: "cluster", title: "Cluster"},
						{field: "claim_namespace", title: "Namespace"},
						{field: "claim", title: "Claim"},
						{field: "type", title: "Condition"},
						{field: "reason", title: "Reason"},
						{field: "Value", title: "Status"},
					},
				},
			}},
			{title: "Size and use", height: 8, panels: ofUse},
			{title: "What it costs", height: 8, panels: []panel{ofClaims}},
			{title: "Before", height: 8, panels: []panel{
				{
					title: "Ready", width: 24, draw: share, unit: "bool_yes_no", description: "When each claim was ready.",
					queries: []query{{
						expr:   `max by (cluster, claim_namespace, claim) (platform_resource_condition{type="Ready", ` + chosen + `})`,
						legend: "{{cluster}} {{claim_namespace}}/{{claim}}",
					}},
				},
			}},
		},
	}
}
