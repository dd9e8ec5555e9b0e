-- What cost load writes, and Grafana reads. It may be run again: nothing that is there is changed.

-- One line for each day and what is charged on it. A text that is not known is '' and never NULL.
CREATE TABLE IF NOT EXISTS cost_daily (
  day         date    NOT NULL, -- when the charge began, in UTC
  period      date    NOT NULL, -- the first day of the bill's month, which is replaced whole
  cloud       text    NOT NULL, -- aws, azure, gcp, ibm, or the provider's own name
  currency    text    NOT NULL, -- amounts of two currencies are never added
  account     text    NOT NULL, -- whose bill it is
  sub_account text    NOT NULL, -- an account, a subscription, a project of it
  domain      text    NOT NULL,
  env         text    NOT NULL,
  team        text    NOT NULL,
  system      text    NOT NULL,
  claim       text    NOT NULL,
  entity      text    NOT NULL,
  why         text    NOT NULL, -- why it is nobody's; '' where it is a domain's
  product     text    NOT NULL, -- the cloud's service
  category    text    NOT NULL, -- Usage, Purchase, Tax, Credit, Adjustment
  billed      numeric NOT NULL,
  effective   numeric NOT NULL,
  charges     bigint  NOT NULL  -- how many there are in the exports
);
CREATE INDEX IF NOT EXISTS cost_daily_day ON cost_daily (day);
CREATE INDEX IF NOT EXISTS cost_daily_period ON cost_daily (period);

-- When each bill was read.
CREATE TABLE IF NOT EXISTS cost_loads (
  cloud   text        NOT NULL,
  period  date        NOT NULL,
  loaded  timestamptz NOT NULL,
  charges bigint      NOT NULL,
  PRIMARY KEY (cloud, period)
);

-- Roles that nobody logs in as: GRANT cost_reader TO the user of Grafana, and cost_loader to that of
-- cost load. A role is the whole server's, so that it may be there.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'cost_loader') THEN
    CREATE ROLE cost_loader NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'cost_reader') THEN
    CREATE ROLE cost_reader NOLOGIN;
  END IF;
END $$;
GRANT SELECT, INSERT, DELETE ON cost_daily TO cost_loader;
GRANT SELECT, INSERT, UPDATE ON cost_loads TO cost_loader;
GRANT SELECT ON cost_daily, cost_loads TO cost_reader;
