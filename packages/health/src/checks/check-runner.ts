import { isPostriderError, type Clock, type Logger } from '@postrider/core';
import type { CheckOutcome, HealthCheck } from '../ports/health-check.js';
import type { CheckResult } from './check-result.js';

const defaultTimeoutMs = 2000;
const defaultCacheMs = 5000;
// A check that ignores its signal leaves a run behind each time; each may hold a connection, so there are few of them.
const maxAbandonedRuns = 3;

/**
 * Runs one check. Whoever asks while a run is under way shares its result, and for `cacheMs` afterwards so does
 * everybody else. A run that outlives its timeout is abandoned: it is down, its late answer is ignored, and a later
 * call tries anew, unless three abandoned runs have still not ended.
 */
export class CheckRunner {
  readonly check: HealthCheck;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #latest: CheckResult | undefined;
  #freshUntilMs = Number.NEGATIVE_INFINITY;
  #running: Promise<CheckResult> | undefined;
  #abandonedRuns = 0;

  constructor(check: HealthCheck, deps: { readonly clock: Clock; readonly logger: Logger }) {
    this.check = check;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
  }

  /** The cached result, or that of a run; never rejects. */
  async result(): Promise<CheckResult> {
    if (this.#latest !== undefined && this.#clock.monotonicMs() < this.#freshUntilMs) return this.#latest;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<CheckResult> {
    const startedMs = this.#clock.monotonicMs();
    const checkedAt = this.#clock.now();
    const outcome = await this.#outcome();
    const { name, criticality, cacheMs = defaultCacheMs } = this.check;
    const endedMs = this.#clock.monotonicMs();
    const result = { ...outcome, name, criticality, checkedAt, durationMs: endedMs - startedMs };
    this.#logChange(result);
    this.#latest = result;
    this.#freshUntilMs = endedMs + cacheMs;
    return result;
  }

  async #outcome(): Promise<CheckOutcome> {
    if (this.#abandonedRuns >= maxAbandonedRuns) {
      const message = `${String(this.#abandonedRuns)} earlier runs have not answered yet; no further one is started`;
      return { status: 'down', message };
    }
    const { timeoutMs = defaultTimeoutMs } = this.check;
    const abort = new AbortController();
    const answer = this.#ask(abort.signal);
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(() => {
        this.#abandonedRuns += 1;
        void answer.then(() => {
          this.#abandonedRuns -= 1;
        });
        resolve({ status: 'down', message: `no answer within ${String(timeoutMs)} ms` });
        abort.abort(new Error(`the health check has ended after ${String(timeoutMs)} ms`));
      }, timeoutMs);
      void answer.then((outcome) => {
        timer.cancel();
        resolve(outcome);
      });
    });
  }

  async #ask(signal: AbortSignal): Promise<CheckOutcome> {
    try {
      return await this.check.check({ signal });
    } catch (error) {
      // After the timeout the failure is the expected answer to the abort.
      if (!signal.aborted) this.#logger.warn('health check threw', { check: this.check.name, error });
      const message = isPostriderError(error)
        ? `${error.code}: ${error.message}`
        : 'the check failed; the log says why';
      return { status: 'down', message };
    }
  }

  #logChange({ name, status, message }: CheckResult): void {
    const before = this.#latest?.status ?? 'up';
    if (status === before) return;
    const fields = { check: name, status, before, reason: message };
    if (status === 'up') this.#logger.info('health check recovered', fields);
    else this.#logger.warn('health check changed', fields);
  }
}
