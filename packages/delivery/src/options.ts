import { defaultMaxRetryAgeMs, defaultRetryScheduleMs } from '@postrider/resilience';
import { deliveryError } from './errors.js';

/** Options of the engine. All have defaults; durations are in milliseconds. */
export interface DeliveryEngineOptions {
  /**
   * `api` only publishes: deliveries wait in storage for a worker. `worker` and `all` also deliver; they differ only
   * in what the host puts before them. Default `all`.
   */
  readonly role?: DeliveryRole | undefined;
  /** Names this process in the leases it holds; unique among running processes. Default: random. */
  readonly workerId?: string | undefined;
  /** Sent as `user-agent`. Default `Postrider`. */
  readonly userAgent?: string | undefined;
  /** Sends the signature headers under their `svix-` names too. Default `true`. */
  readonly svixHeaders?: boolean | undefined;

  /** Requests under way at once. Each costs a socket. Default 256. */
  readonly maxInFlight?: number | undefined;
  /**
   * Most requests to one endpoint under way at once, where the endpoint has no `maxInFlight` of its own. How many there
   * are below that adapts to what the endpoint bears, beginning with 4. Default 32.
   */
  readonly perEndpointConcurrency?: number | undefined;
  /** Deliveries of one endpoint held in memory; what is beyond waits in storage. Default 256. */
  readonly laneDepth?: number | undefined;
  /** Deliveries held in memory: waiting, being attempted or waiting to be recorded. Default 4096. */
  readonly maxLeased?: number | undefined;

  /** Publishes that may wait for their commit; more are refused with `DELIVERY_OVERLOADED`. Default 10 000. */
  readonly maxQueuedPublishes?: number | undefined;
  /** Most messages in one transaction. Default 200. */
  readonly publishBatchSize?: number | undefined;
  /** Publish transactions at once. More than 1 makes smaller batches, not more throughput. Default 1. */
  readonly commitConcurrency?: number | undefined;
  /** Most outcomes in one transaction. Default 200. */
  readonly recordBatchSize?: number | undefined;
  /** How long an outcome waits for others to share its transaction; nobody waits for it. Default 5. */
  readonly recordLingerMs?: number | undefined;
  /** Outcome transactions at once. Default 1. */
  readonly recordConcurrency?: number | undefined;

  /** How long subscriptions and secrets are used before they are read again: the staleness bound. Default 2 000. */
  readonly routeTtlMs?: number | undefined;
  /** Endpoints whose routing is kept in memory. Default 100 000. */
  readonly maxCachedEndpoints?: number | undefined;

  /** Deadline of an attempt where the endpoint has none of its own. Default 20 000. */
  readonly timeoutMs?: number | undefined;
  /** Endpoints' own deadlines are cut to this. Default 30 000, or `timeoutMs` when that is more. */
  readonly maxTimeoutMs?: number | undefined;
  /** How long a delivery belongs to this process without a sign of life. Default 60 000. */
  readonly leaseMs?: number | undefined;
  /** How often leases are renewed. Default 10 000. */
  readonly heartbeatIntervalMs?: number | undefined;
  /** How often leases of vanished workers are taken back. Default 15 000. */
  readonly reapIntervalMs?: number | undefined;
  /** How often storage is asked for due deliveries when no hint comes. Default 1 000. */
  readonly pollIntervalMs?: number | undefined;

  /** Delays before the 2nd, 3rd, … attempt where the endpoint has no schedule of its own. Default: Standard Webhooks. */
  readonly retryScheduleMs?: readonly number[] | undefined;
  /**
   * A delivery is given up when its next attempt would come this long after its first one; one that was never attempted,
   * because its endpoint's breaker is open or its rate used up, this long after it was made. Default 4 days.
   */
  readonly maxAgeMs?: number | undefined;
  /**
   * Disables an endpoint when all attempts failed for so long: at least 20, of at least 2 messages. Its owner hears of
   * it after 24 and 72 hours. 0 turns both off. Default 120 hours.
   */
  readonly autoDisableAfterMs?: number | undefined;
  /** How often endpoints that fail for long are looked at. Default 60 000. */
  readonly failureCheckIntervalMs?: number | undefined;

