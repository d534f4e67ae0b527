import type { CancelReason, DeadLetterReason } from '../../domain/delivery.js';
import type { EndedDeliveries } from '../../rollup/ended-deliveries.js';
import { countInRollups } from './count-in-rollups.js';
import type { MemoryContext } from './memory-context.js';
import type { StoredDelivery } from './memory-database.js';
import { endDelivery } from './transitions.js';

interface EndParams extends Pick<MemoryContext, 'database' | 'rollups'> {
  readonly ending:
    | { readonly status: 'dead_letter'; readonly reason: DeadLetterReason }
    | { readonly status: 'cancelled'; readonly reason: CancelReason };
  readonly endedAt: Date;
}

/** Ends deliveries without the outcome of a worker, and counts them. Tells which. */
export function endDeliveries(
  params: EndParams & { readonly deliveries: readonly StoredDelivery[] },
): readonly EndedDeliveries[] {
  const { database, rollups, deliveries, ending, endedAt } = params;
  for (const stored of deliveries) endDelivery({ database, stored, ending, endedAt });
  const ended = deliveries.map(({ row, owner }) => {
    const { environmentId, applicationId, endpointId } = row;
    const { eventType } = owner.message;
    return { environmentId, applicationId, endpointId, eventType, count: 1, ...ending };
  });
  countInRollups({ database, rollups }, { ended, recordedAt: endedAt });
  return ended;
}

/** Ends all pending deliveries of an endpoint. */
export function endPending(params: EndParams & { readonly endpointId: string }): readonly EndedDeliveries[] {
  return endDeliveries({ ...params, deliveries: [...params.database.queueOf(params.endpointId).pending] });
}
