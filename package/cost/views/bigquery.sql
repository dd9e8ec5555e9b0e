-- The columns of cost_daily for Google Cloud alone, from the FOCUS table that Google keeps in BigQuery.
-- Parsed by sqlglot and by no BigQuery: it has not run there. Put your own project, dataset and account in.
-- Values are as Google Cloud has them, as team_search; cost load has the names that were meant.
CREATE OR REPLACE VIEW `acme-billing.costs.cost_daily` AS
WITH charge AS (
  SELECT
    DATE(ChargePeriodStart) AS day, DATE_TRUNC(DATE(BillingPeriodStart), MONTH) AS period, BillingCurrency AS currency,
    COALESCE(BillingAccountId, '') AS account, COALESCE(SubAccountId, '') AS sub_account, COALESCE(ServiceName, '') AS product,
    COALESCE(ChargeCategory, '') AS category, BilledCost, EffectiveCost,
    (SELECT ANY_VALUE(l.Value) FROM UNNEST(x_Labels) AS l WHERE l.Key = 'managed-by') AS manager,
    COALESCE((SELECT ANY_VALUE(l.Value) FROM UNNEST(x_Labels) AS l WHERE l.Key = 'project'), '') AS domain,
    COALESCE((SELECT ANY_VALUE(l.Value) FROM UNNEST(x_Labels) AS l WHERE l.Key = 'env'), '') AS env,
    COALESCE((SELECT ANY_VALUE(l.Value) FROM UNNEST(x_Labels) AS l WHERE l.Key = 'team'), '') AS team,
    COALESCE((SELECT ANY_VALUE(l.Value) FROM UNNEST(x_Labels) AS l WHERE l.Key = 'system'), '') AS system,
    COALESCE((SELECT ANY_VALUE(l.Value) FROM UNNEST(x_Labels) AS l WHERE l.Key = 'service'), '') AS claim,
    COALESCE((SELECT ANY_VALUE(l.Value) FROM UNNEST(x_Labels) AS l WHERE l.Key = 'backstage-entity'), '') AS entity,
    EXISTS (SELECT 1 FROM UNNEST(x_Labels) AS l WHERE NOT STARTS_WITH(l.Key, 'goog-')) AS tagged
  FROM `acme-billing.gcp_billing_immutable_000000_000000_000000_eu.gcp_billing_export_focus_000000_000000_000000`
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
  day, period, 'gcp' AS cloud, currency, account, sub_account,
  IF(why = '', domain, '') AS domain, IF(why = '', env, '') AS env, IF(why = '', team, '') AS team, IF(why = '', system, '') AS system,
  IF(why = '', claim, '') AS claim, IF(why = '', entity, '') AS entity,
  why, product, category, SUM(BilledCost) AS billed, SUM(EffectiveCost) AS effective, COUNT(*) AS charges
FROM placed
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
