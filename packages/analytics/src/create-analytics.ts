import { systemClock, systemRandom, type Clock, type Random } from '@postrider/core';
import type { AnalyticsStore } from './analytics-store.js';
import { reportOnEndpoint, type EndpointQuery, type EndpointReport } from './endpoint-report.js';
import { EventCounter } from './event-counter.js';
import { reportOn, type PerformanceReport, type ReportQuery } from './performance-report.js';
import { chart, type Timeseries, type TimeseriesQuery } from './timeseries.js';
import type { TrackedEvent } from './tracked-event.js';

export interface AnalyticsOptions {
  readonly store: AnalyticsStore;
  /** The system's by default. */
  readonly clock?: Pick<Clock, 'now' | 'nowMs'> | undefined;
  /** Names this writer of rollups; the system's generator by default. */
  readonly random?: Pick<Random, 'bytes'> | undefined;
}

/**
 * Answers about deliveries. Each method throws `VALIDATION_FAILED`, with the parameter as `details.field`, for a
 * question that cannot be answered, and what the store throws.
 */
export interface Analytics {
  /** How deliveries went in a period. */
  report(query: ReportQuery): Promise<PerformanceReport>;
  /** How one endpoint did over the last days. */
  endpoint(query: EndpointQuery): Promise<EndpointReport>;
  /** One number per hour or day. */
  timeseries(query: TimeseriesQuery): Promise<Timeseries>;
  /** Counts an event now. The platform counts deliveries itself, in the transaction that records them. */
  track(event: TrackedEvent): Promise<void>;
}

const writerIdBytes = 9;

/** Analytics over a store of rollups. No timers, no input or output of its own. */
export function createAnalytics(options: AnalyticsOptions): Analytics {
  const { store, clock = systemClock, random = systemRandom } = options;
  const writerId = Buffer.from(random.bytes(writerIdBytes)).toString('base64url');
  const counter = new EventCounter({ store, clock, writerId });
  return {
    report: (query) => reportOn(store, query, clock.now()),
    endpoint: (query) => reportOnEndpoint(store, query, clock.now()),
    timeseries: (query) => chart(store, query, clock.now()),
    track: (event) => counter.track(event),
  };
}
