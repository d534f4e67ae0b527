import type { Endpoint } from '@postrider/core';
import { disableEndpoint } from '../internal/disable-endpoint.js';
import type { EngineContext } from '../internal/engine-context.js';

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

  async #disable(endpoint: Endpoint): Promise<void> {
    const result = await disableEndpoint(this.#context, { endpoint, reason: 'gone' });
    if (result !== 'contested') return;
    this.#context.logger.warn('An endpoint that is gone was not disabled: it kept changing meanwhile', {
      endpointId: endpoint.id,
    });
  }
}