  /** How long the breaker of an endpoint stays open at first; every further trip doubles that. Default 30 000. */
  readonly breakerOpenMs?: number | undefined;
  /** The longest that a breaker stays open before the endpoint is tried again. Default 600 000. */
  readonly breakerMaxOpenMs?: number | undefined;
}

export type DeliveryRole = 'all' | 'api' | 'worker';

/** All options with their values; what the parts of the engine read. */
export type ResolvedOptions = {
  readonly [K in keyof DeliveryEngineOptions]-?: Exclude<DeliveryEngineOptions[K], undefined>;
};

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

const defaults: Omit<ResolvedOptions, 'workerId' | 'maxTimeoutMs'> = {
  role: 'all',
  userAgent: 'Postrider',
  svixHeaders: true,
  maxInFlight: 256,
  perEndpointConcurrency: 32,
  laneDepth: 256,
  maxLeased: 4_096,
  maxQueuedPublishes: 10_000,
  publishBatchSize: 200,
  commitConcurrency: 1,
  recordBatchSize: 200,
  recordLingerMs: 5,
  recordConcurrency: 1,
  routeTtlMs: 2 * secondMs,
  maxCachedEndpoints: 100_000,
  timeoutMs: 20 * secondMs,
  leaseMs: minuteMs,
  heartbeatIntervalMs: 10 * secondMs,
  reapIntervalMs: 15 * secondMs,
  pollIntervalMs: secondMs,
  retryScheduleMs: defaultRetryScheduleMs,
  maxAgeMs: defaultMaxRetryAgeMs,
  autoDisableAfterMs: 120 * 60 * minuteMs,
  failureCheckIntervalMs: minuteMs,
  breakerOpenMs: 30 * secondMs,
  breakerMaxOpenMs: 10 * minuteMs,
};

/** A lease must outlive the longest attempt by this factor and margin, so that a slow receiver never loses it. */
const leaseFactor = 1.5;
const leaseMarginMs = 10 * secondMs;

/** Fills in the defaults. Throws `DELIVERY_OPTIONS_INVALID` when values contradict each other. */
export function resolveOptions(options: DeliveryEngineOptions, workerId: string): ResolvedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const timeoutMs = options.timeoutMs ?? defaults.timeoutMs;
  const maxTimeoutMs = Math.max(30 * secondMs, timeoutMs);
  const resolved: ResolvedOptions = { ...defaults, workerId, maxTimeoutMs, ...given };
  checkPositive(resolved);
  checkLease(resolved);
  return resolved;
}

const mayBeZero: ReadonlySet<string> = new Set<keyof ResolvedOptions>(['autoDisableAfterMs']);

function checkPositive(options: ResolvedOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== 'number' || (value > 0 && Number.isFinite(value))) continue;
    if (value === 0 && mayBeZero.has(name)) continue;
    throw deliveryError('DELIVERY_OPTIONS_INVALID', `${name} is ${value}; it must be a positive number.`);
  }
}

function checkLease(options: ResolvedOptions): void {
  const { leaseMs, heartbeatIntervalMs } = options;
  const longestMs = Math.max(options.timeoutMs, options.maxTimeoutMs);
  const neededMs = leaseFactor * longestMs + leaseMarginMs;
  if (leaseMs < neededMs) {
    throw deliveryError(
      'DELIVERY_OPTIONS_INVALID',
      `leaseMs is ${leaseMs}, but attempts may take ${longestMs} ms: a lease must last at least ${neededMs} ms ` +
        `(${leaseFactor} × the deadline + ${leaseMarginMs}). Raise leaseMs or lower timeoutMs and maxTimeoutMs.`,
    );
  }
  if (heartbeatIntervalMs > leaseMs / 3) {
    throw deliveryError(
      'DELIVERY_OPTIONS_INVALID',
      `heartbeatIntervalMs is ${heartbeatIntervalMs}, but leaseMs is ${leaseMs}: at least three heartbeats must fit ` +
        'into a lease. Raise leaseMs or lower heartbeatIntervalMs.',
    );
  }
}
