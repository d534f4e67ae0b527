import type { EngineContext } from '../internal/engine-context.js';

/** Most leases taken back in one statement. */
const batchSize = 1_000;

/** Takes back the leases of workers that vanished, until none is left. Every replica does: there is no leader. */
export async function reapExpiredLeases(context: EngineContext): Promise<void> {
  const { clock, counters, failpoints, ids, logger, store, wake } = context;
  const nextAttemptId = (): string => ids.next('atmpt_');
  for (;;) {
    const { reaped } = await store.reapExpired({ now: clock.now(), limit: batchSize, nextAttemptId });
    if (reaped > 0) {
      await failpoints.hit('reaper.mid_batch');
      counters.leasesReaped += reaped;
      logger.warn('Took back leases that their workers let run out', { leases: reaped });
      wake.notify();
    }
    if (reaped < batchSize) return;
  }
}
