import { applicationTag, type Endpoint } from '@postrider/core';
import type { EngineContext } from '../internal/engine-context.js';

/** Concurrent edits of one endpoint are rare; that many in a row are not concurrency. */
const maxTries = 5;

/**
 * Disables endpoints whose receiver said that they are gone. Runs beside the attempts: when it fails, the next
 * attempt hears the same answer and brings it up again.
 */
export class EndpointDisabler {
  readonly #context: EngineContext;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Begins to disable the endpoint, once however many of its attempts ask for it. */
  disable(endpoint: Endpoint): void {
    if (this.#underWay.has(endpoint.id)) return;
    const work = this.#disable(endpoint)
      .catch((error: unknown) => {
        this.#context.logger.error('An endpoint that is gone could not be disabled', {
          endpointId: endpoint.id,
          error,
        });
      })
      .finally(() => this.#underWay.delete(endpoint.id));
    this.#underWay.set(endpoint.id, work);
  }

  /** Resolves once no endpoint is being disabled. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  async #disable({ id, environmentId, applicationId }: Endpoint): Promise<void> {
    const { clock, invalidations, logger, observers, store } = this.#context;
    for (let tries = 0; tries < maxTries; tries += 1) {
      const current = await store.getEndpoint({ environmentId, applicationId, endpoint: { id } });
      if (current === undefined || current.disabled) return;
      const endpoint: Endpoint = {
        ...current,
        disabled: true,
        disabledReason: 'gone',
        version: current.version + 1,
        updatedAt: clock.now(),
      };
      const { outcome } = await store.replaceEndpoint({ endpoint });
      invalidations.publish({ tags: [applicationTag(applicationId)] });
      if (outcome === 'replaced') observers.endpointDisabled(endpoint);
      if (outcome !== 'version_mismatch') {
        logger.info('Disabled an endpoint because its receiver answered 410', {
          endpointId: id,
          applicationId,
          outcome,
        });
        return;
      }
    }
    logger.warn('An endpoint that is gone was not disabled: it kept changing meanwhile', { endpointId: id });
  }
}
