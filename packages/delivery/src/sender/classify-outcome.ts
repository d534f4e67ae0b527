import type { AttemptErrorKind, DeadLetterReason } from '@postrider/core';
import type { SendResult } from './sender.js';

/** What an attempt means for its delivery and its endpoint. */
export interface OutcomeClass {
  /**
   * - `delivered`: ended, with success.
   * - `retry`: failed; the schedule decides.
   * - `dead_letter`: will never succeed as it is; `reason` says why.
   * - `endpoint_gone`: the receiver wants no more webhooks: disable the endpoint.
   * - `own_fault`: says nothing about the receiver; the attempt does not count.
   */
  readonly verdict: 'delivered' | 'retry' | 'dead_letter' | 'endpoint_gone' | 'own_fault';
  /** Set with `dead_letter` and `endpoint_gone`. */
  readonly reason?: DeadLetterReason | undefined;
  /** `slow` is a success that took long. `ignore` neither helps nor hurts. */
  readonly breaker: 'success' | 'slow' | 'failure' | 'ignore';
  /** What the endpoint's concurrency limit does: `shrink` halves it. */
  readonly concurrency: 'grow' | 'hold' | 'shrink';
  /** The response's `Retry-After` delays the next attempt. */
  readonly honoursRetryAfter: boolean;
  /** The delay holds for the whole endpoint, not only for this delivery. */
  readonly throttle: boolean;
}

/** A success that took longer than this counts as slow. */
export const slowThresholdMs = 10_000;

const retry: OutcomeClass = {
  verdict: 'retry',
  breaker: 'failure',
  concurrency: 'hold',
  honoursRetryAfter: false,
  throttle: false,
};
const overload: OutcomeClass = { ...retry, concurrency: 'shrink' };
const delivered: OutcomeClass = { ...retry, verdict: 'delivered', breaker: 'success', concurrency: 'grow' };
const deliveredSlowly: OutcomeClass = { ...delivered, breaker: 'slow', concurrency: 'hold' };
const ownFault: OutcomeClass = { ...retry, verdict: 'own_fault', breaker: 'ignore' };

/** Statuses outside 200–299 that are more than an ordinary failure. */
const STATUS_CLASSES: ReadonlyMap<number, OutcomeClass> = new Map([
  [410, { ...retry, verdict: 'endpoint_gone', reason: 'endpoint_gone', breaker: 'ignore' }],
  [413, { ...retry, verdict: 'dead_letter', reason: 'payload_too_large', breaker: 'ignore' }],
  [429, { ...overload, breaker: 'ignore', honoursRetryAfter: true, throttle: true }],
  [502, overload],
  [503, { ...overload, honoursRetryAfter: true }],
  [504, overload],
]);

const ERROR_CLASSES: Readonly<Record<AttemptErrorKind, OutcomeClass>> = {
  blocked_address: { ...retry, verdict: 'dead_letter', reason: 'blocked_address', breaker: 'ignore' },
  dns_error: retry,
  tls_error: retry,
  connect_timeout: overload,
  connection_refused: overload,
  connection_reset: overload,
  timeout: overload,
  response_too_large_header: retry,
  protocol_error: retry,
  aborted: ownFault,
  internal: ownFault,
};

/**
 * The one table of what each outcome leads to. Success is 200–299 alone: a redirect is a failure, because following it
 * would send signed data where nobody configured it.
 */
export function classifyOutcome(result: SendResult): OutcomeClass {
  if (result.kind === 'error') return ERROR_CLASSES[result.error];
  if (result.statusCode >= 200 && result.statusCode <= 299) {
    return result.durationMs > slowThresholdMs ? deliveredSlowly : delivered;
  }
  return STATUS_CLASSES.get(result.statusCode) ?? retry;
}
