import type { Migration } from './migration.js';

const sql = `
ALTER TABLE rollups ADD COLUMN events json NOT NULL DEFAULT '{}';

CREATE TABLE rollup_summaries (
  environment_id text COLLATE "C" NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  application_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  span_minutes integer NOT NULL,
  bucket_at timestamptz NOT NULL,
  attempts bigint NOT NULL,
  failed_attempts bigint NOT NULL,
  retries bigint NOT NULL,
  max_attempt_number bigint NOT NULL,
  delivered bigint NOT NULL,
  dead_lettered bigint NOT NULL,
  cancelled bigint NOT NULL,
  duration_sum_ms double precision NOT NULL,
  duration_min_ms double precision NOT NULL,
  duration_max_ms double precision NOT NULL,
  durations json NOT NULL,
  errors json NOT NULL,
  events json NOT NULL,
  quarters json NOT NULL,
  PRIMARY KEY (environment_id, event_type, application_id, endpoint_id, span_minutes, bucket_at)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX rollup_summaries_age ON rollup_summaries (bucket_at);
CREATE INDEX rollup_summaries_hours ON rollup_summaries (bucket_at, environment_id) WHERE span_minutes = 60;
`;

/** Hours and days of rollups, per scope; what else happened to endpoints. */
export const rollupSummaries: Migration = { number: 14, name: 'rollup-summaries', breaking: false, sql };
