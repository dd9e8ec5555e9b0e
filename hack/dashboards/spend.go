package main

// charges are the lines of cost_daily that the reader chose: of what time, and what they cost, is as cost
// prints it. What is nobody's is a domain of that name here, and has no env. An empty choice, as on a
// table without lines, is an empty list.
const charges = `WITH charge AS (
		SELECT CASE WHEN ${cost:sqlstring} = 'billed' THEN period ELSE day END AS on_day,
			CASE WHEN ${cost:sqlstring} = 'billed' THEN billed ELSE effective END AS cost,
			CASE WHEN why = '' THEN domain ELSE '(not allocated)' END AS whose, env, team, claim, cloud, product, why
		FROM cost_daily WHERE currency = ${currency:sqlstring} AND cloud = ANY (ARRAY[${cloud:sqlstring}]::text[])
	), shown AS (
		SELECT on_day, cost, whose, env, team, claim, cloud, product, why FROM charge WHERE $__timeFilter(on_day)
	), chosen AS (
		SELECT on_day, cost, whose, env, team, claim, cloud, product, why FROM shown
		WHERE whose = ANY (ARRAY[${domain:sqlstring}]::text[]) AND (why <> '' OR env = ANY (ARRAY[${env:sqlstring}]::text[]))
	) `

// byMonth is a query of bars.
func byMonth(metric string) string {
	return charges + `SELECT date_trunc('month', on_day::timestamp) AT TIME ZONE 'UTC' AS "time", ` + metric + ` AS metric,
		sum(cost)::float8 AS value FROM chosen GROUP BY 1, 2 ORDER BY 1, 2`
}

// figure is one number in a panel, four in a row.
func figure(title, description, unit string, limit int, below, from, sql string) panel {
	return panel{title: title, description: description, unit: unit, width: 6, draw: count(limit, below, from), sql: sql}
}

