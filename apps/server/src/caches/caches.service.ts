import { escapeKeyPattern } from '@postrider/cache';
import type { Application } from '@postrider/core';
import { Inject, Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { ApiError, invalidAt } from '../http/api-error.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { CacheReader } from './cache-reader.js';
import type { CacheInvalidateIn, CacheStatsOut } from './cache.dto.js';
import { applicationTags, inEnvironment } from './cache-names.js';

type Ports = Pick<HostPorts, 'cache' | 'delivery'>;

const applicationPrefix = 'app:';

/** What callers may know and do about the caches. Names of keys are never told: they may be those of others. */
@Injectable()
export class CachesService {
  @InjectHostPorts() private readonly ports!: Ports;
  @Inject(ApplicationDirectory) private readonly directory!: ApplicationDirectory;
  @Inject(CacheReader) private readonly reader!: CacheReader;

  async stats(): Promise<CacheStatsOut> {
    return { data: await this.reader.read() };
  }

  /**
   * Reaches nothing of another environment, whatever the names: each is looked for among its own. Rejects with
   * `CACHE_UNAVAILABLE` when a shared cache is away: this process then uses nothing of it, but others may.
   */
  async invalidate(environmentId: string, { key, tag, pattern }: CacheInvalidateIn): Promise<void> {
    const { cache } = this.ports;
    if (key !== undefined) await cache.delete(inEnvironment(environmentId, key));
    if (pattern !== undefined) {
      const own = escapeKeyPattern(inEnvironment(environmentId, ''));
      await cache.invalidateByPattern({ pattern: `${own}${pattern}` });
    }
    if (tag !== undefined) await this.#forgetApplication(await this.#resolveTag(environmentId, tag));
  }

  /** A name that means nothing is refused: whoever mistyped it would believe that something was forgotten. */
  async #resolveTag(environmentId: string, tag: string): Promise<Application> {
    if (!tag.startsWith(applicationPrefix)) {
      throw invalidAt(['body', 'tag'], 'There is no such tag: expected app: and the id or uid of an application.');
    }
    const segment = tag.slice(applicationPrefix.length);
    const application = await this.directory.find({ environmentId, segment }).catch(undefinedIfNotFound);
    if (application !== undefined) return application;
    throw invalidAt(['body', 'tag'], 'There is no application of this id or uid.');
  }

  async #forgetApplication(application: Application): Promise<void> {
    this.directory.forget(application);
    this.ports.delivery.invalidateRoutes({ applicationId: application.id });
    // `forget` tells everybody and waits for nobody.
    for (const tag of applicationTags(application)) await this.ports.cache.invalidateByTag({ tag });
  }
}

function undefinedIfNotFound(error: unknown): undefined {
  if (error instanceof ApiError && error.status === 404) return undefined;
  throw error;
}
