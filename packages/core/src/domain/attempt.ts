import type { DeliveryTrigger } from './delivery.js';

/** `unknown`: a worker held the lease and vanished, so a request may or may not have been made. */
export type AttemptOutcome = 'succeeded' | 'failed' | 'unknown';

/**
 * Why an attempt got no usable response, or could not be made. A closed list: receivers' and drivers' own words
 * never reach a tenant.
 */
export type AttemptErrorKind =
  | 'blocked_address'
  | 'dns_error'
  | 'connect_timeout'
  | 'connection_refused'
  | 'connection_reset'
  | 'tls_error'
  | 'timeout'
  | 'response_too_large_header'
  | 'protocol_error'
  | 'aborted'
  | 'internal';

/** One HTTP request made for a delivery. */
export interface Attempt {
  /** `atmpt_…` */
  readonly id: string;
  readonly environmentId: string;
  readonly applicationId: string;
  readonly messageId: string;
  readonly endpointId: string;
  readonly deliveryId: string;
  /** 1 for the first attempt of the delivery. */
  readonly number: number;
  readonly trigger: DeliveryTrigger;
  readonly outcome: AttemptOutcome;
  /** Where the request went: the endpoint's URL at that time. */
  readonly url: string;
  /** 0 when there was no response. */
  readonly responseStatusCode: number;
  /**
   * The beginning of the response body, at most 16 KiB; empty when there was none. Well-formed Unicode without U+0000:
   * the sender replaces what stores cannot keep.
   */
  readonly responseBody: string;
  readonly errorKind?: AttemptErrorKind | undefined;
  readonly durationMs: number;
  readonly startedAt: Date;
}
