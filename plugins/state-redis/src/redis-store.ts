import {
  checkCost,
  checkLimit,
  checkSubject,
  defaultBreakerPolicy,
  ResilienceError,
  type BreakerSnapshot,
  type BreakerTarget,
  type CallClock,
  type LimitStatus,
  type LimitTarget,
  type SharedAdmission,
  type SharedSnapshot,
  type SharedState,
  type SharedStateStatistics,
  type UnitsAdmission,
} from '@postrider/resilience';
import { toAdmission, toKnown, toSnapshot, type BreakerReply } from './breaker-reply.js';
import type { RedisClient } from './redis-client.js';

const SECOND_US = 1_000_000;

interface Dependencies {
  readonly client: RedisClient;
  readonly keyPrefix: string;
  readonly clock: CallClock;
  readonly random: () => number;
}

/**
 * The scripts as methods of the port: one round trip each, and `SHARED_STATE_UNAVAILABLE` for whatever goes wrong. It
 * waits as long as the connection lives; the failover in front of it does not.
 */
export class RedisStore implements SharedState {
  readonly capabilities = { shared: true };
  readonly #deps: Dependencies;
  readonly #since: Date;
  #calls = 0;
  #failure: string | undefined;
  #failures = 0;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#since = new Date(deps.clock.nowMs());
  }

  async acquire(target: BreakerTarget): Promise<SharedAdmission> {
    const reply = await this.#breaker(target, { op: 'acquire' });
    const snapshot = toSnapshot(reply, this.#deps.clock.nowMs());
    return { snapshot, admission: toAdmission(reply, snapshot) };
  }

  recordOutcome(params: Parameters<SharedState['recordOutcome']>[0]): Promise<SharedSnapshot> {
    const { permit, outcome, mayOpen } = params;
    return this.#snapshot(params, { op: 'record', permit, outcome, mayOpen });
  }

  readBreaker(target: BreakerTarget): Promise<BreakerSnapshot> {
    return this.#snapshot(target, { op: 'read' });
  }

  forceBreaker(params: Parameters<SharedState['forceBreaker']>[0]): Promise<SharedSnapshot> {
    return this.#snapshot(params, { op: 'force', to: params.to });
  }

  async acquireUnits(params: Parameters<SharedState['acquireUnits']>[0]): Promise<UnitsAdmission> {
    const { cost = 1, latestAt, limit } = params;
    const neverPasses = checkCost(cost) > checkLimit(limit).burst;
    const maxWaitMs = latestAt === undefined ? 0 : Math.max(latestAt.getTime() - this.#deps.clock.nowMs(), 0);
    const { isBooked, waitUs, remaining } = await this.#limiter(params, { cost: neverPasses ? 0 : cost, maxWaitMs });
    if (neverPasses) return { granted: false, retryAt: undefined, remaining };
    const at = this.#after(waitUs);
    return isBooked ? { granted: true, useAt: at, remaining } : { granted: false, retryAt: at, remaining };
  }

  async readLimit(target: LimitTarget): Promise<LimitStatus> {
    const { remaining, fullAfterUs } = await this.#limiter(target, { cost: 0, maxWaitMs: 0 });
    return { remaining, fullAt: this.#after(fullAfterUs) };
  }

  statistics(): SharedStateStatistics {
    return {
      mode: 'shared',
      modeSince: this.#since,
      sharedCalls: this.#calls,
      localCalls: 0,
      failures: this.#failures,
      timeouts: 0,
      lastFailure: this.#failure,
    };
  }

  async #snapshot(target: BreakerTarget, operation: object): Promise<SharedSnapshot> {
    const reply = await this.#breaker(target, operation);
    return toSnapshot(reply, this.#deps.clock.nowMs());
  }

  async #breaker(target: BreakerTarget, operation: object): Promise<BreakerReply> {
    const { policy = defaultBreakerPolicy, known, signal } = target;
    const { client, clock, random } = this.#deps;
    const key = this.#key(target.subject, 'cb');
    const input = { ...operation, policy, random: random(), known: toKnown(known, clock.nowMs()) };
    const reply = await this.#run(signal, () => client.breaker(key, [JSON.stringify(input)]));
    return JSON.parse(reply) as BreakerReply;
  }

  async #limiter(target: LimitTarget, { cost, maxWaitMs }: { readonly cost: number; readonly maxWaitMs: number }) {
    const { ratePerSecond, burst } = checkLimit(target.limit);
    const key = this.#key(target.subject, 'rl');
    const args = [SECOND_US / ratePerSecond, burst, cost, maxWaitMs * 1000].map(String);
    const reply = await this.#run(target.signal, () => this.#deps.client.limiter(key, args));
    const [booked = 0, waitUs = 0, remaining = 0, fullAfterUs = 0] = reply;
    return { isBooked: booked === 1, waitUs, remaining, fullAfterUs };
  }

  async #run<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    this.#calls += 1;
    try {
      return await call();
    } catch (error) {
      this.#failures += 1;
      this.#failure = error instanceof Error ? error.message : 'unknown';
      throw new ResilienceError('SHARED_STATE_UNAVAILABLE', `Redis did not do it: ${this.#failure}`, { cause: error });
    }
  }

  /** The braces keep the keys of one subject on one node of a cluster. */
  #key(subject: string, kind: 'cb' | 'rl'): string {
    return `${this.#deps.keyPrefix}:{${checkSubject(subject)}}:${kind}`;
  }

  #after(durationUs: number): Date {
    return new Date(Math.ceil(this.#deps.clock.nowMs() + durationUs / 1000));
  }
}
