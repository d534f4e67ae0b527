import { coreError } from '@postrider/core';

/** What was seen of a system, an application or an endpoint. The same shape for each of them. */
export interface HealthSample {
  /** Deliveries that ended in the window, the last hour by convention. */
  readonly deliveries: number;
  /** Those of `deliveries` that were delivered. */
  readonly succeeded: number;
  /** Deliveries whose last attempt in the window failed by an error of ours or theirs: anything but a 2xx answer. */
  readonly errored: number;
  /** Mean duration of the attempts in the window, in milliseconds; `undefined` when there were none. */
  readonly averageResponseMs?: number | undefined;
  /** Breakers that are open now: a count for a system or an application, 0 or 1 for an endpoint. Default 0. */
  readonly openBreakers?: number | undefined;
  /** How long the oldest due delivery has been waiting, in milliseconds; `undefined` when none is due. */
  readonly oldestDueAgeMs?: number | undefined;
}

/** Throws `VALIDATION_FAILED` for numbers that no system can have. */
export function assertHealthSample(sample: HealthSample): void {
  for (const [field, value] of Object.entries(sample) as [string, number | undefined][]) {
    if (value === undefined || (Number.isFinite(value) && value >= 0)) continue;
    const message = `Health sample: ${field} is ${String(value)}; expected a finite number of at least 0.`;
    throw coreError('VALIDATION_FAILED', message, { details: { field } });
  }
  if (sample.succeeded > sample.deliveries) {
    const message =
      `Health sample: ${String(sample.succeeded)} of ${String(sample.deliveries)} deliveries succeeded; ` +
      'succeeded must not exceed deliveries. Count both over the same window.';
    throw coreError('VALIDATION_FAILED', message, { details: { field: 'succeeded' } });
  }
}
