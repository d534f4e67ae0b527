import { noEventType, type EndpointEvent, type Rollup, emptyRollupSums, durationBin } from '@postrider/core';
import { refuse } from './query-rules.js';

interface Subject {
  /** `default` when absent. */
  readonly environmentId?: string | undefined;
  /** `default` when absent. */
  readonly applicationId?: string | undefined;
  readonly endpointId: string;
}

interface AttemptEvent extends Subject {
  readonly eventType: string;
  /** Of the attempt, in milliseconds. */
  readonly durationMs: number;
  /** 1, which is the default, for the first attempt of a delivery. */
  readonly attemptNumber?: number | undefined;
}

/** Something to count. */
export type TrackedEvent =
  /** An attempt that succeeded: its delivery is delivered. */
  | (AttemptEvent & { readonly kind: 'delivery' })
  /** An attempt that failed; `final` when the delivery ended with it, as a dead letter. */
  | (AttemptEvent & {
      readonly kind: 'error';
      /** Letters, digits and `_`, such as `timeout` or `http_503`. */
      readonly errorKind: string;
      readonly final?: boolean | undefined;
    })
  /** A send that a rate limit held back, or a circuit breaker that changed. */
  | (Subject & { readonly kind: EndpointEvent['kind'] });

/** The event as the rollup of a minute. Throws `VALIDATION_FAILED`. */
export function toRollup(event: TrackedEvent, params: { bucketAt: Date; writerId: string }): Rollup {
  const { environmentId = 'default', applicationId = 'default', endpointId } = event;
  requireName('endpointId', endpointId);
  requireName('environmentId', environmentId);
  requireName('applicationId', applicationId);
  const sums = emptyRollupSums();
  const subject = { ...params, environmentId, applicationId, endpointId };
  if (event.kind === 'rate_limit' || event.kind === 'circuit_breaker') {
    return { ...subject, eventType: noEventType, ...sums, events: { [event.kind]: 1 } };
  }
  if (event.kind !== 'delivery' && event.kind !== 'error') {
    throw refuse('kind', 'kind: expected one of delivery, error, rate_limit, circuit_breaker.');
  }
  const { eventType, durationMs, attemptNumber = 1 } = event;
  requireName('eventType', eventType);
  if (!Number.isFinite(durationMs) || durationMs < 0) {
    throw refuse('durationMs', `durationMs: expected milliseconds from 0, found ${durationMs}.`);
  }
  if (!Number.isInteger(attemptNumber) || attemptNumber < 1) {
    throw refuse('attemptNumber', `attemptNumber: expected a whole number from 1, found ${attemptNumber}.`);
  }
  const attempt = {
    ...{ ...sums, attempts: 1, retries: attemptNumber > 1 ? 1 : 0, maxAttemptNumber: attemptNumber },
    ...{ durationSumMs: durationMs, durationMinMs: durationMs, durationMaxMs: durationMs },
    durations: { [durationBin(durationMs)]: 1 },
  };
  if (event.kind === 'delivery') return { ...subject, eventType, ...attempt, delivered: 1 };
  if (!/^[a-z0-9_]{1,64}$/iu.test(event.errorKind) || event.errorKind === '__proto__') {
    throw refuse('errorKind', 'errorKind: expected 1 to 64 letters, digits or _.');
  }
  const errors = { [event.errorKind]: 1 };
  return { ...subject, eventType, ...attempt, failedAttempts: 1, errors, deadLettered: event.final === true ? 1 : 0 };
}

function requireName(field: string, value: string): void {
  if (typeof value === 'string' && /^[^|\0]{1,256}$/u.test(value) && value !== noEventType) return;
  throw refuse(field, `${field}: expected a text of 1 to 256 characters without "|".`);
}
