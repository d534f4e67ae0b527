import type { LeaseRef } from '@postrider/core';
import type { DeliveryJob } from '../dispatch/delivery-job.js';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import type { EngineContext } from '../internal/engine-context.js';

/** Most leases in one statement. */
const batchSize = 1_000;

/**
 * Renews the leases of this process. Those taken or renewed since the last heartbeat are left out: the next one still
 * comes in time for them, and at full load most deliveries end before they need it.
 *
 * A lease that turns out to be lost takes its request with it: the answer would be thrown away, and the other holder
 * may be sending already.
 */
export async function renewLeases(context: EngineContext, dispatcher: Dispatcher): Promise<void> {
  const { clock, options, store } = context;
  const nowMs = clock.nowMs();
  const freshMs = nowMs + options.leaseMs - options.heartbeatIntervalMs;
  const aging = [...dispatcher.leased].filter((job) => job.leaseUntilMs <= freshMs);
  for (let start = 0; start < aging.length; start += batchSize) {
    const jobs = aging.slice(start, start + batchSize);
    const leaseUntil = new Date(clock.nowMs() + options.leaseMs);
    const { lost } = await store.renewLeases({ leases: jobs.map(({ lease }) => lease), leaseUntil });
    markRenewed(context, { jobs, lost, leaseUntilMs: leaseUntil.getTime() });
  }
}

function markRenewed(
  context: EngineContext,
  renewal: { jobs: readonly DeliveryJob[]; lost: readonly LeaseRef[]; leaseUntilMs: number },
): void {
  const lost = new Set(renewal.lost.map(({ deliveryId }) => deliveryId));
  for (const job of renewal.jobs) {
    const { deliveryId } = job.lease;
    if (!lost.has(deliveryId)) {
      job.leaseUntilMs = renewal.leaseUntilMs;
    } else if (!job.recording) {
      // A job that is being recorded may look lost because its outcome has just been written.
      context.counters.leasesLost += 1;
      context.logger.warn('A lease was lost; its request is cut off and its result discarded', { deliveryId });
      job.lost = true;
      job.abort?.abort();
    }
  }
}
