import type { CancelReason, DeadLetterReason } from '../domain/delivery.js';

/** How a delivery ends without an outcome: nobody is there any more, or it was called off. */
export type DeliveryEnding =
  | { readonly status: 'dead_letter'; readonly reason: DeadLetterReason }
  | { readonly status: 'cancelled'; readonly reason: CancelReason };

/** Deliveries of one subject that ended without the outcome of a worker. */
export type EndedDeliveries = DeliveryEnding & {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly eventType: string;
  readonly count: number;
};
