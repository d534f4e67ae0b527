import type { EndpointOrdering } from './ordering.js';
import type { PayloadFilter } from '../filter/payload-filter.js';

/** Why an endpoint receives nothing: a person said so, the receiver answered 410, or it failed for too long. */
export type EndpointDisabledReason = 'manual' | 'gone' | 'failing';

/** A URL of an application that receives webhooks. Signing secrets are kept apart: see `EndpointSecret`. */
export interface Endpoint {
  /** `ep_…` */
  readonly id: string;
  readonly environmentId: string;
  readonly applicationId: string;
  /** The adopter's own name for it, unique in the application; accepted wherever the id is. */
  readonly uid?: string | undefined;
  /** Normalised by the WHATWG URL parser. */
  readonly url: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly disabled: boolean;
  readonly disabledReason?: EndpointDisabledReason | undefined;
  /** Only these event types are delivered; all when absent. Never empty. */
  readonly eventTypes?: readonly string[] | undefined;
  /** Only messages that carry one of these channels are delivered; all when absent. Never empty. */
  readonly channels?: readonly string[] | undefined;
  /** Only messages whose payload passes are delivered; all when absent. Valid by `validatePayloadFilter`. */
  readonly filter?: PayloadFilter | undefined;
  /** Custom request headers, lower-case names. Values may be secrets: they never leave through lists or logs. */
  readonly headers: Readonly<Record<string, string>>;
  /** Upper bound of requests per second; unlimited when absent. */
  readonly throttleRate?: number | undefined;
  /** Delays before the 2nd, 3rd, … attempt, in milliseconds; the platform's schedule when absent. */
  readonly retryScheduleMs?: readonly number[] | undefined;
  /** Deadline of one attempt, in milliseconds; the platform's default when absent. */
  readonly timeoutMs?: number | undefined;
  /** Upper bound of requests under way at once, 1–1 000; the platform's when absent. */
  readonly maxInFlight?: number | undefined;
  /** Keeps deliveries in the order of their messages; in no order when absent. */
  readonly ordering?: EndpointOrdering | undefined;
  /** Rises by one with every change; the compare-and-set token of `replaceEndpoint`. Starts at 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Signature scheme of Standard Webhooks: `v1` is HMAC-SHA256, `v1a` is ed25519. */
export type SignatureScheme = 'v1' | 'v1a';

/** One signing secret of an endpoint. A secret without `expiresAt` is the current one; there is one per scheme. */
export interface EndpointSecret {
  readonly scheme: SignatureScheme;
  /** `whsec_…` for v1, `whsk_…` for v1a. */
  readonly key: string;
  readonly createdAt: Date;
  /** Set by rotation: the secret signs until this instant, then never again. */
  readonly expiresAt?: Date | undefined;
}

/** What delivery learned about an endpoint while working, apart from its configuration. */
export interface EndpointState {
  readonly applicationId: string;
  readonly endpointId: string;
  /**
   * Rises whenever a worker decides anew about the endpoint, so that one who has not heard of it cannot undo it: see
   * `mergeEndpointState`. Default: 0.
   */
  readonly generation?: number | undefined;
  /** No delivery of this endpoint is claimed before this instant (the receiver asked for a pause, or its breaker is open). */
  readonly pausedUntil?: Date | undefined;
  /**
   * What else delivery wants to find again after a restart and in other workers: a JSON document of at most 4 KiB, which
   * it alone understands. Storages keep the text and give it back.
   */
  readonly learned?: string | undefined;
}
