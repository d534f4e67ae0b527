import { deliveryFields } from './fields.js';

/** Notes the lines of the rows in a step named `gone`, of which some may hold nobody any more. */
export const noteGone = `INSERT INTO line_changes (endpoint_id, ordering_key)
  SELECT DISTINCT endpoint_id, ordering_key FROM gone`;

/**
 * Steps that take the deliveries of the step `from`, which have ended, out of their lines. `id` is the name of their id
 * there. Where no delivery is ordered, this costs looks into an empty index.
 */
export function leaveLines(from: string, id: string, condition = 'true'): string {
  return `gone AS (
  DELETE FROM ordered_deliveries o
  USING ${from} l
  WHERE o.application_id = l.application_id AND o.delivery_id = l.${id} AND (${condition})
  RETURNING o.endpoint_id, o.ordering_key
), noted AS (
  ${noteGone}
)`;
}

/**
 * $1 most changes to look at. Lets the first of each changed line go on, unless another one of the line already does:
 * it comes into the queue. Run by one claim at a time, under its lock. Whatever a change tells of was committed with it,
 * so this sees it; a row that somebody takes out of its line meanwhile is left to the change that he notes.
 */
export const releaseFirsts = {
  name: 'release_firsts',
  text: `
WITH changed AS (
  DELETE FROM line_changes WHERE id = ANY (
    ARRAY(SELECT id FROM line_changes ORDER BY id LIMIT $1::int FOR UPDATE SKIP LOCKED)
  ) RETURNING endpoint_id, ordering_key
), first AS (
  SELECT f.application_id, f.delivery_id
  FROM (SELECT DISTINCT endpoint_id, ordering_key FROM changed) c
  CROSS JOIN LATERAL (
    SELECT application_id, delivery_id FROM ordered_deliveries
    WHERE endpoint_id = c.endpoint_id AND ordering_key = c.ordering_key ORDER BY position LIMIT 1
  ) f
  WHERE NOT EXISTS (
    SELECT FROM ordered_deliveries WHERE endpoint_id = c.endpoint_id AND ordering_key = c.ordering_key AND NOT held
  )
), released AS (
  UPDATE ordered_deliveries o SET held = false FROM first f
  WHERE o.application_id = f.application_id AND o.delivery_id = f.delivery_id AND o.held
  RETURNING o.application_id, o.delivery_id, o.message_id, o.endpoint_id, o.due_at
)
INSERT INTO pending_deliveries (application_id, delivery_id, message_id, endpoint_id, retry, due_at)
SELECT application_id, delivery_id, message_id, endpoint_id, false, due_at FROM released`,
};

/**
 * $1 application, $2 delivery, $3 whether to leave it alone unless it is held: takes the delivery out of its line. A row
 * when it did.
 */
export const leaveLine = {
  name: 'leave_line',
  text: `
WITH gone AS (
  DELETE FROM ordered_deliveries WHERE application_id = $1::text AND delivery_id = $2::text AND (held OR NOT $3::boolean)
  RETURNING endpoint_id, ordering_key
), noted AS (
  ${noteGone}
)
SELECT FROM gone`,
};

/** $1 environment, $2 application, $3 message, $4 delivery, $5 when it is due. A row when the delivery is held. */
export const expediteHeld = {
  name: 'expedite_held',
  text: `
WITH moved AS (
  UPDATE ordered_deliveries o SET due_at = $5::timestamptz
  FROM deliveries d
  WHERE d.environment_id = $1::text AND d.application_id = $2::text AND d.message_id = $3::text AND d.id = $4::text
    AND o.application_id = $2 AND o.delivery_id = $4 AND o.held
  RETURNING o.delivery_id
)
UPDATE deliveries d SET due_at = $5 FROM moved
WHERE d.application_id = $2 AND d.message_id = $3 AND d.id = moved.delivery_id AND d.status = 'pending'
RETURNING d.id`,
};

/** $1 environment, $2 application, $3 message, $4 delivery: the delivery for which it waits. */
export const findFirstInLine = {
  name: 'find_first_in_line',
  text: `
SELECT ${deliveryFields('d')}
FROM ordered_deliveries own
CROSS JOIN LATERAL (
  (SELECT application_id, message_id, delivery_id, 0 AS rank FROM ordered_deliveries
    WHERE endpoint_id = own.endpoint_id AND ordering_key = own.ordering_key AND NOT held)
  UNION ALL
  (SELECT application_id, message_id, delivery_id, 1 FROM ordered_deliveries
    WHERE endpoint_id = own.endpoint_id AND ordering_key = own.ordering_key ORDER BY position LIMIT 1)
  ORDER BY rank LIMIT 1
) f
JOIN deliveries d ON d.application_id = f.application_id AND d.message_id = f.message_id AND d.id = f.delivery_id
  AND d.environment_id = $1::text
WHERE own.application_id = $2::text AND own.delivery_id = $4::text AND own.message_id = $3::text AND own.held
  AND f.delivery_id <> own.delivery_id`,
};
