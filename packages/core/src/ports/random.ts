import { definePort } from '../plugin/define-port.js';

/** Chance. Jitter and sampling use `next`; ids, keys and secrets use `bytes`. */
export interface Random {
  /** A number in [0, 1), uniformly distributed. Not for secrets. */
  next(): number;

  /** `length` fresh bytes. In production from the operating system's generator, hence fit for secrets. */
  bytes(length: number): Uint8Array;
}

/** The source of chance of the host. */
export const Random = definePort<Random>({ id: 'postrider.random', version: 1 });
