import { createSeededRandom } from '@postrider/core/testing';

/** Everything a run leaves to chance comes from here, so that a seed repeats its decisions. */
export interface Chance {
  /** A whole number, both ends included. */
  between(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** A new source that is not disturbed by how often this one is asked. */
  fork(label: string): Chance;
}

export function createChance(seed: number): Chance {
  const random = createSeededRandom(seed);
  const between = (min: number, max: number): number => min + Math.floor(random.next() * (max - min + 1));
  return {
    between,
    pick(from) {
      const found = from[between(0, from.length - 1)];
      if (found === undefined) throw new Error('There is nothing to pick from.');
      return found;
    },
    fork: (label) =>
      createChance(label.split('').reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), seed)),
  };
}
