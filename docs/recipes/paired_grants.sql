-- What grants add, network by network: the same number has the same luck at every point.
SELECT
  more."facilitation.intensity" AS facilitation,
  avg(more.collaboration_rate - none.collaboration_rate) AS adds,
  stddev_samp(more.collaboration_rate - none.collaboration_rate) / sqrt(count(*)) AS error
FROM networks AS more
JOIN networks AS none USING (replicate, "facilitation.intensity")
WHERE more."grants.per_call" = 4 AND none."grants.per_call" = 0
GROUP BY ALL
ORDER BY ALL;
