"""Parses the views of package/cost/views for BigQuery and Athena, and prints what each finds in the example of its cloud.

The engines themselves are not here: sqlglot turns each view into the words of DuckDB, which runs it. Prints JSON: the
columns, and the effective cost by currency, month, domain, env and why. Usage: views.py bigquery|athena file.sql file.parquet
"""
import json
import sys

import duckdb
import sqlglot
from sqlglot import exp

dialect, view, export = sys.argv[1:]
with open(view) as f:
    text = f.read()
created = sqlglot.parse_one(text, read=dialect)
# What sqlglot cannot parse below CREATE it takes for a command of which it knows no more.
if not isinstance(created, exp.Create):
    sys.exit(f"{view}: cannot be parsed as a view of {dialect}")
if isinstance(sqlglot.parse_one(text.replace("GROUP BY", "GROUP BUY"), read=dialect), exp.Create):
    sys.exit(f"{view}: sqlglot takes what is no SQL")
query = created.expression
columns = [c.alias_or_name for c in query.expressions]
ctes = {c.alias for c in query.find_all(exp.CTE)}
for table in list(query.find_all(exp.Table)):
    if table.name not in ctes:
        table.replace(exp.to_table("export"))
db = duckdb.connect()
# The examples have no column SubAccountId, which the clouds' own exports have. Exact sums are those of decimals, by what a
# fraction is written as.
exact = "CAST(CAST({0} AS VARCHAR) AS DECIMAL(38, 18)) AS {0}"
db.execute(f"""CREATE VIEW export AS SELECT * REPLACE ({exact.format("BilledCost")}, {exact.format("EffectiveCost")}),
    NULL AS SubAccountId FROM '{export}'""")
rows = db.execute(f"""SELECT concat_ws(' ', currency, strftime(day, '%Y-%m'), domain, env, why), CAST(sum(effective) AS VARCHAR)
    FROM ({query.sql(dialect="duckdb")}) GROUP BY 1""").fetchall()
json.dump({"columns": columns, "sums": dict(rows)}, sys.stdout)
