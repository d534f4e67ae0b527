import type { DeliveryOutcome } from '@postrider/core';

/**
 * The same outcome with less to go wrong in storing it: first without the receiver's words, then without the attempt.
 * What happened to the delivery is kept to the last. `undefined` when there is nothing left to leave out.
 */
export function reducedOutcome(outcome: DeliveryOutcome): DeliveryOutcome | undefined {
  const { attempt } = outcome;
  if (attempt === undefined) return undefined;
  if (attempt.responseBody !== '') return { ...outcome, attempt: { ...attempt, responseBody: '' } };
  return { ...outcome, attempt: undefined };
}
