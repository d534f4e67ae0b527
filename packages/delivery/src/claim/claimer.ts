import type { ClaimedDelivery, LeaseRef } from '@postrider/core';
import { createJob, OutboundMessage, type DeliveryJob } from '../dispatch/delivery-job.js';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { fairShare } from '../dispatch/fair-share.js';
import type { EngineContext } from '../internal/engine-context.js';
import { Loop } from '../internal/loop.js';

export interface ClaimerParts {
  readonly dispatcher: Dispatcher;
  /** Gives back leases that the dispatcher cannot take. */
  readonly release: (job: DeliveryJob) => void;
  /** The endpoint is about to get work: what was learned about it decides where that waits. */
  readonly recall: (job: DeliveryJob) => void;
  /** Gives back deliveries whose lane is crowded. */
  readonly turnAway: (job: DeliveryJob) => void;
  /** Whether retries should let first attempts go before them. */
  readonly retriesYield: () => boolean;
}

/** Most deliveries of one claim. */
const claimBatchSize = 500;
/** Claims are at least this far apart: hints may come with every publish. */
const minGapMs = 10;

/**
 * Fetches what is due and not in memory: retries, what did not fit, the work of vanished workers. It asks when a hint
 * comes, when the poll interval is over, and, after a claim that found something, as soon as half of that is done:
 * a claim is bounded per endpoint, so there may be more.
 */
export class Claimer {
  readonly loop: Loop;
  readonly #context: EngineContext;
  readonly #parts: ClaimerParts;
  /** Deliveries to leave memory before the next claim; 0 when nothing more is known to wait. */
  #untilNextClaim = 0;

  constructor(context: EngineContext, parts: ClaimerParts) {
    this.#context = context;
    this.#parts = parts;
    this.loop = new Loop(context, {
      name: 'claimer',
      intervalMs: context.options.pollIntervalMs,
      minGapMs,
      run: () => this.#claim(),
    });
  }

  /** Deliveries left the memory of this process. */
  released(count: number): void {
    if (this.#untilNextClaim === 0) return;
    this.#untilNextClaim -= count;
    if (this.#untilNextClaim > 0) return;
    this.#untilNextClaim = 0;
    this.loop.wake();
  }

  /** Deliveries were left in storage for want of room: there is something to claim when room comes. */
  overflowed(): void {
    const { laneDepth, maxLeased } = this.#context.options;
    // Half of what the lane held at least: see `fairShare`.
    if (this.#untilNextClaim === 0) this.#untilNextClaim = Math.ceil(Math.min(laneDepth, maxLeased >> 3) / 2) || 1;
  }

  async #claim(): Promise<void> {
    const { clock, failpoints, options, store } = this.#context;
    const { dispatcher } = this.#parts;
    const limit = Math.min(claimBatchSize, dispatcher.room);
    if (limit === 0) {
      this.#untilNextClaim = Math.max(1, options.maxLeased >> 2);
      return;
    }
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + options.leaseMs);
    const claim = (room: number, firstAttemptsOnly: boolean): Promise<readonly ClaimedDelivery[]> =>
      store.claimDue({
        workerId: options.workerId,
        limit: room,
        perEndpointLimit: fairShare({ cap: options.laneDepth, free: dispatcher.room }),
        leaseUntil,
        now,
        firstAttemptsOnly,
      });
    let claimed: readonly ClaimedDelivery[] = [];
    if (this.#parts.retriesYield()) claimed = await claim(limit, true);
    if (claimed.length < limit) claimed = [...claimed, ...(await claim(limit - claimed.length, false))];
    await failpoints.hit('claim.after_commit');
    if (claimed.length > 0) this.#untilNextClaim = Math.ceil(claimed.length / 2);
    this.#handOver(claimed, leaseUntil.getTime());
  }

  #handOver(claimed: readonly ClaimedDelivery[], leaseUntilMs: number): void {
    const { dispatcher, recall, release, turnAway } = this.#parts;
    const outbounds = new Map<string, OutboundMessage>();
    for (const { delivery, message } of claimed) {
      let outbound = outbounds.get(message.id);
      if (outbound === undefined) outbounds.set(message.id, (outbound = new OutboundMessage(message)));
      const lease: LeaseRef = {
        applicationId: delivery.applicationId,
        messageId: delivery.messageId,
        deliveryId: delivery.id,
        leaseToken: delivery.leaseToken,
      };
      const job = createJob({ lease, delivery, outbound, leaseUntilMs });
      recall(job);
      const admission = dispatcher.admit(job);
      if (admission === 'closed') release(job);
      else if (admission === 'crowded') turnAway(job);
    }
  }
}
