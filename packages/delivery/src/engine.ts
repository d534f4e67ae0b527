import {
  applicationTag,
  createHintHub,
  createIdGenerator,
  type CancelDeliveryResult,
  type Clock,
  type Invalidation,
  type Invalidations,
  type Logger,
  type Random,
  type Storage,
  type Wake,
} from '@postrider/core';
import { createRetryBudget, type RetryBudget, type SharedState } from '@postrider/resilience';
import { PauseBook } from './attempt/pause-book.js';
import { cancel } from './cancel.js';
import { deliveryError } from './errors.js';
import { Doorkeeper } from './gates/doorkeeper.js';
import { EgressWatch, type Canary } from './gates/egress-watch.js';
import { createEndpointControl } from './gates/endpoint-control.js';
import { GateBook } from './gates/gate-book.js';
import { RateLimits } from './gates/rate-limits.js';
import { createCounters } from './internal/counters.js';
import type { EngineContext } from './internal/engine-context.js';
import { Observers } from './internal/observers.js';
import { settlesWithin } from './internal/settles-within.js';
import { resolveOptions, type DeliveryEngineOptions } from './options.js';
import type {
  CancelParams,
  DeliveryEngine,
  DeliveryStats,
  DrainReport,
  PublishParams,
  PublishResult,
  ResendParams,
  ResendResult,
} from './ports/delivery.js';
import type { BreakerView, EndpointControl, EndpointRef } from './ports/endpoint-control.js';
import type { DeliveryObserver } from './ports/delivery-observer.js';
import { noFailpoints, type Failpoints } from './ports/failpoints.js';
import { Publisher } from './publish/publisher.js';
import { resend } from './resend.js';
import { RouteCache } from './routing/route-cache.js';
import type { Sender } from './sender/sender.js';
import { DeliveryWorker } from './worker.js';

export interface DeliveryEngineDeps {
  readonly storage: Storage;
  readonly sender: Sender;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly wake: Wake;
  /** Tells of changes by other parts and processes, and them of changes here; by default known to this engine alone. */
  readonly invalidations?: Invalidations | undefined;
  /** Asked once, at `start`: what a plugin gets for the extension point `deliveryObservers`, or a list of one's own. */
  readonly observers?: { all(): readonly DeliveryObserver[] } | undefined;
  /**
   * Where all workers keep breakers and rates together. It is asked with every result and must neither fail nor wait for
   * long: put `createFailoverState` before one that leaves the process. Default: each process keeps its own.
   */
  readonly sharedState?: SharedState | undefined;
  readonly failpoints?: Failpoints | undefined;
  /** Asked when most endpoints of an environment begin to fail together: can we reach anybody? Default: nobody to ask. */
  readonly canary?: Canary | undefined;
}

/** How long `stop` waits for publishes under way. */
const publishDeadlineMs = 10_000;

/** Builds an engine; nothing runs before `start`. Throws `DELIVERY_OPTIONS_INVALID`. */
export function createDeliveryEngine(deps: DeliveryEngineDeps, options: DeliveryEngineOptions = {}): DeliveryEngine {
  return new Engine(deps, options);
}

/** created → running → draining → stopped, each step optional, none back. */
class Engine implements DeliveryEngine {
  readonly #context: EngineContext;
  readonly #observers: DeliveryEngineDeps['observers'];
  readonly #routes: RouteCache;
  readonly #publisher: Publisher;
  /** Absent in the role `api`. */
  readonly #worker: DeliveryWorker | undefined;
  readonly #unsubscribe: () => void;
  readonly #control: EndpointControl;
  readonly #egress: EgressWatch;
  readonly #budget: RetryBudget;
  #state: DeliveryStats['state'] = 'created';
  #stopping: Promise<void> | undefined;

