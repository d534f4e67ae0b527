import { Inject, Injectable } from '@nestjs/common';
import { KeyVerifier } from '../auth/key-verifier.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import type { CacheFacts } from './cache.dto.js';

type Counted = Pick<CacheFacts, 'hits' | 'misses' | 'evictions' | 'expirations' | 'entries' | 'maxEntries'>;

/** Tells what the caches of this process have done since it was started, and hold. */
@Injectable()
export class CacheReader {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'cache' | 'delivery'>;
  @Inject(KeyVerifier) private readonly verifier!: KeyVerifier;

  async read(): Promise<CacheFacts[]> {
    return [await this.#readValues(), this.#readRoutes(), inProcess('keys', this.verifier.stats)];
  }

  async #readValues(): Promise<CacheFacts> {
    const { capabilities } = this.ports.cache;
    const { hits, misses, evictions, expirations, available, ...rest } = await this.ports.cache.statistics();
    return {
      name: 'values',
      available,
      shared: capabilities.shared,
      hits,
      misses,
      hitRate: rest.hitRate ?? null,
      evictions,
      expirations,
      entries: rest.entries ?? null,
      maxEntries: rest.maxEntries ?? null,
      bytes: rest.bytes ?? null,
      maxBytes: rest.maxBytes ?? null,
    };
  }

  #readRoutes(): CacheFacts {
    const { tables, endpoints, maxEndpoints, ...counters } = this.ports.delivery.stats().routes;
    return inProcess('routes', { ...counters, entries: tables + endpoints, maxEntries: maxEndpoints });
  }
}

function inProcess(name: CacheFacts['name'], counted: Counted): CacheFacts {
  const { hits, misses } = counted;
  const hitRate = hits + misses === 0 ? null : hits / (hits + misses);
  return { name, available: true, shared: false, hitRate, bytes: null, maxBytes: null, ...counted };
}
