/** Deliveries are tracked as they happen; a report says how they went. */
import { createAnalytics, createMemoryAnalyticsStore } from '@postrider/analytics';
import { systemClock } from '@postrider/core';

const analytics = createAnalytics({ store: createMemoryAnalyticsStore() });
const endpointId = 'billing';
const eventType = 'invoice.paid';
for (let n = 1; n <= 20; n += 1) {
  const isFailure = n > 15;
  await analytics.track(
    isFailure
      ? { kind: 'error', endpointId, eventType, errorKind: 'http_503', durationMs: 900, final: true }
      : { kind: 'delivery', endpointId, eventType, durationMs: 10 * n },
  );
}
await analytics.track({ kind: 'circuit_breaker', endpointId });

const nowMs = systemClock.nowMs();
const hourMs = 3_600_000;
const report = await analytics.report({ from: new Date(nowMs - hourMs), to: new Date(nowMs + 1) });
console.log(`${report.deliveries} deliveries, ${report.successRate * 100} % delivered`);
console.log(report.errorBreakdown, report.events);
console.log(`half of the attempts took less than ${report.performance.p50.toFixed(2)} s`);
const { trend } = await analytics.endpoint({ applicationId: 'default', endpointId });
console.log(`trend: ${trend.direction}`);
