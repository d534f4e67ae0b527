/**
 * The queue over all environments. One pass over the primary keys counts what waits, for each application; the backlogs
 * of at least $2 fall out of it.
 */
export const measureQueue = {
  name: 'measure_queue',
  text: `
WITH waiting AS MATERIALIZED (
  SELECT application_id, count(*)::float8 AS pending FROM (
    SELECT application_id FROM pending_deliveries
    UNION ALL SELECT application_id FROM ordered_deliveries WHERE held
  ) deliveries GROUP BY application_id
)
SELECT (SELECT coalesce(sum(pending), 0) FROM waiting) AS pending,
  (SELECT count(*)::float8 FROM pending_deliveries WHERE due_at <= $1::timestamptz) AS due,
  (SELECT count(*)::float8 FROM deliveries WHERE status = 'in_flight') AS in_flight,
  (SELECT due_at FROM pending_deliveries WHERE due_at <= $1 ORDER BY due_at LIMIT 1) AS oldest_due_at,
  (SELECT coalesce(json_agg(json_build_object('applicationId', application_id, 'pending', pending)), '[]')
    FROM waiting WHERE pending >= $2::float8) AS backlogs`,
};
