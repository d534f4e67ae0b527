/**
 * Signs of failure, $1–$3: a time begins a run, none ends it. Rows that it would not change are not locked; the others
 * in order, against deadlocks.
 */
export const noteFailureSigns = {
  name: 'note_failure_signs',
  text: `
WITH sign AS MATERIALIZED (
  SELECT e.application_id, e.id, t.failed_at
  FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS t (application_id, endpoint_id, failed_at)
  JOIN endpoints e ON e.application_id = t.application_id AND e.id = t.endpoint_id
  WHERE (e.failing_since IS NULL) <> (t.failed_at IS NULL)
  ORDER BY e.application_id, e.id FOR UPDATE OF e
)
UPDATE endpoints e SET failing_since = s.failed_at, failure_notices = 0 FROM sign s
WHERE e.application_id = s.application_id AND e.id = s.id`,
};

/** $1 before; $2, $3 the position that was read last; $4 how many. */
export const listFailureRuns = {
  name: 'list_failure_runs',
  text: `
SELECT environment_id, application_id, id, failing_since, failure_notices FROM endpoints
WHERE failing_since IS NOT NULL AND NOT disabled AND failing_since < $1 AND (failing_since, id) > ($2, $3)
ORDER BY failing_since, id LIMIT $4`,
};

/** $1–$5 the run as it is expected, $6, $7 the run as it shall be. */
export const replaceFailureRun = {
  name: 'replace_failure_run',
  text: `
UPDATE endpoints SET failing_since = $6, failure_notices = $7
WHERE environment_id = $1 AND application_id = $2 AND id = $3 AND failing_since = $4 AND failure_notices = $5`,
};
