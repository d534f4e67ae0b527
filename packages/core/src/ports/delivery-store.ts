import type { Attempt, AttemptErrorKind } from '../domain/attempt.js';
import type { CancelReason, DeadLetterReason, Delivery, DeliveryStatus, LeaseRef } from '../domain/delivery.js';
import type { EndpointState } from '../domain/endpoint.js';
import type { FailureSign } from '../domain/failure-run.js';
import type { Message } from '../domain/message.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { EndedBeside } from './store-results.js';

/** A delivery that the caller now holds the lease of, with the message to send. */
export interface ClaimedDelivery {
  readonly delivery: Delivery;
  readonly message: Message;
}

/** What happens to a delivery next. */
export type DeliveryTransition =
  | { readonly status: 'delivered' }
  | { readonly status: 'pending'; readonly dueAt: Date }
  | { readonly status: 'dead_letter'; readonly reason: DeadLetterReason }
  | { readonly status: 'cancelled'; readonly reason: CancelReason };

/** The end of one lease: what was tried, and what follows from it. */
export interface DeliveryOutcome {
  readonly lease: LeaseRef;
  readonly environmentId: string;
  readonly endpointId: string;
  readonly eventType: string;
  /** Absent when no request was made (the delivery was postponed, or settled without one). */
  readonly attempt?: Attempt | undefined;
  readonly next: DeliveryTransition;
}

/** What came of `cancelDelivery`. `ended`: it had ended before. */
export type CancelDeliveryResult =
  | ({ readonly outcome: 'cancelled'; readonly delivery: Delivery } & EndedBeside)
  | { readonly outcome: 'ended'; readonly delivery: Delivery }
  | { readonly outcome: 'missing' };

/** Which deliveries: every given part must match. Time bounds are exclusive and on the message's creation. */
export interface DeliveryFilter {
  readonly applicationId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly statuses?: readonly DeliveryStatus[] | undefined;
  /** Why it ended without success. */
  readonly reason?: DeadLetterReason | CancelReason | undefined;
  /** One of these. */
  readonly eventTypes?: readonly string[] | undefined;
  /** The hundreds digit of `lastStatusCode`: 5 finds 500–599, 0 what got no response. */
  readonly statusCodeClass?: number | undefined;
  /** The `lastErrorKind`. */
  readonly errorKind?: AttemptErrorKind | undefined;
  /** Only the newest delivery of each message at each endpoint: those that a replay took over from are left out. */
  readonly newestOnly?: boolean | undefined;
  readonly before?: Date | undefined;
  readonly after?: Date | undefined;
}

/** Which dead letters; see `DeliveryFilter`. */
export type DeadLetterFilter = Omit<DeliveryFilter, 'statuses' | 'messageId' | 'newestOnly'>;

/** Dead letters with one cause. */
export interface DeadLetterGroup {
  readonly reason: DeadLetterReason;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly count: number;
  /** The ids of the first and the last of them. */
  readonly oldestId: string;
  readonly newestId: string;
}

/**
 * Deliveries: the queue and the truth. Every state write of a worker is fenced by its lease token: a row whose lease
 * went to another is left alone and reported. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`.
 */
export interface DeliveryStore {
  /**
   * Leases due deliveries (`dueAt <= now`) to the worker; answers them in any order. Fair: round robin over endpoints
   * (in one call none gets its second row before every other ready endpoint got its first), at most
   * `perEndpointLimit` in flight per endpoint (those already in flight count), so that no backlog of one endpoint can
   * fill the claim. Which endpoints come first changes from call to call (rotation or chance, but not the age of their
   * rows), so that none is passed over for long when there are more ready endpoints than `limit`. Endpoints paused
   * beyond `now` are passed over. Within an endpoint first attempts (`attemptCount` 0) come before retries, then by
   * `dueAt`. Rows of disabled or deleted endpoints are claimed too: the worker settles them.
   * Of the deliveries that stand in one line (`NewDelivery.ordering`) only the first is claimed, ever: the others are
   * held, `pending` whatever their `dueAt` says. A delivery leaves its line when it ends, whatever ended it, or, where
   * its line continues after failures, when its first attempt is recorded. Then the next one is the first. So no two of
   * a line are in flight at once, whoever claims.
   * With `firstAttemptsOnly` retries are left alone, so that the caller can let them yield. It may pass over some
   * endpoints when very many have nothing but retries due, others from call to call.
   * Concurrent calls never lease a row twice, but each may fill `perEndpointLimit` from what it saw.
   */
  claimDue(params: {
    workerId: string;
    limit: number;
    perEndpointLimit: number;
    leaseUntil: Date;
    now: Date;
    /** Default: `false`. */
    firstAttemptsOnly?: boolean | undefined;
    signal?: AbortSignal;
  }): Promise<readonly ClaimedDelivery[]>;

