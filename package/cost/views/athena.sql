-- The columns of cost_daily for AWS alone, from a Data Export of FOCUS 1.2 that Athena reads as focus.
-- Parsed by sqlglot and by no Athena: it has not run there. Put your own database and table in.
-- Athena adds costs as binary fractions, where the export has them so; cost load adds them exactly.
CREATE OR REPLACE VIEW costs.cost_daily AS
WITH charge AS (
  SELECT
    CAST(chargeperiodstart AS date) AS day, CAST(date_trunc('month', billingperiodstart) AS date) AS period, billingcurrency AS currency,
    COALESCE(billingaccountid, '') AS account, COALESCE(subaccountid, '') AS sub_account, COALESCE(servicename, '') AS product,
    COALESCE(chargecategory, '') AS category, billedcost, effectivecost,
    element_at(tags, 'managed-by') AS manager,
    COALESCE(element_at(tags, 'project'), '') AS domain, COALESCE(element_at(tags, 'env'), '') AS env,
    COALESCE(element_at(tags, 'team'), '') AS team, COALESCE(element_at(tags, 'system'), '') AS system,
    COALESCE(element_at(tags, 'service'), '') AS claim, COALESCE(element_at(tags, 'backstage-entity'), '') AS entity,
    COALESCE(cardinality(filter(map_keys(tags), k -> k NOT LIKE 'aws:%')), 0) > 0 AS tagged
  FROM costs.focus
), placed AS (
  SELECT
    *,
    CASE
      WHEN manager = 'crossplane' AND domain <> '' AND env IN ('dev', 'staging', 'prod', 'mgmt') THEN ''
      WHEN manager = 'crossplane' THEN 'no project or env'
      WHEN category = 'Tax' THEN 'tax'
      WHEN category = 'Credit' THEN 'credit'
      WHEN manager IS NULL AND domain <> '' AND env IN ('dev', 'staging', 'prod', 'mgmt') THEN 'no tag managed-by'
      WHEN tagged THEN 'tags of others'
      ELSE 'no tags'
    END AS why
  FROM charge
)
SELECT
  day, period, 'aws' AS cloud, currency, account, sub_account,
  IF(why = '', domain, '') AS domain, IF(why = '', env, '') AS env, IF(why = '', team, '') AS team, IF(why = '', system, '') AS system,
  IF(why = '', claim, '') AS claim, IF(why = '', entity, '') AS entity,
  why, product, category, SUM(billedcost) AS billed, SUM(effectivecost) AS effective, COUNT(*) AS charges
FROM placed
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
