import { cacheKey } from '@postrider/cache';
import { isPostriderError, type Application, type Invalidation } from '@postrider/core';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { applicationTags, applicationsTag, inEnvironment } from '../caches/cache-names.js';
import { notFound } from '../http/api-error.js';
import { toRef } from '../http/resource-path.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { fromCachedApplication, toCachedApplication } from './cached-application.js';

/** Changes made by a process that no hint comes from are seen after this time at the latest. */
const cachedForMs = 2_000;

interface Lookup {
  readonly environmentId: string;
  readonly segment: string;
}

type Ports = Pick<HostPorts, 'storage' | 'cache' | 'invalidations' | 'logger'>;

/** Finds applications by what callers call them. The publish route reads through the cache, everything else past it. */
@Injectable()
export class ApplicationDirectory implements OnApplicationShutdown {
  readonly #ports: Ports;
  readonly #unsubscribe: () => void;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
    this.#unsubscribe = ports.invalidations.subscribe((invalidation) => void this.#hear(invalidation));
  }

  onApplicationShutdown(): void {
    this.#unsubscribe();
  }

  /** `undefined` when the environment has no application of that id or uid. */
  async find({ environmentId, segment }: Lookup): Promise<Application | undefined> {
    return this.#ports.storage.getApplication({ environmentId, application: toRef('app_', segment, 'application') });
  }

  /** Rejects with 404 when there is none. */
  async get(lookup: Lookup): Promise<Application> {
    const application = await this.find(lookup);
    if (application === undefined) throw notFound('application');
    return application;
  }

  /** As `find`, at most 2 s old. */
  async findCached(lookup: Lookup): Promise<Application | undefined> {
    const { environmentId, segment } = lookup;
    const cached = await this.#ports.cache.getOrSet(inEnvironment(environmentId, cacheKey('application', segment)), {
      ttl: cachedForMs,
      tags: [applicationsTag, ...applicationTags({ environmentId, id: segment })],
      load: async () => {
        const found = await this.find(lookup);
        return found === undefined ? undefined : toCachedApplication(found);
      },
    });
    // What comes from a cache outside of this process is not trusted to be of the right environment.
    const application = fromCachedApplication(cached);
    if (application !== undefined && application.environmentId === environmentId) return application;
    return cached === undefined ? undefined : this.find(lookup);
  }

  /** Forgets the application under both of its names, here and in other processes. Call after every change. */
  forget(application: Pick<Application, 'environmentId' | 'id' | 'uid'>): void {
    this.#ports.invalidations.publish({ tags: applicationTags(application) });
  }

  async #hear(invalidation: Invalidation): Promise<void> {
    const tags = invalidation.kind === 'everything' ? [applicationsTag] : invalidation.tags.filter(isOurs);
    for (const tag of tags) {
      try {
        await this.#ports.cache.invalidateByTag({ tag });
      } catch (error) {
        // Then it serves nothing that was to be forgotten, and the others have their TTL.
        if (!isPostriderError(error, 'CACHE_UNAVAILABLE')) throw error;
        this.#ports.logger.debug('A cache that is away could not be told of a change', { tag });
      }
    }
  }
}

function isOurs(tag: string): boolean {
  return tag.startsWith(`${applicationsTag}:`);
}
