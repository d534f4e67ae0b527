import { quartersOf, responseTimesOf, share, successRateOf, sumOf } from './counted-rows.js';
import type { AnalyticsStore } from './analytics-store.js';
import { localTimeIn } from './local-time.js';
import { toPeriod } from './query-rules.js';

/** Of what to report. An endpoint is given with its application. */
export interface AnalyticsScope {
  /** `default` when absent. */
  readonly environmentId?: string | undefined;
  readonly applicationId?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly eventType?: string | undefined;
}

export interface ReportQuery extends AnalyticsScope {
  readonly from: Date;
  readonly to: Date;
  /** IANA name, for `hourlyDistribution`; UTC by default. */
  readonly timeZone?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How deliveries went in a period. Without any, everything is 0 or empty. */
export interface PerformanceReport {
  /** The whole hours (days, further back than 8 days) that the range touches: what the report is about. */
  readonly periodStart: Date;
  readonly periodEnd: Date;
  /** All that was tracked: the sum of `events`. */
  readonly totalEvents: number;
  /** Successful attempts, failed ones, sends held back by a rate limit, changes of circuit breakers. */
  readonly events: Readonly<Record<'delivery' | 'error' | 'rate_limit' | 'circuit_breaker', number>>;
  /** Deliveries that ended: delivered or dead-lettered. */
  readonly deliveries: number;
  /** Delivered ÷ `deliveries`, 0–1. */
  readonly successRate: number;
  /** Successful attempts ÷ attempts, 0–1. */
  readonly attemptSuccessRate: number;
  /** Of the attempts, in seconds. */
  readonly averageResponseTime: number;
  /** The ten endpoints with most ended deliveries. */
  readonly topEndpoints: readonly { readonly endpointId: string; readonly count: number }[];
  /** Failed attempts by error kind or `http_<status code>`. */
  readonly errorBreakdown: Readonly<Record<string, number>>;
  /** Ended deliveries by hour of the day, all of 0 to 23, in the time zone. */
  readonly hourlyDistribution: Readonly<Record<string, number>>;
  /** Response times of attempts, in seconds, and retries. */
  readonly performance: {
    readonly min: number;
    readonly max: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    /** Retries ÷ ended deliveries. */
    readonly averageRetryCount: number;
    /** The most retries that one delivery had. */
    readonly maxRetryCount: number;
    /** Retries ÷ attempts, 0–1. */
    readonly retryRate: number;
  };
}

const topEndpoints = 10;

/** See `Analytics.report`. */
export async function reportOn(store: AnalyticsStore, query: ReportQuery, now: Date): Promise<PerformanceReport> {
  const period = toPeriod(query, now);
  const localTime = localTimeIn(query.timeZone ?? 'UTC');
  const { environmentId = 'default', applicationId, endpointId, eventType } = query;
  const scope = { environmentId, applicationId, eventType, ...period, ...(query.signal && { signal: query.signal }) };
  const [rows, counted] = await Promise.all([
    store.readSummaries({ ...scope, endpointId }),
    endpointId === undefined ? store.countByEndpoint({ ...scope, limit: topEndpoints }) : [],
  ]);
  const sums = sumOf(rows);
  const deliveries = sums.delivered + sums.deadLettered;
  const own = endpointId !== undefined && deliveries > 0 ? [{ endpointId, count: deliveries }] : [];
  const hourly: Record<string, number> = Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [hour, 0]));
  for (const { atMs, delivered, deadLettered } of quartersOf(rows)) {
    const hour = String(localTime(atMs).hour);
    hourly[hour] = (hourly[hour] ?? 0) + delivered + deadLettered;
  }
  const { average, ...times } = responseTimesOf(sums);
  const events = {
    delivery: sums.attempts - sums.failedAttempts,
    error: sums.failedAttempts,
    rate_limit: sums.events['rate_limit'] ?? 0,
    circuit_breaker: sums.events['circuit_breaker'] ?? 0,
  };
  return {
    periodStart: period.from,
    periodEnd: period.to,
    totalEvents: events.delivery + events.error + events.rate_limit + events.circuit_breaker,
    events,
    deliveries,
    successRate: successRateOf(sums),
    attemptSuccessRate: share(sums.attempts - sums.failedAttempts, sums.attempts),
    averageResponseTime: average,
    topEndpoints: [...counted, ...own],
    errorBreakdown: { ...sums.errors },
    hourlyDistribution: hourly,
    performance: {
      ...times,
      averageRetryCount: share(sums.retries, deliveries),
      maxRetryCount: Math.max(0, sums.maxAttemptNumber - 1),
      retryRate: share(sums.retries, sums.attempts),
    },
  };
}
