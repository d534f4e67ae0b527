import { isPostriderError } from '@postrider/core';
import type { DeliveryJob } from '../dispatch/delivery-job.js';
import { backOffMs } from '../internal/back-off.js';
import type { EngineContext } from '../internal/engine-context.js';
import { GroupCommit } from '../internal/group-commit.js';

interface LeaseToEnd {
  readonly job: DeliveryJob;
  readonly requestMade: boolean;
}

const maxTries = 4;
const batchSize = 500;

/**
 * Ends leases without an outcome, so that another worker need not wait for them to run out. When the store does not
 * take them after a few tries, running out is what they do.
 *
 * Where a request may have been made, the lease is moved into the past and reaped at once: the reaper is the one that
 * writes `unknown` attempts.
 */
export class Releaser {
  readonly #context: EngineContext;
  readonly #released: (jobs: readonly DeliveryJob[]) => void;
  readonly #commits: GroupCommit<LeaseToEnd>;
  #count = 0;

  constructor(context: EngineContext, parts: { readonly released: (jobs: readonly DeliveryJob[]) => void }) {
    this.#context = context;
    this.#released = parts.released;
    this.#commits = new GroupCommit({
      maxBatchSize: batchSize,
      concurrency: 1,
      commit: (batch) => this.#commit(batch),
    });
  }

  /** How many leases were ended. */
  get count(): number {
    return this.#count;
  }

  /** Ends the lease of a delivery that was not attempted. */
  release(job: DeliveryJob): void {
    this.#push({ job, requestMade: false });
  }

  /** Ends the lease of a delivery whose request was cut off. */
  surrender(job: DeliveryJob): void {
    this.#push({ job, requestMade: true });
  }

  /** Resolves once no lease waits to be ended. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }

  #push(lease: LeaseToEnd): void {
    lease.job.recording = true;
    this.#count += 1;
    this.#commits.push(lease);
  }

  async #commit(batch: readonly LeaseToEnd[]): Promise<void> {
    const { clock, logger, random, wake } = this.#context;
    for (let failures = 1; ; failures += 1) {
      try {
        await this.#end(batch);
        wake.notify();
        break;
      } catch (error) {
        if (failures === maxTries || isPostriderError(error, 'STORAGE_CLOSED')) {
          logger.error('Leases could not be given back; their deliveries wait until they run out', {
            leases: batch.length,
            error,
          });
          break;
        }
        await clock.sleep({ delayMs: backOffMs({ failures, firstMs: 100, longestMs: 2_000, random }) });
      }
    }
    this.#released(batch.map(({ job }) => job));
  }

  async #end(batch: readonly LeaseToEnd[]): Promise<void> {
    const { clock, ids, store } = this.#context;
    const unused = batch.filter(({ requestMade }) => !requestMade).map(({ job }) => job.lease);
    const interrupted = batch.filter(({ requestMade }) => requestMade).map(({ job }) => job.lease);
    const now = clock.now();
    if (unused.length > 0) await store.releaseLeases({ leases: unused, dueAt: now });
    if (interrupted.length === 0) return;
    await store.renewLeases({ leases: interrupted, leaseUntil: new Date(now.getTime() - 1) });
    await store.reapExpired({ now, limit: interrupted.length, nextAttemptId: () => ids.next('atmpt_') });
  }
}
