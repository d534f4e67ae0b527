import type { AnalyticsStore } from './analytics-store.js';
import { quartersOf, responseTimesOf, successRateOf, sumOf, type Quarter, type ResponseTimes } from './counted-rows.js';
import { localTimeIn, type LocalTime } from './local-time.js';
import { maxRangeDays, refuse, toPeriod, type Period } from './query-rules.js';
import { trendOf, type Trend } from './trend.js';

export interface EndpointQuery {
  /** `default` when absent. */
  readonly environmentId?: string | undefined;
  readonly applicationId: string;
  readonly endpointId: string;
  /** How far back from now; 7 by default. */
  readonly days?: number | undefined;
  /** IANA name, for the days; UTC by default. */
  readonly timeZone?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One day of an endpoint, in the time zone. */
export interface EndpointDay {
  readonly date: string;
  /** Deliveries that ended. */
  readonly deliveries: number;
  /** Failed attempts. */
  readonly errors: number;
  /** Delivered ÷ `deliveries`, 0–1; 0 without any. */
  readonly successRate: number;
}

/** How an endpoint does. */
export interface EndpointReport {
  readonly endpointId: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  /** Deliveries that ended: delivered or dead-lettered. */
  readonly deliveries: number;
  readonly delivered: number;
  readonly deadLettered: number;
  readonly attempts: number;
  /** Delivered ÷ `deliveries`, 0–1. */
  readonly successRate: number;
  /** Of the attempts, in seconds. */
  readonly responseTimes: ResponseTimes;
  /** Failed attempts by error kind or `http_<status code>`. */
  readonly errors: Readonly<Record<string, number>>;
  /** Every day of the period, oldest first. */
  readonly daily: readonly EndpointDay[];
  readonly trend: Trend;
}

const hourMs = 3_600_000;
const quarterMs = hourMs / 4;

/** See `Analytics.endpoint`. */
export async function reportOnEndpoint(
  store: AnalyticsStore,
  query: EndpointQuery,
  now: Date,
): Promise<EndpointReport> {
  const { environmentId = 'default', applicationId, endpointId, days = 7 } = query;
  if (!Number.isInteger(days) || days < 1 || days > maxRangeDays) {
    throw refuse('days', `days: expected a whole number from 1 to ${maxRangeDays}, found ${days}.`);
  }
  const localTime = localTimeIn(query.timeZone ?? 'UTC');
  const period = toPeriod({ from: new Date(now.getTime() - days * 24 * hourMs), to: new Date(now.getTime() + 1) }, now);
  const scope = { environmentId, applicationId, endpointId, ...period };
  const rows = await store.readSummaries({ ...scope, ...(query.signal && { signal: query.signal }) });
  const sums = sumOf(rows);
  const quarters = quartersOf(rows);
  return {
    endpointId,
    periodStart: period.from,
    periodEnd: period.to,
    deliveries: sums.delivered + sums.deadLettered,
    delivered: sums.delivered,
    deadLettered: sums.deadLettered,
    attempts: sums.attempts,
    successRate: successRateOf(sums),
    responseTimes: responseTimesOf(sums),
    errors: { ...sums.errors },
    daily: daysOf(quarters, period, localTime),
    trend: trendOf(quarters),
  };
}

function daysOf(quarters: readonly Quarter[], period: Period, localTime: (atMs: number) => LocalTime): EndpointDay[] {
  const days = new Map<string, { delivered: number; deadLettered: number; errors: number }>();
  const dayOf = (atMs: number): { delivered: number; deadLettered: number; errors: number } => {
    const { date } = localTime(atMs);
    const day = days.get(date) ?? { delivered: 0, deadLettered: 0, errors: 0 };
    days.set(date, day);
    return day;
  };
  for (let atMs = period.from.getTime(); atMs < period.to.getTime(); atMs += hourMs) dayOf(atMs);
  dayOf(period.to.getTime() - quarterMs);
  for (const { atMs, delivered, deadLettered, failedAttempts } of quarters) {
    const day = dayOf(atMs);
    day.delivered += delivered;
    day.deadLettered += deadLettered;
    day.errors += failedAttempts;
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, day]) => ({
      ...{ date, deliveries: day.delivered + day.deadLettered, errors: day.errors },
      successRate: successRateOf(day),
    }));
}
