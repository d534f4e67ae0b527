/** The counts of a window at one moment. Plain data, fit for JSON. */
export interface WindowSnapshot {
  readonly bucketMs: number;
  /** When the newest bucket began, in milliseconds of the clock that the window is used with. */
  readonly startedAtMs: number;
  /** Calls, failures and slow successes of each bucket, the oldest first. */
  readonly buckets: readonly (readonly [calls: number, failures: number, slow: number])[];
}

const FIELDS = 3;

/**
 * Counts of the last few buckets of time. Buckets expire by the time that is passed in, on every read and write: results
 * after a long silence meet an empty window, however many calls came before it.
 */
export class SlidingWindow {
  readonly #bucketMs: number;
  readonly #bucketCount: number;
  /** Number of the newest bucket since the epoch of the clock; its counts are in slot `#newest % #bucketCount`. */
  #newest: number;
  readonly #counts: number[];
  #calls = 0;
  #failures = 0;
  #slow = 0;

  constructor(params: { readonly bucketMs: number; readonly bucketCount: number; readonly nowMs: number }) {
    this.#bucketMs = params.bucketMs;
    this.#bucketCount = params.bucketCount;
    this.#newest = Math.floor(params.nowMs / params.bucketMs);
    this.#counts = Array.from({ length: params.bucketCount * FIELDS }, () => 0);
  }

  get calls(): number {
    return this.#calls;
  }

  get failures(): number {
    return this.#failures;
  }

  get slow(): number {
    return this.#slow;
  }

  add(nowMs: number, result: 'success' | 'slow' | 'failure'): void {
    this.expire(nowMs);
    this.#count(this.#newest, [1, result === 'failure' ? 1 : 0, result === 'slow' ? 1 : 0]);
  }

  /** Forgets the buckets that are over. `nowMs` must not decrease. */
  expire(nowMs: number): void {
    const current = Math.floor(nowMs / this.#bucketMs);
    const steps = Math.min(current - this.#newest, this.#bucketCount);
    if (steps <= 0) return;
    for (let step = 1; step <= steps; step += 1) this.#clear(this.#newest + step);
    this.#newest = current;
  }

  snapshot(toSourceMs: (steadyMs: number) => number): WindowSnapshot {
    return {
      bucketMs: this.#bucketMs,
      startedAtMs: toSourceMs(this.#newest * this.#bucketMs),
      buckets: Array.from({ length: this.#bucketCount }, (_, index) => {
        const at = this.#slot(this.#newest + 1 + index);
        const [calls = 0, failures = 0, slow = 0] = this.#counts.slice(at, at + FIELDS);
        return [calls, failures, slow] as const;
      }),
    };
  }

  /** Takes over the counts of a snapshot, unless its buckets have another shape. To be followed by `expire`. */
  restore(snapshot: WindowSnapshot): void {
    if (snapshot.bucketMs !== this.#bucketMs || snapshot.buckets.length !== this.#bucketCount) return;
    // A clock that was set back in the meantime must not leave the counts in the future, where they would not expire.
    this.#newest = Math.min(this.#newest, Math.floor(snapshot.startedAtMs / this.#bucketMs));
    for (const [index, counts] of snapshot.buckets.entries()) this.#count(this.#newest + 1 + index, counts);
  }

  #slot(bucket: number): number {
    return (((bucket % this.#bucketCount) + this.#bucketCount) % this.#bucketCount) * FIELDS;
  }

  #count(bucket: number, [calls, failures, slow]: readonly [number, number, number]): void {
    const at = this.#slot(bucket);
    this.#counts[at] = (this.#counts[at] ?? 0) + calls;
    this.#counts[at + 1] = (this.#counts[at + 1] ?? 0) + failures;
    this.#counts[at + 2] = (this.#counts[at + 2] ?? 0) + slow;
    this.#calls += calls;
    this.#failures += failures;
    this.#slow += slow;
  }

  #clear(bucket: number): void {
    const at = this.#slot(bucket);
    this.#calls -= this.#counts[at] ?? 0;
    this.#failures -= this.#counts[at + 1] ?? 0;
    this.#slow -= this.#counts[at + 2] ?? 0;
    this.#counts.fill(0, at, at + FIELDS);
  }
}
