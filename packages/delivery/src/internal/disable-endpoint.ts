import { applicationTag, type Endpoint } from '@postrider/core';
import type { EngineContext } from './engine-context.js';

/** Concurrent edits of one endpoint are rare; that many in a row are not concurrency. */
const maxTries = 5;

export interface DisableParams {
  readonly endpoint: Pick<Endpoint, 'environmentId' | 'applicationId' | 'id'>;
  readonly reason: 'gone' | 'failing';
  /** Only while its failure run is the one that began then. */
  readonly failingSince?: Date | undefined;
}

/**
 * Disables an endpoint, with which all that waits for it is dead-lettered, and tells everybody. `unchanged` when it is
 * disabled or deleted already; `contested` when it kept changing, or its failure run is over.
 */
export async function disableEndpoint(
  context: Pick<EngineContext, 'clock' | 'invalidations' | 'logger' | 'observers' | 'store'>,
  { endpoint: { environmentId, applicationId, id }, reason, failingSince }: DisableParams,
): Promise<'disabled' | 'unchanged' | 'contested'> {
  const { clock, invalidations, logger, observers, store } = context;
  for (let tries = 0; tries < maxTries; tries += 1) {
    const current = await store.getEndpoint({ environmentId, applicationId, endpoint: { id } });
    if (current === undefined || current.disabled) return 'unchanged';
    const endpoint: Endpoint = {
      ...current,
      disabled: true,
      disabledReason: reason,
      version: current.version + 1,
      updatedAt: clock.now(),
    };
    const { outcome } = await store.replaceEndpoint({ endpoint, failingSince });
    invalidations.publish({ tags: [applicationTag(applicationId)] });
    if (outcome === 'replaced') {
      logger.info('Disabled an endpoint', { endpointId: id, applicationId, reason });
      observers.endpointDisabled(endpoint);
      return 'disabled';
    }
    if (outcome !== 'version_mismatch') return 'unchanged';
  }
  return 'contested';
}
