import { systemCallClock, systemRandom } from '../adapters/system-call-clock.js';
import { defaultBreakerPolicy, type BreakerPolicy } from '../breaker/breaker-policy.js';
import type { BreakerSnapshot } from '../breaker/breaker-state.js';
import { createBreaker, type Breaker } from '../breaker/breaker.js';
import { BoundedMap } from '../internal/bounded-map.js';
import { checkNumber } from '../internal/check-number.js';
import { checkSubject } from '../internal/check-target.js';
import { createRateLimiter, type RateLimiter } from '../limiter/rate-limiter.js';
import type { CallClock } from '../ports/clock.js';
import type {
  BreakerTarget,
  LimitStatus,
  LimitTarget,
  SharedAdmission,
  SharedSnapshot,
  SharedState,
  SharedStateStatistics,
  UnitsAdmission,
} from '../ports/shared-state.js';

/** What the local state is made of. */
export interface LocalStateOptions {
  /** Default: the clock of this machine. */
  readonly clock?: CallClock | undefined;
  /** Numbers in [0, 1), for jitter. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** So many breakers and so many limiters are kept; beyond that those used least recently. Default: 100 000. */
  readonly maxSubjects?: number | undefined;
}

interface BreakerEntry {
  readonly breaker: Breaker;
  readonly policy: BreakerPolicy;
  mayOpen: boolean;
}

/** The `SharedState` of a single process: the default, and what remains while a shared store is away. */
class LocalState implements SharedState {
  readonly capabilities = { shared: false };
  readonly #clock: CallClock;
  readonly #random: () => number;
  readonly #breakers: BoundedMap<BreakerEntry>;
  readonly #limiters: BoundedMap<RateLimiter>;
  readonly #since: Date;
  #calls = 0;

  constructor(options: LocalStateOptions) {
    this.#clock = options.clock ?? systemCallClock;
    this.#random = options.random ?? systemRandom;
    const maxSubjects = checkNumber('maxSubjects', options.maxSubjects ?? 100_000, { min: 1, integer: true });
    this.#breakers = new BoundedMap(maxSubjects);
    this.#limiters = new BoundedMap(maxSubjects);
    this.#since = new Date(this.#clock.nowMs());
  }

  async acquire(params: BreakerTarget): Promise<SharedAdmission> {
    const { breaker } = this.#breaker(params);
    const { state: changedFrom, generation } = breaker;
    const admission = breaker.acquire();
    return { admission, snapshot: after(breaker, { changedFrom, generation }) };
  }

  async recordOutcome(params: Parameters<SharedState['recordOutcome']>[0]): Promise<SharedSnapshot> {
    const entry = this.#breaker(params);
    entry.mayOpen = params.mayOpen ?? true;
    const { state: changedFrom, generation } = entry.breaker;
    entry.breaker.record(params.permit, params.outcome);
    return after(entry.breaker, { changedFrom, generation });
  }

  async readBreaker(params: BreakerTarget): Promise<BreakerSnapshot> {
    return this.#breaker(params).breaker.snapshot();
  }

  async forceBreaker(params: Parameters<SharedState['forceBreaker']>[0]): Promise<SharedSnapshot> {
    const { breaker } = this.#breaker(params);
    const { state: changedFrom, generation } = breaker;
    if (params.to === 'isolated') breaker.isolate();
    else if (params.to === 'disabled') breaker.disable();
    else breaker.reset();
    return after(breaker, { changedFrom, generation });
  }

  async acquireUnits(params: Parameters<SharedState['acquireUnits']>[0]): Promise<UnitsAdmission> {
    const { cost = 1, latestAt } = params;
    const limiter = this.#limiter(params);
    const nowMs = this.#clock.nowMs();
    const maxWaitMs = latestAt === undefined ? 0 : Math.max(latestAt.getTime() - nowMs, 0);
    const { reserved, waitMs } = limiter.reserve({ cost, maxWaitMs });
    const { remaining } = limiter.status();
    const at = waitMs === Infinity ? undefined : new Date(Math.ceil(nowMs + waitMs));
    return reserved && at !== undefined
      ? { granted: true, useAt: at, remaining }
      : { granted: false, retryAt: at, remaining };
  }

  async readLimit(params: LimitTarget): Promise<LimitStatus> {
    const { remaining, fullAfterMs } = this.#limiter(params).status();
    return { remaining, fullAt: new Date(Math.ceil(this.#clock.nowMs() + fullAfterMs)) };
  }

  statistics(): SharedStateStatistics {
    return {
      mode: 'local',
      modeSince: this.#since,
      sharedCalls: 0,
      localCalls: this.#calls,
      failures: 0,
      timeouts: 0,
      lastFailure: undefined,
    };
  }

  #breaker({ subject, policy = defaultBreakerPolicy, known, signal }: BreakerTarget): BreakerEntry {
    signal?.throwIfAborted();
    this.#calls += 1;
    const entry = this.#breakers.get(checkSubject(subject));
    const isBehind = known !== undefined && known.generation > (entry?.breaker.generation ?? 0);
    if (entry !== undefined && entry.policy === policy && !isBehind) return entry;
    const snapshot = isBehind ? known : entry?.breaker.snapshot();
    const created: BreakerEntry = {
      breaker: createBreaker({
        now: () => this.#clock.nowMs(),
        random: this.#random,
        policy,
        snapshot,
        mayOpen: () => created.mayOpen,
      }),
      policy,
      mayOpen: true,
    };
    this.#breakers.set(subject, created);
    return created;
  }

  #limiter({ subject, limit, signal }: LimitTarget): RateLimiter {
    signal?.throwIfAborted();
    this.#calls += 1;
    const limiter = this.#limiters.get(checkSubject(subject));
    if (limiter !== undefined) {
      if (!limiter.hasLimit(limit)) limiter.setLimit(limit);
      return limiter;
    }
    const created = createRateLimiter({ ...limit, now: () => this.#clock.monotonicMs() });
    this.#limiters.set(subject, created);
    return created;
  }
}

/** How a breaker stands, and whether that is another state than before. */
function after(
  breaker: Breaker,
  before: { readonly changedFrom: Breaker['state']; readonly generation: number },
): SharedSnapshot {
  const snapshot = breaker.snapshot();
  return snapshot.generation === before.generation ? snapshot : { ...snapshot, changedFrom: before.changedFrom };
}

/** The state of this process alone. Bounds that make no sense are a `RangeError`. */
export function createLocalState(options: LocalStateOptions = {}): SharedState {
  return new LocalState(options);
}
