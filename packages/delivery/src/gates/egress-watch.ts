import type { Timer } from '@postrider/core';
import { createPanicGuard, type PanicGuard } from '@postrider/resilience';
import type { EngineContext } from '../internal/engine-context.js';

/** Makes one request that only fails when we cannot reach anybody. Never rejects. */
export type Canary = () => Promise<boolean>;

/** How often a suspicion is looked at again. */
const checkIntervalMs = 10_000;
/** For how long an answer to the canary says that the fault is not ours. */
const acquittalMs = 60_000;

interface Watched {
  readonly guard: PanicGuard;
  isSuspect: boolean;
  /** The canary failed: the suspicion stays until it succeeds. */
  isConfirmed: boolean;
  acquittedUntilMs: number;
  timer: Timer | undefined;
}

/**
 * Tells whether the fault is ours: when more than half of the endpoints of an environment (of at least ten) open
 * their breakers within a minute, no further one opens, because that would hide a broken network of our own behind
 * hundreds of healthy receivers. A canary settles it where there is one: while it fails, the suspicion stays; when it
 * succeeds, the receivers are at fault and their breakers may open.
 */
export class EgressWatch {
  readonly #context: Pick<EngineContext, 'clock' | 'logger' | 'observers'>;
  readonly #canary: Canary | undefined;
  readonly #environments = new Map<string, Watched>();
  #isStopped = false;

  constructor(context: Pick<EngineContext, 'clock' | 'logger' | 'observers'>, canary?: Canary) {
    this.#context = context;
    this.#canary = canary;
  }

  /** Environments whose egress is suspect now. */
  get suspects(): readonly string[] {
    return [...this.#environments].filter(([, { isSuspect }]) => isSuspect).map(([environmentId]) => environmentId);
  }

  /** A request to the endpoint had a result. */
  active(environmentId: string, endpointId: string): void {
    this.#watched(environmentId).guard.recordActivity(endpointId);
  }

  /** The breaker of the endpoint opened. */
  opened(environmentId: string, endpointId: string): void {
    this.#watched(environmentId).guard.recordOpening(endpointId);
  }

  /** Whether a breaker of the environment may open now. */
  mayOpen(environmentId: string): boolean {
    const watched = this.#watched(environmentId);
    this.#judge(environmentId, watched);
    return !watched.isSuspect;
  }

  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#environments.values()) timer?.cancel();
  }

  #watched(environmentId: string): Watched {
    let watched = this.#environments.get(environmentId);
    if (watched === undefined) {
      const guard = createPanicGuard({ now: () => this.#context.clock.monotonicMs() });
      watched = { guard, isSuspect: false, isConfirmed: false, acquittedUntilMs: 0, timer: undefined };
      this.#environments.set(environmentId, watched);
    }
    return watched;
  }

  #judge(environmentId: string, watched: Watched): void {
    const isAcquitted = this.#context.clock.monotonicMs() < watched.acquittedUntilMs;
    const isSuspect = !isAcquitted && (watched.isConfirmed || watched.guard.isSuspicious());
    if (isSuspect === watched.isSuspect) return;
    watched.isSuspect = isSuspect;
    const { clock, logger, observers } = this.#context;
    logger.warn(
      isSuspect
        ? 'Most endpoints began to fail together: our own network is suspected, and no further breaker opens'
        : 'Our own network is suspected no longer',
      { environmentId },
    );
    observers.egressSuspected({ environmentId, suspect: isSuspect, at: clock.now() });
    if (isSuspect && !this.#isStopped) void this.#investigate(environmentId, watched);
  }

  async #investigate(environmentId: string, watched: Watched): Promise<void> {
    if (this.#canary !== undefined) {
      const isReachable = await this.#canary();
      watched.isConfirmed = !isReachable;
      if (isReachable) watched.acquittedUntilMs = this.#context.clock.monotonicMs() + acquittalMs;
    }
    this.#judge(environmentId, watched);
    if (!watched.isSuspect || this.#isStopped) return;
    watched.timer = this.#context.clock.setTimeout(
      () => void this.#investigate(environmentId, watched),
      checkIntervalMs,
    );
  }
}
