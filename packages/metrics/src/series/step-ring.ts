/** An hour of steps of 10 s: memory is taken by the hour, and not at all for hours in which nothing happened. */
const chunkSteps = 360;

/**
 * Numbers by step, for the last `capacitySteps` steps at least. Older ones give way in whole chunks. A step that was
 * never written, or is gone, reads as `empty`.
 */
export class StepRing {
  readonly #width: number;
  readonly #empty: number;
  readonly #chunks: ({ readonly number: number; readonly values: Float64Array } | undefined)[];

  /** `width`: how many numbers there are in a step. */
  constructor(params: { readonly capacitySteps: number; readonly width: number; readonly empty: number }) {
    this.#width = params.width;
    this.#empty = params.empty;
    this.#chunks = Array.from({ length: countChunks(params.capacitySteps) });
  }

  get(step: number, index = 0): number {
    const chunk = this.#chunks[this.#slot(step)];
    if (chunk === undefined || chunk.number !== Math.floor(step / chunkSteps)) return this.#empty;
    return chunk.values[(step % chunkSteps) * this.#width + index] ?? this.#empty;
  }

  set(step: number, values: readonly number[]): void {
    const number = Math.floor(step / chunkSteps);
    const slot = this.#slot(step);
    let chunk = this.#chunks[slot];
    if (chunk?.number !== number) {
      chunk = { number, values: new Float64Array(chunkSteps * this.#width).fill(this.#empty) };
      this.#chunks[slot] = chunk;
    }
    chunk.values.set(values, (step % chunkSteps) * this.#width);
  }

  #slot(step: number): number {
    return Math.floor(step / chunkSteps) % this.#chunks.length;
  }
}

// One more than fits exactly: the newest chunk is not full while the oldest is still needed.
function countChunks(capacitySteps: number): number {
  return Math.ceil(capacitySteps / chunkSteps) + 1;
}

/** The most bytes of numbers that a ring takes. */
export function maxRingBytes({
  capacitySteps,
  width,
}: {
  readonly capacitySteps: number;
  readonly width: number;
}): number {
  return countChunks(capacitySteps) * chunkSteps * width * Float64Array.BYTES_PER_ELEMENT;
}
