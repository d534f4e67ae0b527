import type { Migration } from './migration.js';

const sql = `
ALTER TABLE rollups ADD COLUMN events TEXT NOT NULL DEFAULT '{}';

CREATE TABLE rollup_summaries (
  environment_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  application_id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  span_minutes INTEGER NOT NULL,
  bucket_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  failed_attempts INTEGER NOT NULL,
  retries INTEGER NOT NULL,
  max_attempt_number INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  dead_lettered INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  duration_sum_ms REAL NOT NULL,
  duration_min_ms REAL NOT NULL,
  duration_max_ms REAL NOT NULL,
  durations TEXT NOT NULL,
  errors TEXT NOT NULL,
  events TEXT NOT NULL,
  quarters TEXT NOT NULL,
  PRIMARY KEY (environment_id, event_type, application_id, endpoint_id, span_minutes, bucket_at)
) STRICT;
CREATE INDEX rollup_summaries_by_age ON rollup_summaries (bucket_at);
CREATE INDEX rollup_summaries_hours ON rollup_summaries (bucket_at) WHERE span_minutes = 60;
CREATE INDEX rollup_summaries_endpoints
  ON rollup_summaries (environment_id, event_type, application_id, endpoint_id, bucket_at, delivered, dead_lettered);
`;

/** Hours and days of rollups, per scope; what else happened to endpoints. */
export const rollupSummaries: Migration = { number: 14, name: 'rollup-summaries', breaking: false, sql };
