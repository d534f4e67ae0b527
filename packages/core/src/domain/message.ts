/** What stands in the place of a payload that was expunged. */
export const expungedPayload = '{"expired":true}';

/** One published event. Immutable once accepted, but for the expunging of its payload. */
export interface Message {
  /** `msg_…`, also the `webhook-id` of every request made for it. */
  readonly id: string;
  readonly environmentId: string;
  readonly applicationId: string;
  readonly eventType: string;
  /** The JSON text exactly as published: stored once, never re-serialised, signed and sent as it is. */
  readonly payload: string;
  /** The adopter's own id for it, unique in the application; accepted wherever the message id is. */
  readonly eventId?: string | undefined;
  readonly channels?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Endpoints that keep an order by key deliver messages with the same key one after the other. Never empty. */
  readonly orderingKey?: string | undefined;
  /** Deliveries are not due before this instant; at once when absent. */
  readonly deliverAt?: Date | undefined;
  readonly createdAt: Date;
}
