import {
  orderingOf,
  type Application,
  type AppendEntry,
  type AppendResult,
  type Message,
  type NewDelivery,
} from '@postrider/core';
import type { PauseBook } from '../attempt/pause-book.js';
import { createJob, OutboundMessage, type DeliveryJob } from '../dispatch/delivery-job.js';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { deliveryError } from '../errors.js';
import type { EngineContext } from '../internal/engine-context.js';
import { GroupCommit } from '../internal/group-commit.js';
import type { PublishParams, PublishResult } from '../ports/delivery.js';
import type { RouteCache } from '../routing/route-cache.js';
import type { RouteTarget } from '../routing/route-target.js';
import { exclusiveKeys, type PendingPublish } from './pending-publish.js';

export interface PublisherParts {
  readonly routes: RouteCache;
  readonly pauses: PauseBook;
  /** Absent where this process does not deliver: every delivery then waits in storage. */
  readonly dispatcher: Dispatcher | undefined;
  /** The endpoint is about to get work: what was learned about it decides where that waits. */
  readonly recall: (target: RouteTarget, application: Application) => void;
  /** Gives back a lease that nobody here can take. */
  readonly release: (job: DeliveryJob) => void;
  /** Deliveries had to be left in storage because their lanes are full. */
  readonly overflowed: () => void;
}

/** An entry of the batch, and which of its deliveries are born with a lease of ours. */
interface PreparedPublish {
  readonly entry: AppendEntry;
  readonly leased: readonly NewDelivery[];
  /** Whether a delivery could be attempted now but found no room here. */
  readonly overflows: boolean;
  /** Whether a delivery stands in a line: storage knows who is the first, so it is claimed rather than born leased. */
  readonly isOrdered: boolean;
}

/**
 * Accepts messages: routes them, commits them in groups, and hands their deliveries to the dispatcher.
 *
 * A delivery is born leased when the dispatcher promised it a place just before the commit; otherwise it is `pending`.
 * Then a wake hint follows the commit, unless this process has room but the lane of the endpoint is full: no other
 * process would be given more of that endpoint either, and this one claims when the lane has emptied. A failure of the store rejects exactly the publishes of its batch.
 */
export class Publisher {
  readonly #context: EngineContext;
  readonly #parts: PublisherParts;
  readonly #commits: GroupCommit<PendingPublish>;
  #waiting = 0;

