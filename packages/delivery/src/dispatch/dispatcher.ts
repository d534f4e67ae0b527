import type { DeliveryJob } from './delivery-job.js';
import { fairShare } from './fair-share.js';
import type { LaneGuard, Pace } from './lane-guard.js';
import type { LaneHolds, LaneHoldsParts } from './lane-holds.js';
import { Lane, type Ring } from './lane.js';

export interface DispatcherOptions {
  readonly maxInFlight: number;
  readonly maxLeased: number;
  readonly laneDepth: number;
  readonly guard: LaneGuard;
  /** Builds the place where lanes wait for a rate. */
  readonly createHolds: (parts: Pick<LaneHoldsParts, 'rateWait' | 'resume'>) => LaneHolds;
  /** Whether retries should let first attempts go before them. */
  readonly retriesYield: () => boolean;
  /** Attempts one delivery; resolves when its slot is free again. Must not reject. */
  readonly perform: (job: DeliveryJob) => Promise<void>;
}

/** Lanes that are looked at in search of a first attempt while retries yield. */
const maxLanesSearched = 64;

/**
 * Decides which delivery is attempted next, and how many are held in memory.
 *
 * One lane per endpoint with work; lanes that have something to start form a ring, and each turn starts one delivery
 * of one lane. A lane is bounded in running and in waiting deliveries (see `fairShare`), the process in slots and in
 * leases: what does not fit stays in storage. A lane without work is dropped. A lane whose rate is used up leaves the
 * ring until it may go on.
 *
 * There is a ring for each pace. Endpoints whose last request was slow share half of the slots, those that are new a
 * quarter: requests that hang until their deadline hold a slot for thousands of times as long as others, and a crowd of
 * endpoints that never answer would sit in all of them. So a quarter is always left for the quick ones.
 *
 * A delivery counts as leased from its reservation until `release`, which comes when its outcome is recorded; its
 * slot is free again earlier, when `perform` resolves.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #rings: Readonly<Record<Pace, Ring>>;
  readonly #order: readonly Ring[];
  readonly #holds: LaneHolds;
  /** Deliveries in lanes that were never attempted. */
  #firstAttempts = 0;
  readonly #leased = new Set<DeliveryJob>();
  #reserved = 0;
  #inFlight = 0;
  #state: 'created' | 'open' | 'closed' = 'created';
  #idleWaiters: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
    const { maxInFlight } = options;
    this.#rings = {
      quick: createRing(maxInFlight),
      unknown: createRing(Math.max(1, maxInFlight >> 2)),
      slow: createRing(Math.max(1, maxInFlight >> 1)),
    };
    this.#order = [this.#rings.unknown, this.#rings.slow, this.#rings.quick];
    this.#holds = options.createHolds({
      rateWait: ({ endpointId }) => options.guard.rateWait(endpointId),
      resume: (lane) => {
        this.#line(lane);
        this.#startDeliveries();
      },
    });
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
    const lane = this.#lanes.get(endpointId);
    const { guard, laneDepth } = this.#options;
    if ((lane?.depth ?? 0) >= fairShare({ cap: laneDepth, free: room })) return false;
    if (lane !== undefined && lane.waiting + lane.reserved >= guard.laneDepth(endpointId)) return false;
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

  /**
   * Takes over a claimed delivery, whose claim was bounded already, unless it was closed. `crowded`: so many deliveries
   * wait for the rate of the endpoint that this one would have to wait for long.
   */
  admit(job: DeliveryJob): 'admitted' | 'closed' | 'crowded' {
    if (this.#state !== 'open') return 'closed';
    const waiting = this.#lanes.get(job.endpointId)?.waiting ?? 0;
    if (waiting > 0 && waiting >= this.#options.guard.laneDepth(job.endpointId)) {
      this.#leased.add(job);
      return 'crowded';
    }
    this.#enqueue(this.#laneOf(job.endpointId), job);
    return 'admitted';
  }

  /** The lease of the delivery has ended. */
  release(job: DeliveryJob): void {
    this.#leased.delete(job);
  }

  /** Takes nothing more and starts nothing more; returns the deliveries that were waiting. */
  close(): DeliveryJob[] {
    this.#state = 'closed';
    for (const ring of this.#order) ring.lanes.clear();
    this.#holds.clear();
    this.#firstAttempts = 0;
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
    if (job.attemptCount === 0) this.#firstAttempts += 1;
    this.#leased.add(job);
    this.#line(lane);
    this.#startDeliveries();
  }

  /** Puts a lane into the ring where it belongs now; where it stands already, it keeps its place. */
  #line(lane: Lane): void {
    if (this.#state !== 'open' || lane.waiting === 0 || lane.isHeld) return;
    const ring = this.#ringOf(lane);
    if (lane.ring !== ring) lane.ring?.lanes.delete(lane);
    lane.ring = ring;
    ring.lanes.add(lane);
  }

  #ringOf({ endpointId }: Lane): Ring {
    return this.#rings[this.#options.guard.pace(endpointId)];
  }

  #dropIfEmpty(lane: Lane): void {
    if (lane.depth === 0) this.#lanes.delete(lane.endpointId);
  }

  /** Starts what may start: one delivery of each ring in turn. While retries yield, first attempts before all else. */
  #startDeliveries(): void {
    if (this.#firstAttempts > 0 && this.#options.retriesYield()) while (this.#startOneOfEach(true));
    while (this.#startOneOfEach(false));
  }

  #startOneOfEach(firstAttemptsOnly: boolean): boolean {
    let started = false;
    for (const ring of this.#order) {
      if (ring.lanes.size > 0 && this.#startOne(ring, firstAttemptsOnly)) started = true;
    }
    return started;
  }

  /**
   * Walks the ring until a delivery was started. A lane at its limit has at least one running delivery, so at most
   * `maxInFlight` lanes are passed over.
   */
  #startOne(ring: Ring, firstAttemptsOnly: boolean): boolean {
    const free = Math.min(this.#options.maxInFlight - this.#inFlight, ring.slots - ring.inFlight);
    if (free <= 0) return false;
    let left = firstAttemptsOnly ? Math.min(ring.lanes.size, maxLanesSearched) : ring.lanes.size;
    for (const lane of ring.lanes) {
      if (left === 0) break;
      left -= 1;
      ring.lanes.delete(lane);
      const job = this.#take(lane, { free, firstAttemptsOnly });
      this.#line(lane);
      if (job !== undefined) {
        void this.#run(lane, ring, job);
        return true;
      }
    }
    return false;
  }

  #take(lane: Lane, params: { free: number; firstAttemptsOnly: boolean }): DeliveryJob | undefined {
    const { guard } = this.#options;
    const limit = fairShare({ cap: guard.limit(lane.endpointId), free: params.free });
    if (lane.running >= limit || (params.firstAttemptsOnly && lane.firstAttempts === 0)) return undefined;
    const wait = guard.rateWait(lane.endpointId);
    if (wait !== undefined) {
      this.#holds.hold(lane, wait);
      return undefined;
    }
    const job = params.firstAttemptsOnly ? lane.shiftFirstAttempt() : lane.shift();
    if (job?.attemptCount === 0) this.#firstAttempts -= 1;
    return job;
  }

  /** The slot counts in the ring that had it free, whatever becomes of the lane meanwhile. */
  async #run(lane: Lane, ring: Ring, job: DeliveryJob): Promise<void> {
    lane.running += 1;
    ring.inFlight += 1;
    this.#inFlight += 1;
    try {
      await this.#options.perform(job);
    } finally {
      lane.running -= 1;
      ring.inFlight -= 1;
      this.#inFlight -= 1;
      this.#dropIfEmpty(lane);
      this.#line(lane);
      this.#startDeliveries();
      if (this.#inFlight === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
    }
  }
}

function createRing(slots: number): Ring {
  return { slots, lanes: new Set(), inFlight: 0 };
}
