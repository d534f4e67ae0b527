import type { CallClock } from '../ports/clock.js';

interface ManualTimer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** Lets every promise that can settle without time passing settle. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A clock that moves only when told to, and fires timers in the order of their instants. */
export class ManualClock implements CallClock {
  #timers: ManualTimer[] = [];
  #elapsedMs = 0;
  readonly #startMs: number;

  /** Starts at `startMs`, milliseconds since 1970; by default at 2026-01-01T00:00:00Z. */
  constructor({ startMs = Date.UTC(2026, 0, 1) }: { readonly startMs?: number } = {}) {
    this.#startMs = startMs;
  }

  nowMs(): number {
    return this.#startMs + this.#elapsedMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  setTimeout(callback: () => void, delayMs: number): { cancel(): void } {
    const timer = { dueMs: this.#elapsedMs + Math.max(delayMs, 0), callback };
    this.#timers.push(timer);
    return { cancel: () => void (this.#timers = this.#timers.filter((other) => other !== timer)) };
  }

  /** How many timers wait. */
  get pendingTimers(): number {
    return this.#timers.length;
  }

  /** Lets `durationMs` pass. Resolves when promises have settled at the end of it. */
  async advance(durationMs: number): Promise<void> {
    const targetMs = this.#elapsedMs + durationMs;
    await settle();
    for (let next = this.#next(targetMs); next !== undefined; next = this.#next(targetMs)) {
      const timer = next;
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#elapsedMs = timer.dueMs;
      timer.callback();
      await settle();
    }
    this.#elapsedMs = targetMs;
  }

  #next(targetMs: number): ManualTimer | undefined {
    return this.#timers
      .filter(({ dueMs }) => dueMs <= targetMs)
      .toSorted((left, right) => left.dueMs - right.dueMs)
      .at(0);
  }
}