  /**
   * Records the ends of leases in ONE transaction: delivery states, attempts, the rollups that follow from them (see
   * `RollupAccumulator`) and endpoint states. `attemptCount` rises by one where an attempt is given. A row whose lease
   * token or status does not match, or that is not there, is `fenced`: neither its state nor its attempt nor its rollup
   * is written. A lease that expired but that nobody took still counts. The outcomes of one batch are of distinct
   * deliveries: the caller sees to that.
   * Endpoint states are not fenced but merged with what is stored for their endpoint, one after the other (see
   * `mergeEndpointState`); those of unknown endpoints are ignored. So are signs of failure; of several for one endpoint
   * the last counts.
   */
  recordOutcomes(params: {
    outcomes: readonly DeliveryOutcome[];
    endpointStates?: readonly EndpointState[] | undefined;
    failureSigns?: readonly FailureSign[] | undefined;
    recordedAt: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly fenced: readonly LeaseRef[] }>;

  /** Moves the end of the leases; returns those that are lost. Idempotent. */
  renewLeases(params: {
    leases: readonly LeaseRef[];
    leaseUntil: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly lost: readonly LeaseRef[] }>;

  /** Gives leases back unused: the deliveries are `pending`, due at `dueAt`. Lost leases are ignored. Idempotent. */
  releaseLeases(params: { leases: readonly LeaseRef[]; dueAt: Date; signal?: AbortSignal }): Promise<void>;

  /**
   * Takes leases that ended before `now` from their workers, in one statement: the deliveries become `pending`, due
   * at `now`, and get an attempt with outcome `unknown` (which is not counted in `attemptCount`), because a request may
   * have been made: with the number the next attempt has, `startedAt` `now`, the URL that the endpoint has (empty when
   * it is gone), and no response (status 0, empty body, duration 0, no error kind). At most `limit` rows, those whose
   * leases ended first. `nextAttemptId` makes the ids of those attempts.
   */
  reapExpired(params: {
    now: Date;
    limit: number;
    nextAttemptId: () => string;
    signal?: AbortSignal;
  }): Promise<{ readonly reaped: number }>;

  /** Makes a pending delivery due at `dueAt`, be that earlier or later; one that is held stays so. `false` when it is not pending (or unknown). Idempotent. */
  expediteDelivery(params: {
    environmentId: string;
    applicationId: string;
    messageId: string;
    deliveryId: string;
    dueAt: Date;
    signal?: AbortSignal;
  }): Promise<boolean>;

  /**
   * Calls off an unfinished delivery: it is `cancelled(requested)`, ended at `cancelledAt`, and counts in the rollups,
   * in ONE transaction. Whoever holds its lease has lost it; as a request may have been made then, an attempt of unknown
   * outcome is written as by `reapExpired`, with the id `attemptId` and `startedAt` `cancelledAt`. A delivery that
   * ended before is left as it is. Answers the stored delivery. Idempotent.
   */
  cancelDelivery(params: {
    environmentId: string;
    applicationId: string;
    messageId: string;
    deliveryId: string;
    attemptId: string;
    cancelledAt: Date;
    signal?: AbortSignal;
  }): Promise<CancelDeliveryResult>;

  /** `undefined` when the environment has no such delivery. */
  getDelivery(params: {
    environmentId: string;
    deliveryId: string;
    signal?: AbortSignal;
  }): Promise<Delivery | undefined>;

  /**
   * The delivery for which a held one waits: the first of its line. `undefined` when it waits for none: it is the first,
   * stands in no line, has ended or is unknown.
   */
  findFirstInLine(params: {
    environmentId: string;
    applicationId: string;
    messageId: string;
    deliveryId: string;
    signal?: AbortSignal;
  }): Promise<Delivery | undefined>;

  /** By delivery id. */
  listDeliveries(params: {
    environmentId: string;
    filter: DeliveryFilter;
    page: PageRequest;
    signal?: AbortSignal;
  }): Promise<Page<Delivery>>;

  /** Dead letters by reason and endpoint, in any order. Costs by their number. */
  countDeadLetters(params: {
    environmentId: string;
    filter: DeadLetterFilter;
    signal?: AbortSignal;
  }): Promise<readonly DeadLetterGroup[]>;

  /** How many deliveries are in each state; zero where there are none. */
  countDeliveries(params: {
    environmentId: string;
    filter: DeliveryFilter;
    signal?: AbortSignal;
  }): Promise<Readonly<Record<DeliveryStatus, number>>>;

  /**
   * The queue over all environments. Those that are held in a line are `pending`, but not `due`. `oldestDueAt` is the
   * `dueAt` of the longest waiting due delivery. `backlogs` are the applications with at least `backlogFrom` (1 or more)
   * pending deliveries, in any order; none without it. Costs by the number of pending deliveries.
   */
  measureQueue(params: { now: Date; backlogFrom?: number | undefined; signal?: AbortSignal }): Promise<QueueMeasure>;
}

/** What waits and what is under way. */
export interface QueueMeasure {
  readonly pending: number;
  readonly due: number;
  readonly inFlight: number;
  readonly oldestDueAt?: Date | undefined;
  readonly backlogs: readonly ApplicationBacklog[];
}

/** How many deliveries of an application wait. */
export interface ApplicationBacklog {
  readonly applicationId: string;
  readonly pending: number;
}
