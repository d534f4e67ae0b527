import type { AttemptErrorKind, DeadLetterReason } from '@postrider/core';
import type { BreakerOutcome, ConcurrencyOutcome } from '@postrider/resilience';
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
  readonly breaker: BreakerOutcome;
  /** A failure that will be the same for every request: a few of them in a row are enough to open the breaker for long. */
  readonly unreachable: boolean;
  /**
   * What the endpoint's health makes of it: `misconfigured` is a failure that whoever set the endpoint up can mend,
   * `neutral` says nothing.
   */
  readonly health: 'ok' | 'failing' | 'misconfigured' | 'neutral';
  /** `overload` halves the endpoint's concurrency limit. */
  readonly concurrency: ConcurrencyOutcome;
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
  unreachable: false,
  health: 'failing',
  concurrency: 'hold',
  honoursRetryAfter: false,
  throttle: false,
};
const overload: OutcomeClass = { ...retry, concurrency: 'overload' };
const misconfigured: OutcomeClass = { ...retry, health: 'misconfigured' };
const unconnected: OutcomeClass = { ...retry, concurrency: 'ignore' };
const unreachable: OutcomeClass = { ...unconnected, unreachable: true };
const delivered: OutcomeClass = {
  ...retry,
  verdict: 'delivered',
  breaker: 'success',
  health: 'ok',
  concurrency: 'success',
};
const deliveredSlowly: OutcomeClass = { ...delivered, breaker: 'slow', concurrency: 'hold' };
const ownFault: OutcomeClass = {
  ...retry,
  verdict: 'own_fault',
  breaker: 'ignore',
  health: 'neutral',
  concurrency: 'ignore',
};

/** Statuses outside 200–299 that are more than an ordinary failure. */
const STATUS_CLASSES: ReadonlyMap<number, OutcomeClass> = new Map([
  [401, misconfigured],
  [403, misconfigured],
  [404, misconfigured],
  [405, misconfigured],
  [410, { ...ownFault, verdict: 'endpoint_gone', reason: 'endpoint_gone' }],
  [413, { ...retry, verdict: 'dead_letter', reason: 'payload_too_large', breaker: 'ignore' }],
  [429, { ...overload, breaker: 'ignore', health: 'neutral', honoursRetryAfter: true, throttle: true }],
  [502, overload],
  [503, { ...overload, honoursRetryAfter: true }],
  [504, overload],
]);

const ERROR_CLASSES: Readonly<Record<AttemptErrorKind, OutcomeClass>> = {
  blocked_address: {
    ...misconfigured,
    verdict: 'dead_letter',
    reason: 'blocked_address',
    breaker: 'ignore',
    concurrency: 'ignore',
  },
  dns_error: unconnected,
  tls_error: unconnected,
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
  if (result.kind === 'error') return result.lasting === true ? unreachable : ERROR_CLASSES[result.error];
  if (result.statusCode >= 200 && result.statusCode <= 299) {
    return result.durationMs > slowThresholdMs ? deliveredSlowly : delivered;
  }
  return STATUS_CLASSES.get(result.statusCode) ?? retry;
}