  constructor(deps: DeliveryEngineDeps, options: DeliveryEngineOptions) {
    const { storage, sender, clock, random, logger, wake, failpoints = noFailpoints } = deps;
    const { invalidations = createHintHub({ clock, logger }).invalidations } = deps;
    const randomWorkerId = `worker-${Buffer.from(random.bytes(9)).toString('base64url')}`;
    const resolved = resolveOptions(options, randomWorkerId);
    this.#context = {
      store: storage,
      clock,
      random,
      ids: createIdGenerator({ clock, random }),
      logger,
      wake,
      invalidations,
      failpoints,
      options: resolved,
      counters: createCounters(),
      observers: new Observers(logger),
    };
    this.#observers = deps.observers;
    this.#routes = new RouteCache(
      { store: storage, clock },
      { ttlMs: resolved.routeTtlMs, maxEndpoints: resolved.maxCachedEndpoints },
    );
    this.#unsubscribe = invalidations.subscribe((invalidation) => this.#forget(invalidation));
    const pauses = new PauseBook();
    const { sharedState: shared } = deps;
    const rates = new RateLimits({ monotonicMs: () => clock.monotonicMs(), nowMs: () => clock.nowMs(), shared });
    this.#egress = new EgressWatch(this.#context, deps.canary);
    this.#budget = createRetryBudget({ now: () => clock.monotonicMs() });
    const gates = new GateBook(this.#context, { egress: this.#egress, rates, shared });
    const doorkeeper = new Doorkeeper(this.#context, {
      pauses,
      egress: this.#egress,
      record: (item) => this.#worker?.recorder.push(item),
    });
    const guards = { routes: this.#routes, gates, doorkeeper };
    this.#control = createEndpointControl(this.#context, { ...guards, rates });
    this.#worker =
      resolved.role === 'api'
        ? undefined
        : new DeliveryWorker(this.#context, { sender, ...guards, budget: this.#budget, egress: this.#egress });
    this.#publisher = new Publisher(this.#context, {
      routes: this.#routes,
      pauses,
      dispatcher: this.#worker?.dispatcher,
      recall: (target, application) => {
        if (this.#worker !== undefined) gates.recall(target, application);
      },
      release: (job) => this.#worker?.releaser.release(job),
      overflowed: () => this.#worker?.overflowed(),
    });
  }

  async publish(params: PublishParams): Promise<PublishResult> {
    this.#refuseWhenStopped();
    return this.#publisher.publish(params);
  }

  async resend(params: ResendParams): Promise<ResendResult> {
    this.#refuseWhenStopped();
    return resend(this.#context, params);
  }

  async cancelDelivery(params: CancelParams): Promise<CancelDeliveryResult> {
    this.#refuseWhenStopped();
    const abandon = (deliveryId: string): void => this.#worker?.abandon(deliveryId);
    return cancel(this.#context, { ...params, abandon });
  }

  invalidateRoutes(params: { applicationId: string }): void {
    this.#context.invalidations.publish({ tags: [applicationTag(params.applicationId)] });
  }

  listBreakers(params: { readonly environmentId: string }): readonly BreakerView[] {
    return this.#control.listBreakers(params);
  }

  getBreaker(endpoint: EndpointRef): Promise<BreakerView | undefined> {
    return this.#control.getBreaker(endpoint);
  }

  forceBreaker(params: Parameters<EndpointControl['forceBreaker']>[0]): Promise<BreakerView | undefined> {
    return this.#control.forceBreaker(params);
  }

  getRateLimits(endpoint: EndpointRef): ReturnType<EndpointControl['getRateLimits']> {
    return this.#control.getRateLimits(endpoint);
  }

  async start(): Promise<void> {
    if (this.#state !== 'created') return;
    this.#state = 'running';
    this.#context.observers.set(this.#observers?.all() ?? []);
    this.#worker?.start();
  }

  async drain(params: { deadlineMs: number }): Promise<DrainReport> {
    if (this.#state !== 'stopped') this.#state = 'draining';
    return this.#worker?.drain(params) ?? { finished: 0, released: 0 };
  }

  stop(): Promise<void> {
    return (this.#stopping ??= this.#stop());
  }

  stats(): DeliveryStats {
    const { counters, options } = this.#context;
    const worker = this.#worker;
    return {
      state: this.#state,
      workerId: options.workerId,
      leased: worker?.dispatcher.leased.size ?? 0,
      inFlight: worker?.dispatcher.inFlight ?? 0,
      maxInFlight: options.maxInFlight,
      lanes: worker?.dispatcher.laneCount ?? 0,
      queuedPublishes: this.#publisher.waiting,
      routes: this.#routes.stats,
      queuedOutcomes: worker?.recorder.queued ?? 0,
      counters: { ...counters },
      egressSuspects: this.#egress.suspects,
      retryShare: this.#budget.share(),
      loops: worker?.loops ?? [],
    };
  }

  #forget(invalidation: Invalidation): void {
    if (invalidation.kind === 'everything') return this.#routes.clear();
    for (const tag of invalidation.tags) this.#routes.invalidateTag(tag);
  }

  async #stop(): Promise<void> {
    this.#state = 'stopped';
    await settlesWithin(this.#publisher.idle(), { clock: this.#context.clock, deadlineMs: publishDeadlineMs });
    await this.#worker?.drain({ deadlineMs: 0 });
    this.#unsubscribe();
    this.#egress.stop();
  }

  #refuseWhenStopped(): void {
    if (this.#state !== 'stopped') return;
    throw deliveryError('DELIVERY_STOPPED', 'The delivery engine was stopped; this process takes no more publishes.');
  }
}
