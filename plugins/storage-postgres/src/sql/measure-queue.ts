/** $1 the instant. */
/** The queue over all environments. */
export const measureQueue = {
  name: 'measure_queue',
  text: `
SELECT (SELECT count(*)::float8 FROM pending_deliveries)
    + (SELECT count(*)::float8 FROM ordered_deliveries WHERE held) AS pending,
  (SELECT count(*)::float8 FROM pending_deliveries WHERE due_at <= $1::timestamptz) AS due,
  (SELECT count(*)::float8 FROM deliveries WHERE status = 'in_flight') AS in_flight,
  (SELECT due_at FROM pending_deliveries WHERE due_at <= $1 ORDER BY due_at LIMIT 1) AS oldest_due_at`,
};

/** Applications with many pending deliveries. */
export const listBacklogs = {
  name: 'list_backlogs',
  text: `
SELECT application_id, count(*)::float8 AS pending FROM (
  SELECT application_id FROM pending_deliveries
  UNION ALL SELECT application_id FROM ordered_deliveries WHERE held
) waiting GROUP BY application_id HAVING count(*) >= $1::float8`,
};
