import type { Attempt, AttemptErrorKind, AttemptOutcome } from '../domain/attempt.js';
import type { Page, PageRequest } from '../domain/page.js';

/** Which attempts: every given part must match. Time bounds are exclusive and on `startedAt`. */
export interface AttemptFilter {
  readonly messageId?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly deliveryId?: string | undefined;
  /** One of these. */
  readonly outcomes?: readonly AttemptOutcome[] | undefined;
  /** Why there was no usable response. */
  readonly errorKind?: AttemptErrorKind | undefined;
  /** The hundreds digit of the status code: 2 finds 200–299. */
  readonly statusCodeClass?: number | undefined;
  readonly eventTypes?: readonly string[] | undefined;
  readonly before?: Date | undefined;
  readonly after?: Date | undefined;
}

/** Recorded attempts. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface AttemptStore {
  /** `undefined` when the application has no such attempt. */
  getAttempt(params: {
    environmentId: string;
    applicationId: string;
    messageId: string;
    attemptId: string;
    signal?: AbortSignal;
  }): Promise<Attempt | undefined>;

  /** Forgets the response of an attempt; `false` when there is no such attempt. Idempotent. */
  expungeAttempt(params: {
    environmentId: string;
    applicationId: string;
    messageId: string;
    attemptId: string;
    signal?: AbortSignal;
  }): Promise<boolean>;

  /** By attempt id, which is by time. */
  listAttempts(params: {
    environmentId: string;
    applicationId: string;
    filter: AttemptFilter;
    page: PageRequest;
    signal?: AbortSignal;
  }): Promise<Page<Attempt>>;
}
