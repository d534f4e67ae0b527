import { coreError } from '@postrider/core';

/**
 * How strongly each contributor counts. A cap is the most points that a contributor can take; 0 switches it off.
 * The defaults add up to more than 100 on purpose: several troubles at once reach 0 before each is at its worst.
 */
export interface HealthScoreOptions {
  /** Points for a success rate of 0, in proportion below 1. Default 50, cap 50. */
  readonly success?: { readonly weight?: number; readonly cap?: number };
  /** Points when every delivery ended on an error, in proportion to their share. Default 30, cap 30. */
  readonly errors?: { readonly weight?: number; readonly cap?: number };
  /** Points for every second by which the average response is slower than `toleratedMs`. Default 4 above 5 000, cap 20. */
  readonly latency?: { readonly weight?: number; readonly toleratedMs?: number; readonly cap?: number };
  /** Points for every open breaker. Default 10, cap 30. */
  readonly breakers?: { readonly weight?: number; readonly cap?: number };
  /**
   * Points when the oldest due delivery waits `toleratedMs + rampMs`, in proportion from `toleratedMs` on.
   * Default 20, from 60 000 over 900 000, cap 20.
   */
  readonly backlog?: {
    readonly weight?: number;
    readonly toleratedMs?: number;
    readonly rampMs?: number;
    readonly cap?: number;
  };
}

/** The same options, none left out. */
export type CompleteHealthScoreOptions = {
  readonly [K in keyof HealthScoreOptions]-?: Required<NonNullable<HealthScoreOptions[K]>>;
};

/** Every weight, cap and tolerance that is used where an option is left out. */
export const defaultHealthScoreOptions: CompleteHealthScoreOptions = {
  success: { weight: 50, cap: 50 },
  errors: { weight: 30, cap: 30 },
  latency: { weight: 4, toleratedMs: 5000, cap: 20 },
  breakers: { weight: 10, cap: 30 },
  backlog: { weight: 20, toleratedMs: 60_000, rampMs: 900_000, cap: 20 },
};

/** Fills in the defaults. Throws `CONFIG_INVALID` when a number is negative, not finite, or a ramp of 0. */
export function completeHealthScoreOptions(options: HealthScoreOptions): CompleteHealthScoreOptions {
  const complete: CompleteHealthScoreOptions = {
    success: fillIn(defaultHealthScoreOptions.success, options.success),
    errors: fillIn(defaultHealthScoreOptions.errors, options.errors),
    latency: fillIn(defaultHealthScoreOptions.latency, options.latency),
    breakers: fillIn(defaultHealthScoreOptions.breakers, options.breakers),
    backlog: fillIn(defaultHealthScoreOptions.backlog, options.backlog),
  };
  for (const [contributor, values] of Object.entries(complete)) {
    for (const [option, value] of Object.entries<number>(values)) {
      const isValid = Number.isFinite(value) && (option === 'rampMs' ? value > 0 : value >= 0);
      if (isValid) continue;
      const expected = option === 'rampMs' ? 'a finite number above 0' : 'a finite number of at least 0';
      const message = `Health score: ${contributor}.${option} is ${String(value)}; expected ${expected}.`;
      throw coreError('CONFIG_INVALID', message, { details: { option: `${contributor}.${option}` } });
    }
  }
  return complete;
}

// A spread would let an explicit `undefined` win over the default.
function fillIn<T extends Readonly<Record<string, number>>>(defaults: T, given: Partial<T> = {}): T {
  return Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, given[key] ?? value])) as T;
}
