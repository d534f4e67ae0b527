import { accept, refuse, show, type Validation } from './validation.js';

/** Bounds of what an endpoint may choose about its deliveries. */
export const deliverySettingLimits = {
  timeoutMs: { min: 1_000, max: 60_000 },
  /** Entries of a retry schedule. */
  retries: { min: 1, max: 20 },
  /** One delay; the upper bound of seven days is longer than a delivery lives by default. */
  retryDelayMs: { min: 1_000, max: 7 * 24 * 60 * 60 * 1_000 },
  /** Requests per second. */
  throttleRate: { min: 1, max: 10_000 },
  /** Requests under way at once. */
  maxInFlight: { min: 1, max: 1_000 },
} as const;

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function isWithin(value: unknown, { min, max }: Bounds): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function validateWhole(value: unknown, { what, bounds }: { what: string; bounds: Bounds }): Validation<number> {
  if (isWithin(value, bounds)) return accept(value);
  return refuse(
    'validation',
    `Found ${show(value)} as ${what}; expected a whole number from ${bounds.min} to ${bounds.max}.`,
  );
}

/** Deadline of one attempt, in milliseconds. */
export function validateTimeoutMs(value: unknown): Validation<number> {
  return validateWhole(value, { what: 'timeoutMs', bounds: deliverySettingLimits.timeoutMs });
}

/** Upper bound of requests per second to an endpoint. */
export function validateThrottleRate(value: unknown): Validation<number> {
  return validateWhole(value, { what: 'throttleRate', bounds: deliverySettingLimits.throttleRate });
}

/** Upper bound of requests to an endpoint under way at once. */
export function validateMaxInFlight(value: unknown): Validation<number> {
  return validateWhole(value, { what: 'maxInFlight', bounds: deliverySettingLimits.maxInFlight });
}

/** Delays before the second, third, … attempt, in milliseconds. */
export function validateRetryScheduleMs(value: unknown): Validation<readonly number[]> {
  const { retries, retryDelayMs } = deliverySettingLimits;
  if (!Array.isArray(value) || value.length < retries.min || value.length > retries.max) {
    return refuse(
      'validation',
      `Found ${show(value)} as a retry schedule; expected a list of ${retries.min} to ${retries.max} delays in milliseconds.`,
    );
  }
  const entries: readonly unknown[] = value;
  const delaysMs: number[] = [];
  for (const [index, entry] of entries.entries()) {
    const delay = validateWhole(entry, { what: `delay ${index + 1} of a retry schedule`, bounds: retryDelayMs });
    if (!delay.ok) return delay;
    delaysMs.push(delay.value);
  }
  return accept(delaysMs);
}