  constructor(context: EngineContext, parts: PublisherParts) {
    this.#context = context;
    this.#parts = parts;
    this.#commits = new GroupCommit({
      maxBatchSize: context.options.publishBatchSize,
      concurrency: context.options.commitConcurrency,
      commit: (batch) => this.#commit(batch),
      keysOf: exclusiveKeys,
    });
  }

  /** Publishes that are not answered yet. */
  get waiting(): number {
    return this.#waiting;
  }

  async publish(params: PublishParams): Promise<PublishResult> {
    const { counters, options } = this.#context;
    if (this.#waiting >= options.maxQueuedPublishes) {
      counters.publishesRefused += 1;
      throw deliveryError(
        'DELIVERY_OVERLOADED',
        `${this.#waiting} publishes wait for storage, the most allowed (maxQueuedPublishes). Try again later.`,
      );
    }
    this.#waiting += 1;
    try {
      const { routes } = this.#parts;
      const applicationId = params.application.id;
      const table = routes.peek(applicationId) ?? (await routes.get(applicationId));
      if (table === undefined) return { outcome: 'application_missing' };
      const targets = table.match(params.message);
      for (const target of targets) this.#parts.recall(target, table.application);
      return await this.#enqueue(params, targets);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Resolves once every publish was answered. */
  async idle(): Promise<void> {
    // A publish that still waits for its route is not queued yet.
    while (this.#waiting > 0) {
      await this.#commits.idle();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #enqueue(params: PublishParams, targets: readonly RouteTarget[]): Promise<PublishResult> {
    const { clock, ids } = this.#context;
    const message: Message = {
      ...params.message,
      id: ids.next('msg_'),
      environmentId: params.application.environmentId,
      applicationId: params.application.id,
      createdAt: clock.now(),
    };
    return new Promise((resolve, reject) => {
      this.#commits.push({ message, targets, idempotency: params.idempotency, resolve, reject });
    });
  }

  async #commit(batch: PendingPublish[]): Promise<void> {
    const { clock, failpoints, observers, options, store } = this.#context;
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + options.leaseMs);
    const prepared = batch.map((publish) => this.#prepare(publish, { now, leaseUntil }));
    let results: readonly AppendResult[];
    let commitMs: number;
    try {
      await failpoints.hit('publish.before_commit');
      const startedMs = clock.monotonicMs();
      results = await store.appendMessages({ entries: prepared.map(({ entry }) => entry), now });
      commitMs = clock.monotonicMs() - startedMs;
      await failpoints.hit('publish.after_commit');
    } catch (error) {
      for (const { leased } of prepared) this.#cancel(leased);
      for (const publish of batch) publish.reject(error);
      return;
    }
    for (const [index, publish] of batch.entries()) this.#answer(publish, results[index]);
    const appended: PreparedPublish[] = [];
    for (const [index, one] of prepared.entries()) {
      if (results[index]?.outcome === 'appended') appended.push(one);
      else this.#cancel(one.leased);
    }
    for (const one of appended) this.#dispatch(one, leaseUntil.getTime());
    if (appended.some(({ isOrdered }) => isOrdered)) this.#context.wake.notify();
    else if (appended.some(({ overflows }) => overflows)) this.#announceOverflow();
    observers.published({ messages: appended.map(({ entry }) => entry.message), commitMs });
  }

  #announceOverflow(): void {
    const { options, wake } = this.#context;
    const room = this.#parts.dispatcher?.room ?? 0;
    if (room > options.maxLeased / 2) this.#parts.overflowed();
    else wake.notify();
  }

  #prepare(publish: PendingPublish, lease: { now: Date; leaseUntil: Date }): PreparedPublish {
    const { ids, options } = this.#context;
    const { message, targets, idempotency } = publish;
    const deliverAt = message.deliverAt;
    const dueAt = deliverAt !== undefined && deliverAt > lease.now ? deliverAt : lease.now;
    const ours = { workerId: options.workerId, leaseUntil: lease.leaseUntil };
    const leased: NewDelivery[] = [];
    let overflows = false;
    let isOrdered = false;
    const deliveries = targets.map((target): NewDelivery => {
      const delivery = { id: ids.next('dlv_'), endpointId: target.endpoint.id, trigger: 'scheduled', dueAt } as const;
      const ordering = orderingOf(target.endpoint, message);
      if (ordering !== undefined) {
        isOrdered = true;
        return { ...delivery, ordering };
      }
      if (dueAt !== lease.now || this.#isPaused(target, lease.now)) return delivery;
      if (this.#parts.dispatcher?.reserve(target.endpoint.id) !== true) {
        overflows = true;
        return delivery;
      }
      const own = { ...delivery, lease: ours };
      leased.push(own);
      return own;
    });
    return { entry: { message, deliveries, idempotency }, leased, overflows, isOrdered };
  }

  #isPaused(target: RouteTarget, now: Date): boolean {
    return this.#parts.pauses.pausedUntilMs(target, now.getTime()) !== undefined;
  }

  #cancel(leased: readonly NewDelivery[]): void {
    for (const { endpointId } of leased) this.#parts.dispatcher?.cancelReservation(endpointId);
  }

  #answer(publish: PendingPublish, result: AppendResult | undefined): void {
    if (result === undefined) {
      publish.reject(new TypeError('The storage adapter returned fewer results than it was given entries.'));
    } else if (result.outcome === 'appended') {
      this.#context.counters.published += 1;
      publish.resolve({ outcome: 'appended', message: publish.message });
    } else {
      publish.resolve(result);
    }
  }

  #dispatch({ entry, leased }: PreparedPublish, leaseUntilMs: number): void {
    const { dispatcher, release } = this.#parts;
    if (leased.length === 0 || dispatcher === undefined) return;
    const outbound = new OutboundMessage(entry.message);
    for (const delivery of leased) {
      const job = toJob(delivery, outbound, leaseUntilMs);
      if (!dispatcher.accept(job)) release(job);
    }
  }
}

function toJob(delivery: NewDelivery, outbound: OutboundMessage, leaseUntilMs: number): DeliveryJob {
  const { message } = outbound;
  return createJob({
    // What is born leased carries the first token: see `NewDelivery`.
    lease: { applicationId: message.applicationId, messageId: message.id, deliveryId: delivery.id, leaseToken: 1 },
    delivery: {
      endpointId: delivery.endpointId,
      trigger: delivery.trigger,
      attemptCount: 0,
      firstAttemptAt: undefined,
    },
    outbound,
    leaseUntilMs,
  });
}
