import type { DeliveryOutcome } from '../ports/delivery-store.js';
import { countDuration, toHistogram, type DurationBins } from './duration-bins.js';
import type { EndedDeliveries } from './ended-deliveries.js';
import { noEventType, type Rollup, type RollupSubject } from './rollup.js';
import { emptyRollupSums, type MutableRollupSums } from './rollup-sums.js';

type Sums = Omit<MutableRollupSums, 'durations'>;

/** A row that grows. */
interface RunningTotal {
  readonly subject: RollupSubject & { readonly writerId: string };
  readonly sums: Sums;
  readonly bins: DurationBins;
}

/** Running totals are dropped this long after their minute began: no outcome is recorded into it any more. */
const keepMs = 5 * 60_000;
const minuteMs = 60_000;

type Subject = Omit<RollupSubject, 'bucketAt'>;

/** Something that happened to an endpoint, beside its deliveries. */
export interface EndpointEvent {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  /** `noEventType` by default. */
  readonly eventType?: string | undefined;
  readonly kind: 'rate_limit' | 'circuit_breaker';
  /** How often; 1 by default. */
  readonly count?: number | undefined;
}

/** The totals after a batch, to be written in the batch's transaction, and the way to make them count. */
export interface StagedRollups {
  /** Absolute totals: an upsert by (bucket, application, endpoint, event type, writer) that replaces the row. */
  readonly rows: readonly Rollup[];
  /** Call after the transaction committed. Without it the next batch builds on the totals before this one. */
  commit(): void;
}

/**
 * Turns accepted outcomes, and endings without one, into rollup rows for storage adapters. It remembers the totals of the current minutes, so
 * that an adapter writes rows without reading them; when a transaction fails, nothing is remembered of it.
 * One batch at a time: stage, write, commit. An adapter that runs batches concurrently needs one accumulator each.
 */
export class RollupAccumulator {
  readonly #writerId: string;
  readonly #totals = new Map<string, RunningTotal>();
  #newestBucketMs = 0;

  constructor(params: { writerId: string }) {
    this.#writerId = params.writerId;
  }

  stage(params: {
    outcomes?: readonly DeliveryOutcome[];
    ended?: readonly EndedDeliveries[];
    events?: readonly EndpointEvent[];
    recordedAt: Date;
  }): StagedRollups {
    const { outcomes = [], ended = [], events = [] } = params;
    const bucketMs = Math.floor(params.recordedAt.getTime() / minuteMs) * minuteMs;
    const bucketAt = new Date(bucketMs);
    const changed = new Map<string, RunningTotal>();
    const totalOf = (subject: Subject): RunningTotal => {
      const key = [bucketMs, subject.applicationId, subject.endpointId, subject.eventType].join('|');
      const total = changed.get(key) ?? this.#copyOrStart({ key, subject, bucketAt });
      changed.set(key, total);
      return total;
    };
    for (const outcome of outcomes) {
      add(totalOf({ ...outcome, applicationId: outcome.lease.applicationId }), outcome);
    }
    for (const group of ended) addEnded(totalOf(group).sums, group);
    for (const { eventType = noEventType, kind, count = 1, ...subject } of events) {
      increment(totalOf({ ...subject, eventType }).sums.events, kind, count);
    }
    return { rows: Array.from(changed.values(), toRow), commit: () => this.#commit(changed, bucketMs) };
  }

  #commit(changed: ReadonlyMap<string, RunningTotal>, bucketMs: number): void {
    for (const [key, total] of changed) this.#totals.set(key, total);
    if (bucketMs <= this.#newestBucketMs) return;
    this.#newestBucketMs = bucketMs;
    for (const [key, total] of this.#totals) {
      if (total.subject.bucketAt.getTime() < bucketMs - keepMs) this.#totals.delete(key);
    }
  }

  #copyOrStart(params: { key: string; subject: Subject; bucketAt: Date }): RunningTotal {
    const known = this.#totals.get(params.key);
    if (known !== undefined) {
      const { subject, sums, bins } = known;
      return { subject, sums: { ...sums, errors: { ...sums.errors }, events: { ...sums.events } }, bins: bins.slice() };
    }
    const { environmentId, applicationId, endpointId, eventType } = params.subject;
    const subject = { bucketAt: params.bucketAt, environmentId, applicationId, endpointId, eventType };
    const { durations: _, ...sums } = emptyRollupSums();
    return { subject: { ...subject, writerId: this.#writerId }, sums, bins: [] };
  }
}

function toRow({ subject, sums, bins }: RunningTotal): Rollup {
  return { ...subject, ...sums, durations: toHistogram(bins) };
}

function add({ sums, bins }: RunningTotal, outcome: DeliveryOutcome): void {
  if (outcome.next.status === 'delivered') sums.delivered += 1;
  if (outcome.next.status === 'dead_letter') sums.deadLettered += 1;
  if (outcome.next.status === 'cancelled') sums.cancelled += 1;
  const attempt = outcome.attempt;
  if (attempt === undefined || attempt.outcome === 'unknown') return;
  sums.durationMinMs = sums.attempts === 0 ? attempt.durationMs : Math.min(sums.durationMinMs, attempt.durationMs);
  sums.durationMaxMs = Math.max(sums.durationMaxMs, attempt.durationMs);
  sums.durationSumMs += attempt.durationMs;
  sums.attempts += 1;
  sums.maxAttemptNumber = Math.max(sums.maxAttemptNumber, attempt.number);
  if (attempt.number > 1) sums.retries += 1;
  countDuration(bins, attempt.durationMs);
  if (attempt.outcome === 'failed') {
    sums.failedAttempts += 1;
    increment(sums.errors, attempt.errorKind ?? `http_${attempt.responseStatusCode}`);
  }
}

function addEnded(sums: Sums, { status, count }: EndedDeliveries): void {
  if (status === 'dead_letter') sums.deadLettered += count;
  else sums.cancelled += count;
}

function increment(counts: Record<string, number>, key: string, by = 1): void {
  counts[key] = (counts[key] ?? 0) + by;
}
