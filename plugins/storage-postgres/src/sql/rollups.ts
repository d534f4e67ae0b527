const subject = 'environment_id, bucket_at, application_id, endpoint_id, event_type';
const durations = 'duration_sum_ms, duration_min_ms, duration_max_ms, durations, errors, events';
const counts = [
  'attempts',
  'failed_attempts',
  'retries',
  'max_attempt_number',
  'delivered',
  'dead_lettered',
  'cancelled',
];

/** A minute as a summary. Counts are read as doubles, which are exact up to 2^53. */
export const minuteFields = `${subject}, ${counts.map((name) => `${name}::float8 AS ${name}`).join(', ')}, ${durations},
  1 AS span_minutes, NULL::json AS quarters`;

/** A summary. */
export const summaryFields = `${subject}, ${counts.map((name) => `${name}::float8 AS ${name}`).join(', ')}, ${durations},
  span_minutes, quarters`;

/** $1 the instant before which minutes begin that may be compacted. */
export const findOldMinute = {
  name: 'find_old_minute',
  text: `SELECT environment_id, date_trunc('hour', bucket_at) AS starts_at FROM rollups WHERE bucket_at < $1
ORDER BY bucket_at LIMIT 1`,
};

/** $1 the instant before which hours begin that may be compacted. */
export const findOldHour = {
  name: 'find_old_hour',
  text: `SELECT environment_id, date_trunc('day', bucket_at) AS starts_at FROM rollup_summaries
WHERE span_minutes = 60 AND bucket_at < $1 ORDER BY bucket_at LIMIT 1`,
};

/** Takes up to $4 minutes of the environment $1 that begin in $2 to $3 out of the table. */
export const takeMinutes = {
  name: 'take_minutes',
  text: `
DELETE FROM rollups t USING (
  SELECT environment_id, bucket_at, application_id, endpoint_id, event_type, writer_id FROM rollups
  WHERE environment_id = $1 AND bucket_at >= $2 AND bucket_at < $3 LIMIT $4 FOR UPDATE
) d
WHERE (t.environment_id, t.bucket_at, t.application_id, t.endpoint_id, t.event_type, t.writer_id)
  = (d.environment_id, d.bucket_at, d.application_id, d.endpoint_id, d.event_type, d.writer_id)
RETURNING t.*`,
};

/** Takes up to $4 hours of the environment $1 that begin in $2 to $3 out of the table. */
export const takeHours = {
  name: 'take_hours',
  text: `
DELETE FROM rollup_summaries WHERE ctid = ANY (ARRAY (
  SELECT ctid FROM rollup_summaries
  WHERE environment_id = $1 AND span_minutes = 60 AND bucket_at >= $2 AND bucket_at < $3 LIMIT $4
))
RETURNING ${summaryFields}`,
};

/** The summaries of the environment $1 with span $2 that begin at $3, of the scopes in the arrays $4 to $6. */
export const findSummaries = {
  name: 'find_summaries',
  text: `
SELECT ${summaryFields} FROM rollup_summaries JOIN (
  SELECT * FROM unnest($4::text[], $5::text[], $6::text[]) AS s (event_type, application_id, endpoint_id)
) s USING (event_type, application_id, endpoint_id)
WHERE environment_id = $1 AND span_minutes = $2 AND bucket_at = $3`,
};

/** $1 to $20, one array per column; the rows replace those of the same scope and bucket. */
export const writeSummaries = {
  name: 'write_summaries',
  text: `
INSERT INTO rollup_summaries (${subject}, ${counts.join(', ')}, ${durations}, span_minutes, quarters)
SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
  $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::float8[], $14::float8[], $15::float8[],
  $16::json[], $17::json[], $18::json[], $19::int[], $20::json[])
ON CONFLICT (environment_id, event_type, application_id, endpoint_id, span_minutes, bucket_at) DO UPDATE SET
  ${[...counts, ...durations.split(', '), 'quarters'].map((name) => `${name} = excluded.${name}`).join(', ')}`,
};
