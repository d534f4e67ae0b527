import { leaveLines, noteGone } from './ordering.js';

/** What rollups tell apart of the deliveries in `ended`. The message is looked up row by row: it lies in a partition. */
const countEnded = `
SELECT e.environment_id, e.application_id, e.endpoint_id, coalesce(m.event_type, '') AS event_type, count(*)::int AS count
FROM ended e
LEFT JOIN LATERAL (
  SELECT event_type FROM messages WHERE application_id = e.application_id AND id = e.message_id LIMIT 1
) m ON true
GROUP BY 1, 2, 3, 4`;

/**
 * Whoever deletes a row of the queue owns the delivery's change of status; so the queue is always locked first and
 * the delivery second.
 */
function endPending(scope: string): string {
  return `
WITH waiting AS MATERIALIZED (
  SELECT application_id, delivery_id FROM pending_deliveries WHERE ${scope} LIMIT $5::int FOR UPDATE
), removed AS (
  DELETE FROM pending_deliveries q USING waiting w
  WHERE q.application_id = w.application_id AND q.delivery_id = w.delivery_id
  RETURNING q.application_id, q.message_id, q.delivery_id
), ended AS (
  UPDATE deliveries d SET status = $2::delivery_status, reason = $3::text, ended_at = $4::timestamptz
  FROM removed r
  WHERE d.message_id = ANY (ARRAY(SELECT message_id FROM removed)) AND d.message_id = r.message_id
    AND d.id = r.delivery_id AND d.application_id = r.application_id AND d.status::text = 'pending'
  RETURNING d.environment_id, d.application_id, d.endpoint_id, d.message_id, d.id
), ${leaveLines('ended', 'id')}${countEnded}`;
}

/** The same for deliveries that are held in lines. They go first: nobody has to be let go on before it ends as well. */
function endHeld(scope: string): string {
  return `
WITH waiting AS MATERIALIZED (
  SELECT application_id, delivery_id FROM ordered_deliveries WHERE ${scope} AND held LIMIT $5::int FOR UPDATE
), gone AS (
  DELETE FROM ordered_deliveries o USING waiting w
  WHERE o.application_id = w.application_id AND o.delivery_id = w.delivery_id
  RETURNING o.application_id, o.message_id, o.delivery_id, o.endpoint_id, o.ordering_key
), noted AS (
  ${noteGone}
), ended AS (
  UPDATE deliveries d SET status = $2::delivery_status, reason = $3::text, ended_at = $4::timestamptz
  FROM gone g
  WHERE d.message_id = ANY (ARRAY(SELECT message_id FROM gone)) AND d.message_id = g.message_id
    AND d.id = g.delivery_id AND d.application_id = g.application_id AND d.status::text = 'pending'
  RETURNING d.environment_id, d.application_id, d.endpoint_id, d.message_id
)${countEnded}`;
}

/** $1 endpoint, $2 status, $3 reason, $4 the instant, $5 most rows. Returns how many were ended, by what rollups tell apart. */
const endPendingOfEndpoint = {
  name: 'end_pending_of_endpoint',
  text: endPending('endpoint_id = $1::text'),
};

/** The same for all endpoints of the application $1. */
const endPendingOfApplication = {
  name: 'end_pending_of_application',
  text: endPending('application_id = $1::text'),
};

const endHeldOfEndpoint = { name: 'end_held_of_endpoint', text: endHeld('endpoint_id = $1::text') };

const endHeldOfApplication = { name: 'end_held_of_application', text: endHeld('application_id = $1::text') };

/** Ends all that is pending, what is held in lines first; each is to be run until it returns nothing. */
export const endWaitingOfEndpoint = [endHeldOfEndpoint, endPendingOfEndpoint];
export const endWaitingOfApplication = [endHeldOfApplication, endPendingOfApplication];

/** $1 application, $2 status, $3 reason, $4 the instant: takes the deliveries in flight from their workers. Returns the same. */
export const endInFlightOfApplication = {
  name: 'end_in_flight_of_application',
  text: `
WITH ended AS (
  UPDATE deliveries SET status = $2::delivery_status, reason = $3::text, ended_at = $4::timestamptz,
    lease_until = NULL, worker_id = NULL
  WHERE application_id = $1::text AND status = 'in_flight'
  RETURNING environment_id, application_id, endpoint_id, message_id, id
), ${leaveLines('ended', 'id')}${countEnded}`,
};
