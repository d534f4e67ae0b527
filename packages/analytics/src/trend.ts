import { successRateOf, type Quarter } from './counted-rows.js';

/** How the success rate develops, with what says so. */
export interface Trend {
  readonly direction: 'improving' | 'stable' | 'declining' | 'insufficient_data';
  /** Success rates of the first and of the second half of the deliveries, 0–1. */
  readonly firstHalfSuccessRate: number;
  readonly secondHalfSuccessRate: number;
}

const fewestDeliveries = 10;
/** A difference of rates that means something. */
const threshold = 0.05;

/**
 * Compares the halves of the deliveries, in order of time. Where the middle falls into a quarter of an hour, that is
 * shared out in proportion. Below 10 deliveries there is no telling.
 */
export function trendOf(quarters: readonly Quarter[]): Trend {
  const total = quarters.reduce((sum, { delivered, deadLettered }) => sum + delivered + deadLettered, 0);
  const first = { delivered: 0, deadLettered: 0 };
  const second = { delivered: 0, deadLettered: 0 };
  let room = total / 2;
  for (const { delivered, deadLettered } of quarters) {
    const count = delivered + deadLettered;
    const early = count === 0 ? 0 : Math.min(1, room / count);
    room -= early * count;
    first.delivered += delivered * early;
    first.deadLettered += deadLettered * early;
    second.delivered += delivered * (1 - early);
    second.deadLettered += deadLettered * (1 - early);
  }
  const [firstHalfSuccessRate, secondHalfSuccessRate] = [successRateOf(first), successRateOf(second)];
  const rates = { firstHalfSuccessRate, secondHalfSuccessRate };
  if (total < fewestDeliveries) return { direction: 'insufficient_data', ...rates };
  const difference = secondHalfSuccessRate - firstHalfSuccessRate;
  if (difference > threshold) return { direction: 'improving', ...rates };
  return { direction: difference < -threshold ? 'declining' : 'stable', ...rates };
}
