import type { Clock, Logger, Random, Timer } from '@postrider/core';
import { backOffMs } from './back-off.js';
import type { LoopStats } from '../ports/delivery.js';

export interface LoopDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export interface LoopOptions {
  readonly name: LoopStats['name'];
  readonly intervalMs: number;
  /** Runs are at least this far apart, however often `wake` is called. */
  readonly minGapMs: number;
  readonly run: () => Promise<void>;
}

const firstBackOffMs = 500;
const longestBackOffMs = 5_000;

/**
 * Does something again and again until it is stopped: every `intervalMs`, sooner when woken, never twice at once.
 * A run that fails is logged and repeated with a growing, jittered delay; wakes do not shorten that delay, so that a
 * store in trouble is not hammered.
 */
export class Loop {
  readonly #deps: LoopDeps;
  readonly #options: LoopOptions;
  #state: 'created' | 'running' | 'stopped' = 'created';
  #timer: Timer | undefined;
  #currentRun: Promise<void> | undefined;
  #wokenMeanwhile = false;
  #failures = 0;
  #lastRunMs = 0;
  #lastSuccessAt: Date | undefined;

  constructor(deps: LoopDeps, options: LoopOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  get stats(): LoopStats {
    return {
      name: this.#options.name,
      intervalMs: this.#options.intervalMs,
      lastSuccessAt: this.#lastSuccessAt,
      consecutiveFailures: this.#failures,
    };
  }

  /** The first run comes at once. */
  start(): void {
    if (this.#state !== 'created') return;
    this.#state = 'running';
    this.#lastSuccessAt = this.#deps.clock.now();
    this.#runIn(0);
  }

  /** Asks for a run soon. */
  wake(): void {
    if (this.#state !== 'running' || this.#failures > 0) return;
    if (this.#currentRun !== undefined) {
      this.#wokenMeanwhile = true;
      return;
    }
    this.#runIn(this.#lastRunMs + this.#options.minGapMs - this.#deps.clock.monotonicMs());
  }

  /** No run begins after this; resolves when the current one has ended. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#timer?.cancel();
    await this.#currentRun;
  }

  #runIn(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#deps.clock.setTimeout(() => {
      this.#currentRun = this.#runOnce();
    }, delayMs);
  }

  async #runOnce(): Promise<void> {
    this.#lastRunMs = this.#deps.clock.monotonicMs();
    this.#wokenMeanwhile = false;
    try {
      await this.#options.run();
      this.#failures = 0;
      this.#lastSuccessAt = this.#deps.clock.now();
    } catch (error) {
      this.#failures += 1;
      this.#deps.logger.warn('A background loop failed and will try again', {
        loop: this.#options.name,
        consecutiveFailures: this.#failures,
        error,
      });
    }
    this.#currentRun = undefined;
    if (this.#state === 'running') this.#runIn(this.#nextDelayMs());
  }

  #nextDelayMs(): number {
    if (this.#failures > 0) {
      return backOffMs({
        failures: this.#failures,
        firstMs: firstBackOffMs,
        longestMs: longestBackOffMs,
        random: this.#deps.random,
      });
    }
    return this.#wokenMeanwhile ? this.#options.minGapMs : this.#options.intervalMs;
  }
}
