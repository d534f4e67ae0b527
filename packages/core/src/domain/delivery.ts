import type { AttemptErrorKind } from './attempt.js';

/**
 * The states of a delivery.
 *
 * - `pending`: waits in storage until `dueAt`.
 * - `in_flight`: leased to a worker until `leaseUntil`.
 * - `delivered`, `dead_letter`, `cancelled`: ended, and final. Only an explicit replay, which is a new delivery of
 *   the same message, goes on from there.
 */
export type DeliveryStatus = 'pending' | 'in_flight' | 'delivered' | 'dead_letter' | 'cancelled';

/** Why a delivery exists: the message was published, or a person asked for it again. */
export type DeliveryTrigger = 'scheduled' | 'manual';

/** Why a delivery ended without success. */
export type DeadLetterReason =
  'exhausted' | 'endpoint_disabled' | 'endpoint_gone' | 'blocked_address' | 'payload_too_large' | 'internal';

/** Why a delivery was called off. */
export type CancelReason = 'endpoint_deleted' | 'requested';

/** One message × one endpoint: the unit of work and of truth. */
export interface Delivery {
  /** `dlv_…` */
  readonly id: string;
  readonly environmentId: string;
  readonly applicationId: string;
  readonly messageId: string;
  readonly endpointId: string;
  /** Of the message. Absent where a version wrote the delivery that did not keep it. */
  readonly eventType?: string | undefined;
  readonly trigger: DeliveryTrigger;
  readonly status: DeliveryStatus;
  /** Set when `status` is `dead_letter` or `cancelled`. */
  readonly reason?: DeadLetterReason | CancelReason | undefined;
  /** When it may be attempted next; meaningless once ended. */
  readonly dueAt: Date;
  /** Attempts whose outcome was recorded. */
  readonly attemptCount: number;
  /** What the last of these attempts was answered with, 0 when it got no response; absent before the first one. */
  readonly lastStatusCode?: number | undefined;
  /** Why the last of these attempts got no usable response. */
  readonly lastErrorKind?: AttemptErrorKind | undefined;
  /** `startedAt` of the first attempt that was recorded; reaping does not set it. */
  readonly firstAttemptAt?: Date | undefined;
  /** Fencing token: rises by one with every lease, so that a worker that lost its lease can change nothing. */
  readonly leaseToken: number;
  /** Present while `in_flight`, as is `workerId`. */
  readonly leaseUntil?: Date | undefined;
  readonly workerId?: string | undefined;
  readonly createdAt: Date;
  /** Set when the delivery ended: `recordedAt`, `deletedAt`, or `updatedAt` of the endpoint that was disabled. */
  readonly endedAt?: Date | undefined;
}

/** Names one lease: enough to find the row without a search and to refuse a stale worker. */
export interface LeaseRef {
  readonly applicationId: string;
  readonly messageId: string;
  readonly deliveryId: string;
  readonly leaseToken: number;
}
