import { sleepOn } from '../adapters/system-clock.js';
import type { Clock, Timer } from '../ports/clock.js';

interface FakeTimer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Lets every promise that can settle without time passing settle, including those behind `setImmediate`. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/**
 * A clock that moves only when told to. Timers fire in the order of their instants (those of one instant in the order
 * of their creation), each seeing the clock at its own instant, with promises settled between them.
 */
export class FakeClock implements Clock {
  readonly #timers = new Set<FakeTimer>();
  #monotonicMs = 0;
  #wallOffsetMs: number;
  #created = 0;

  /** Starts at `startAt`; by default at 2026-01-01T00:00:00Z. */
  constructor({ startAt = new Date(Date.UTC(2026, 0, 1)) }: { readonly startAt?: Date } = {}) {
    this.#wallOffsetMs = startAt.getTime();
  }

  now(): Date {
    return new Date(this.nowMs());
  }

  nowMs(): number {
    return Math.floor(this.#wallOffsetMs + this.#monotonicMs);
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  setTimeout(callback: () => void, delayMs: number): Timer {
    const timer = { dueMs: this.#monotonicMs + Math.max(0, delayMs), order: (this.#created += 1), callback };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer), unref: () => undefined };
  }

  sleep(params: { readonly delayMs: number; readonly signal?: AbortSignal | undefined }): Promise<void> {
    return sleepOn(this, params);
  }

  /** Lets `durationMs` pass, running what becomes due. Resolves when promises have settled at the end of it. */
  async advance(durationMs: number): Promise<void> {
    const targetMs = this.#monotonicMs + durationMs;
    await settle();
    for (let timer = this.#nextUntil(targetMs); timer !== undefined; timer = this.#nextUntil(targetMs)) {
      this.#timers.delete(timer);
      this.#monotonicMs = Math.max(this.#monotonicMs, timer.dueMs);
      timer.callback();
      await settle();
    }
    this.#monotonicMs = Math.max(this.#monotonicMs, targetMs);
  }

  /** Moves the wall clock alone, as a time server or an operator would; timers and durations do not notice. */
  setWallClock(at: Date): void {
    this.#wallOffsetMs = at.getTime() - this.#monotonicMs;
  }

  /** How many timers wait. 0 after a component has stopped, unless it leaks. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  #nextUntil(targetMs: number): FakeTimer | undefined {
    let next: FakeTimer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs > targetMs) continue;
      if (next === undefined || timer.dueMs < next.dueMs || (timer.dueMs === next.dueMs && timer.order < next.order)) {
        next = timer;
      }
    }
    return next;
  }
}
