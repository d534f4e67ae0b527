import type { Attempt } from '../../domain/attempt.js';
import type { MemoryDatabase, StoredDelivery } from './memory-database.js';

/** Notes that a request may have been made for a delivery whose lease was taken away. */
export function addUnknownAttempt(params: {
  database: MemoryDatabase;
  stored: StoredDelivery;
  id: string;
  now: Date;
}): void {
  const { row, owner } = params.stored;
  const attempt: Attempt = {
    id: params.id,
    environmentId: row.environmentId,
    applicationId: row.applicationId,
    messageId: row.messageId,
    endpointId: row.endpointId,
    deliveryId: row.id,
    number: row.attemptCount + 1,
    trigger: row.trigger,
    outcome: 'unknown',
    url: params.database.endpoints.get(row.endpointId)?.endpoint.url ?? '',
    responseStatusCode: 0,
    responseBody: '',
    durationMs: 0,
    startedAt: new Date(params.now),
  };
  owner.attempts.push(attempt);
}
