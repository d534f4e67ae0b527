import { randomBytes } from 'node:crypto';
import type { Random } from '../ports/random.js';

/** Chance from this machine; `bytes` comes from the operating system's cryptographic generator. */
export const systemRandom: Random = {
  next: () => Math.random(),
  bytes: (length) => randomBytes(length),
};
