const BUCKETS = 6;

/**
 * Counts how many different subjects appeared in the last window of time, which moves on by a sixth of its length.
 * Each call takes constant time; subjects that have left are dropped once per window.
 */
export class DistinctWindow {
  readonly #bucketMs: number;
  /** The latest bucket in which each subject appeared. */
  readonly #latest = new Map<string, number>();
  /** Subjects by their latest bucket, in slot `bucket % BUCKETS`. */
  readonly #counts: number[] = Array.from({ length: BUCKETS }, () => 0);
  #size = 0;
  #current: number;
  #sweptAt: number;

  constructor(params: { readonly windowMs: number; readonly nowMs: number }) {
    this.#bucketMs = params.windowMs / BUCKETS;
    this.#current = Math.floor(params.nowMs / this.#bucketMs);
    this.#sweptAt = this.#current;
  }

  add(subject: string, nowMs: number): void {
    this.#moveTo(nowMs);
    const latest = this.#latest.get(subject);
    if (latest === this.#current) return;
    if (latest !== undefined && this.#isInside(latest)) this.#count(latest, -1);
    this.#latest.set(subject, this.#current);
    this.#count(this.#current, 1);
  }

  size(nowMs: number): number {
    this.#moveTo(nowMs);
    return this.#size;
  }

  #moveTo(nowMs: number): void {
    const current = Math.floor(nowMs / this.#bucketMs);
    if (current <= this.#current) return;
    const steps = Math.min(current - this.#current, BUCKETS);
    for (let step = 1; step <= steps; step += 1) {
      const bucket = this.#current + step;
      this.#count(bucket, -(this.#counts[slotOf(bucket)] ?? 0));
    }
    this.#current = current;
    if (current - this.#sweptAt >= BUCKETS) this.#sweep();
  }

  #sweep(): void {
    this.#sweptAt = this.#current;
    for (const [subject, latest] of this.#latest) if (!this.#isInside(latest)) this.#latest.delete(subject);
  }

  #isInside(bucket: number): boolean {
    return bucket > this.#current - BUCKETS;
  }

  #count(bucket: number, change: number): void {
    const slot = slotOf(bucket);
    this.#counts[slot] = (this.#counts[slot] ?? 0) + change;
    this.#size += change;
  }
}

function slotOf(bucket: number): number {
  return ((bucket % BUCKETS) + BUCKETS) % BUCKETS;
}
