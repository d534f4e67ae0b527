import type { Delivery, DeliveryTrigger } from '../domain/delivery.js';
import type { Message } from '../domain/message.js';
import type { DeliveryOrdering } from '../domain/ordering.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { ResourceRef } from '../domain/resource-ref.js';

/** A delivery to be stored. It is born `in_flight` when it comes with a lease, else `pending`. */
export interface NewDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly trigger: DeliveryTrigger;
  readonly dueAt: Date;
  /** The caller takes the delivery itself: stored as lease token 1. */
  readonly lease?: { readonly workerId: string; readonly leaseUntil: Date } | undefined;
  /** It stands in this line, behind all that does already; see `claimDue`. Such a delivery comes without a lease. */
  readonly ordering?: DeliveryOrdering | undefined;
}

/** A message with its deliveries, and the idempotency record that guards it. */
export interface AppendEntry {
  readonly message: Message;
  readonly deliveries: readonly NewDelivery[];
  readonly idempotency?:
    | {
        /** Unique in the environment while it lives. */
        readonly key: string;
        /** Tells the same request from another one under the same key. */
        readonly bodyHash: string;
        readonly expiresAt: Date;
      }
    | undefined;
}

export type AppendResult =
  | { readonly outcome: 'appended' }
  /** The same request was accepted before: this is the message it made. */
  | { readonly outcome: 'replayed'; readonly message: Message }
  /** The key was used for a request with another body. */
  | { readonly outcome: 'idempotency_mismatch' }
  /** Another message of the application has the event id. */
  | { readonly outcome: 'event_id_taken'; readonly messageId: string };

/** Messages. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface MessageStore {
  /**
   * Stores messages, their deliveries and their idempotency records in ONE transaction: when the promise resolves,
   * all that was appended survives a crash; when it rejects, nothing was stored (or the connection broke during the
   * commit, and the caller cannot know).
   *
   * Results are in the order of the entries. An entry that loses (any outcome but `appended`) leaves nothing behind
   * and does not disturb the others. An idempotency key is looked at before an event id, so the same request under
   * the same key is `replayed` although its event id is taken. Keys that expired before `now` count as absent.
   * Deliveries of one line stand in it in the order of the entries, behind those of batches that were appended before.
   * The deliveries' `createdAt` is `now`. Neither the application nor the endpoints are looked up.
   * The entries of one batch carry distinct message ids, idempotency keys (within an environment) and event ids
   * (within an application): the caller sees to that.
   */
  appendMessages(params: {
    entries: readonly AppendEntry[];
    now: Date;
    signal?: AbortSignal;
  }): Promise<readonly AppendResult[]>;

  /** `undefined` when the application has no such message. */
  getMessage(params: {
    environmentId: string;
    applicationId: string;
    message: ResourceRef;
    signal?: AbortSignal;
  }): Promise<Message | undefined>;

  /** Those of the ids that the application has, in any order; at most 1 000 ids. For payloads see `listMessages`. */
  findMessages(params: {
    environmentId: string;
    applicationId: string;
    messageIds: readonly string[];
    withPayload: boolean;
    signal?: AbortSignal;
  }): Promise<readonly Message[]>;

  /**
   * Forgets the payloads: they become `expungedPayload`. Deliveries stay as they are: whoever wants none made of the
   * message cancels them first. Returns the ids that the application has. At most 1 000 ids. Idempotent.
   */
  expungeMessages(params: {
    environmentId: string;
    applicationId: string;
    messageIds: readonly string[];
    signal?: AbortSignal;
  }): Promise<readonly string[]>;

  /** By id, which is by time. Bounds are exclusive. Without `withPayload` the payload is the empty string. */
  listMessages(params: {
    environmentId: string;
    applicationId: string;
    filter: {
      readonly eventTypes?: readonly string[] | undefined;
      readonly channel?: string | undefined;
      readonly tag?: string | undefined;
      readonly before?: Date | undefined;
      readonly after?: Date | undefined;
    };
    withPayload: boolean;
    page: PageRequest;
    signal?: AbortSignal;
  }): Promise<Page<Message>>;

  /**
   * Adds one delivery to a stored message: a replay. `message_missing` when there is no such message. Returns the
   * stored delivery, whose `createdAt` is `now`. Not idempotent: every call is another replay.
   * A replay stands in no line.
   */
  appendDelivery(params: {
    environmentId: string;
    applicationId: string;
    messageId: string;
    delivery: NewDelivery;
    now: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly outcome: 'appended'; readonly delivery: Delivery } | { readonly outcome: 'message_missing' }>;
}
