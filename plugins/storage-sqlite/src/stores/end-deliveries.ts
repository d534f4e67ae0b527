import type { CancelReason, DeadLetterReason } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';

/** How waiting deliveries end when nobody will attempt them any more. */
export type Ending =
  | { readonly status: 'dead_letter'; readonly reason: DeadLetterReason }
  | { readonly status: 'cancelled'; readonly reason: CancelReason };

const end = `
SET status = :status, reason = :reason, ended_at = :endedAt, lease_until = NULL, worker_id = NULL
WHERE `;

/** Which deliveries: those that an index finds under a condition on `:id`. */
interface Selection {
  readonly index: string;
  readonly condition: string;
}

/** What waits for an endpoint. */
export const pendingOfEndpoint: Selection = {
  index: 'deliveries_pending',
  condition: `endpoint_id = :id AND status = 'pending'`,
};

/** What waits for the endpoints of an application. */
export const pendingOfApplication: Selection = {
  index: 'deliveries_pending',
  condition: `endpoint_id IN (SELECT id FROM endpoints WHERE application_id = :id) AND status = 'pending'`,
};

/** What workers hold of an application. Looks at everything in flight, which is what fits in the workers' memory. */
export const inFlightOfApplication: Selection = {
  index: 'deliveries_in_flight',
  condition: `application_id = :id AND status = 'in_flight'`,
};

/** Ends the selected deliveries, inside a transaction of the caller. */
export function endDeliveries(
  connection: SqliteConnection,
  params: { which: Selection; id: string; ending: Ending; endedAt: Date },
): void {
  const { status, reason } = params.ending;
  const { index, condition } = params.which;
  const endedAt = params.endedAt.getTime();
  connection
    .statement(`UPDATE deliveries INDEXED BY ${index}${end}${condition}`)
    .run({ id: params.id, status, reason, endedAt });
}
