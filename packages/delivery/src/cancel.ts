import type { CancelDeliveryResult } from '@postrider/core';
import type { EngineContext } from './internal/engine-context.js';
import type { CancelParams } from './ports/delivery.js';

/**
 * Calls off a delivery. Storage decides, and the fence keeps out whoever worked on it; `abandon` only spares a request
 * of this process that nobody wants any more. Other processes hear of it at their next heartbeat.
 */
export async function cancel(
  context: EngineContext,
  params: CancelParams & { readonly abandon: (deliveryId: string) => void },
): Promise<CancelDeliveryResult> {
  const { clock, counters, ids, store, wake } = context;
  const { abandon, ...path } = params;
  const result = await store.cancelDelivery({ ...path, attemptId: ids.next('atmpt_'), cancelledAt: clock.now() });
  if (result.outcome === 'cancelled') {
    counters.cancelled += 1;
    abandon(path.deliveryId);
    // Another one may have waited for it in its line.
    wake.notify();
  }
  return result;
}
