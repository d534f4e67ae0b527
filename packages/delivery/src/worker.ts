import type { Timer } from '@postrider/core';
import type { RetryBudget } from '@postrider/resilience';
import { AttemptRunner } from './attempt/attempt-runner.js';
import { EndpointDisabler } from './attempt/endpoint-disabler.js';
import { FaultBudget } from './attempt/fault-budget.js';
import { Claimer } from './claim/claimer.js';
import type { DeliveryJob } from './dispatch/delivery-job.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { LaneHolds } from './dispatch/lane-holds.js';
import { FailureWatch } from './failing/failure-watch.js';
import type { Doorkeeper } from './gates/doorkeeper.js';
import type { EgressWatch } from './gates/egress-watch.js';
import type { GateBook } from './gates/gate-book.js';
import type { EngineContext } from './internal/engine-context.js';
import { Loop } from './internal/loop.js';
import { settlesWithin } from './internal/settles-within.js';
import { renewLeases } from './lease/heartbeat.js';
import { reapExpiredLeases } from './lease/reaper.js';
import { Releaser } from './lease/releaser.js';
import type { DrainReport, LoopStats } from './ports/delivery.js';
import { Recorder } from './record/recorder.js';
import type { RouteCache } from './routing/route-cache.js';
import type { Sender } from './sender/sender.js';

export interface WorkerParts {
  readonly sender: Sender;
  readonly routes: RouteCache;
  readonly gates: GateBook;
  readonly doorkeeper: Doorkeeper;
  readonly budget: RetryBudget;
  readonly egress: EgressWatch;
}

/** Loops other than the claimer have no use for being woken more often than this. */
const loopGapMs = 1_000;
/** How long a drain waits for storage after the last request has ended. */
const flushDeadlineMs = 5_000;

/** The half of the engine that delivers: claims, attempts, records, and keeps its leases alive meanwhile. */
export class DeliveryWorker {
  readonly dispatcher: Dispatcher;
  readonly recorder: Recorder;
  readonly releaser: Releaser;
  readonly #context: EngineContext;
  readonly #disabler: EndpointDisabler;
  readonly #claimer: Claimer;
  readonly #heartbeat: Loop;
  readonly #reaper: Loop;
  /** Absent when endpoints that fail are left alone. */
  readonly #failureWatch: FailureWatch | undefined;
  #unsubscribe: (() => void) | undefined;
  #cutOff = false;
  /** The earliest deadline of all that were given to `drain`. */
  readonly #timeIsUp = Promise.withResolvers<void>();
  readonly #deadlines: Timer[] = [];
  #drain: Promise<DrainReport> | undefined;

