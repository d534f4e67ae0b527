import { escapeKeyPattern } from '@postrider/cache';
import { Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import type { CacheInvalidateIn, CacheStatsOut } from './cache.dto.js';
import { inEnvironment } from './cache-names.js';

type Ports = Pick<HostPorts, 'cache' | 'delivery'>;

const applicationPrefix = 'app:';

/** What callers may know and do about the caches. Names of keys are never told: they may be those of others. */
@Injectable()
export class CachesService {
  readonly #ports: Ports;
  readonly #directory: ApplicationDirectory;

  constructor(@InjectHostPorts() ports: Ports, directory: ApplicationDirectory) {
    this.#ports = ports;
    this.#directory = directory;
  }

  async stats(): Promise<CacheStatsOut> {
    const { cache, delivery } = this.#ports;
    const values = await cache.statistics();
    const { hits, misses, tables, endpoints, maxEndpoints } = delivery.stats().routes;
    return {
      data: [
        {
          name: 'values',
          available: values.available,
          shared: cache.capabilities.shared,
          hits: values.hits,
          misses: values.misses,
          hitRate: values.hitRate ?? null,
          evictions: values.evictions,
          expirations: values.expirations,
          entries: values.entries ?? null,
          maxEntries: values.maxEntries ?? null,
          bytes: values.bytes ?? null,
          maxBytes: values.maxBytes ?? null,
        },
        {
          name: 'routes',
          available: true,
          shared: false,
          hits,
          misses,
          hitRate: hits + misses === 0 ? null : hits / (hits + misses),
          evictions: null,
          expirations: null,
          entries: tables + endpoints,
          maxEntries: maxEndpoints,
          bytes: null,
          maxBytes: null,
        },
      ],
    };
  }

  /** Reaches nothing of another environment, whatever the names: each is looked for among its own. */
  async invalidate(environmentId: string, { key, tag, pattern }: CacheInvalidateIn): Promise<void> {
    const { cache } = this.#ports;
    if (key !== undefined) await cache.delete(inEnvironment(environmentId, key));
    if (pattern !== undefined) {
      const own = escapeKeyPattern(inEnvironment(environmentId, ''));
      await cache.invalidateByPattern({ pattern: `${own}${pattern}` });
    }
    if (tag?.startsWith(applicationPrefix) === true) {
      await this.#forgetApplication({ environmentId, segment: tag.slice(applicationPrefix.length) });
    }
  }

  async #forgetApplication(lookup: { readonly environmentId: string; readonly segment: string }): Promise<void> {
    const application = await this.#directory.find(lookup);
    if (application === undefined) return;
    this.#directory.forget(application);
    this.#ports.delivery.invalidateRoutes({ applicationId: application.id });
  }
}