// spend is for whoever pays, and for whoever answers for a domain.
func spend() dashboard {
	return dashboard{
		name: "cloud-spend", title: "Resources: cloud spend",
		description: "What domains cost in each env, of the bills that cost load wrote into PostgreSQL. docs/costs.md says which cost is what.",
		sources:     []source{costs}, from: "now-5M/M", timezone: "utc",
		variables: []variable{
			{name: "currency", title: "Currency", single: true, sql: `SELECT DISTINCT currency FROM cost_daily ORDER BY 1`},
			{name: "cost", title: "Cost", words: []string{"effective", "billed"}},
			{name: "cloud", title: "Cloud", sql: `SELECT DISTINCT cloud FROM cost_daily ORDER BY 1`},
			{
				name: "domain", title: "Domain",
				sql: `SELECT DISTINCT CASE WHEN why = '' THEN domain ELSE '(not allocated)' END FROM cost_daily ORDER BY 1`,
			},
			{name: "env", title: "Env", sql: `SELECT DISTINCT env FROM cost_daily WHERE why = '' ORDER BY 1`},
		},
		rows: []row{
			{title: "In the time that is shown", height: 4, panels: []panel{
				figure("Spend", "Of what is chosen above, in the currency that is. Only whole days count, in UTC.", money, 0, "text", "text",
					charges+`SELECT sum(cost)::float8 AS spend FROM chosen HAVING count(*) > 0`),
				figure("Allocated", "The share of the money that is a domain's, of all domains and envs. Nothing where credits leave no cost.", "percentunit",
					0, "text", "text",
					charges+`SELECT (sum(cost) FILTER (WHERE why = '') / sum(cost))::float8 AS share FROM shown HAVING sum(cost) > 0`),
				figure("Clouds", "Those that have a charge in the time that is shown.", "short", 1, "red", "text",
					charges+`SELECT count(DISTINCT cloud) AS clouds FROM shown HAVING count(*) > 0`),
				figure("Read last", "How long ago the bills of the cloud were read that waits the longest, of the four. Red from three days on.",
					"s", 259200, "text", "red",
					`SELECT extract(epoch FROM now() - min(loaded))::float8 AS ago FROM (SELECT max(loaded) AS loaded FROM cost_loads
						WHERE cloud = ANY (ARRAY[${cloud:sqlstring}]::text[]) AND cloud IN ('aws', 'azure', 'gcp', 'ibm') GROUP BY cloud) AS clouds HAVING count(*) > 0`),
			}},
			{title: "By month", height: 10, panels: []panel{
				{
					title: "By domain", width: 12, draw: bars, unit: money, sql: byMonth(`whose`),
					description: "The newest month is not over, and clouds correct older ones.",
				},
				{title: "By cloud", width: 12, draw: bars, unit: money, sql: byMonth(`cloud`), description: "Of what is chosen above."},
				{
					title: "By domain and env", width: 24, draw: matrix("Domain and env", "Month", "Cost"), unit: money,
					description: "A column for each month. A cell without a charge is empty.",
					sql: charges + `SELECT concat_ws(' ', whose, NULLIF(env, '')) AS "Domain and env", to_char(on_day, 'YYYY-MM') AS "Month",
						sum(cost)::float8 AS "Cost" FROM chosen GROUP BY whose, env, 2
						ORDER BY 2, whose, array_position(ARRAY['dev', 'staging', 'prod', 'mgmt'], env)`,
				},
			}},
			{title: "Of what it is made up", height: 10, panels: []panel{
				{
					title: "By cloud and service", width: 12, draw: table, unit: money, description: "Services as the clouds call them, the most first.",
					sql: charges + `SELECT cloud AS "Cloud", product AS "Service", sum(cost)::float8 AS "Cost" FROM chosen
						GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
				},
				{
					title: "Not allocated", width: 12, draw: table, unit: money,
					description: "What is nobody's, whatever domain is chosen. docs/costs.md says what each reason means, and what helps.",
					sql: charges + `SELECT cloud AS "Cloud", product AS "Service", why AS "Why", sum(cost)::float8 AS "Cost" FROM shown
						WHERE why <> '' GROUP BY 1, 2, 3 ORDER BY abs(sum(cost)) DESC, 1, 2, 3`,
				},
				{
					title: "By team", width: 8, draw: table, unit: money, description: "Of what is allocated. A charge without a team has none in its tags.",
					sql: charges + `SELECT COALESCE(NULLIF(team, ''), '(none)') AS "Team", sum(cost)::float8 AS "Cost" FROM chosen
						WHERE why = '' GROUP BY 1 ORDER BY 2 DESC, 1`,
				},
				{
					title: "By claim", width: 16, draw: table, unit: money, description: "The hundred that cost the most.",
					sql: charges + `SELECT whose AS "Domain", env AS "Env", claim AS "Claim", cloud AS "Cloud", sum(cost)::float8 AS "Cost"
						FROM chosen WHERE why = '' GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 3, 4 LIMIT 100`,
				},
			}},
		},
	}
}

// ofClaims is by the same table as what domains cost, for the claims that the reader chose. Namespace and
// claim are patterns there: all of them is .+ for PromQL, which no list of SQL would take.
var ofClaims = panel{
	title: "Spend", width: 24, draw: table, unit: cents,
	description: "Effective cost of this month and the last one, in UTC, whatever time is shown; of claims in namespaces that are called " +
		"{project}-{env}-infra. Clouds take a day or two to write it: docs/costs.md.",
	sql: `WITH month AS (SELECT date_trunc('month', now() AT TIME ZONE 'UTC')::date AS this),
		charge AS (SELECT concat_ws('-', domain, env, 'infra') AS space, claim, cloud, currency, day, effective FROM cost_daily WHERE why = '')
		SELECT space AS "Namespace", claim AS "Claim", cloud AS "Cloud", currency AS "Currency",
			COALESCE(sum(effective) FILTER (WHERE day >= this), 0)::float8 AS "This month",
			COALESCE(sum(effective) FILTER (WHERE day < this), 0)::float8 AS "Last month"
		FROM charge, month WHERE day >= this - interval '1 month' AND day < this + interval '1 month'
			AND space ~ '^(${namespace:regex})$' AND claim ~ '^(${claim:regex})$'
		GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
}
