import type { Random } from '../ports/random.js';

/** Repeatable chance: the same seed gives the same sequence. Mulberry32; never for secrets. */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0;
  const nextUint32 = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    next: () => nextUint32() / 2 ** 32,
    bytes: (length) => Uint8Array.from({ length }, () => nextUint32() >>> 24),
  };
}
