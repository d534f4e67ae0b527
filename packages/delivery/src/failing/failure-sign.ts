import type { FailureSign } from '@postrider/core';
import type { RouteTarget } from '../routing/route-target.js';
import type { OutcomeClass } from '../sender/classify-outcome.js';

/** Successes leave a younger run alone: endpoints that fail now and then would begin and end one all the time. */
const settledMs = 3_600_000;

/**
 * What an attempt tells storage about the failure run of its endpoint: nothing, unless it changes something. The routing
 * table says what storage knows, so nothing is read for it; where the table is out of date, storage ignores the sign, or
 * the next attempt gives it again.
 */
export function failureSign(
  { endpoint, failingSinceMs }: RouteTarget,
  { verdict, health }: Pick<OutcomeClass, 'verdict' | 'health'>,
  startedAt: Date,
): FailureSign | undefined {
  const { applicationId, id: endpointId } = endpoint;
  if (verdict === 'delivered') {
    const isSettled = failingSinceMs !== undefined && startedAt.getTime() - failingSinceMs >= settledMs;
    return isSettled ? { applicationId, endpointId } : undefined;
  }
  const isFailure = health === 'failing' || health === 'misconfigured';
  return isFailure && failingSinceMs === undefined ? { applicationId, endpointId, failedAt: startedAt } : undefined;
}
