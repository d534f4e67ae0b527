import type { EndpointSums, EndpointSurvey, RollupStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';

const countEndpoints = 'SELECT disabled, count(*) AS count FROM endpoints WHERE environment_id = ? GROUP BY disabled';
const sums = ['attempts', 'failed_attempts', 'retries', 'delivered', 'dead_lettered', 'duration_sum_ms'].join(', ');
/** Hours are found by their beginning: by their scope there are those of all the days that are kept. */
const selectTroubled = `
SELECT troubled.* FROM (
  SELECT application_id AS applicationId, endpoint_id AS endpointId, sum(attempts) AS attempts,
    sum(failed_attempts) AS failedAttempts, sum(retries) AS retries, sum(delivered) AS delivered,
    sum(dead_lettered) AS deadLettered, sum(duration_sum_ms) AS durationSumMs
  FROM (
    SELECT application_id, endpoint_id, ${sums} FROM rollups
    WHERE environment_id = :environmentId AND bucket_at >= :from AND bucket_at < :to
    UNION ALL
    SELECT application_id, endpoint_id, ${sums} FROM rollup_summaries INDEXED BY rollup_summaries_hours
    WHERE span_minutes = 60 AND bucket_at >= :from AND bucket_at < :to
      AND environment_id = :environmentId AND event_type = '' AND endpoint_id > ''
  )
  GROUP BY application_id, endpoint_id
) AS troubled JOIN endpoints ON endpoints.id = troubled.endpointId AND endpoints.disabled = 0
WHERE failedAttempts > 0 OR deadLettered > 0 OR durationSumMs > :slowerThanMs * attempts`;

/** See `RollupStore.surveyEndpoints`. */
export function surveyEndpoints(
  connection: SqliteConnection,
  params: Parameters<RollupStore['surveyEndpoints']>[0],
): EndpointSurvey {
  const { environmentId, slowerThanMs, from, to } = params;
  const counts = connection.statement<{ disabled: 0 | 1; count: number }>(countEndpoints).all(environmentId);
  const countOf = (flag: 0 | 1): number => counts.find(({ disabled }) => disabled === flag)?.count ?? 0;
  const values = { environmentId, slowerThanMs, from: from.getTime(), to: to.getTime() };
  const troubled = connection.statement<EndpointSums>(selectTroubled).all(values);
  return { enabled: countOf(0), disabled: countOf(1), troubled };
}
