export { createMemoryAnalyticsStore, type AnalyticsStore, type MemoryAnalyticsStore } from './analytics-store.js';
export type { ResponseTimes } from './counted-rows.js';
export { createAnalytics, type Analytics, type AnalyticsOptions } from './create-analytics.js';
export type { EndpointDay, EndpointQuery, EndpointReport } from './endpoint-report.js';
export type { AnalyticsScope, PerformanceReport, ReportQuery } from './performance-report.js';
export { hoursKeptDays } from './query-rules.js';
export { timeseriesMetrics, timeseriesSteps, type Timeseries, type TimeseriesQuery } from './timeseries.js';
export type { TrackedEvent } from './tracked-event.js';
export type { Trend } from './trend.js';
