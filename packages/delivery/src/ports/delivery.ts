import { definePort, type Application, type CancelDeliveryResult, type Delivery, type Message } from '@postrider/core';
import type { EndpointControl } from './endpoint-control.js';
import type { RouteCacheStats } from '../routing/route-cache.js';

/** What a caller gives to be published; the rest of the message is made by `publish`. */
export type MessageDraft = Omit<Message, 'id' | 'environmentId' | 'applicationId' | 'createdAt'>;

/** Guards one publish against being done twice. */
export interface PublishIdempotency {
  /** Unique in the environment while it lives. */
  readonly key: string;
  /** Tells the same request from another one under the same key. */
  readonly bodyHash: string;
  readonly expiresAt: Date;
}

export interface PublishParams {
  /** As read by the caller; may be cached. Its `environmentId` is the message's. */
  readonly application: Application;
  readonly message: MessageDraft;
  readonly idempotency?: PublishIdempotency | undefined;
}

export type PublishResult =
  /** Stored, durable; every matching endpoint has a delivery. */
  | { readonly outcome: 'appended'; readonly message: Message }
  /** The same request was accepted before: this is the message it made. Nothing was stored. */
  | { readonly outcome: 'replayed'; readonly message: Message }
  /** The key was used for a request with another body. Nothing was stored. */
  | { readonly outcome: 'idempotency_mismatch' }
  /** Another message of the application has the event id. Nothing was stored. */
  | { readonly outcome: 'event_id_taken'; readonly messageId: string }
  /** The application was deleted since the caller read it. Nothing was stored. */
  | { readonly outcome: 'application_missing' };

export interface ResendParams {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly messageId: string;
  readonly endpointId: string;
}

export type ResendResult =
  /** A waiting delivery was made due now. */
  | { readonly outcome: 'expedited'; readonly delivery: Delivery }
  /** It is being attempted at this moment: nothing to do. */
  | { readonly outcome: 'in_flight'; readonly delivery: Delivery }
  /** The last delivery had ended, or there was none: a new, manual one of the same message was stored. */
  | { readonly outcome: 'appended'; readonly delivery: Delivery }
  /** Refused: the endpoint receives nothing. */
  | { readonly outcome: 'endpoint_disabled' }
  | { readonly outcome: 'endpoint_missing' }
  | { readonly outcome: 'message_missing' };

/** Names the delivery to call off. */
export interface CancelParams {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly messageId: string;
  readonly deliveryId: string;
}

/** One background loop, for health checks: silent for more than five intervals means it is stuck. */
export interface LoopStats {
  readonly name: 'claimer' | 'heartbeat' | 'reaper' | 'auto_disable';
  readonly intervalMs: number;
  /** When it last finished its work without an error; the start of the loop before that. Absent until started. */
  readonly lastSuccessAt?: Date | undefined;
  readonly consecutiveFailures: number;
}

/** The engine at one instant. Counters begin at zero with the engine and only rise. */
export interface DeliveryStats {
  readonly state: 'created' | 'running' | 'draining' | 'stopped';
  readonly workerId: string;
  /** Deliveries whose lease this process holds: waiting in lanes, being attempted, or waiting to be recorded. */
  readonly leased: number;
  /** Requests under way. */
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Endpoints with work in this process. */
  readonly lanes: number;
  /** Publishes waiting for their commit. */
  readonly queuedPublishes: number;
  /** The cached subscriptions and endpoint configurations of applications. */
  readonly routes: RouteCacheStats;
  /** Outcomes waiting for their commit. */
  readonly queuedOutcomes: number;
  readonly counters: {
    readonly published: number;
    readonly publishesRefused: number;
    readonly attempts: number;
    readonly delivered: number;
    readonly retried: number;
    /** Put off without an attempt. */
    readonly postponed: number;
    readonly deadLettered: number;
    readonly cancelled: number;
    /** Results that came too late: another worker holds the delivery. */
    readonly fenced: number;
    readonly leasesLost: number;
    readonly leasesReaped: number;
    readonly internalFaults: number;
  };
  /** Environments most of whose endpoints began to fail together: the fault is probably ours. */
  readonly egressSuspects: readonly string[];
  /** Retries ÷ all attempts of the last minute; first attempts go before retries while it is above a half. */
  readonly retryShare: number;
  readonly loops: readonly LoopStats[];
}

/** What a drain did with the deliveries that this process held. */
export interface DrainReport {
  /** Attempts that ended in time and were recorded. */
  readonly finished: number;
  /** Deliveries given back unattempted, or with their request cut off: due now, for another worker. */
  readonly released: number;
}

/**
 * Starting and stopping. Each of the three may be called twice; `stop` also without `start`.
 * Order: `start` → `drain` → `stop`.
 */
export interface DeliveryLifecycle {
  /** Begins to claim and to deliver (not in the role `api`). Storage must be migrated. */
  start(): Promise<void>;

  /**
   * Takes no new work, finishes requests that end within `deadlineMs`, cuts off the others, and gives their leases
   * back so that another worker can go on at once. Publishing still works: new deliveries wait in storage.
   * Called again it answers the same, and its deadline counts when it comes before the one that was given first.
   */
  drain(params: { deadlineMs: number }): Promise<DrainReport>;

  /** Refuses publishes, waits for those under way, drains at once unless that was done, and stops all loops. */
  stop(): Promise<void>;
}

/**
 * Durable publishing and delivery of webhooks. Every method may be called concurrently.
 * Errors of the asynchronous ones: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`, `DELIVERY_STOPPED`.
 */
export interface DeliveryEngine extends DeliveryLifecycle, EndpointControl {
  /**
   * Stores the message and one delivery for each matching endpoint, in one transaction shared with other publishes.
   * When it resolves with `appended`, the message survives a crash. Also rejects with `DELIVERY_OVERLOADED`
   * (retryable; nothing was stored) when too many publishes wait for their commit.
   * Subscriptions are read through a cache: changes made elsewhere are seen within `routeTtlMs`.
   */
  publish(params: PublishParams): Promise<PublishResult>;

  /**
   * Delivers a stored message to one endpoint again, whether it subscribes to it or not. A waiting delivery is
   * expedited instead of adding a second one. Not idempotent once the last delivery has ended.
   */
  resend(params: ResendParams): Promise<ResendResult>;

  /**
   * Forgets the cached subscriptions of an application: here at once, in other processes as soon as the port
   * `Invalidations` reaches them. Call after every write to it or to its endpoints.
   */
  invalidateRoutes(params: { applicationId: string }): void;

  /**
   * Calls off an unfinished delivery, waiting or in flight: `cancelled(requested)`. A request under way may still
   * arrive; what comes of it changes nothing any more, and it is on record as an attempt of unknown outcome.
   */
  cancelDelivery(params: CancelParams): Promise<CancelDeliveryResult>;

  stats(): DeliveryStats;
}

/** The engine of the host. Usable for publishing before `start`: deliveries then wait in storage. */
export const DeliveryEngine = definePort<DeliveryEngine>({ id: 'postrider.delivery', version: 1 });
