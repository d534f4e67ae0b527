import type { DeliveryJob } from './delivery-job.js';
import { fairShare } from './fair-share.js';
import { Lane } from './lane.js';

export interface DispatcherOptions {
  readonly maxInFlight: number;
  readonly maxLeased: number;
  readonly perEndpointConcurrency: number;
  readonly laneDepth: number;
  /** Attempts one delivery; resolves when its slot is free again. Must not reject. */
  readonly perform: (job: DeliveryJob) => Promise<void>;
}

/**
 * Decides which delivery is attempted next, and how many are held in memory.
 *
 * One lane per endpoint with work; lanes that have something to start form a ring, and each turn starts one delivery
 * of one lane. A lane is bounded in running and in waiting deliveries (see `fairShare`), the process in slots and in
 * leases: what does not fit stays in storage. A lane without work is dropped.
 *
 * A delivery counts as leased from its reservation until `release`, which comes when its outcome is recorded; its
 * slot is free again earlier, when `perform` resolves.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes with waiting deliveries; iterated from the front, moved to the back when served. */
  readonly #ring = new Set<Lane>();
  readonly #leased = new Set<DeliveryJob>();
  #reserved = 0;
  #inFlight = 0;
  #state: 'created' | 'open' | 'closed' = 'created';
  #idleWaiters: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get laneCount(): number {
    return this.#lanes.size;
  }

  /** Every delivery whose lease this process holds. */
  get leased(): ReadonlySet<DeliveryJob> {
    return this.#leased;
  }

  /** How many more deliveries may be held. */
  get room(): number {
    if (this.#state !== 'open') return 0;
    return Math.max(0, this.#options.maxLeased - this.#leased.size - this.#reserved);
  }

  /** Begins to take deliveries. Once only: a closed dispatcher stays closed. */
  open(): void {
    if (this.#state === 'created') this.#state = 'open';
  }

  /**
   * Promises a place to a delivery of this endpoint, if there is one. Each promise must be followed by one `accept`
   * or one `cancelReservation`.
   */
  reserve(endpointId: string): boolean {
    const room = this.room;
    if (room === 0) return false;
    const depth = this.#lanes.get(endpointId)?.depth ?? 0;
    if (depth >= fairShare({ cap: this.#options.laneDepth, free: room })) return false;
    this.#laneOf(endpointId).reserved += 1;
    this.#reserved += 1;
    return true;
  }

  cancelReservation(endpointId: string): void {
    this.#reserved -= 1;
    const lane = this.#lanes.get(endpointId);
    if (lane === undefined) return;
    lane.reserved -= 1;
    this.#dropIfEmpty(lane);
  }

  /** Takes over a delivery for which a place was promised. `false` when it was closed meanwhile. */
  accept(job: DeliveryJob): boolean {
    if (this.#state !== 'open') {
      this.cancelReservation(job.endpointId);
      return false;
    }
    this.#reserved -= 1;
    const lane = this.#laneOf(job.endpointId);
    lane.reserved -= 1;
    this.#enqueue(lane, job);
    return true;
  }

  /** Takes over a claimed delivery, whose claim was bounded already. `false` when it was closed. */
  admit(job: DeliveryJob): boolean {
    if (this.#state !== 'open') return false;
    this.#enqueue(this.#laneOf(job.endpointId), job);
    return true;
  }

  /** The lease of the delivery has ended. */
  release(job: DeliveryJob): void {
    this.#leased.delete(job);
  }

  /** Takes nothing more and starts nothing more; returns the deliveries that were waiting. */
  close(): DeliveryJob[] {
    this.#state = 'closed';
    this.#ring.clear();
    const waiting: DeliveryJob[] = [];
    for (const lane of this.#lanes.values()) {
      waiting.push(...lane.takeAll());
      this.#dropIfEmpty(lane);
    }
    return waiting;
  }

  /** Resolves once no delivery is being attempted. */
  idle(): Promise<void> {
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  #laneOf(endpointId: string): Lane {
    let lane = this.#lanes.get(endpointId);
    if (lane === undefined) {
      lane = new Lane(endpointId);
      this.#lanes.set(endpointId, lane);
    }
    return lane;
  }

  #enqueue(lane: Lane, job: DeliveryJob): void {
    lane.push(job);
    this.#leased.add(job);
    this.#ring.add(lane);
    this.#startDeliveries();
  }

  #dropIfEmpty(lane: Lane): void {
    if (lane.depth === 0) this.#lanes.delete(lane.endpointId);
  }

  /**
   * Walks the ring once, as long as there are free slots and lanes that may start. A lane at its limit has at least
   * one running delivery, so at most `maxInFlight` lanes are passed over.
   */
  #startDeliveries(): void {
    const { maxInFlight, perEndpointConcurrency } = this.#options;
    let passed = 0;
    while (this.#inFlight < maxInFlight && passed < this.#ring.size) {
      const lane = this.#ring.values().next().value;
      if (lane === undefined) return;
      this.#ring.delete(lane);
      const limit = fairShare({ cap: perEndpointConcurrency, free: maxInFlight - this.#inFlight });
      const job = lane.running < limit ? lane.shift() : undefined;
      if (lane.waiting > 0) this.#ring.add(lane);
      if (job === undefined) {
        passed += 1;
      } else {
        passed = 0;
        void this.#run(lane, job);
      }
    }
  }

  async #run(lane: Lane, job: DeliveryJob): Promise<void> {
    lane.running += 1;
    this.#inFlight += 1;
    try {
      await this.#options.perform(job);
    } finally {
      lane.running -= 1;
      this.#inFlight -= 1;
      this.#dropIfEmpty(lane);
      this.#startDeliveries();
      if (this.#inFlight === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
    }
  }
}
