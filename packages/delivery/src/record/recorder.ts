import { isPostriderError, type DeliveryOutcome, type EndpointState, type FailureSign } from '@postrider/core';
import type { DeliveryJob } from '../dispatch/delivery-job.js';
import { backOffMs } from '../internal/back-off.js';
import type { EngineContext } from '../internal/engine-context.js';
import { GroupCommit } from '../internal/group-commit.js';
import type { Postponement, PostponementReason } from '../ports/delivery-observer.js';
import { reducedOutcome } from './reduced-outcome.js';

/** The end of one job, to be written. */
export interface RecordItem {
  readonly job: DeliveryJob;
  readonly outcome: DeliveryOutcome;
  readonly endpointState?: EndpointState | undefined;
  readonly failureSign?: FailureSign | undefined;
  /** The endpoint keeps an order: another delivery may have waited for this one. */
  readonly isOrdered?: boolean | undefined;
  /** Set when the delivery was put off without an attempt. */
  readonly postponement?: PostponementReason | undefined;
}

export interface RecorderParts {
  /** Called after each commit (or when items are given up) with the jobs whose lease has ended. */
  readonly released: (jobs: readonly DeliveryJob[]) => void;
  /** Called after a commit that may have let a delivery go which was held in its line. */
  readonly advanced: () => void;
}

const firstBackOffMs = 100;
const longestBackOffMs = 5_000;

/**
 * Writes outcomes in groups. While the store is out of reach the batch waits and is tried again: the heartbeat keeps
 * its leases, and if that fails too, the fence refuses what came too late. What arrives meanwhile stays bounded,
 * because a job keeps its place in the dispatcher until it is recorded.
 *
 * An outcome that the store refuses for itself is found by halving the batch, and then reduced step by step (see
 * `reducedOutcome`), so that it neither takes its neighbours down nor comes back for ever.
 */
export class Recorder {
  readonly #context: EngineContext;
  readonly #parts: RecorderParts;
  readonly #commits: GroupCommit<RecordItem>;
  readonly #stopping = new AbortController();

  constructor(context: EngineContext, parts: RecorderParts) {
    this.#context = context;
    this.#parts = parts;
    this.#commits = new GroupCommit({
      maxBatchSize: context.options.recordBatchSize,
      concurrency: context.options.recordConcurrency,
      linger: { clock: context.clock, lingerMs: context.options.recordLingerMs },
      commit: (batch) => this.#commit(batch),
    });
  }

  /** Outcomes that wait for their commit. */
  get queued(): number {
    return this.#commits.queued;
  }

  push(item: RecordItem): void {
    item.job.recording = true;
    this.#commits.push(item);
  }

  /** Resolves once everything was recorded or given up. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }

  /** Gives up what cannot be recorded now: each outcome is tried at most once more. */
  stopRetrying(): void {
    this.#stopping.abort();
  }

  async #commit(batch: readonly RecordItem[]): Promise<void> {
    const { clock, logger, random } = this.#context;
    for (let failures = 1; ; failures += 1) {
      try {
        await this.#write(batch);
        return;
      } catch (error) {
        if (this.#stopping.signal.aborted || isPostriderError(error, 'STORAGE_CLOSED')) {
          this.#giveUp(batch, error);
          return;
        }
        if (!isWorthRetrying(error, failures)) {
          await this.#isolate(batch, error);
          return;
        }
        logger.warn('Outcomes could not be recorded; trying again', { outcomes: batch.length, failures, error });
        const delayMs = backOffMs({ failures, firstMs: firstBackOffMs, longestMs: longestBackOffMs, random });
        await clock.sleep({ delayMs, signal: this.#stopping.signal }).catch(() => undefined);
      }
    }
  }

  async #write(batch: readonly RecordItem[]): Promise<void> {
    const { clock, failpoints, observers, store } = this.#context;
    await failpoints.hit('record.before_commit');
    const endpointStates: EndpointState[] = [];
    for (const { endpointState } of batch) if (endpointState !== undefined) endpointStates.push(endpointState);
    const failureSigns = batch.flatMap(({ failureSign }) => failureSign ?? []);
    const outcomes = batch.map(({ outcome }) => outcome);
    const startedMs = clock.monotonicMs();
    const { fenced } = await store.recordOutcomes({ outcomes, endpointStates, failureSigns, recordedAt: clock.now() });
    const commitMs = clock.monotonicMs() - startedMs;
    await failpoints.hit('record.after_commit');
    const fencedIds = new Set(fenced.map(({ deliveryId }) => deliveryId));
    this.#count(batch, fencedIds);
    observers.recorded({
      outcomes: fencedIds.size === 0 ? outcomes : outcomes.filter(({ lease }) => !fencedIds.has(lease.deliveryId)),
      commitMs,
    });
    const postponements = postponementsOf(batch, fencedIds);
    if (postponements.length > 0) observers.postponed(postponements);
    this.#parts.released(batch.map(({ job }) => job));
    if (batch.some(({ isOrdered, postponement }) => isOrdered === true && postponement === undefined)) {
      this.#parts.advanced();
    }
  }

  async #isolate(batch: readonly RecordItem[], error: unknown): Promise<void> {
    const [first] = batch;
    if (batch.length > 1) {
      const middle = batch.length >> 1;
      await this.#commit(batch.slice(0, middle));
      await this.#commit(batch.slice(middle));
    } else if (first !== undefined) {
      const outcome = reducedOutcome(first.outcome);
      if (outcome === undefined) {
        this.#giveUp(batch, error);
        return;
      }
      const { deliveryId } = first.outcome.lease;
      this.#context.logger.error('An outcome was refused by storage and is recorded without details', {
        deliveryId,
        error,
      });
      await this.#commit([{ ...first, outcome }]);
    }
  }

  /** The leases run out by themselves; the reaper makes the deliveries due again. */
  #giveUp(batch: readonly RecordItem[], error: unknown): void {
    this.#context.logger.error('Outcomes were given up; their deliveries will be attempted again', {
      outcomes: batch.length,
      error,
    });
    this.#parts.released(batch.map(({ job }) => job));
  }

  #count(batch: readonly RecordItem[], fenced: ReadonlySet<string>): void {
    const { counters, logger } = this.#context;
    for (const { outcome } of batch) {
      const { deliveryId } = outcome.lease;
      if (fenced.has(deliveryId)) {
        counters.fenced += 1;
        logger.warn('A result came too late: the delivery belongs to another worker', { deliveryId });
      } else if (outcome.next.status === 'delivered') {
        counters.delivered += 1;
      } else if (outcome.next.status === 'dead_letter') {
        counters.deadLettered += 1;
      } else if (outcome.next.status === 'cancelled') {
        counters.cancelled += 1;
      } else if (outcome.attempt !== undefined) {
        counters.retried += 1;
      }
    }
  }
}

function postponementsOf(batch: readonly RecordItem[], fenced: ReadonlySet<string>): readonly Postponement[] {
  return batch.flatMap(({ outcome, postponement }) => {
    const { lease, endpointId, next } = outcome;
    const { applicationId, deliveryId } = lease;
    if (postponement === undefined || next.status !== 'pending' || fenced.has(deliveryId)) return [];
    return [{ applicationId, endpointId, deliveryId, reason: postponement, until: next.dueAt }];
  });
}

/** Faults without a code may be passing ones too: they get a few tries before the batch is taken apart. */
function isWorthRetrying(error: unknown, failures: number): boolean {
  return isPostriderError(error) ? error.retryable : failures < 3;
}
