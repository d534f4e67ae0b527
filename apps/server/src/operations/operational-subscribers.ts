import { Injectable } from '@nestjs/common';
import type { Application } from '@postrider/core';
import { ReadThrough } from '../internal/read-through.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { findOperationalApplication } from './operational-environment.js';

const cachedForMs = 2_000;
const maxEnvironments = 10_000;

/** Knows which environments have operational webhooks, at most 2 s late. */
@Injectable()
export class OperationalSubscribers {
  readonly #known: ReadThrough<{ readonly application: Application | undefined }>;

  constructor(@InjectHostPorts() { storage, clock }: Pick<HostPorts, 'storage' | 'clock'>) {
    this.#known = new ReadThrough(clock, {
      ttlMs: cachedForMs,
      maxEntries: maxEnvironments,
      load: async (environmentId) => {
        const application = await findOperationalApplication(storage, environmentId);
        if (application === undefined) return { application };
        const where = { environmentId: application.environmentId, applicationId: application.id };
        const { items } = await storage.listEndpoints({ ...where, page: { limit: 1, order: 'ascending' } });
        return { application: items.length === 0 ? undefined : application };
      },
    });
  }

  /** The application whose endpoints are told; `undefined` when nobody is. */
  async find(environmentId: string): Promise<Application | undefined> {
    return (await this.#known.get(environmentId)).application;
  }

  /** Has it read anew. */
  forget(environmentId: string): void {
    this.#known.forget(environmentId);
  }
}