  constructor(context: EngineContext, parts: WorkerParts) {
    this.#context = context;
    const { heartbeatIntervalMs, reapIntervalMs } = context.options;
    const released = (jobs: readonly DeliveryJob[]): void => this.#forgetAll(jobs);
    this.#disabler = new EndpointDisabler(context);
    this.recorder = new Recorder(context, { released, advanced: () => this.#claimer.loop.wake() });
    this.releaser = new Releaser(context, { released });
    const runner = new AttemptRunner(context, {
      ...parts,
      disabler: this.#disabler,
      faults: new FaultBudget(),
      record: (item) => this.recorder.push(item),
      release: (job) => this.releaser.release(job),
      surrender: (job) => this.releaser.surrender(job),
      forget: (job) => this.#forgetAll([job]),
      isCutOff: () => this.#cutOff,
    });
    const { clock, observers, options } = context;
    const retriesYield = (): boolean => parts.budget.isSpent();
    this.dispatcher = new Dispatcher({
      ...options,
      guard: parts.gates,
      createHolds: (lanes) =>
        new LaneHolds({
          ...lanes,
          clock,
          held: (wait) => {
            const guarded = parts.gates.peek(wait.endpointId);
            if (guarded === undefined) return;
            observers.rateHeld({ ...wait, environmentId: guarded.target.endpoint.environmentId });
          },
        }),
      retriesYield,
      perform: (job) => runner.run(job),
    });
    this.#claimer = new Claimer(context, {
      dispatcher: this.dispatcher,
      release: (job) => this.releaser.release(job),
      recall: ({ endpointId, lease }) => {
        const table = parts.routes.peek(lease.applicationId);
        const target = table?.target(endpointId);
        if (table !== undefined && target !== undefined) parts.gates.recall(target, table.application);
      },
      turnAway: (job) => {
        const guarded = parts.gates.peek(job.endpointId);
        if (guarded === undefined) this.releaser.release(job);
        else parts.doorkeeper.turnAway(job, guarded);
      },
      retriesYield,
    });
    this.#heartbeat = new Loop(context, {
      name: 'heartbeat',
      intervalMs: heartbeatIntervalMs,
      minGapMs: loopGapMs,
      run: () => renewLeases(context, this.dispatcher),
    });
    this.#reaper = new Loop(context, {
      name: 'reaper',
      intervalMs: reapIntervalMs,
      minGapMs: loopGapMs,
      run: () => reapExpiredLeases(context),
    });
    if (options.autoDisableAfterMs > 0) {
      this.#failureWatch = new FailureWatch(context, { isSuspect: (id) => !parts.egress.mayOpen(id) });
    }
  }

  get loops(): readonly LoopStats[] {
    const loops = [this.#claimer.loop, this.#heartbeat, this.#reaper, this.#failureWatch?.loop];
    return loops.flatMap((loop) => loop?.stats ?? []);
  }

  start(): void {
    if (this.#drain !== undefined || this.#unsubscribe !== undefined) return;
    this.dispatcher.open();
    this.#unsubscribe = this.#context.wake.subscribe(() => this.#claimer.loop.wake());
    this.#heartbeat.start();
    this.#reaper.start();
    this.#claimer.loop.start();
    this.#failureWatch?.loop.start();
  }

  /** See `Claimer.overflowed`. */
  overflowed(): void {
    this.#claimer.overflowed();
  }

  /** Cuts off what this process does for a delivery that is not its business any more. */
  abandon(deliveryId: string): void {
    for (const job of this.dispatcher.leased) {
      if (job.lease.deliveryId !== deliveryId || job.recording) continue;
      job.lost = true;
      job.abort?.abort();
    }
  }

  /** See `DeliveryLifecycle.drain`. */
  drain(params: { readonly deadlineMs: number }): Promise<DrainReport> {
    this.#drain ??= this.#drainOnce();
    const timeIsUp = (): void => this.#timeIsUp.resolve();
    if (params.deadlineMs <= 0) timeIsUp();
    else if (!this.#cutOff) this.#deadlines.push(this.#context.clock.setTimeout(timeIsUp, params.deadlineMs));
    return this.#drain;
  }

  async #drainOnce(): Promise<DrainReport> {
    const { clock, logger } = this.#context;
    const before = { finished: this.#finished(), released: this.releaser.count };
    this.#unsubscribe?.();
    const claimerStopped = this.#claimer.loop.stop();
    const watchStopped = this.#failureWatch?.stop();
    for (const job of this.dispatcher.close()) this.releaser.release(job);
    await this.#strikeWhileDraining();

    const idle = this.dispatcher.idle().then(() => true);
    const inTime = await Promise.race([idle, this.#timeIsUp.promise.then(() => false)]);
    for (const deadline of this.#deadlines) deadline.cancel();
    this.#cutOff = true;
    for (const job of this.dispatcher.leased) job.abort?.abort();
    const flushed = await settlesWithin(Promise.all([this.#flush(claimerStopped), watchStopped]), {
      clock,
      deadlineMs: flushDeadlineMs,
    });
    this.recorder.stopRetrying();
    await Promise.all([this.#heartbeat.stop(), this.#reaper.stop()]);

    const report = { finished: this.#finished() - before.finished, released: this.releaser.count - before.released };
    logger.info('Drained', { ...report, inTime, flushed, leasesLeft: this.dispatcher.leased.size });
    return report;
  }

  async #strikeWhileDraining(): Promise<void> {
    try {
      await this.#context.failpoints.hit('shutdown.draining');
    } catch (error) {
      // A drain goes on whatever happens: what it leaves undone costs others a lease to wait for.
      this.#context.logger.error('A failpoint struck while draining', { error });
    }
  }

  async #flush(claimerStopped: Promise<void>): Promise<void> {
    await Promise.all([claimerStopped, this.dispatcher.idle()]);
    await Promise.all([this.#disabler.idle(), this.recorder.idle(), this.releaser.idle()]);
  }

  #finished(): number {
    const { delivered, retried, deadLettered, cancelled } = this.#context.counters;
    return delivered + retried + deadLettered + cancelled;
  }

  #forgetAll(jobs: readonly DeliveryJob[]): void {
    for (const job of jobs) this.dispatcher.release(job);
    this.#claimer.released(jobs.length);
  }
}
