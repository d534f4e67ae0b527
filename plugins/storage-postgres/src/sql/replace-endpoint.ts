/** $1 environment, $2 application, $3 endpoint. */
export const lockEndpoint = {
  name: 'lock_endpoint',
  text: `
SELECT version, disabled, created_at, failing_since FROM endpoints
WHERE environment_id = $1 AND application_id = $2 AND id = $3 FOR UPDATE`,
};

/** Every field that a replacement may change, for the endpoint $2 of the application $1. Failures are forgotten when
 * it is disabled or enabled. */
export const updateEndpoint = {
  name: 'update_endpoint',
  text: `
UPDATE endpoints SET uid = $3, url = $4, description = $5, metadata = $6, disabled = $7, disabled_reason = $8,
  event_types = $9, channels = $10, headers = $11, throttle_rate = $12, retry_schedule_ms = $13, timeout_ms = $14,
  max_in_flight = $15, ordering = $16, version = $17, updated_at = $18, filter = $19,
  failing_since = CASE WHEN disabled = $7 THEN failing_since END,
  failure_notices = CASE WHEN disabled = $7 THEN failure_notices ELSE 0 END
WHERE application_id = $1 AND id = $2`,
};
