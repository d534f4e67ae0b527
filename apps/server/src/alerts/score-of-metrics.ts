import { calculateHealthScore, type HealthScore } from '@postrider/health';
import type { MetricsReader } from '@postrider/metrics';

type Reader = Pick<MetricsReader, 'window'>;

/** The health of what this process did in a window. */
export function scoreOfMetrics(reader: Reader, windowSeconds: number): HealthScore {
  const countOf = (metric: string, labels?: Readonly<Record<string, string>>) =>
    reader.window({ metric, labels, windowSeconds }).count;
  const latestOf = (metric: string, labels?: Readonly<Record<string, string>>) =>
    reader.window({ metric, labels, windowSeconds }).latest;

  const succeeded = countOf('webhook_deliveries_total', { outcome: 'delivered' });
  const failed = countOf('webhook_deliveries_total', { outcome: 'dead_letter' });
  const retries = countOf('webhook_retry_attempts');
  const seconds = reader.window({ metric: 'webhook_delivery_duration_seconds', windowSeconds }).average;
  const oldestDueSeconds = latestOf('webhook_oldest_due_age_seconds');
  return calculateHealthScore({
    deliveries: succeeded + failed,
    succeeded,
    errored: countErrored({ attempts: countOf('webhook_attempts_total'), retries, succeeded, failed }),
    averageResponseMs: seconds === undefined ? undefined : seconds * 1000,
    openBreakers: latestOf('webhook_circuit_breaker_state', { state: 'open' }),
    oldestDueAgeMs: oldestDueSeconds === undefined ? undefined : oldestDueSeconds * 1000,
  });
}

/**
 * Deliveries whose last attempt failed: those that were begun and have not succeeded. Deliveries begun before the window
 * are seen only by their end, so that there are at least as many as dead letters.
 */
export function countErrored(counts: {
  readonly attempts: number;
  readonly retries: number;
  readonly succeeded: number;
  readonly failed: number;
}): number {
  return Math.max(counts.failed, counts.attempts - counts.retries - counts.succeeded);
}
