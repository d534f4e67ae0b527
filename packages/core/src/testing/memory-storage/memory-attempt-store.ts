import type { Attempt } from '../../domain/attempt.js';
import type { AttemptFilter, AttemptStore } from '../../ports/attempt-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import type { StoredMessage } from './memory-database.js';
import { paginate } from './paginate.js';

/** `AttemptStore` in memory; lists read all attempts of the application. */
export function createMemoryAttemptStore({ database, operation }: MemoryContext): AttemptStore {
  return {
    getAttempt: operation((params) => {
      const attempts = database.messageOf(params)?.attempts;
      return copyPlain(attempts?.find(({ id }) => id === params.attemptId));
    }),

    expungeAttempt: operation((params) => {
      const attempts = database.messageOf(params)?.attempts ?? [];
      const index = attempts.findIndex(({ id }) => id === params.attemptId);
      const attempt = attempts[index];
      if (attempt === undefined) return false;
      attempts[index] = { ...attempt, responseBody: '' };
      return true;
    }),

    listAttempts: operation(({ environmentId, applicationId, filter, page }) => {
      const items = [...(database.logs.get(applicationId)?.messages.values() ?? [])]
        .filter(({ message }) => message.environmentId === environmentId)
        .flatMap((stored) => matchingAttempts(stored, filter));
      return paginate({ items, keyOf: ({ id }) => id, page });
    }),
  };
}

function matchingAttempts({ message, attempts }: StoredMessage, filter: AttemptFilter): Attempt[] {
  const { messageId, endpointId, deliveryId, outcomes, errorKind, statusCodeClass, eventTypes, before, after } = filter;
  if (messageId !== undefined && message.id !== messageId) return [];
  if (eventTypes !== undefined && !eventTypes.includes(message.eventType)) return [];
  return attempts.filter(
    (attempt) =>
      (endpointId === undefined || attempt.endpointId === endpointId) &&
      (deliveryId === undefined || attempt.deliveryId === deliveryId) &&
      (outcomes === undefined || outcomes.includes(attempt.outcome)) &&
      (errorKind === undefined || attempt.errorKind === errorKind) &&
      (statusCodeClass === undefined || Math.floor(attempt.responseStatusCode / 100) === statusCodeClass) &&
      (before === undefined || attempt.startedAt < before) &&
      (after === undefined || attempt.startedAt > after),
  );
}
