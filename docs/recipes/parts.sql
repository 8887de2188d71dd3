-- The parts of an array, or the folder of one sweep, as one table: `duckdb < parts.sql`, in the folder with parts/.
CREATE OR REPLACE VIEW networks AS
SELECT * EXCLUDE (error, traceback), error IS NOT NULL AS failed
FROM read_parquet('parts/part-*/outcomes/*.parquet');

-- Points by what their levers are: averages over networks, and how many failed.
SELECT
  "grants.per_call" AS grants,
  "facilitation.intensity" AS facilitation,
  count(*) AS networks,
  sum(failed::int) AS failed,
  avg(collaboration_rate) AS collaboration_rate,
  quantile_cont(collaboration_rate, [0.05, 0.95]) AS middle_90,
  avg(total_cost) AS total_cost
FROM networks
GROUP BY ALL
ORDER BY ALL;
