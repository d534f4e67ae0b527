/** $1 the environment. */
export const countEndpoints = {
  name: 'count_endpoints',
  text: 'SELECT disabled, count(*)::int AS count FROM endpoints WHERE environment_id = $1 GROUP BY disabled',
};

const sums = ['attempts', 'failed_attempts', 'retries', 'delivered', 'dead_lettered', 'duration_sum_ms'];
const names = ['attempts', '"failedAttempts"', 'retries', 'delivered', '"deadLettered"', '"durationSumMs"'];

/** $1 the environment, $2 and $3 the range, $4 how slow attempts are on average where that is trouble. */
export const findTroubled = {
  name: 'find_troubled_endpoints',
  text: `
SELECT troubled.* FROM (
  SELECT application_id AS "applicationId", endpoint_id AS "endpointId",
    ${sums.map((sum, index) => `sum(${sum})::float8 AS ${names[index]}`).join(', ')}
  FROM (
    SELECT application_id, endpoint_id, ${sums.join(', ')} FROM rollups
    WHERE environment_id = $1 AND bucket_at >= $2 AND bucket_at < $3
    UNION ALL
    SELECT application_id, endpoint_id, ${sums.join(', ')} FROM rollup_summaries
    WHERE span_minutes = 60 AND bucket_at >= $2 AND bucket_at < $3
      AND environment_id = $1 AND event_type = '' AND endpoint_id > ''
  ) AS counted
  GROUP BY application_id, endpoint_id
  HAVING sum(failed_attempts) > 0 OR sum(dead_lettered) > 0 OR sum(duration_sum_ms) > $4::float8 * sum(attempts)
) AS troubled
JOIN endpoints ON endpoints.application_id = troubled."applicationId" AND endpoints.id = troubled."endpointId"
WHERE NOT endpoints.disabled`,
};
