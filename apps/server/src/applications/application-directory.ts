import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Application } from '@postrider/core';
import { toCacheClock } from '../internal/cache-clock.js';
import { notFound } from '../http/api-error.js';
import { toRef } from '../http/resource-path.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

/** Changes made by another process are seen after this time at the latest. */
const cachedForMs = 2_000;
const maxCachedApplications = 50_000;

interface Lookup {
  readonly environmentId: string;
  readonly segment: string;
}

/** Finds applications by what callers call them. The publish route reads through the cache, everything else past it. */
@Injectable()
export class ApplicationDirectory {
  readonly #storage: HostPorts['storage'];
  readonly #cached: LRUCache<string, Application>;
  #changes = 0;

  constructor(@InjectHostPorts() { storage, clock }: Pick<HostPorts, 'storage' | 'clock'>) {
    this.#storage = storage;
    this.#cached = new LRUCache({
      max: maxCachedApplications,
      ttl: cachedForMs,
      ttlResolution: 0,
      perf: toCacheClock(clock),
    });
  }

  /** `undefined` when the environment has no application of that id or uid. */
  find({ environmentId, segment }: Lookup): Promise<Application | undefined> {
    return this.#storage.getApplication({ environmentId, application: toRef('app_', segment, 'application') });
  }

  /** Rejects with 404 when there is none. */
  async get(lookup: Lookup): Promise<Application> {
    const application = await this.find(lookup);
    if (application === undefined) throw notFound('application');
    return application;
  }

  /** As `find`, at most 2 s old. */
  async findCached(lookup: Lookup): Promise<Application | undefined> {
    const key = `${lookup.environmentId} ${lookup.segment}`;
    const known = this.#cached.get(key);
    if (known !== undefined) return known;
    const changesBefore = this.#changes;
    const found = await this.find(lookup);
    // What was read may be older than a change that was made meanwhile.
    if (found !== undefined && this.#changes === changesBefore) this.#cached.set(key, found);
    return found;
  }

  /** Forgets the application under both of its names. Call after every change. */
  forget({ environmentId, id, uid }: Pick<Application, 'environmentId' | 'id' | 'uid'>): void {
    this.#changes += 1;
    this.#cached.delete(`${environmentId} ${id}`);
    if (uid !== undefined) this.#cached.delete(`${environmentId} ${uid}`);
  }
}
