import type { Metrics } from '@postrider/metrics';
import type { ApiError } from './api-error.js';

/** Answers that say that the input was at fault; 404 and 409 are about what is stored. */
const inputStatuses = new Set([400, 406, 413, 415, 422]);

/** Counts what the API refused: broken rules by their kind, and calls beyond a rate. */
export function countRefusal(metrics: Metrics, { status, code, detail }: ApiError): void {
  if (status === 429) metrics.counter('webhook_rate_limit_hits', { scope: 'api' }).add();
  if (!inputStatuses.has(status)) return;
  const kinds = typeof detail === 'string' ? [code] : detail.map(({ type }) => type);
  for (const kind of kinds) metrics.counter('webhook_validation_errors', { kind }).add();
}
