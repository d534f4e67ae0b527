import type { Random } from '@postrider/core';

/** Delay before try number `failures` + 1: doubles from `firstMs` up to `longestMs`, ± 20 % so that a herd spreads. */
export function backOffMs(params: {
  readonly failures: number;
  readonly firstMs: number;
  readonly longestMs: number;
  readonly random: Random;
}): number {
  const delayMs = Math.min(params.longestMs, params.firstMs * 2 ** (params.failures - 1));
  return delayMs * (0.8 + 0.4 * params.random.next());
}
