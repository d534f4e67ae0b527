import {
  RollupAccumulator,
  type Clock,
  type EndpointEvent,
  type Logger,
  type Rollup,
  type RollupStore,
  type Timer,
} from '@postrider/core';
import type { DeliveryObserver } from '@postrider/delivery';

interface EndpointEventCounterParts {
  readonly store: Pick<RollupStore, 'writeRollups'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names this process in the rows that it writes. */
  readonly writerId: string;
}

type Counted = EndpointEvent & { count: number };
type Heard = Omit<EndpointEvent, 'count' | 'eventType'>;

const writeEveryMs = 1_000;
const rowsPerWrite = 500;
/** Endpoints and kinds that are counted between two writes; more than that are not counted, and the log says so. */
const mostPending = 10_000;
/** Rows whose minute began so long ago are given up: it may soon be compacted. */
const giveUpAfterMs = 3 * 60_000;

/**
 * Counts sends that a rate held back and changes of circuit breakers into rollups. The engine tells of them on its hot
 * path, so they are counted there, and written once a second.
 */
export class EndpointEventCounter implements DeliveryObserver {
  readonly #parts: EndpointEventCounterParts;
  readonly #totals: RollupAccumulator;
  readonly #pending = new Map<string, Counted>();
  /** Running totals: writing one again does no harm. */
  readonly #unwritten = new Map<string, Rollup>();
  #uncounted = 0;
  #timer: Timer | undefined;
  #writing: Promise<void> | undefined;
  #isStopped = false;

  constructor(parts: EndpointEventCounterParts) {
    this.#parts = parts;
    this.#totals = new RollupAccumulator({ writerId: parts.writerId });
  }

  rateHeld(hold: Parameters<Required<DeliveryObserver>['rateHeld']>[0]): void {
    this.#count(hold, 'rate_limit');
  }

  breakersChanged(changes: Parameters<Required<DeliveryObserver>['breakersChanged']>[0]): void {
    for (const change of changes) if (!change.heard) this.#count(change, 'circuit_breaker');
  }

  /** Writes what is left. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await this.#writing;
    await this.#write();
  }

  #count({ environmentId, applicationId, endpointId }: Omit<Heard, 'kind'>, kind: Heard['kind']): void {
    const key = `${endpointId}|${kind}`;
    const counted = this.#pending.get(key);
    if (counted !== undefined) {
      counted.count += 1;
    } else if (this.#pending.size < mostPending) {
      this.#pending.set(key, { environmentId, applicationId, endpointId, kind, count: 1 });
      this.#writeLater();
    } else {
      this.#uncounted += 1;
    }
  }

  #writeLater(): void {
    if (this.#timer !== undefined || this.#isStopped) return;
    this.#timer = this.#parts.clock.setTimeout(() => {
      this.#writing = this.#write().finally(() => {
        this.#timer = undefined;
        if (this.#pending.size + this.#unwritten.size > 0) this.#writeLater();
      });
    }, writeEveryMs);
    this.#timer.unref();
  }

  /** Never rejects: what could not be written is tried again with the next. */
  async #write(): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const staged = this.#totals.stage({ events: [...this.#pending.values()], recordedAt: clock.now() });
    staged.commit();
    this.#pending.clear();
    if (this.#uncounted > 0) {
      logger.warn('Events of too many endpoints came at once to count them all', { uncounted: this.#uncounted });
      this.#uncounted = 0;
    }
    for (const row of staged.rows) this.#unwritten.set(`${row.endpointId}|${row.bucketAt.getTime()}`, row);
    try {
      for (;;) {
        const portion = [...this.#unwritten].slice(0, rowsPerWrite);
        if (portion.length === 0) return;
        await store.writeRollups({ rollups: portion.map(([, row]) => row) });
        for (const [key] of portion) this.#unwritten.delete(key);
      }
    } catch (error) {
      for (const [key, { bucketAt }] of this.#unwritten) {
        if (bucketAt.getTime() < clock.nowMs() - giveUpAfterMs) this.#unwritten.delete(key);
      }
      logger.warn('Rate limit and circuit breaker events could not be counted yet', { error });
    }
  }
}
